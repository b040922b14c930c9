/** test/e2e/standpoint-messages: guilds, channels, messages and users, as the tables of standpoints.test say. */
import { expect } from 'vitest';
import { type Case, fails, gives } from './standpoint-case.ts';
import { call, guildCount, isCached, type Stage, type Standpoint, type Thing } from './standpoints.ts';

const unlessCached =
  (...routes: readonly string[]) =>
  (at: Standpoint): readonly string[] =>
    isCached(at) ? [] : routes;
const always =
  (...routes: readonly string[]) =>
  (): readonly string[] =>
    routes;

const sending = always('POST /channels/:id/messages');
const nowhere = '123';
/** A guild the bot is not in, of shard 2. */
const foreign = String(2n << 22n);

const messagesIn = ({ fleet }: Stage, channel: string) =>
  fleet.discord.messages.filter(({ channel_id }) => channel_id === channel);

async function prepareMessage(stage: Stage, thing: Thing): Promise<void> {
  const sent = await stage.attempt(call('channels.send', thing.channel, 'before', { guildId: thing.guild.id }));
  thing.message = (sent as { value: { id: string } }).value.id;
}

/** Everything Discord knows of a message but what differs from message to message. */
async function facts(stage: Stage, channel: string): Promise<unknown> {
  const [message] = messagesIn(stage, channel);
  const { id: _id, channel_id: _channel, timestamp: _at, nonce: _nonce, attachments = [], ...rest } = message ?? {};
  const bytes = attachments.map(async ({ url }) => Buffer.from(await (await fetch(url)).arrayBuffer()).toString('hex'));
  const about = attachments.map(({ filename, size, description }) => ({ filename, size, description }));
  return { ...rest, about, bytes: await Promise.all(bytes) };
}

/** What discord.js itself sends, from a cluster that is surely there. */
async function expectRich(stage: Stage, { channel }: Thing): Promise<void> {
  const near = stage.fleet.discord.truth.guild(
    stage.fleet.discord.truth.guildIds({ shard: stage.caller * 2, totalShards: 4 }).at(-1) as string,
  );
  const native = near.textChannelId;
  if (messagesIn(stage, native).length === 0) {
    await stage.fleet.manager.ipc.requestTo(stage.caller, 'natively', { channelId: native });
  }
  const expected = await facts(stage, native);
  expect(expected).toMatchObject({ bytes: ['0001feff'] });
  expect(await facts(stage, channel)).toEqual(expected);
}

const guildCases: readonly Case[] = [
  {
    title: 'guilds.fetch of a guild',
    call: ({ guild }) => call('guilds.fetch', guild.id),
    ends: (_at, { guild }) => {
      const { id, name, ownerId, memberCount } = guild;
      return { value: expect.objectContaining({ id, name, ownerId, memberCount, available: true }) };
    },
    asks: unlessCached('GET /guilds/:id'),
  },
  {
    title: 'guilds.fetch of a guild the bot is not in',
    call: () => call('guilds.fetch', foreign),
    ends: gives(null),
    asks: always('GET /guilds/:id'),
  },
  { title: 'guilds.fetch of no id', call: () => call('guilds.fetch', 'x'), ends: fails('UNKNOWN_TARGET') },
  {
    title: 'guilds.count',
    call: () => call('guilds.count'),
    ends: (at) => (isCached(at) ? { value: guildCount } : { code: 'GUILDS_UNKNOWN' }),
  },
  {
    title: 'guilds.count that is exact',
    call: () => call('guilds.count', { exact: true }),
    ends: (at) => (isCached(at) ? { value: guildCount } : { code: at === 'starting' ? 'NOT_READY' : 'NO_ROUTE' }),
  },
];

const channelCases: readonly Case[] = [
  ...[false, true].map((hinted) => ({
    title: `channels.fetch of a channel${hinted ? ' whose guild is named' : ''}`,
    call: ({ channel, guild }: Thing) => call('channels.fetch', channel, hinted ? { guildId: guild.id } : {}),
    ends: (_at: Standpoint, { channel, guild }: Thing) => ({
      value: expect.objectContaining({ id: channel, guildId: guild.id, type: 0 }),
    }),
    asks: unlessCached('GET /channels/:id'),
  })),
  {
    title: 'channels.fetch past the caches',
    call: ({ channel }) => call('channels.fetch', channel, { force: true }),
    ends: (_at, { channel, guild }) => ({ value: expect.objectContaining({ id: channel, guildId: guild.id }) }),
    asks: always('GET /channels/:id'),
  },
  {
    title: 'channels.fetch of a channel that is none',
    call: () => call('channels.fetch', nowhere),
    ends: gives(null),
    asks: always('GET /channels/123'),
  },
  ...[false, true].map((hinted) => ({
    title: `channels.send to a channel${hinted ? ' whose guild is named' : ''}`,
    call: ({ channel, guild }: Thing) => call('channels.send', channel, 'one', hinted ? { guildId: guild.id } : {}),
    ends: (_at: Standpoint, { channel }: Thing) => ({
      value: expect.objectContaining({ channelId: channel, content: 'one' }),
    }),
    asks: sending,
    after: (stage: Stage, { channel }: Thing) =>
      expect(messagesIn(stage, channel)).toMatchObject([{ content: 'one', channel_id: channel }]),
  })),
  {
    title: 'channels.send of builders, components and a file',
    call: ({ channel }) => call('channels.send', channel, { made: 'rich' }),
    ends: (_at, { channel }) => ({
      value: expect.objectContaining({
        channelId: channel,
        attachments: [expect.objectContaining({ name: 'four.bin', size: 4 })],
      }),
    }),
    asks: sending,
    after: expectRich,
  },
  {
    title: 'channels.send to a category',
    call: ({ guild }) => call('channels.send', guild.channelIds[0] as string, 'x', { guildId: guild.id }),
    ends: fails(50_008),
    asks: sending,
  },
  {
    title: 'channels.editMessage',
    prepare: prepareMessage,
    call: ({ channel, message }) => call('channels.editMessage', channel, message, { content: 'after' }),
    ends: (_at, { message }) => ({ value: expect.objectContaining({ id: message, content: 'after' }) }),
    asks: always('PATCH /channels/:id/messages/:id'),
    after: (stage, { channel }) => expect(messagesIn(stage, channel)).toMatchObject([{ content: 'after' }]),
  },
  {
    title: 'channels.editMessage of a message that is none',
    call: ({ channel }) => call('channels.editMessage', channel, nowhere, 'x'),
    ends: fails(10_008),
    asks: always('PATCH /channels/:id/messages/123'),
  },
  {
    title: 'channels.deleteMessage',
    prepare: prepareMessage,
    call: ({ channel, message }) => call('channels.deleteMessage', channel, message, { reason: 'old' }),
    ends: gives(undefined),
    asks: always('DELETE /channels/:id/messages/:id'),
    after: async (stage, { channel, message }) => {
      expect(stage.fleet.discord.timeline('rest').at(-1)?.detail).toMatchObject({ status: 204, reason: 'old' });
      expect(await stage.attempt(call('channels.deleteMessage', channel, message))).toMatchObject({ code: 10_008 });
    },
  },
];

const userCases: readonly Case[] = [
  {
    title: 'users.fetch of a user the owner has cached',
    call: ({ user }) => call('users.fetch', user),
    ends: (_at, { user }) => ({ value: expect.objectContaining({ id: user, bot: false }) }),
    asks: unlessCached('GET /users/:id'),
  },
  {
    title: 'users.fetch past the caches',
    call: ({ user }) => call('users.fetch', user, { force: true }),
    ends: (_at, { user }) => ({ value: expect.objectContaining({ id: user }) }),
    asks: always('GET /users/:id'),
  },
  {
    title: 'users.fetch of nobody',
    call: () => call('users.fetch', nowhere),
    ends: gives(null),
    asks: always('GET /users/123'),
  },
  {
    title: 'users.send',
    call: ({ user }) => call('users.send', user, { content: 'hi' }),
    ends: () => ({ value: expect.objectContaining({ content: 'hi' }) }),
    asks: always('POST /users/@me/channels', 'POST /channels/:id/messages'),
  },
  {
    title: 'users.send to nobody',
    call: () => call('users.send', nowhere, 'hi'),
    ends: fails(10_013),
    asks: always('POST /users/@me/channels'),
  },
  {
    title: 'findUser',
    call: ({ user }) => call('findUser', user),
    ends: (at) => ({ value: isCached(at) ? [1] : [] }),
  },
  {
    title: 'findUser of a user nobody has cached',
    call: ({ guild }) => call('findUser', guild.memberId(7)),
    ends: gives([]),
  },
];

export const messageCases: readonly Case[] = [...guildCases, ...channelCases, ...userCases];
