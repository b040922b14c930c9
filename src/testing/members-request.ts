/** testing/members-request: op 8, the list of a guild's members over the gateway. */

import { GatewayIntentBits } from 'discord-api-types/v10';
import type { GuildRecord } from './guild-record.ts';
import { integerOf, type JsonObject, objectOr, textOf, textsOf } from './json.ts';

/** Members in one GUILD_MEMBERS_CHUNK. @see https://discord.com/developers/docs/events/gateway-events#request-guild-members */
const CHUNK = 1_000;

/** Members a search by name may return. */
const MAX_FOUND = 100;

interface Found {
  readonly members: JsonObject[];
  readonly missing: string[];
}

function byIds(guild: GuildRecord, ids: readonly string[]): Found {
  const found = ids.map((id) => [id, guild.member(id)] as const);
  return {
    members: found.flatMap(([, member]) => (member === undefined ? [] : [member])),
    missing: found.flatMap(([id, member]) => (member === undefined ? [id] : [])),
  };
}

function byName(guild: GuildRecord, query: string, limit: number): Found {
  const members: JsonObject[] = [];
  for (const member of guild.members()) {
    const user = objectOr(member.user);
    const names = [user.username, user.global_name, member.nick].map((name) => textOf(name)?.toLowerCase() ?? '');
    if (names.some((name) => name.startsWith(query.toLowerCase()))) members.push(member);
    if (members.length >= limit) break;
  }
  return { members, missing: [] };
}

/**
 * Answers a REQUEST_GUILD_MEMBERS with the data of its chunks.
 *
 * Asking for everybody without the GUILD_MEMBERS intent gets no answer at all, as on Discord.
 */
export function memberChunks(guild: GuildRecord, request: JsonObject, intents: number): JsonObject[] {
  const ids = textsOf(request.user_ids);
  const query = textOf(request.query) ?? '';
  const limit = integerOf(request.limit) ?? 0;
  const everybody = ids.length === 0 && query === '' && limit === 0;
  if (everybody && (intents & GatewayIntentBits.GuildMembers) === 0) return [];
  const most = everybody ? Number.POSITIVE_INFINITY : Math.min(limit === 0 ? MAX_FOUND : limit, MAX_FOUND);
  const { members, missing } = ids.length > 0 ? byIds(guild, ids) : byName(guild, query, most);
  const count = Math.max(1, Math.ceil(members.length / CHUNK));
  return Array.from({ length: count }, (_, index) => ({
    guild_id: guild.id,
    members: members.slice(index * CHUNK, (index + 1) * CHUNK),
    chunk_index: index,
    chunk_count: count,
    ...(missing.length === 0 ? {} : { not_found: missing }),
    ...(request.presences === true ? { presences: [] } : {}),
    ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
  }));
}
