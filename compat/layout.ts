/** compat/layout: which shards of a list share a process. */
import { planClusters } from '../src/extend.ts';
import type { ClusterManager } from '../src/index.ts';

/** One shard per cluster keeps the order of the list, as discord.js does; larger clusters hold neighbours. */
export function layOutShards(options: ClusterManager['options'], list: readonly number[]): number[][] {
  const { shardsPerCluster, totalClusters, parallelism } = options;
  if (shardsPerCluster === 1 || list.length === 0) return list.map((id) => [id]);
  return planClusters({
    shards: list.toSorted((a, b) => a - b),
    parallelism,
    ...(shardsPerCluster === undefined ? {} : { shardsPerCluster }),
    ...(totalClusters === undefined ? {} : { totalClusters }),
  });
}
