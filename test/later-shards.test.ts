import { EventEmitter } from 'node:events';
import type { Client } from 'discord.js';
import { expect, test } from 'vitest';
import type { ShardStep } from '../src/features/system.ts';
import { onPacket, onShardStep, shardHealth } from '../src/gateway-shards.ts';
import { hasOwnThrottler, type LaterGateway, laterGateway } from '../src/later-shards.ts';

const throttler = async (): Promise<unknown> => ({});

/** `@discordjs/ws`'s manager as discord.js 15 makes it: its defaults under what it is given. */
class Gateway extends EventEmitter {
  readonly options: { buildIdentifyThrottler: typeof throttler };
  constructor(options: object) {
    super();
    this.options = { buildIdentifyThrottler: throttler, ...options };
  }
  async fetchStatus(): Promise<Map<number, number>> {
    return new Map();
  }
}

/** A client of discord.js 15, as far as its shards go, and what is said of them. */
function laterClient(shardIds: readonly number[]) {
  const ws = new Gateway({});
  const client = Object.assign(new EventEmitter(), { ws, options: { ws: { shardIds } }, pings: new Map([[0, 42]]) });
  const steps: ShardStep[] = [];
  onShardStep(client as unknown as Client, (step) => steps.push(step));
  const packet = async (t: string, d: object, shard: number): Promise<void> => {
    ws.emit('dispatch', { t, d }, shard);
    await Promise.resolve();
  };
  const ready = (shard: number, ...guilds: string[]) =>
    packet('READY', { guilds: guilds.map((id) => ({ id })) }, shard);
  return { ws, client, steps, packet, ready, own: client as unknown as Client };
}

test('a shard of several is ready when its own guilds are there, the last with the client', async () => {
  const { client, steps, packet, ready } = laterClient([0, 1]);
  await ready(0, 'a', 'b');
  await packet('GUILD_CREATE', { id: 'a' }, 0);
  await ready(1, 'c');
  expect(steps).toEqual([]);
  await packet('GUILD_DELETE', { id: 'b' }, 0);
  expect(steps).toEqual([{ shard: 0, step: 'ready' }]);
  await packet('GUILD_CREATE', { id: 'c' }, 1);
  expect(steps).toHaveLength(1);
  client.emit('clientReady');
  expect(steps.slice(1)).toEqual([{ shard: 1, step: 'ready' }]);
});

test('guilds that never come are given up with the client', async () => {
  const { client, steps, ready } = laterClient([0, 1]);
  await ready(1, 'c');
  await ready(0);
  expect(steps).toEqual([{ shard: 0, step: 'ready' }]);
  client.emit('clientReady');
  expect(steps.slice(1)).toEqual([{ shard: 1, step: 'ready' }]);
});

test('a shard of which Discord has yet to say that there are others is ready with the client', async () => {
  const { client, steps, ready } = laterClient([]);
  Object.assign(client.options.ws, { shardIds: null });
  await ready(0);
  expect(steps).toEqual([]);
  client.emit('clientReady');
  expect(steps).toEqual([{ shard: 0, step: 'ready' }]);
});

test('a connection that closes comes back with what it has missed, or is ready anew', async () => {
  const { client, ws, steps, packet, ready, own } = laterClient([0]);
  await ready(0);
  client.emit('clientReady');
  ws.emit('closed', 1006, 0);
  expect(shardHealth(own, 0)).toEqual({ status: 2, ping: 42 });
  await packet('MESSAGE_CREATE', {}, 0);
  ws.emit('resumed', 0);
  expect(shardHealth(own, 0)).toEqual({ status: 0, ping: 42 });
  ws.emit('closed', 1006, 0);
  await ready(0);
  client.emit('clientReady');
  expect(steps.slice(1)).toEqual([
    { shard: 0, step: 'reconnecting' },
    { shard: 0, step: 'resume', replayed: 1 },
    { shard: 0, step: 'reconnecting' },
    { shard: 0, step: 'ready' },
  ]);
});

test('a code that forbids another try is told as such', async () => {
  const { ws, steps, own } = laterClient([3]);
  ws.emit('closed', 4014, 3);
  expect(steps).toEqual([{ shard: 3, step: 'disconnect', code: 4014 }]);
  expect(shardHealth(own, 3)).toEqual({ status: 5, ping: -1 });
});

test('packets are heard from the gateway itself', async () => {
  const { packet, own } = laterClient([0]);
  const heard: unknown[] = [];
  onPacket(own, ({ t }) => heard.push(t));
  await packet('TYPING_START', {}, 0);
  expect(heard).toEqual(['TYPING_START']);
});

test('a throttler of the bot is told from the default', () => {
  const asLater = (gateway: Gateway) => gateway as unknown as LaterGateway;
  expect(hasOwnThrottler(asLater(new Gateway({})))).toBe(false);
  expect(hasOwnThrottler(asLater(new Gateway({ buildIdentifyThrottler: async () => ({}) })))).toBe(true);
});

test('a client of discord.js 14 tells of its shards itself', () => {
  const client = Object.assign(new EventEmitter(), { ws: { shards: new Map([[1, { status: 5, ping: 7 }]]) } });
  const own = client as unknown as Client;
  const steps: ShardStep[] = [];
  onShardStep(own, (step) => steps.push(step));
  client.emit('shardReady', 1);
  client.emit('shardDisconnect', { code: 4004 }, 1);
  client.emit('shardReconnecting', 2);
  client.emit('shardResume', 2, 9);
  expect(steps).toEqual([
    { shard: 1, step: 'ready' },
    { shard: 1, step: 'disconnect', code: 4004 },
    { shard: 2, step: 'reconnecting' },
    { shard: 2, step: 'resume', replayed: 9 },
  ]);
  expect(laterGateway(own)).toBeUndefined();
  expect([shardHealth(own, 1), shardHealth(own, 2)]).toEqual([
    { status: 5, ping: 7 },
    { status: 3, ping: -1 },
  ]);
});
