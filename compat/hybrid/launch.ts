/** hybrid/launch: what a cluster is started with: the variables that discord-hybrid-sharding's bots read. */
import { evalsVariable } from '../contract.ts';
import type { Cluster } from './cluster.ts';
import type { ClusterManager } from './cluster-manager.ts';
import type { HybridOptions } from './options.ts';

type Variables = Readonly<Record<string, unknown>>;

/** What holds now, with what a user has changed of what was made before. */
function withChanges(now: Variables, made: Variables, own: Variables): Variables {
  const names = Object.keys({ ...made, ...own }).filter((name) => own[name] !== made[name]);
  const changed = { ...now, ...Object.fromEntries(names.map((name) => [name, own[name]])) };
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
}

/**
 * Gives a cluster its arguments and its environment, which users may change; both are looked up at each start, and so is
 * the manager's `clusterData`. The manager's own environment is left alone.
 */
export function environmentFor(
  cluster: Cluster,
  { manager, evals }: { readonly manager: ClusterManager; readonly evals: HybridOptions['evals'] },
): void {
  const { launch } = cluster.hybrid;
  const inherited = launch.env;
  const facts = (): Variables => ({
    ...inherited,
    ...manager.clusterData,
    // A list in workerData; as text, which is what the environment makes of it, `0,1,2`.
    SHARD_LIST: cluster.shardList,
    TOTAL_SHARDS: manager.totalShards,
    CLUSTER: cluster.id,
    CLUSTER_COUNT: manager.totalClusters,
    CLUSTER_MANAGER: true,
    CLUSTER_MANAGER_MODE: manager.mode,
    CLUSTER_QUEUE_MODE: manager.hybrid.queue.mode,
    ...(evals === undefined ? {} : { [evalsVariable]: evals }),
  });
  const made = facts();
  cluster.env = { ...made };
  cluster.args = [...manager.shardArgs];
  Object.defineProperties(launch, {
    env: { enumerable: true, get: () => withChanges(facts(), made, cluster.env) },
    args: { enumerable: true, get: () => manager.hooks.constructClusterArgs(cluster, [...cluster.args]) },
    execArgv: { enumerable: true, get: () => cluster.execArgv },
  });
}
