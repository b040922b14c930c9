/** testing/routes/guild: a guild, its roles, channels and emojis. */

import { channel, role } from '../guild.ts';
import type { GuildRecord } from '../guild-record.ts';
import { integerOf, type JsonObject, textOf } from '../json.ts';
import type { World } from '../world.ts';
import { type Ask, found, guildOf, param, Refusal, type Route } from './route.ts';

/** Tells the owning shard about a change and drops what was kept of the guild before it. */
export function tell(world: World, guild: GuildRecord, event: string, data: JsonObject): void {
  world.guilds.changed(guild.id);
  world.publish(event, { ...data, guild_id: guild.id }, { guild: guild.id });
}

/** The fields of a role a bot may set. */
function roleFields(body: JsonObject): JsonObject {
  const known = ['name', 'permissions', 'hoist', 'mentionable'];
  const set = Object.fromEntries(
    Object.entries(body).filter(([name, value]) => known.includes(name) && value !== null),
  );
  const color = integerOf(body.color);
  if (color === undefined) return set;
  return { ...set, color, colors: { primary_color: color, secondary_color: null, tertiary_color: null } };
}

function roleOf(ask: Ask, guild: GuildRecord): JsonObject {
  return found(
    guild.roles.find(({ id }) => id === param(ask, 'role')),
    'role',
  );
}

const roleRoutes: readonly Route[] = [
  { method: 'GET', path: '/guilds/:guild/roles', answer: (ask) => ({ status: 200, body: guildOf(ask).roles }) },
  {
    method: 'GET',
    path: '/guilds/:guild/roles/:role',
    answer: (ask) => ({ status: 200, body: roleOf(ask, guildOf(ask)) }),
  },
  {
    method: 'POST',
    path: '/guilds/:guild/roles',
    answer: (ask) => {
      const guild = guildOf(ask);
      const created = { ...role(guild.newId('role'), 'new role', 1), color: 0, ...roleFields(ask.body) };
      guild.roles.push(created);
      tell(ask.world, guild, 'GUILD_ROLE_CREATE', { role: created });
      return { status: 200, body: created };
    },
  },
  {
    method: 'PATCH',
    path: '/guilds/:guild/roles/:role',
    answer: (ask) => {
      const guild = guildOf(ask);
      const changed = Object.assign(roleOf(ask, guild), roleFields(ask.body));
      tell(ask.world, guild, 'GUILD_ROLE_UPDATE', { role: changed });
      return { status: 200, body: changed };
    },
  },
  {
    method: 'DELETE',
    path: '/guilds/:guild/roles/:role',
    answer: (ask) => {
      const guild = guildOf(ask);
      const gone = roleOf(ask, guild);
      if (gone.id === guild.id) throw new Refusal('form');
      guild.removeRole(String(gone.id));
      tell(ask.world, guild, 'GUILD_ROLE_DELETE', { role_id: String(gone.id) });
      return { status: 204 };
    },
  },
];

/** Routes about guilds. @see https://discord.com/developers/docs/resources/guild */
export const guildRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/guilds/:guild',
    answer: (ask) => ({ status: 200, body: guildOf(ask).rest(ask.query.get('with_counts') === 'true') }),
  },
  {
    method: 'PATCH',
    path: '/guilds/:guild',
    answer: (ask) => {
      const guild = guildOf(ask);
      const name = textOf(ask.body.name);
      if (name !== undefined) guild.fields.name = name;
      ask.world.guilds.changed(guild.id);
      ask.world.publish('GUILD_UPDATE', guild.rest(false), { guild: guild.id });
      return { status: 200, body: guild.rest(false) };
    },
  },
  { method: 'GET', path: '/guilds/:guild/channels', answer: (ask) => ({ status: 200, body: guildOf(ask).channels }) },
  {
    method: 'POST',
    path: '/guilds/:guild/channels',
    answer: (ask) => {
      const guild = guildOf(ask);
      const position = guild.channels.length;
      const name = found(textOf(ask.body.name), 'form');
      const parent = textOf(ask.body.parent_id) ?? null;
      const type = integerOf(ask.body.type) ?? 0;
      const created = channel(guild.id, guild.newId('channel'), { type, position, name, parent_id: parent });
      guild.channels.push(created);
      tell(ask.world, guild, 'CHANNEL_CREATE', created);
      return { status: 201, body: created };
    },
  },
  { method: 'GET', path: '/guilds/:guild/emojis', answer: (ask) => ({ status: 200, body: guildOf(ask).emojis }) },
  ...roleRoutes,
];
