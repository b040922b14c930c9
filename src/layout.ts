/** layout: how many shards a bot has, whether Discord lets them start, and which cluster gets which. */
import { planClusters } from './cluster/plan.ts';
import { ShardliftError } from './errors.ts';
import { fetchGatewayInfo } from './identify/gateway-info.ts';
import type { ResolvedOptions } from './options.ts';

/**
 * The shards of the whole bot: as the options say, else as Discord recommends.
 *
 * @throws ShardliftError `TOKEN_MISSING`, `TOKEN_REFUSED`, `DISCORD_UNREACHABLE`, `IDENTIFY_EXHAUSTED`
 */
export async function totalShardsOf(options: ResolvedOptions): Promise<number> {
  const { token, totalShards, shardList } = options;
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

/** The shards of every cluster, by cluster id. */
export function planOf(options: ResolvedOptions, shards: readonly number[]): number[][] {
  const { shardsPerCluster, totalClusters, parallelism } = options;
  return planClusters({
    shards,
    parallelism,
    ...(shardsPerCluster === undefined ? {} : { shardsPerCluster }),
    ...(totalClusters === undefined ? {} : { totalClusters }),
  });
}
