/** cluster/plan: which shards live in which cluster. Pure. */

/** What a plan is made from. */
export interface PlanRequest {
  /** Shards to run, ascending. */
  readonly shards: readonly number[];
  readonly shardsPerCluster?: number;
  readonly totalClusters?: number;
  /** Cores to use when neither of the two is given. */
  readonly parallelism: number;
}

/** More shards than this in one process block each other's event loop too much to be a default. */
export const maxDefaultShards = 16;

/**
 * Cuts the shards into clusters of neighbouring shards, as even as they go.
 *
 * `shardsPerCluster` goes before `totalClusters`; with neither there is a cluster per core, of at most 16 shards.
 *
 * @returns the shards of each cluster, by cluster id
 */
export function planClusters({ shards, shardsPerCluster, totalClusters, parallelism }: PlanRequest): number[][] {
  const total = shards.length;
  if (shardsPerCluster !== undefined) return cut(shards, Math.ceil(total / shardsPerCluster), shardsPerCluster);
  const wanted = totalClusters ?? Math.max(parallelism, Math.ceil(total / maxDefaultShards));
  return cut(shards, Math.max(1, Math.min(total, wanted)));
}

function cut(shards: readonly number[], clusters: number, size?: number): number[][] {
  const plan: number[][] = [];
  let start = 0;
  for (let id = 0; id < clusters; id++) {
    const end = size === undefined ? Math.round(((id + 1) * shards.length) / clusters) : start + size;
    plan.push(shards.slice(start, end));
    start = end;
  }
  return plan;
}
