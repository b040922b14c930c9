/** testing/guild: builds what is in a guild. Pure: the same index, spec and seed give the same guild. */

import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { JsonObject } from './json.ts';
import type { ResolvedGuildSpec } from './options.ts';
import type { GuildNumbering } from './snowflake.ts';
import { JOINED_AT } from './user.ts';

/** Permissions of every role here: all but administrator, so that a bot's permission checks pass. */
export const PERMISSIONS = String(
  Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n) & ~PermissionFlagsBits.Administrator,
);

/** Discord's channel types used here. @see https://discord.com/developers/docs/resources/channel#channel-object-channel-types */
const TEXT = 0;
const VOICE = 2;
const CATEGORY = 4;

/** Of ten channels the first is a category, the third and the eighth are voice, the others text. */
function channelType(n: number, channels: number): number {
  if (channels > 1 && n % 10 === 0) return CATEGORY;
  return n % 5 === 2 ? VOICE : TEXT;
}

/** What identifies a guild while it is being built. */
export interface GuildSource {
  readonly index: number;
  readonly spec: ResolvedGuildSpec;
  readonly numbering: GuildNumbering;
}

/** One role. @see https://discord.com/developers/docs/topics/permissions#role-object */
export function role(id: string, name: string, position: number): JsonObject {
  const color = position * 1111;
  return {
    id,
    name,
    color,
    colors: { primary_color: color, secondary_color: null, tertiary_color: null },
    hoist: position % 3 === 1,
    position,
    permissions: PERMISSIONS,
    managed: false,
    mentionable: position > 0,
    flags: 0,
    icon: null,
    unicode_emoji: null,
  };
}

/** All roles of a guild; the first is @everyone, whose id is the guild's. */
export function buildRoles({ index, spec, numbering }: GuildSource): JsonObject[] {
  const roles = [role(numbering.guildId(index), '@everyone', 0)];
  for (let n = 1; n < spec.roles; n += 1) roles.push(role(numbering.partId(index, 'role', n), `role-${n}`, n));
  return roles;
}

/** One channel, with the fields its type has. */
export function channel(
  guildId: string,
  id: string,
  fields: JsonObject & { type: number; position: number },
): JsonObject {
  const spoken = fields.type === VOICE ? { bitrate: 64_000, user_limit: 0, rtc_region: null } : {};
  const written = fields.type === CATEGORY ? {} : { last_message_id: null, rate_limit_per_user: 0, nsfw: false };
  return {
    id,
    guild_id: guildId,
    name: `channel-${fields.position}`,
    parent_id: null,
    flags: 0,
    permission_overwrites: [],
    ...written,
    ...spoken,
    ...(fields.type === TEXT ? { topic: null } : {}),
    ...fields,
  };
}

/** All channels of a guild: categories, text and voice channels in turn. */
export function buildChannels({ index, spec, numbering }: GuildSource, roles: readonly JsonObject[]): JsonObject[] {
  const guildId = numbering.guildId(index);
  const channels: JsonObject[] = [];
  for (let n = 0; n < spec.channels; n += 1) {
    const type = channelType(n, spec.channels);
    const parent = type === CATEGORY || spec.channels === 1 ? null : numbering.partId(index, 'channel', n - (n % 10));
    const allowed = roles[Math.min(1, roles.length - 1)]?.id ?? guildId;
    channels.push(
      channel(guildId, numbering.partId(index, 'channel', n), {
        type,
        position: n,
        parent_id: parent,
        permission_overwrites: [
          { id: guildId, type: 0, allow: '1024', deny: '0' },
          { id: allowed, type: 0, allow: '1024', deny: '0' },
        ],
        ...(type === TEXT && n % 4 === 1 ? { topic: `Topic of channel ${n} in guild ${index}` } : {}),
        ...(type === CATEGORY ? {} : { last_message_id: numbering.partId(index, 'lastMessage', n) }),
      }),
    );
  }
  return channels;
}

/** All emojis of a guild. */
export function buildEmojis({ index, spec, numbering }: GuildSource): JsonObject[] {
  return Array.from({ length: spec.emojis }, (_, n) => ({
    id: numbering.partId(index, 'emoji', n),
    name: `emoji_${n}`,
    roles: [],
    require_colons: true,
    managed: false,
    animated: false,
    available: true,
  }));
}

/** A guild's own fields, without what hangs on it. @see https://discord.com/developers/docs/resources/guild#guild-object */
export function guildFields({ index, spec, numbering }: GuildSource, firstText: string | null): JsonObject {
  return {
    id: numbering.guildId(index),
    name: spec.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: ['COMMUNITY', 'NEWS'],
    banner: null,
    owner_id: numbering.partId(index, 'user', 1),
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: firstText,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 1,
    default_message_notifications: 1,
    mfa_level: 0,
    explicit_content_filter: 2,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 1,
    premium_subscription_count: 2,
    preferred_locale: 'en-US',
    rules_channel_id: firstText,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    stickers: [],
    incidents_data: null,
  };
}

/** What GUILD_CREATE has beyond the guild itself. @see https://discord.com/developers/docs/events/gateway-events#guild-create */
export function createExtras(memberCount: number): JsonObject {
  return {
    joined_at: JOINED_AT,
    large: memberCount > 250,
    unavailable: false,
    member_count: memberCount,
    voice_states: [],
    threads: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** Tells whether a channel is one that text messages belong in. */
export function isText(candidate: JsonObject): boolean {
  return candidate.type === TEXT;
}
