import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Client, Events, GatewayIntentBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { createDiscord, type Fault, type LoopbackDiscord } from '../../src/testing/index.ts';
import { RawBot } from './raw-bot.ts';
import { readyClient } from './ready-client.ts';

test('a fault its place does not know is refused, with those it does', async () => {
  await using discord = await createDiscord();
  const add = (fault: unknown) => () => discord.faults.add(fault as Fault);
  expect(add({ on: 'upgrade', do: { close: 4000 } })).toThrow(/one of hang, drop, status/);
  expect(add({ on: 'breakfast', do: 'skip' })).toThrow(/fault\.on must be upgrade, hello/);
});

test('a fault strikes as often as asked, counts, and can be taken out', async () => {
  await using discord = await createDiscord();
  const fault = discord.faults.add({ on: 'rest', route: 'GET /users', times: 2, do: { status: 503 } });
  const forever = discord.faults.add({
    on: 'rest',
    route: /gateway$/,
    times: Number.POSITIVE_INFINITY,
    do: { status: 500 },
  });
  const status = async (path: string) =>
    (await fetch(`${discord.rest.url}/v10${path}`, { headers: { authorization: `Bot ${discord.token}` } })).status;
  expect([await status('/users/@me'), await status('/users/@me'), await status('/users/@me')]).toEqual([503, 503, 200]);
  expect([await status('/gateway'), await status('/gateway'), await status('/gateway/bot')]).toEqual([500, 500, 200]);
  expect([fault.hits, forever.hits]).toEqual([2, 2]);
  forever.remove();
  expect(await status('/gateway')).toBe(200);
  expect(discord.timeline('fault')).toHaveLength(4);
});

describe('an upgrade that hangs', () => {
  /** Asks for an upgrade; resolves when the loopback Discord has it. */
  async function hanging(discord: LoopbackDiscord): Promise<Socket> {
    const fault = discord.faults.add({ on: 'upgrade', do: 'hang' });
    const socket = connect(Number(new URL(discord.url).port), '127.0.0.1').on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    await discord.until(() => fault.hits === 1, { what: 'the upgrade' });
    return socket;
  }

  test('ends with the loopback Discord, which does not wait for it', async () => {
    const discord = await createDiscord();
    const socket = await hanging(discord);
    await Promise.all([discord.stop(), once(socket, 'close')]);
  });

  test('and is reset by the bot harms nobody', async () => {
    await using discord = await createDiscord();
    const thrown: unknown[] = [];
    const note = (error: unknown): void => void thrown.push(error);
    process.on('uncaughtException', note);
    const socket = await hanging(discord);
    socket.resetAndDestroy();
    // Answered after the reset was read: both come by the same event loop.
    await fetch(`${discord.rest.url}/v10/gateway`);
    process.off('uncaughtException', note);
    expect(thrown).toEqual([]);
  });
});

test('a path that is no URL is answered like any other unknown one', async () => {
  await using discord = await createDiscord();
  const socket = connect(Number(new URL(discord.url).port), '127.0.0.1');
  socket.write('GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 40[14] /);
});

describe('a real client', () => {
  test('gets over a gateway/bot that fails twice', async () => {
    await using discord = await createDiscord({ strict: true });
    discord.faults.add({ on: 'rest', route: 'gateway/bot', times: 2, do: { status: 502 } });
    await using client = await readyClient(discord);
    expect(client.isReady()).toBe(true);
  });

  test('tries again when the upgrade is dropped', async () => {
    await using discord = await createDiscord({ strict: true });
    const fault = discord.faults.add({ on: 'upgrade', do: 'drop' });
    await using client = await readyClient(discord);
    expect(client.isReady()).toBe(true);
    expect(fault.hits).toBe(1);
  });

  test('is ready with a guild that is down', async () => {
    await using discord = await createDiscord({ guilds: 3, strict: true });
    discord.faults.add({ on: 'guildCreate', do: 'unavailable' });
    await using client = await readyClient(discord);
    expect(client.guilds.cache.filter((guild) => !guild.available).size).toBe(1);
  });

  test('cannot log in when its IDENTIFY is closed with 4014, and the fault strikes that shard only', async () => {
    await using discord = await createDiscord({ strict: true });
    discord.faults.add({ on: 'identify', shard: 3, do: { close: 4014 } });
    const fault = discord.faults.add({ on: 'identify', shard: 0, do: { close: 4014 } });
    const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: discord.rest.url } });
    await expect(client.login(discord.token)).rejects.toThrow(/disallowed intents/);
    expect(fault.hits).toBe(1);
    await client.destroy();
  });

  test('reconnects after heartbeats that nobody acknowledged', async () => {
    await using discord = await createDiscord({ gateway: { heartbeatInterval: 200 }, strict: true });
    discord.faults.add({ on: 'heartbeat', do: 'skip' });
    await using client = await readyClient(discord);
    const resumed = once(client, Events.ShardResume);
    await resumed;
    expect(discord.timeline('identify')).toHaveLength(1);
  });
});

describe('by hand', () => {
  const ready = async (discord: LoopbackDiscord, bot: RawBot) => {
    await bot.identify();
    await bot.event('READY');
    await discord.waitFor('guildsSent');
  };

  test('a hello that never comes is not held against the bot', async () => {
    await using discord = await createDiscord({ gateway: { heartbeatInterval: 50 } });
    discord.faults.add({ on: 'hello', do: 'hang' });
    await using silent = new RawBot(discord);
    await once(silent.socket, 'open');
    await using judged = new RawBot(discord);
    expect(await judged.closed).toBe(4009);
    expect(silent.frames).toEqual([]);
    expect(discord.violations()).toHaveLength(1);
  });

  test('a skipped guild is missing, a late READY comes late, an invalidated IDENTIFY gets op 9', async () => {
    await using discord = await createDiscord({ guilds: 4 });
    discord.faults.add({ on: 'guildCreate', times: 2, do: 'skip' });
    discord.faults.add({ on: 'identify', do: 'invalidate' });
    discord.faults.add({ on: 'ready', do: { delayMs: 120 } });
    await using bot = new RawBot(discord);
    await bot.identify();
    expect((await bot.op(9)).d).toBe(false);
    const before = Date.now();
    await ready(discord, bot);
    expect(Date.now() - before).toBeGreaterThanOrEqual(110);
    expect(bot.frames.filter((frame) => frame.t === 'GUILD_CREATE')).toHaveLength(2);
  });
});
