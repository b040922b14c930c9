/** test/e2e/standpoint-members: members of a guild, as the tables of standpoints.test say. */
import { expect } from 'vitest';
import { type Case, fails, gives } from './standpoint-case.ts';
import { call, isCached, type Stage, type Standpoint, type Thing } from './standpoints.ts';

const putRole = 'PUT /guilds/:id/members/:id/roles/:id';
const deleteRole = 'DELETE /guilds/:id/members/:id/roles/:id';
const always =
  (...routes: readonly string[]) =>
  (): readonly string[] =>
    routes;

const rolesNow = (stage: Stage, { guild, user }: Thing) => stage.fleet.discord.truth.guild(guild.id).rolesOf(user);
const reasonOfLast = ({ fleet }: Stage) => fleet.discord.timeline('rest').at(-1)?.detail.reason;

/** Discord refuses the next request of this kind. */
const refusing = (route: string) => async (stage: Stage, thing: Thing) =>
  stage.fleet.discord.faults.add({
    on: 'rest',
    route: route.replace(':guild', thing.guild.id),
    do: { status: 403, body: { message: 'Missing Permissions', code: 50_013 } },
  });

const fetchCases: readonly Case[] = [
  {
    title: 'members.fetch',
    call: ({ guild, user }) => call('members.fetch', guild.id, user),
    ends: (_at, { guild, user }) => ({ value: expect.objectContaining({ id: user, guildId: guild.id }) }),
    asks: (at: Standpoint) => (isCached(at) ? [] : ['GET /guilds/:id/members/:id']),
  },
  {
    title: 'members.fetch past the caches',
    call: ({ guild, user }) => call('members.fetch', guild.id, user, { force: true }),
    ends: (_at, { guild, user }) => ({ value: expect.objectContaining({ id: user, guildId: guild.id }) }),
    asks: always('GET /guilds/:id/members/:id'),
  },
  {
    title: 'members.fetch of nobody',
    call: ({ guild }) => call('members.fetch', guild.id, '123'),
    ends: gives(null),
    asks: always('GET /guilds/:id/members/123'),
  },
];

const roleCases: readonly Case[] = [
  {
    title: 'members.addRole',
    prepare: async (stage, thing) => expect(rolesNow(stage, thing)).not.toContain(thing.guild.roleIds.at(-1)),
    call: ({ guild, user }) => call('members.addRole', guild.id, user, guild.roleIds.at(-1), 'earned'),
    ends: gives(undefined),
    asks: always(putRole),
    after: (stage, thing) => {
      expect(rolesNow(stage, thing)).toContain(thing.guild.roleIds.at(-1));
      expect(reasonOfLast(stage)).toBe('earned');
    },
  },
  {
    title: 'members.addRole of a role that is none',
    call: ({ guild, user }) => call('members.addRole', guild.id, user, '123'),
    ends: fails(10_011),
    asks: always('PUT /guilds/:id/members/:id/roles/123'),
  },
  {
    title: 'members.removeRole',
    prepare: (stage, thing) =>
      stage.attempt(call('members.addRole', thing.guild.id, thing.user, thing.guild.roleIds.at(-1) as string)),
    call: ({ guild, user }) => call('members.removeRole', guild.id, user, guild.roleIds.at(-1) as string, 'lost'),
    ends: gives(undefined),
    asks: always(deleteRole),
    after: (stage, thing) => {
      expect(rolesNow(stage, thing)).not.toContain(thing.guild.roleIds.at(-1));
      expect(reasonOfLast(stage)).toBe('lost');
    },
  },
  {
    title: 'members.manageRoles',
    prepare: (stage, thing) =>
      stage.attempt(call('members.addRole', thing.guild.id, thing.user, thing.guild.roleIds.at(-1) as string)),
    call: ({ guild, user }) => {
      const [remove, add] = [guild.roleIds.at(-1), guild.roleIds.at(-2)];
      return call('members.manageRoles', guild.id, user, { add: [add], remove: [remove], reason: 'sync' });
    },
    ends: (_at, { guild }) => ({ value: { added: [guild.roleIds.at(-2)], removed: [guild.roleIds.at(-1)] } }),
    asks: always(putRole, deleteRole),
    after: (stage, thing) => {
      expect(rolesNow(stage, thing)).toContain(thing.guild.roleIds.at(-2));
      expect(rolesNow(stage, thing)).not.toContain(thing.guild.roleIds.at(-1));
    },
  },
  {
    title: 'members.manageRoles that Discord refuses half-way',
    call: ({ guild, user }) => {
      const [first, last] = [guild.roleIds.at(-1), guild.roleIds.at(-2)];
      return call('members.manageRoles', guild.id, user, { add: [first, '123', last] });
    },
    ends: (_at, { guild }) => ({
      code: 'ROLES_PARTLY_CHANGED',
      details: expect.objectContaining({
        added: [guild.roleIds.at(-1)],
        removed: [],
        refused: '123',
        untried: [guild.roleIds.at(-2)],
      }),
      cause: expect.objectContaining({ code: 10_011, status: 404 }),
    }),
    asks: always(putRole, 'PUT /guilds/:id/members/:id/roles/123'),
  },
];

const removalCases: readonly Case[] = [
  {
    title: 'members.ban',
    call: ({ guild, user }) => call('members.ban', guild.id, user, { reason: 'böse', deleteMessageSeconds: 60 }),
    ends: gives(undefined),
    asks: always('PUT /guilds/:id/bans/:id'),
    after: (stage, { guild, user }) => expect(stage.fleet.discord.truth.guild(guild.id).banReason(user)).toBe('böse'),
  },
  {
    title: 'members.ban without the permission',
    prepare: refusing('PUT /guilds/:guild/bans'),
    call: ({ guild, user }) => call('members.ban', guild.id, user),
    ends: () => ({ code: 50_013, status: 403 }),
    asks: always('PUT /guilds/:id/bans/:id'),
    after: (stage, { guild, user }) =>
      expect(stage.fleet.discord.truth.guild(guild.id).banReason(user)).toBeUndefined(),
  },
  {
    title: 'members.kick',
    call: ({ guild, user }) => call('members.kick', guild.id, user, 'bye'),
    ends: gives(undefined),
    asks: always('DELETE /guilds/:id/members/:id'),
    after: (stage, thing) => {
      expect(rolesNow(stage, thing)).toBeUndefined();
      expect(reasonOfLast(stage)).toBe('bye');
    },
  },
  {
    title: 'members.kick of nobody',
    call: ({ guild }) => call('members.kick', guild.id, '123'),
    ends: fails(10_007),
    asks: always('DELETE /guilds/:id/members/123'),
  },
];

export const memberCases: readonly Case[] = [...fetchCases, ...roleCases, ...removalCases];
