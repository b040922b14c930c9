/** discord-client: what we read from a discord.js client, in one place. */
import type { Client, Guild } from 'discord.js';
import { limitedBy } from './discord/requests.ts';
import type { GuildSummary } from './features/guilds.ts';
import { shardIdOfGuild } from './routing/shard-id.ts';

const summaryOf = (guild: Guild): GuildSummary => ({
  id: guild.id,
  name: guild.name,
  icon: guild.icon,
  ownerId: guild.ownerId,
  memberCount: guild.memberCount,
  shardId: guild.shardId,
  available: guild.available,
  features: [...guild.features],
  preferredLocale: guild.preferredLocale,
});

/**
 * A guild of the cache in plain words. One in outage since READY, of which no more than the id came, counts as not known.
 *
 * @see https://docs.discord.com/developers/resources/guild#unavailable-guild-object
 */
export function cachedGuild(client: Client, guildId: string): GuildSummary | undefined {
  const guild = client.guilds.cache.get(guildId);
  return guild?.name === undefined ? undefined : summaryOf(guild);
}

/** What GET /guilds/:id?with_counts=true answers, as far as it is used here. */
interface GuildAnswer {
  readonly id: string;
  readonly name: string;
  readonly icon: string | null;
  readonly owner_id: string;
  readonly approximate_member_count?: number;
  readonly features: readonly string[];
  readonly preferred_locale: string;
}

const isGone = (error: unknown): boolean => {
  const status = (error as { status?: unknown } | null)?.status;
  // 403 is what Discord answers for guilds the bot is not in. https://docs.discord.com/developers/resources/guild#get-guild
  return status === 404 || status === 403;
};

/** How a guild is asked for: `totalShards` says which shard it belongs to. */
export interface GuildRequest {
  readonly totalShards: number;
  readonly signal?: AbortSignal | undefined;
}

/** Asks Discord for a guild; `null` when the bot is not in it. */
export async function fetchGuild(
  client: Client,
  guildId: string,
  { totalShards, signal }: GuildRequest,
): Promise<GuildSummary | null> {
  try {
    const query = new URLSearchParams({ with_counts: 'true' });
    const answer = (await client.rest.get(`/guilds/${guildId}`, { query, ...limitedBy(signal) })) as GuildAnswer;
    return {
      id: answer.id,
      name: answer.name,
      icon: answer.icon,
      ownerId: answer.owner_id,
      memberCount: answer.approximate_member_count ?? 0,
      shardId: shardIdOfGuild(guildId, totalShards),
      available: true,
      features: answer.features,
      preferredLocale: answer.preferred_locale,
    };
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}
