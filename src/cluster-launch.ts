/** cluster-launch: starts the child of a cluster with all that it has to know. */
import type { Cluster } from './cluster/cluster.ts';
import type { ClusterLaunch } from './cluster/setup.ts';
import { type ClusterFacts, inheritedEnvironment } from './environment.ts';
import type { ManagerInternals } from './manager-setup.ts';
import type { ResolvedOptions } from './options/manager-options.ts';
import { preloadPath } from './preload/path.ts';
import type { Launched, LaunchSpec } from './transport/launcher.ts';
import { launchProcess } from './transport/process.ts';
import { launchThread } from './transport/thread.ts';

/** What is the same for all clusters of a manager. */
export interface Fleet {
  readonly options: ResolvedOptions;
  readonly internals: ManagerInternals;
  readonly totalShards: number;
  /** The shards of each cluster, by cluster id. */
  readonly plan: readonly (readonly number[])[];
}

/** What a cluster is to be started with, unless somebody changes it before. */
export function launchOf({ options, internals, totalShards }: Fleet, shards: readonly number[]): ClusterLaunch {
  const token = options.token === undefined ? {} : { DISCORD_TOKEN: options.token };
  // A plain number for one shard: bots that read it themselves know it that way.
  const SHARDS = shards.length === 1 ? String(shards[0]) : JSON.stringify(shards);
  const own = { ...token, SHARDS, SHARD_COUNT: String(totalShards), ...internals.environment?.(shards, totalShards) };
  return {
    env: { ...inheritedEnvironment(), ...options.env, ...own },
    // Copies: the options are frozen, and this is there to be changed.
    args: [...options.shardArgs],
    execArgv: [...options.execArgv],
    silent: options.silent,
    resourceLimits: options.resourceLimits,
  };
}

/** Starts a process or a thread for one incarnation of a cluster. */
export function launchCluster(
  { options, internals, totalShards, plan }: Fleet,
  { id, shards, launch }: Cluster,
  own: Pick<ClusterFacts, 'incarnation' | 'door' | 'board' | 'maintenance'>,
): Launched {
  const { mode, handlers, earlyEvents, killGraceMs } = options;
  const facts: ClusterFacts = { id, mode, shards, totalShards, plan, handlers, earlyEvents, killGraceMs, ...own };
  const spec: LaunchSpec = {
    name: `cluster ${id}`,
    file: options.file,
    preload: internals.preload ?? preloadPath('preload.cjs'),
    facts,
    shareEnv: internals.shareEnv ?? false,
    secret: options.token,
    ...launch,
  };
  return mode === 'worker' ? launchThread(spec) : launchProcess(spec);
}
