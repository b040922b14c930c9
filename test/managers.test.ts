/** test/managers: a bot without a manager does all of it itself, with one real client. */
import { GatewayIntentBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ClusterClient } from '../src/client.ts';
import { createDiscord, type LoopbackDiscord } from '../src/testing/index.ts';
import { type DisposableClient, readyClient } from './testing/ready-client.ts';

let discord: LoopbackDiscord;
let client: DisposableClient;
let cluster: ClusterClient;
beforeAll(async () => {
  discord = await createDiscord({ guilds: { count: 5, members: 9, membersInCreate: 4 }, strict: true });
  client = await readyClient(discord, { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers] });
  cluster = new ClusterClient(client);
});
afterAll(async () => {
  await client[Symbol.asyncDispose]();
  await discord.stop();
});

describe('a cluster without a manager', () => {
  test('finds what is cached, asks Discord for the rest, and knows what is not there', async () => {
    const guild = discord.truth.guild(0);
    const [cached, foreign] = [guild.memberId(2), guild.memberId(6)];
    const requests = () => discord.timeline('rest').length;
    const before = requests();
    expect(await cluster.members.fetch(guild.id, cached)).toMatchObject({ id: cached, guildId: guild.id });
    expect(await cluster.users.fetch(cached)).toMatchObject({ id: cached, username: 'user_0_2' });
    expect(await cluster.channels.fetch(guild.textChannelId)).toMatchObject({ guildId: guild.id });
    expect(await cluster.findUser(cached)).toEqual([0]);
    expect(requests()).toBe(before);
    expect(await cluster.members.fetch(guild.id, foreign)).toMatchObject({ id: foreign });
    expect(await cluster.users.fetch(foreign)).toMatchObject({ id: foreign });
    expect(requests()).toBe(before + 2);
    expect(await cluster.users.fetch('1')).toBeNull();
    expect(await cluster.members.fetch(guild.id, '1')).toBeNull();
    expect(await cluster.channels.fetch('1')).toBeNull();
    expect(await cluster.findUser(foreign)).toEqual([]);
  });

  test('looks past the cache when told to, and what comes is what Discord has now', async () => {
    const guild = discord.truth.guild(1);
    const channel = client.channels.cache.get(guild.textChannelId) as unknown as { topic: string };
    channel.topic = 'an old topic';
    expect(await cluster.channels.fetch(guild.textChannelId)).toMatchObject({ topic: 'an old topic' });
    const fresh = await cluster.channels.fetch(guild.textChannelId, { force: true });
    expect(fresh?.topic).not.toBe('an old topic');
  });

  test('sends, edits and deletes messages, also direct ones', async () => {
    const { textChannelId } = discord.truth.guild(2);
    const { id } = await cluster.channels.send(textChannelId, 'one');
    expect(await cluster.channels.editMessage(textChannelId, id, 'two')).toMatchObject({ id, content: 'two' });
    await cluster.channels.deleteMessage(textChannelId, id);
    await expect(cluster.channels.deleteMessage(textChannelId, id)).rejects.toMatchObject({ code: 10_008 });
    const direct = await cluster.users.send(discord.truth.guild(2).memberId(1), 'hi');
    const reply = { content: 're', reply: { messageReference: direct.id } };
    expect(await cluster.channels.send(direct.channelId, reply)).toMatchObject({ repliesTo: direct.id });
  });

  test('sends one message when an answer is lost on the way', async () => {
    const { textChannelId } = discord.truth.guild(3);
    const route = `POST /channels/${textChannelId}/messages`;
    const fault = discord.faults.add({ on: 'restAnswer', route, do: { status: 502 } });
    const { id } = await cluster.channels.send(textChannelId, 'once');
    expect(fault.hits).toBe(1);
    expect(discord.messages.filter(({ channel_id }) => channel_id === textChannelId)).toMatchObject([{ id }]);
  });

  test('changes members', async () => {
    const guild = () => discord.truth.guild(4);
    const [user, role] = [guild().memberId(2), guild().roleIds[9] as string];
    const before = guild().rolesOf(user) ?? [];
    await cluster.members.addRole(guild().id, user, role);
    expect(guild().rolesOf(user)).toEqual([...before, role]);
    await cluster.members.removeRole(guild().id, user, role);
    expect(guild().rolesOf(user)).toEqual(before);
    expect(await cluster.members.manageRoles(guild().id, user, {})).toEqual({ added: [], removed: [] });
    await cluster.members.kick(guild().id, user);
    expect(guild().rolesOf(user)).toBeUndefined();
    await cluster.members.ban(guild().id, guild().memberId(3));
    expect(guild().banReason(guild().memberId(3))).toBeNull();
  });

  test.each([
    ['channels.fetch', () => cluster.channels.fetch('1/messages')],
    ['channels.send', () => cluster.channels.send(5 as never, 'x')],
    ['a guildId', () => cluster.channels.send('1', 'x', { guildId: 'abc' })],
    ['editMessage', () => cluster.channels.editMessage('1', '@original', 'x')],
    ['deleteMessage', () => cluster.channels.deleteMessage('1', '')],
    ['members.fetch', () => cluster.members.fetch('1', '@me')],
    ['manageRoles', () => cluster.members.manageRoles('1', '2', { add: ['../..'] })],
    ['users.fetch', () => cluster.users.fetch('@me')],
    ['users.send', () => cluster.users.send(undefined as never, 'x')],
    ['findUser', () => cluster.findUser('')],
  ])('lets no id that is none reach Discord: %s', async (_name, call) => {
    const before = discord.timeline('rest').length;
    await expect(call()).rejects.toMatchObject({ code: 'UNKNOWN_TARGET' });
    expect(discord.timeline('rest').length).toBe(before);
  });
});
