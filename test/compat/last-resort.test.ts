import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ShardingManager } from '../../compat/index.ts';
import { LastResort } from '../../compat/last-resort.ts';
import { fakeCluster } from '../cluster/fake-child.ts';
import { Fleet } from './fleet.ts';

const nothing = (): undefined => undefined;

describe('a bot that says the first words of discord.js', () => {
  function watched({ handlers = [] as readonly string[] } = {}) {
    const fake = fakeCluster({ shards: [0] });
    const warn = vi.fn();
    const found = vi.fn();
    const desk = { handlers, values: async () => [], respawnAll: nothing as never, warn };
    return { ...fake, warn, found, resort: new LastResort(fake.cluster, desk, found) };
  }

  test('is spoken to as discord.js does, and that is told', async () => {
    const { cluster, resort, warn, found } = watched();
    const spawned = cluster.spawn();
    expect([resort.take({ hello: 1 }), resort.line]).toEqual([false, undefined]);
    expect(resort.take({ _ready: true })).toBe(true);
    await spawned;
    expect([warn.mock.calls.length, found.mock.calls.length, cluster.unreachable]).toEqual([
      1,
      1,
      expect.stringContaining('nothing of shardlift'),
    ]);
    expect([resort.take({ _eval: 'an answer' }), resort.take({ hello: 2 })]).toEqual([true, false]);
    await cluster.kill();
  });

  test('when ours has announced itself only sends messages', async () => {
    const { cluster, resort, warn } = watched();
    void cluster.spawn().catch(nothing);
    cluster.attached();
    expect([resort.take({ _ready: true }), resort.line, warn.mock.calls]).toEqual([false, undefined, []]);
    resort.reset();
    expect(resort.take({ _ready: true })).toBe(true);
    await cluster.kill();
  });

  test('does not come up where the manager promises handlers', async () => {
    const { cluster, resort, settings } = watched({ handlers: ['/bot/handlers.js'] });
    settings.respawn = false;
    const spawned = cluster.spawn();
    expect(resort.take({ _ready: true })).toBe(true);
    await expect(spawned).rejects.toMatchObject({ code: 'HANDLERS_NOT_LOADED' });
  });
});

describe.each(['process', 'worker'] as const)('bots that a launcher starts, in %s mode', (mode) => {
  let fleet: Fleet;
  let manager: ShardingManager;
  const warn = vi.fn();
  const early: Promise<unknown>[] = [];
  beforeAll(async () => {
    warn.mockClear();
    fleet = await Fleet.start();
    const hybrid = { totalClusters: 2, logger: { debug: nothing, info: nothing, warn, error: nothing } };
    manager = fleet.manager({ mode, hybrid }, 'bot-launched.cjs');
    manager.on('shardCreate', (shard) => {
      shard.once('spawn', () => early.push(shard.eval((c) => c.shard?.ids[0])));
    });
    await manager.spawn({ delay: 0 });
  });
  afterAll(() => fleet.close());

  test('run several shards each, and one warning says what is missing', () => {
    expect(manager.shards.map(({ ready }) => ready)).toEqual([true, true, true, true]);
    expect(fleet.identified.toSorted()).toEqual([0, 1, 2, 3]);
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/speaks as plain discord\.js.*Missing are client\.cluster/)],
    ]);
  });

  test('give one result per shard, of its own view', async () => {
    const seen = await manager.broadcastEval((c) => [c.shard?.ids[0], c.guilds.cache.size]);
    expect(seen).toEqual([0, 1, 2, 3].map((id) => [id, 3]));
    expect(await manager.fetchClientValues('guilds.cache.size')).toEqual([3, 3, 3, 3]);
    expect(await manager.broadcastEval((c, n) => [c.guilds.cache.size, n], { shard: 3, context: 7 })).toEqual([3, 7]);
    expect(await manager.broadcastEval((c) => c.guilds.cache.size, { perCluster: true } as never)).toEqual([6, 6]);
    expect(await manager.shards.get(2)?.eval('this.guilds.cache.size')).toBe(3);
  });

  test('answer also what they were asked before anybody knew what they are', async () => {
    expect(await Promise.all(early)).toEqual([0, 1, 2, 3]);
  });

  test('make calls of their own', async () => {
    const calls = manager.broadcastEval(
      async (c) => [
        await c.shard?.broadcastEval((d) => d.guilds.cache.size),
        await c.shard?.fetchClientValues('guilds.cache.size', 3),
        await c.shard?.broadcastEval((d) => d.shard?.ids, { shard: 9 }).catch((error: Error) => error.message),
      ],
      { shard: 0 },
    );
    expect(await calls).toEqual([[3, 3, 3, 3], 3, 'Shard 9 could not be found.']);
  });

  test('outlive what would end them, or never settle, with discord.js', async () => {
    await expect(manager.broadcastEval(() => Promise.reject(null))).rejects.toThrow('null');
    const circle = new Function('return () => { const a = { f() {} }; a.a = a; return a; }')() as () => unknown;
    await expect(manager.broadcastEval(circle)).rejects.toMatchObject({ code: 'UNSERIALISABLE' });
    expect(await manager.broadcastEval((c) => c.isReady())).toEqual([true, true, true, true]);
  });

  test('hear each message once, before a call that is sent after it', async () => {
    await manager.broadcast({ note: mode });
    const received = (c: unknown) =>
      (c as { received: { note?: string }[] }).received.filter(({ note }) => note).length;
    expect(await manager.broadcastEval(received, { perCluster: true } as never)).toEqual([1, 1]);
  });

  test('refuse what needs more, by name and at once', async () => {
    await expect(manager.ipc.requestTo(0, 'size' as never)).rejects.toMatchObject({
      code: 'NO_ROUTE',
      details: { reason: expect.stringContaining('nothing of shardlift') },
    });
    const { missing } = await manager.hybrid.stats();
    expect(missing.map(({ reason }) => reason)).toEqual(Array(2).fill(expect.stringContaining('nothing of shardlift')));
  });

  test('come back by respawn, without a second warning', async () => {
    await manager.shards.get(1)?.respawn({ delay: 0 });
    expect(await manager.broadcastEval((c) => c.shard?.ids[0])).toEqual([0, 1, 2, 3]);
    expect(warn).toHaveBeenCalledTimes(1);
  });
});

test.each(['process', 'worker'] as const)('a bot that says such words by itself is ours, in %s mode', async (mode) => {
  const fleet = await Fleet.start();
  try {
    const warn = vi.fn();
    const hybrid = { totalClusters: 1, logger: { debug: nothing, info: nothing, warn, error: nothing } };
    const manager = fleet.manager({ mode, hybrid }, 'bot-own-words.cjs');
    const heard: unknown[] = [];
    manager.on('shardCreate', (shard) => {
      shard.on('message', (message: object) => heard.push([shard.id, ...Object.keys(message)]));
    });
    await manager.spawn({ delay: 0 });
    expect(await manager.broadcastEval((c) => c.cluster.shards.length)).toEqual([4, 4, 4, 4]);
    expect(warn.mock.calls).toEqual([]);
    const news = ['_ready', '_disconnect', '_reconnecting', '_resume'].map((word) => [0, word]);
    const calls = [
      [0, '_sEval'],
      [0, '_sFetchProp', '_sFetchPropShard'],
      [0, '_eval', '_result'],
      [0, '_sRespawnAll'],
    ];
    expect(heard).toEqual([...news, ...calls]);
    expect(fleet.identified.toSorted()).toEqual([0, 1, 2, 3]);
  } finally {
    await fleet.close();
  }
});
