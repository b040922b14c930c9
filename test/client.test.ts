/** test/client: a cluster without a manager works alone, as cluster 0. */
import { fileURLToPath } from 'node:url';
import { Client } from 'discord.js';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ClusterClient } from '../src/client.ts';
import { defineHandlers } from '../src/handlers.ts';
import type { HandlerContext } from '../src/register.ts';
import { getCluster } from '../src/registry.ts';
import { guildId, guildsPerShard, options, shards, splitClient } from './views/split-client.ts';

let client: Client;
let cluster: ClusterClient;
beforeEach(() => {
  client = splitClient();
  cluster = new ClusterClient(client);
});

describe('a client without a manager', () => {
  test('is cluster 0 with all of its shards', () => {
    expect(cluster).toMatchObject({ id: 0, mode: 'process', shards: [0, 1, 2], totalShards: 3, totalClusters: 1 });
    expect(cluster.isPrimary).toBe(true);
    expect(cluster.ready).toBe(false);
    expect(cluster.client).toBe(client);
  });

  test('without shards of its own has one', () => {
    expect(new ClusterClient(new Client({ intents: [] }))).toMatchObject({ shards: [0], totalShards: 1 });
  });

  test('has one cluster, however often it is asked for', () => {
    expect(new ClusterClient(client)).toBe(cluster);
    expect(getCluster(client)).toBe(cluster);
    expect(getCluster(new Client(options))).toBeUndefined();
    expect(new ClusterClient(splitClient())).not.toBe(cluster);
  });

  test('finds shards and clusters by guild', () => {
    expect(cluster.findShard(guildId(2, 1))).toBe(2);
    expect(cluster.findGuild(guildId(2, 1))).toBe(0);
    expect(cluster.findCluster(1)).toBe(0);
    expect(() => cluster.findCluster(3)).toThrow(expect.objectContaining({ code: 'UNKNOWN_TARGET' }));
  });

  test('answers itself', async () => {
    expect(await cluster.ping()).toBeGreaterThanOrEqual(0);
    // Not ready: what is there by now would be taken for all there is.
    await expect(cluster.guilds.count()).rejects.toMatchObject({ code: 'GUILDS_UNKNOWN' });
    vi.spyOn(client, 'isReady').mockReturnValue(true);
    expect(await cluster.guilds.count()).toBe(shards.length * guildsPerShard);
    expect(await cluster.guilds.fetch(guildId(1, 0))).toMatchObject({ name: 'guild 1/0', shardId: 1 });
    const stats = await cluster.stats();
    expect(stats).toMatchObject({ missing: [], guilds: shards.length * guildsPerShard });
    await expect(cluster.ping(1)).rejects.toMatchObject({ code: 'NO_ROUTE' });
    await expect(cluster.ipc.requestManager('x')).rejects.toMatchObject({
      code: 'NO_ROUTE',
      details: { to: 'host:local', reason: 'no manager started this bot' },
      message: expect.stringMatching(
        /^The manager is not connected and will not come: no manager started this bot\. (?!.*respawn)/,
      ),
    });
  });

  test("with shards: 'auto' has those that Discord recommended at its login", async () => {
    const auto = new Client({ intents: [], shards: 'auto' });
    const alone = new ClusterClient(auto);
    expect(alone).toMatchObject({ shards: [0], totalShards: 1 });
    // What discord.js does at its login.
    Object.assign(auto.options, { shards: [0, 1, 2, 3], shardCount: 4 });
    expect(alone).toMatchObject({ shards: [0, 1, 2, 3], totalShards: 4 });
    expect(alone.findShard(String(3n << 22n))).toBe(3);
    expect(alone.findCluster(3)).toBe(0);
    expect((await alone.stats()).clusters[0]?.shards.map(({ id }) => id)).toEqual([0, 1, 2, 3]);
  });

  test('knows since when its shards are ready, and watches them once', async () => {
    const listeners = client.listenerCount('shardReady');
    new ClusterClient(client);
    expect(client.listenerCount('shardReady')).toBe(listeners);
    client.emit('shardReady', 1, undefined);
    const [own] = (await cluster.stats()).clusters;
    expect(own?.shards.map(({ uptimeMs }) => uptimeMs)).toEqual([null, expect.any(Number), null]);
  });

  test('has a store of its own', async () => {
    await cluster.store.set('k', new Date(5), { ttlMs: 60_000 });
    expect(await cluster.store.get('k')).toStrictEqual(new Date(5));
    expect(await cluster.store.getOrSet('n', () => 7)).toBe(7);
    expect(await new ClusterClient(client).store.size()).toBe(2);
    expect(await new ClusterClient(splitClient()).store.size()).toBe(0);
  });

  test('has no manager to send to, is never under maintenance, and hears what it broadcasts to itself', async () => {
    expect(cluster.maintenance).toBeUndefined();
    await expect(cluster.send('x')).rejects.toMatchObject({
      code: 'NO_ROUTE',
      message: expect.stringContaining('no manager started this bot'),
    });
    const heard: unknown[] = [];
    // The test runner has messages of its own.
    const listener = (message: { readonly to?: string }): void => void (message.to === 'bots' && heard.push(message));
    process.on('message', listener);
    await cluster.broadcast({ to: 'bots', for: 'others' });
    await cluster.broadcast({ to: 'bots', at: new Date(0), gone: undefined }, { sendSelf: true });
    expect(heard).toEqual([]);
    await expect.poll(() => heard).toEqual([{ to: 'bots', at: '1970-01-01T00:00:00.000Z' }]);
    process.off('message', listener);
  });

  test('loads the handlers files it was given at its login, and is told of wrong ones at once', async () => {
    const file = fileURLToPath(new URL('./fixtures/core/handlers.mjs', import.meta.url));
    const own = splitClient();
    const login = vi.spyOn(own, 'login').mockResolvedValue('in');
    const { ipc } = new ClusterClient(own, { handlers: [file] });
    await expect(ipc.request('fromMjs')).rejects.toMatchObject({ code: 'NO_HANDLER' });
    expect(await Promise.all([own.login('token'), own.login()])).toEqual(['in', 'in']);
    expect(login.mock.calls).toEqual([['token'], []]);
    expect(await ipc.request('fromMjs', { name: 'x' })).toEqual({ name: 'x', ready: false });
    expect(Object.keys(own)).not.toContain('login');
    const refused = (options: object) => () => new ClusterClient(splitClient(), options);
    const wrong = (option: string) =>
      expect.objectContaining({ code: 'INVALID_OPTION', details: expect.objectContaining({ option }) });
    expect(refused({ handlers: './nowhere.js' })).toThrow(/nowhere\.js/);
    for (const [options, option] of [
      [{ handlers: 5 }, 'handlers'],
      [{ handler: './x.js' }, 'handler'],
    ] as const) {
      expect(refused(options)).toThrow(wrong(option));
    }
  });

  test('that has a cluster keeps it as it is, whatever is asked for now', () => {
    expect(new ClusterClient(client, { handlers: './nowhere.js' })).toBe(cluster);
  });

  test('loads no handlers and reports to nobody', async () => {
    await cluster.loadHandlers();
    expect(() => cluster.reportFailure(new Error('x'))).not.toThrow();
  });
});

describe('a handler', () => {
  test('written inline takes the data and the context', async () => {
    cluster.ipc.handle('inline', (data: number, context: HandlerContext) => [
      data,
      context.client === client,
      context.cluster === cluster,
      context.from,
      context.signal instanceof AbortSignal,
      'shardId' in context,
    ]);
    expect(await cluster.ipc.request('inline', 5)).toEqual([5, true, true, 'cluster:0', true, false]);
  });

  test('made by defineHandlers takes the client first', async () => {
    const { named } = defineHandlers({
      named: (own, data: string, context) => [own === client, data, context.cluster === cluster],
    });
    cluster.ipc.handle('named', named);
    expect(await cluster.ipc.requestTo(0, 'named', 'x')).toEqual([true, 'x', true]);
  });

  test('runs once per shard against the views of the shards', async () => {
    cluster.ipc.handle('count', (_data: undefined, context: HandlerContext) => [
      context.shardId,
      context.client.guilds.cache.size,
      context.client === client,
    ]);
    expect(await cluster.ipc.requestAllShards('count').values()).toEqual(
      shards.map((shard) => [shard, guildsPerShard, false]),
    );
    expect(await cluster.ipc.requestToShard(1, 'count')).toEqual([1, guildsPerShard, false]);
    expect(await cluster.ipc.requestAll('count').values()).toEqual([[undefined, shards.length * guildsPerShard, true]]);
  });

  test('of one shard sees every cached user, over all shards each user is seen once', async () => {
    cluster.ipc.handle('users', (_data: undefined, context: HandlerContext) => context.client.users.cache.size);
    const whole = client.users.cache.size;
    expect(await cluster.ipc.requestToShard(1, 'users')).toBe(whole);
    const parts = await cluster.ipc.requestAllShards<number>('users').valuesOrThrow();
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(whole);
    expect(Math.max(...parts)).toBeLessThan(whole);
  });
});
