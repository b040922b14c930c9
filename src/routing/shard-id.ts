/** routing/shard-id: which shard a guild belongs to. */
import { ShardliftError } from '../errors.ts';

/**
 * The shard that receives a guild's events.
 *
 * @throws ShardliftError `UNKNOWN_TARGET` for an id that is no snowflake, and before the number of shards is known
 * @see https://docs.discord.com/developers/events/gateway#sharding-sharding-formula
 */
export function shardIdOfGuild(guildId: string, totalShards: number): number {
  if (!/^\d+$/.test(guildId)) throw new ShardliftError('UNKNOWN_TARGET', { target: `guild '${guildId}'` });
  if (totalShards < 1) throw new ShardliftError('UNKNOWN_TARGET', { target: `shard for guild ${guildId} yet` });
  return Number((BigInt(guildId) >> 22n) % BigInt(totalShards));
}
