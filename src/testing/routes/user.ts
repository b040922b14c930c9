/** testing/routes/user: the bot itself, other users, and direct messages. */

import { PERMISSIONS } from '../guild.ts';
import { type JsonObject, objectOr, textOf } from '../json.ts';
import { botUser, ownUser } from '../user.ts';
import type { World } from '../world.ts';
import { found, idIn, limitIn, param, Refusal, type Route } from './route.ts';

/** Most guilds GET /users/@me/guilds returns at once. */
const MAX_GUILDS = 200;

/** The user with this id: the bot, a member of a guild, or who was banned from it. */
export function userById(world: World, id: string): JsonObject | undefined {
  if (id === world.options.bot.id) return botUser(world.options.bot);
  const guild = world.guilds.around(id);
  const member = guild?.member(id);
  return member === undefined ? guild?.bannedUser(id) : objectOr(member.user);
}

function ownGuild(world: World, index: number, counts: boolean): JsonObject {
  const guild = world.guilds.at(index);
  const { id, name, icon, banner, features } = guild.fields;
  const about = { id, name, icon, banner, features, owner: false, permissions: PERMISSIONS };
  return counts ? { ...about, approximate_member_count: guild.memberCount, approximate_presence_count: 1 } : about;
}

/** Routes about users. @see https://discord.com/developers/docs/resources/user */
export const userRoutes: readonly Route[] = [
  { method: 'GET', path: '/users/@me', answer: ({ world }) => ({ status: 200, body: ownUser(world.options.bot) }) },
  {
    method: 'PATCH',
    path: '/users/@me',
    answer: ({ world, body }) => {
      const username = textOf(body.username) ?? world.options.bot.username;
      return { status: 200, body: { ...ownUser(world.options.bot), username } };
    },
  },
  {
    method: 'GET',
    path: '/users/@me/guilds',
    answer: (ask) => {
      const { world } = ask;
      const first = world.guilds.indexOf(idIn(ask, 'after') ?? '') ?? -1;
      const end = Math.min(world.guilds.count, first + 1 + limitIn(ask, { usual: MAX_GUILDS, max: MAX_GUILDS }));
      const counts = ask.query.get('with_counts') === 'true';
      const body: JsonObject[] = [];
      for (let index = first + 1; index < end; index += 1) body.push(ownGuild(world, index, counts));
      return { status: 200, body };
    },
  },
  {
    method: 'POST',
    path: '/users/@me/channels',
    answer: ({ world, body }) => {
      const user = found(userById(world, textOf(body.recipient_id) ?? ''), 'user');
      const userId = String(user.id);
      if (userId === world.options.bot.id) throw new Refusal('form');
      const id = world.messages.openDirect(userId);
      return { status: 200, body: { id, type: 1, flags: 0, last_message_id: null, recipients: [user] } };
    },
  },
  {
    method: 'GET',
    path: '/users/:user',
    answer: (ask) => ({ status: 200, body: found(userById(ask.world, param(ask, 'user')), 'user') }),
  },
];
