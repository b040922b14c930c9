/** discord-client: what we read from a discord.js client, in one place. */
import type { Client, Guild, WebSocketShard } from 'discord.js';
import type { GuildSummary } from './features/guilds.ts';
import type { ClusterStats, ShardStats } from './features/stats.ts';
import { shardIdOfGuild } from './routing/shard-id.ts';

/** discord.js's `Status` by number. @see https://discord.js.org/docs/packages/discord.js/main/Status:Enum */
const statusNames = [
  'Ready',
  'Connecting',
  'Reconnecting',
  'Idle',
  'Nearly',
  'Disconnected',
  'WaitingForGuilds',
  'Identifying',
  'Resuming',
];

/** A cached guild in plain words. */
export const summaryOf = (guild: Guild): GuildSummary => ({
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

/** Asks Discord for a guild; `null` when the bot is not in it. */
export async function fetchGuild(client: Client, guildId: string, totalShards: number): Promise<GuildSummary | null> {
  try {
    const query = new URLSearchParams({ with_counts: 'true' });
    const answer = (await client.rest.get(`/guilds/${guildId}`, { query })) as GuildAnswer;
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

const shardStats = (shard: WebSocketShard, guilds: ReadonlyMap<number, number>): ShardStats => ({
  id: shard.id,
  status: statusNames[shard.status] ?? String(shard.status),
  ping: shard.ping,
  guilds: guilds.get(shard.id) ?? 0,
});

/** How a client is doing now. One pass over its guilds. */
export function clusterStats(client: Client, id: number): ClusterStats {
  const guilds = new Map<number, number>();
  let members = 0;
  for (const guild of client.guilds.cache.values()) {
    guilds.set(guild.shardId, (guilds.get(guild.shardId) ?? 0) + 1);
    members += guild.memberCount;
  }
  const { rss, heapUsed } = process.memoryUsage();
  return {
    id,
    pid: process.pid,
    shards: [...client.ws.shards.values()].map((shard) => shardStats(shard, guilds)),
    guilds: client.guilds.cache.size,
    members,
    users: client.users.cache.size,
    channels: client.channels.cache.size,
    uptimeMs: client.uptime,
    rss,
    heapUsed,
  };
}
