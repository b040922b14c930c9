/** testing/routes/member: members, their roles, kicks and bans. */

import { type JsonObject, objectOr, textOf, textsOf } from '../json.ts';
import { tell } from './guild.ts';
import { type Ask, found, guildOf, idIn, limitIn, param, Refusal, type Route } from './route.ts';
import { userById } from './user.ts';

/** Most members GET /guilds/:guild/members returns at once. */
const MAX_MEMBERS = 1_000;

/** Fields of a member a bot may set. */
const settable = ['nick', 'roles', 'mute', 'deaf', 'communication_disabled_until', 'flags'];

/** Changes a member and tells the owning shard. */
function change(ask: Ask, userId: string, fields: JsonObject): JsonObject {
  const guild = guildOf(ask);
  const member = found(guild.changeMember(userId, fields), 'member');
  tell(ask.world, guild, 'GUILD_MEMBER_UPDATE', member);
  return member;
}

function changeRoles(ask: Ask, next: (roles: readonly string[], role: string) => readonly string[]): { status: 204 } {
  const guild = guildOf(ask);
  const role = param(ask, 'role');
  found(
    guild.roles.find(({ id }) => id === role),
    'role',
  );
  const member = found(guild.member(param(ask, 'user')), 'member');
  change(ask, param(ask, 'user'), { roles: [...next(textsOf(member.roles), role)] });
  return { status: 204 };
}

/** Takes a member out of a guild; undefined when there was none. */
function remove(ask: Ask, userId: string): JsonObject | undefined {
  const guild = guildOf(ask);
  if (userId === ask.world.options.bot.id) throw new Refusal('form');
  const user = guild.removeMember(userId);
  if (user !== undefined) tell(ask.world, guild, 'GUILD_MEMBER_REMOVE', { user });
  return user;
}

const banRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/guilds/:guild/bans',
    answer: (ask) => ({ status: 200, body: [...guildOf(ask).bans.keys()].map((userId) => ban(ask, userId)) }),
  },
  {
    method: 'GET',
    path: '/guilds/:guild/bans/:user',
    answer: (ask) => ({ status: 200, body: ban(ask, param(ask, 'user')) }),
  },
  {
    method: 'PUT',
    path: '/guilds/:guild/bans/:user',
    answer: (ask) => {
      const guild = guildOf(ask);
      const userId = param(ask, 'user');
      const user = found(guild.bannedUser(userId) ?? userById(ask.world, userId), 'user');
      remove(ask, userId);
      guild.bans.set(userId, { user, reason: ask.reason ?? null });
      tell(ask.world, guild, 'GUILD_BAN_ADD', { user });
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: '/guilds/:guild/bans/:user',
    answer: (ask) => {
      const guild = guildOf(ask);
      const user = found(guild.bannedUser(param(ask, 'user')), 'ban');
      guild.bans.delete(param(ask, 'user'));
      tell(ask.world, guild, 'GUILD_BAN_REMOVE', { user });
      return { status: 204 };
    },
  },
];

function ban(ask: Ask, userId: string): JsonObject {
  const { user, reason } = found(guildOf(ask).bans.get(userId), 'ban');
  return { user, reason };
}

/** Routes about members. @see https://discord.com/developers/docs/resources/guild#list-guild-members */
export const memberRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/guilds/:guild/members',
    answer: (ask) => {
      const limit = limitIn(ask, { usual: 1, max: MAX_MEMBERS });
      const after = BigInt(idIn(ask, 'after') ?? 0);
      const all = [...guildOf(ask).members()].map((member) => ({
        member,
        id: BigInt(String(objectOr(member.user).id)),
      }));
      const sorted = all.filter(({ id }) => id > after).sort((a, b) => (a.id < b.id ? -1 : 1));
      return { status: 200, body: sorted.slice(0, limit).map(({ member }) => member) };
    },
  },
  {
    method: 'GET',
    path: '/guilds/:guild/members/:user',
    answer: (ask) => ({ status: 200, body: found(guildOf(ask).member(param(ask, 'user')), 'member') }),
  },
  {
    method: 'PATCH',
    path: '/guilds/:guild/members/@me',
    answer: (ask) => ({
      status: 200,
      body: change(ask, ask.world.options.bot.id, { nick: textOf(ask.body.nick) ?? null }),
    }),
  },
  {
    method: 'PATCH',
    path: '/guilds/:guild/members/:user',
    answer: (ask) => {
      const fields = Object.fromEntries(Object.entries(ask.body).filter(([name]) => settable.includes(name)));
      return { status: 200, body: change(ask, param(ask, 'user'), fields) };
    },
  },
  {
    method: 'DELETE',
    path: '/guilds/:guild/members/:user',
    answer: (ask) => {
      found(remove(ask, param(ask, 'user')), 'member');
      return { status: 204 };
    },
  },
  {
    method: 'PUT',
    path: '/guilds/:guild/members/:user/roles/:role',
    answer: (ask) => changeRoles(ask, (roles, role) => [...new Set([...roles, role])]),
  },
  {
    method: 'DELETE',
    path: '/guilds/:guild/members/:user/roles/:role',
    answer: (ask) => changeRoles(ask, (roles, role) => roles.filter((other) => other !== role)),
  },
  ...banRoutes,
];
