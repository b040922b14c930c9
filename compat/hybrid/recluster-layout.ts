/** hybrid/recluster-layout: what a round of ReClusterManager may be told of the layout: the one that there is. */
import { isDeepStrictEqual } from 'node:util';
import { fetchGatewayInfo } from '../../src/extend.ts';
import { ShardliftError } from '../../src/index.ts';
import type { ClusterManager } from './cluster-manager.ts';
import { numberOf } from './options.ts';
import type { ReClusterOptions } from './plugins.ts';

/** What somebody says of the layout. */
type Named = Pick<
  ReClusterOptions,
  'totalShards' | 'totalClusters' | 'shardsPerClusters' | 'shardList' | 'shardClusterList'
>;

type Current = Pick<
  ClusterManager,
  'totalShards' | 'totalClusters' | 'shardsPerClusters' | 'shardList' | 'shardClusterList'
>;

/** Whether clusters of `size` shards are those that there are. */
const isSize = (size: number, { shardsPerClusters, shardClusterList: plan }: Current): boolean =>
  size === shardsPerClusters ||
  plan.every(({ length }, index) => length === size || (index === plan.length - 1 && length < size));

/** @throws ShardliftError `NOT_SUPPORTED` for a layout that is not the one that there is */
export function assertSameLayout(named: Named, current: Current): void {
  const sorted = (list: readonly number[]): number[] => list.toSorted((a, b) => a - b);
  const totalShards = numberOf(named.totalShards);
  const { totalClusters, shardsPerClusters: size, shardList, shardClusterList } = named;
  const changes = {
    totalShards: totalShards && totalShards !== current.totalShards,
    totalClusters: totalClusters && totalClusters !== current.totalClusters,
    shardsPerClusters: size && !isSize(size, current),
    shardList: shardList && !isDeepStrictEqual(sorted(shardList), sorted(current.shardList)),
    shardClusterList: shardClusterList && !isDeepStrictEqual(shardClusterList, current.shardClusterList),
  };
  const changed = Object.entries(changes).find(([, isOther]) => isOther);
  if (changed === undefined) return;
  const instead = 'Stop the bot and start it with the new layout; nothing else keeps each guild in one place.';
  throw new ShardliftError('NOT_SUPPORTED', {
    what: `ReClusterManager.start({ ${changed[0]} }) for another layout`,
    instead,
  });
}

/** Says in the log when Discord recommends another number of shards than there are. Never fails: the round does not depend on it. */
export async function tellRecommended({ token, totalShards, hybrid: { logger } }: ClusterManager): Promise<void> {
  const kept = `ReClusterManager starts the ${totalShards} shards anew that there are`;
  try {
    const { shards } = await fetchGatewayInfo(token ?? '');
    if (shards === totalShards) return;
    logger.warn(`${kept}; Discord recommends ${shards}. Stop the bot and start it to have that many.`);
  } catch (error) {
    logger.warn(`${kept}; how many Discord recommends is not known: ${(error as Error).message}`);
  }
}
