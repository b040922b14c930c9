import { once } from 'node:events';
import { Client, Events, GatewayIntentBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { createDiscord, type DiscordOptions } from '../../src/testing/index.ts';
import { RawBot } from './raw-bot.ts';
import { readyClient } from './ready-client.ts';

const refused: [string, number, Record<string, unknown>, DiscordOptions?][] = [
  ['a wrong token', 4004, { token: 'wrong' }],
  ['a shard id that is not below the total', 4010, { shard: [2, 2] }],
  ['a shard that is no pair', 4010, { shard: [0] }],
  ['a negative shard id', 4010, { shard: [-1, 2] }],
  ['too many guilds for one shard', 4011, { shard: [0, 2] }, { guilds: 5, gateway: { guildsPerShardMax: 2 } }],
  ['no intents at all', 4013, { intents: undefined }],
  ['an intent that does not exist', 4013, { intents: 1 << 30 }],
  ['a privileged intent that is off', 4014, { intents: 2 }, { intents: { privileged: 0 } }],
];

test.each(refused)('an IDENTIFY with %s is closed with %i', async (_, code, fields, options) => {
  await using discord = await createDiscord(options);
  await using bot = new RawBot(discord);
  await bot.identify(fields);
  expect(await bot.closed).toBe(code);
  expect(discord.sessions()).toEqual([]);
  expect(discord.violations().map((violation) => violation.invariant)).toEqual(code === 4010 ? ['shardInRange'] : []);
});

const misbehaving: [string, number, (bot: RawBot) => void][] = [
  ['an unknown opcode', 4001, (bot) => bot.send(77, null)],
  ['text that is no JSON', 4002, (bot) => bot.socket.send('hello')],
  ['a frame of more than 4096 bytes', 4002, (bot) => bot.send(1, 'x'.repeat(4096))],
  ['a presence before IDENTIFY', 4003, (bot) => bot.send(3, {})],
  ['a member request before IDENTIFY', 4003, (bot) => bot.send(8, { guild_id: '1' })],
];

test.each(misbehaving)('%s is closed with %i', async (_, code, misbehave) => {
  await using discord = await createDiscord({ strict: true });
  await using bot = new RawBot(discord);
  await bot.op(10);
  misbehave(bot);
  expect(await bot.closed).toBe(code);
});

test('a second IDENTIFY on one connection is closed with 4005', async () => {
  await using discord = await createDiscord({ strict: true });
  await using bot = new RawBot(discord);
  await bot.identify();
  await bot.event('READY');
  await bot.identify();
  expect(await bot.closed).toBe(4005);
});

test('the 121st frame in a minute is closed with 4008', async () => {
  await using discord = await createDiscord({ strict: true });
  await using bot = new RawBot(discord);
  await bot.identify();
  await bot.event('READY');
  for (let sent = 1; sent < 120; sent += 1) bot.send(3, { status: 'idle' });
  await discord.waitFor('presence', { count: 119 });
  bot.send(3, { status: 'idle' });
  expect(await bot.closed).toBe(4008);
  expect(discord.timeline('sendLimit')).toHaveLength(1);
});

test('an API version that does not exist is closed with 4012', async () => {
  await using discord = await createDiscord({ strict: true });
  await using bot = new RawBot(discord, '/?v=3&encoding=json');
  expect(await bot.closed).toBe(4012);
});

describe('a real client', () => {
  test('cannot log in with an intent that is off', async () => {
    await using discord = await createDiscord({ intents: { privileged: 0 }, strict: true });
    const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.MessageContent];
    const client = new Client({ intents, rest: { api: discord.rest.url } });
    await expect(client.login(discord.token)).rejects.toThrow(/disallowed intents/);
    await client.destroy();
  });

  test.each([4004, 4010, 4011, 4013, 4014])('that is closed with %i while it runs does not come back', async (code) => {
    await using discord = await createDiscord({ strict: true });
    await using client = await readyClient(discord);
    const error = once(client, Events.ShardError);
    discord.shard(0).disconnect({ code });
    await error;
    expect(discord.sessions()).toEqual([]);
    expect(discord.timeline('connect')).toHaveLength(1);
  });
});
