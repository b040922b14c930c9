/** routing/shard-id: which shard a guild belongs to, and which cluster a shard. */
import { ShardliftError } from '../errors.ts';

/**
 * The shard that receives a guild's events.
 *
 * @throws ShardliftError `UNKNOWN_TARGET` for an id that is no snowflake, `NOT_SPAWNED` before the number of shards is known
 * @see https://docs.discord.com/developers/events/gateway#sharding-sharding-formula
 */
export function shardIdOfGuild(guildId: string, totalShards: number): number {
  // A number has lost digits of the id already, so its shard would be a wrong one.
  if (typeof guildId !== 'string' || !/^\d{1,20}$/.test(guildId)) {
    const shown = typeof guildId === 'string' ? `'${guildId}'` : `of type ${typeof guildId}`;
    throw new ShardliftError('UNKNOWN_TARGET', { target: `guild ${shown}` });
  }
  if (totalShards < 1) throw new ShardliftError('NOT_SPAWNED', { sought: `The shard of guild ${guildId}` });
  return Number((BigInt(guildId) >> 22n) % BigInt(totalShards));
}

/**
 * The cluster that runs a shard.
 *
 * @param plan - the shards of every cluster, by cluster id
 * @throws ShardliftError `UNKNOWN_TARGET` for a shard that no cluster runs, `NOT_SPAWNED` before the plan is made
 */
export function clusterIdOfShard(plan: readonly (readonly number[])[], shard: number): number {
  if (plan.length === 0) throw new ShardliftError('NOT_SPAWNED', { sought: `The cluster of shard ${shard}` });
  const id = plan.findIndex((shards) => shards.includes(shard));
  if (id === -1) throw new ShardliftError('UNKNOWN_TARGET', { target: `shard ${shard}` });
  return id;
}
