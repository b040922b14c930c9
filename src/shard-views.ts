/** shard-views: the client of a cluster as some of its shards see it. */
import type { ClusterClient } from './client.ts';
import { ShardliftError } from './errors.ts';
import type { ShardView } from './features/ipc.ts';
import { createViews } from './views/view.ts';

/** One view per shard asked for, all shards when `asked` is `null`. @throws ShardliftError `UNKNOWN_TARGET` */
export function viewsOfShards(cluster: ClusterClient, asked: readonly number[] | null): ShardView[] {
  const shards = asked ?? cluster.shards;
  const foreign = shards.find((shard) => !cluster.shards.includes(shard));
  if (foreign !== undefined) {
    throw new ShardliftError('UNKNOWN_TARGET', { target: `shard ${foreign} in cluster ${cluster.id}` });
  }
  // A call aimed at one shard finds every cached user; over all shards each user is seen once.
  const views = createViews(cluster.client, shards, { users: asked === null ? 'partitioned' : 'whole' });
  return [...views].map(([shard, client]) => ({ shard, client }));
}
