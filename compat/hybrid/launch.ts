/** hybrid/launch: what a cluster is started with: the variables that discord-hybrid-sharding's bots read. */
import { evalsVariable } from '../contract.ts';
import type { Cluster } from './cluster.ts';
import type { ClusterManager } from './cluster-manager.ts';
import type { HybridOptions } from './options.ts';

/** Sets arguments and environment of a cluster; both are looked up at each start. The manager's own environment is left alone. */
export function environmentFor(
  cluster: Cluster,
  { manager, evals }: { readonly manager: ClusterManager; readonly evals: HybridOptions['evals'] },
): void {
  const { launch } = cluster.hybrid;
  const inherited = launch.env;
  const env = (): Record<string, unknown> => ({
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
  Object.defineProperties(launch, {
    env: { enumerable: true, get: env },
    args: { enumerable: true, get: () => manager.hooks.constructClusterArgs(cluster, [...manager.shardArgs]) },
    execArgv: { enumerable: true, get: () => manager.execArgv },
  });
}
