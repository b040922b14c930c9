/** routing/shard-id: which shard a guild belongs to. */

/**
 * The shard that receives a guild's events.
 *
 * @see https://docs.discord.com/developers/events/gateway#sharding-sharding-formula
 */
export const shardIdOfGuild = (guildId: string, totalShards: number): number =>
  Number((BigInt(guildId) >> 22n) % BigInt(totalShards));
