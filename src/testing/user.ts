/** testing/user: users and members, the same every time they are asked for. */

import type { JsonObject } from './json.ts';
import { mix } from './options.ts';
import type { GuildNumbering } from './snowflake.ts';

/** When every generated member joined. */
export const JOINED_AT = '2024-01-01T00:00:00.000000+00:00';

/** Fields every user has and that do not vary here. */
const plain = {
  discriminator: '0',
  public_flags: 0,
  flags: 0,
  banner: null,
  accent_color: null,
  avatar_decoration_data: null,
  collectibles: null,
  primary_guild: null,
};

/** The bot as a user. @see https://discord.com/developers/docs/resources/user#user-object */
export function botUser(bot: { readonly id: string; readonly username: string }): JsonObject {
  return {
    ...plain,
    id: bot.id,
    username: bot.username,
    global_name: null,
    avatar: null,
    bot: true,
    discriminator: '0001',
  };
}

/** The bot as GET /users/@me shows it to itself. */
export function ownUser(bot: { readonly id: string; readonly username: string }): JsonObject {
  return { ...botUser(bot), mfa_enabled: true, verified: true, email: null, locale: 'en-US', premium_type: 0 };
}

/** The n-th human user of a guild (1 owns it). Users are distinct from guild to guild. */
export function guildUser(numbering: GuildNumbering, index: number, n: number): JsonObject {
  const hex = [0, 1, 2, 3]
    .map((part) =>
      mix(index * 4 + part, n)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('');
  return {
    ...plain,
    id: numbering.partId(index, 'user', n),
    username: `user_${index}_${n}`,
    global_name: `User ${n} of ${index}`,
    avatar: hex,
    bot: false,
  };
}

/** Wraps a user as a member with the given roles. @see https://discord.com/developers/docs/resources/guild#guild-member-object */
export function memberOf(user: JsonObject, roles: readonly string[], nick: string | null): JsonObject {
  return {
    user,
    nick,
    avatar: null,
    banner: null,
    roles: [...roles],
    joined_at: JOINED_AT,
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
    communication_disabled_until: null,
  };
}
