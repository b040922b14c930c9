/** features/target: whom a target means, by the plan of the clusters. */
import { ShardliftError } from '../errors.ts';

/** Where a request may be aimed. */
export type Target = { readonly cluster: number } | { readonly shard: number } | { readonly guild: string };

/** What is known of the clusters, in the manager and in each of them. */
export interface ClusterMap {
  /** The shards of every cluster, by cluster id; empty before they are known. */
  readonly plan: () => readonly (readonly number[])[];
  /** Finds the cluster of a shard. @throws ShardliftError `UNKNOWN_TARGET`, `NOT_SPAWNED` */
  readonly clusterOfShard: (shard: number) => number;
  readonly shardOfGuild: (guildId: string) => number;
}

/** A cluster that there is. @throws ShardliftError `UNKNOWN_TARGET`; `NOT_SPAWNED` before there is any */
export function knownCluster({ plan }: Pick<ClusterMap, 'plan'>, cluster: number): number {
  const shards = plan();
  if (shards[cluster] !== undefined) return cluster;
  if (shards.length === 0) throw new ShardliftError('NOT_SPAWNED', { sought: `Cluster ${cluster}` });
  throw new ShardliftError('UNKNOWN_TARGET', { target: `cluster ${cluster}` });
}

/** The cluster that a target means, or that owns what it names. @throws ShardliftError `UNKNOWN_TARGET`, `NOT_SPAWNED` */
export function clusterOfTarget(map: ClusterMap, target: Target): number {
  if ('cluster' in target) return knownCluster(map, target.cluster);
  return map.clusterOfShard('shard' in target ? target.shard : map.shardOfGuild(target.guild));
}
