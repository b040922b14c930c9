/** test/e2e/managers: channels, members and users from everywhere, the owner there, restarting or dead. */
import type { ChildProcess } from 'node:child_process';
import type { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import type { ChannelSummary, GuildSummary, MemberSummary, UserSummary } from '../../src/index.ts';
import { createFleet, type Fleet, until } from './fleet.ts';

const members = { count: 24, members: 8, membersInCreate: 6 };
const fleetOf = (mode: 'process' | 'worker', options: object = {}) =>
  createFleet({ bot: 'manages.cjs', discord: { guilds: members }, options: { mode, ...options } });

/** Somebody who calls: a cluster from inside, or the manager. */
type Caller = <T = unknown>(path: string, ...args: readonly unknown[]) => Promise<T>;
const inside =
  (fleet: Fleet, cluster: number): Caller =>
  <T>(path: string, ...args: readonly unknown[]) =>
    fleet.manager.ipc.requestTo<T>(cluster, 'call', { path: path.split('.'), args });
const ofManager =
  (fleet: Fleet): Caller =>
  <T>(path: string, ...args: readonly unknown[]) => {
    const [name, method] = path.split('.') as ['channels', 'fetch'];
    const managers = fleet.manager[name] as unknown as Record<string, (...args: readonly unknown[]) => Promise<T>>;
    return managers[method]?.(...args) as Promise<T>;
  };

/** Guilds of cluster 1 (shards 2 and 3), a fresh one each time: what is done to one must not disturb the next test. */
function guildsOfOwner(fleet: Fleet) {
  const ids = [2, 3].flatMap((shard) => fleet.discord.truth.guildIds({ shard, totalShards: 4 }));
  return () => fleet.discord.truth.guild(ids.shift() as string);
}
const messagesIn = (fleet: Fleet, channelId: string) =>
  fleet.discord.messages.filter(({ channel_id }) => channel_id === channelId);

/** Uses every method once and compares what Discord then knows. */
async function useEverything(fleet: Fleet, call: Caller, guild: ReturnType<typeof fleet.discord.truth.guild>) {
  const [channel, user, role, second] = [guild.textChannelId, guild.memberId(3), guild.roleIds[7], guild.roleIds[8]];
  const now = () => fleet.discord.truth.guild(guild.id);
  expect(await call('guilds.fetch', guild.id)).toMatchObject({ id: guild.id, memberCount: guild.memberCount });
  expect(await call('channels.fetch', channel)).toMatchObject({ id: channel, guildId: guild.id });

  const sent = await call<{ id: string }>('channels.send', channel, 'one');
  expect(sent).toMatchObject({ channelId: channel, content: 'one', authorId: fleet.discord.bot.id, editedAt: null });
  const edited = await call('channels.editMessage', channel, sent.id, { content: 'two' }, { guildId: guild.id });
  expect(edited).toMatchObject({ id: sent.id, content: 'two', editedAt: expect.any(Number) });
  expect(messagesIn(fleet, channel).map(({ content }) => content)).toEqual(['two']);
  await call('channels.deleteMessage', channel, sent.id, { guildId: guild.id, reason: 'too old' });
  expect(fleet.discord.timeline('rest').at(-1)?.detail).toMatchObject({ status: 204, reason: 'too old' });

  expect(await call('members.fetch', guild.id, user)).toMatchObject({ id: user, guildId: guild.id });
  const before = now().rolesOf(user) ?? [];
  await call('members.addRole', guild.id, user, role, 'earned');
  expect(fleet.discord.timeline('rest').at(-1)?.detail).toMatchObject({ status: 204, reason: 'earned' });
  expect(now().rolesOf(user)).toEqual([...before, role]);
  const change = { add: [second], remove: [role], reason: 'sync' };
  expect(await call('members.manageRoles', guild.id, user, change)).toEqual({ added: [second], removed: [role] });
  await call('members.removeRole', guild.id, user, second);
  expect(now().rolesOf(user)).toEqual(before);
  await call('members.ban', guild.id, user, { reason: 'böse', deleteMessageSeconds: 60 });
  expect(now().banReason(user)).toBe('böse');
  await call('members.kick', guild.id, guild.memberId(4), 'bye');
  expect(now().rolesOf(guild.memberId(4))).toBeUndefined();

  const friend = guild.memberId(5);
  expect(await call('users.fetch', friend)).toMatchObject({ id: friend, bot: false });
  const direct = await call<{ channelId: string }>('users.send', friend, { content: 'hi' });
  expect(messagesIn(fleet, direct.channelId)).toHaveLength(1);
}

describe.each(['process', 'worker'] as const)('in %s mode', (mode) => {
  test('every method works at the owner, in another cluster and in the manager', async () => {
    await using fleet = await fleetOf(mode);
    await fleet.manager.spawn();
    const next = guildsOfOwner(fleet);
    await useEverything(fleet, inside(fleet, 1), next());
    await useEverything(fleet, inside(fleet, 0), next());
    await useEverything(fleet, ofManager(fleet), next());
  });

  test('every method works while the owner restarts, and when it is dead', async () => {
    await using fleet = await fleetOf(mode);
    await fleet.manager.spawn();
    const next = guildsOfOwner(fleet);
    const owner = fleet.manager.clusters.get(1);
    const respawned = owner?.respawn();
    await until(() => owner?.ready === false, { what: 'the owner to go' });
    await useEverything(fleet, inside(fleet, 0), next());
    await useEverything(fleet, ofManager(fleet), next());
    await respawned;
    await useEverything(fleet, inside(fleet, 0), next());
    await owner?.kill();
    await useEverything(fleet, inside(fleet, 0), next());
    await useEverything(fleet, ofManager(fleet), next());
  });

  test('cache, hop and REST give the same object', async () => {
    await using fleet = await fleetOf(mode);
    await fleet.manager.spawn();
    const guild = guildsOfOwner(fleet)();
    const user = guild.memberId(5);
    // A category, a text channel below it, a voice channel.
    const channels = [0, 1, 2].map((n) => guild.channelIds[n]);
    type Facts = [GuildSummary, MemberSummary, UserSummary, ...ChannelSummary[]];
    const ask = async (call: Caller, options?: object) => [
      await call('guilds.fetch', guild.id),
      await call('members.fetch', guild.id, user, options),
      await call('users.fetch', user, options),
      ...(await Promise.all(channels.map((channel) => call('channels.fetch', channel, options)))),
    ];
    const restBefore = fleet.discord.timeline('rest').length;
    const cached = (await ask(inside(fleet, 1))) as Facts;
    const hopped = [
      await ask(inside(fleet, 0)),
      await ask(ofManager(fleet)),
      await ask(inside(fleet, 0), { guildId: guild.id }),
    ];
    expect(fleet.discord.timeline('rest').length).toBe(restBefore);
    const fresh = [await ask(inside(fleet, 1), { force: true }), await ask(inside(fleet, 0), { force: true })];
    await fleet.manager.clusters.get(1)?.kill();
    const rest = await ask(inside(fleet, 0));
    for (const other of [...hopped, ...fresh, rest]) expect(other).toEqual(cached);
    expect(cached[0]).toMatchObject({ memberCount: guild.memberCount, available: true });
    expect(cached[1]).toMatchObject({
      user: cached[2],
      displayName: 'nick 5',
      roles: [...(fleet.discord.truth.guild(guild.id).rolesOf(user) ?? [])].sort(),
      joinedAt: Date.parse('2024-01-01'),
    });
    expect(cached.slice(3)).toMatchObject([
      { type: 4, parentId: null, position: 0 },
      { type: 0, parentId: channels[0], topic: expect.stringContaining('Topic') },
      { type: 2, parentId: channels[0], topic: null },
    ]);
  });

  test('builders and files arrive as discord.js itself would send them', async () => {
    await using fleet = await fleetOf(mode);
    await fleet.manager.spawn();
    const next = guildsOfOwner(fleet);
    const { ipc } = fleet.manager;
    /** What Discord has, without what differs from message to message; files as their bytes. */
    const received = async (channelId: string) => {
      const [message] = messagesIn(fleet, channelId);
      const { id: _id, channel_id: _channel, timestamp: _at, nonce: _nonce, attachments = [], ...rest } = message ?? {};
      const files = attachments.map(async ({ filename, size, description, content_type, url }) => {
        const bytes = Buffer.from(await (await fetch(url)).arrayBuffer()).toString('hex');
        return { filename, size, description, content_type, bytes };
      });
      return { ...rest, files: await Promise.all(files) };
    };
    for (const name of ['embeds', 'container']) {
      const [natively, here, hopped] = [next().textChannelId, next().textChannelId, next().textChannelId];
      await ipc.requestTo(1, 'sendRichNatively', { name, channelId: natively });
      await ipc.requestTo(1, 'sendRich', { name, channelId: here });
      await ipc.requestTo(0, 'sendRich', { name, channelId: hopped });
      const direct = await ipc.requestTo<{ channelId: string }>(0, 'directRich', { name, userId: next().memberId(1) });
      const expected = await received(natively);
      expect(expected.files).toHaveLength(name === 'embeds' ? 2 : 0);
      expect(await received(here)).toEqual(expected);
      expect(await received(hopped)).toEqual(expected);
      expect(await received(direct.channelId)).toEqual(expected);
    }
  });

  test('files go as far as a frame may be large; larger ones a cluster sends itself', async () => {
    await using fleet = await fleetOf(mode);
    await fleet.manager.spawn();
    const { id: guildId, textChannelId: channelId } = guildsOfOwner(fleet)();
    const ofBytes = (size: number) => ({ files: [{ attachment: new Uint8Array(size).fill(7), name: 'small.bin' }] });
    const small = await fleet.manager.channels.send(channelId, ofBytes(4_000_000), { guildId });
    expect(small.attachments).toMatchObject([{ name: 'small.bin', size: 4_000_000 }]);
    const refused = fleet.manager.channels.send(channelId, ofBytes(9_000_000), { guildId });
    await expect(refused).rejects.toMatchObject({ code: 'FRAME_TOO_LARGE' });
    expect(messagesIn(fleet, channelId)).toHaveLength(1);
    const large = await fleet.manager.ipc.requestTo(0, 'sendLarge', { channelId, guildId, size: 9_000_000 });
    expect(large).toMatchObject({ attachments: [{ name: 'large.bin', size: 9_000_000 }] });
    expect(messagesIn(fleet, channelId)).toHaveLength(2);
  });

  test('an owner that is killed right after the send has sent one message, and the caller is told', async () => {
    await using fleet = await fleetOf(mode, { restarts: { firstMs: 100, maxMs: 100 } });
    await fleet.manager.spawn();
    const next = guildsOfOwner(fleet);
    for (const [from, call] of [
      ['a cluster', (channelId: string, options: object) => caught(fleet, 'channels.send', channelId, 'once', options)],
      ['the manager', (channelId: string) => fleet.manager.channels.send(channelId, 'once').catch((error) => error)],
    ] as const) {
      const { id, textChannelId } = next();
      fleet.discord.faults.add({ on: 'restAnswer', route: `POST /channels/${textChannelId}/messages`, do: 'hang' });
      const sending = call(textChannelId, { guildId: id });
      await fleet.discord.until(() => messagesIn(fleet, textChannelId).length === 1, { what: 'the message' });
      const owner = fleet.manager.clusters.get(1);
      const child = owner?.child as ChildProcess | Worker;
      void ('threadId' in child ? child.terminate() : child.kill('SIGKILL'));
      expect(await sending, from).toMatchObject({
        code: 'OUTCOME_UNKNOWN',
        message: expect.stringContaining('It may have been done'),
        cause: { code: 'LINK_CLOSED' },
      });
      await until(() => owner?.ready === true, { what: 'the owner to come back' });
      expect(messagesIn(fleet, textChannelId)).toHaveLength(1);
    }
  });

  test("Discord's refusals arrive as discord.js throws them, what is not there as null", async () => {
    await using fleet = await fleetOf(mode);
    await fleet.manager.spawn();
    const guild = guildsOfOwner(fleet)();
    const nowhere = '123';
    const denied = { status: 403, body: { message: 'Missing Permissions', code: 50_013 } };
    for (const cluster of [0, 1]) {
      const tell = (path: string, ...args: readonly unknown[]) => caughtIn(fleet, cluster, path, ...args);
      const unknown = { name: 'DiscordAPIError[10008]', code: 10_008, status: 404, message: 'Unknown Message' };
      expect(await tell('channels.editMessage', guild.textChannelId, nowhere, 'x')).toMatchObject(unknown);
      expect(await tell('channels.deleteMessage', guild.textChannelId, nowhere)).toMatchObject(unknown);
      fleet.discord.faults.add({ on: 'rest', route: `PUT /guilds/${guild.id}/bans`, do: denied });
      expect(await tell('members.ban', guild.id, guild.memberId(3))).toMatchObject({
        ...{ name: 'DiscordAPIError[50013]', code: 50_013, status: 403, message: 'Missing Permissions' },
      });
      const roles = { add: [guild.roleIds[6], nowhere, guild.roleIds[7]] };
      expect(await tell('members.manageRoles', guild.id, guild.memberId(3), roles)).toMatchObject({
        code: 'ROLES_PARTLY_CHANGED',
        details: { added: [guild.roleIds[6]], removed: [], refused: nowhere, untried: [guild.roleIds[7]] },
        cause: { code: 10_011, status: 404 },
      });
      expect(await tell('members.addRole', guild.id, guild.memberId(3), nowhere)).toMatchObject({ code: 10_011 });
      for (const [path, ...args] of [
        ['guilds.fetch', '4194304'],
        ['channels.fetch', nowhere],
        ['channels.fetch', nowhere, { guildId: guild.id }],
        ['members.fetch', guild.id, nowhere],
        ['users.fetch', nowhere],
      ] as const)
        expect(await tell(path, ...args)).toEqual({ value: null });
      expect(await tell('channels.fetch', '../users/@me')).toMatchObject({ code: 'UNKNOWN_TARGET' });
    }
    expect(fleet.discord.truth.guild(guild.id).banReason(guild.memberId(3))).toBeUndefined();
  });

  test('findUser names the clusters that have the user cached', async () => {
    await using fleet = await fleetOf(mode);
    await fleet.manager.spawn();
    const guild = guildsOfOwner(fleet)();
    const find = (from: number, user: string) => inside(fleet, from)('findUser', user);
    for (const from of [0, 1]) {
      expect(await find(from, guild.memberId(5))).toEqual([1]);
      expect(await find(from, guild.memberId(7))).toEqual([]);
      expect(await find(from, fleet.discord.bot.id)).toEqual([0, 1]);
    }
    await fleet.manager.clusters.get(1)?.kill();
    expect(await find(0, fleet.discord.bot.id)).toEqual([0]);
    expect(await fleet.manager.users.whereCached(fleet.discord.bot.id)).toEqual([0]);
  });
});

function caughtIn(fleet: Fleet, cluster: number, path: string, ...args: readonly unknown[]): Promise<unknown> {
  return fleet.manager.ipc.requestTo(cluster, 'caught', { path: path.split('.'), args });
}
function caught(fleet: Fleet, path: string, ...args: readonly unknown[]): Promise<unknown> {
  return caughtIn(fleet, 0, path, ...args);
}
