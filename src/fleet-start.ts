/** fleet-start: what is settled before the first cluster starts: how many shards there are, in which clusters. */
import { planClusters } from './cluster/plan.ts';
import { ShardliftError } from './errors.ts';
import { fetchGatewayInfo } from './identify/gateway-info.ts';
import type { ResolvedOptions } from './options/manager-options.ts';

/**
 * The number of shards of the whole bot; asks Discord, with a token also whether they may all identify today.
 *
 * @throws ShardliftError `TOKEN_MISSING`, `TOKEN_REFUSED`, `DISCORD_UNREACHABLE`, `IDENTIFY_EXHAUSTED`
 */
export async function countShards({ token, totalShards, shardList }: ResolvedOptions): Promise<number> {
  if (token === undefined) {
    if (totalShards === 'auto') throw new ShardliftError('TOKEN_MISSING', { needed: "totalShards: 'auto'" });
    // The bot file may hold the token itself; what Discord says of it shows when it logs in.
    return totalShards;
  }
  const { shards, remaining, resetAfterMs } = await fetchGatewayInfo(token);
  const total = totalShards === 'auto' ? shards : totalShards;
  const needed = shardList?.length ?? total;
  if (remaining < needed) throw new ShardliftError('IDENTIFY_EXHAUSTED', { remaining, needed, resetAfterMs });
  return total;
}

/** The shards of each cluster, by cluster id. */
export function planFor(options: ResolvedOptions, total: number): number[][] {
  const { shardList, shardsPerCluster, totalClusters, parallelism } = options;
  return planClusters({
    shards: shardList ?? Array.from({ length: total }, (_none, id) => id),
    parallelism,
    ...(shardsPerCluster === undefined ? {} : { shardsPerCluster }),
    ...(totalClusters === undefined ? {} : { totalClusters }),
  });
}
