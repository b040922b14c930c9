/** test/manager: what a manager does before and without any child. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ClusterManager } from '../src/manager.ts';

const token = 'MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs';
let folder: string;
let bot: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shardlift-manager-'));
  bot = join(folder, 'bot.cjs');
  writeFileSync(bot, 'process.exit(7)');
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

const info = (changes: object = {}) => ({
  shards: 4,
  session_start_limit: { total: 1_000, remaining: 1_000, reset_after: 3_600_000, max_concurrency: 1, ...changes },
});
const discordSays = (respond: () => Response): void => void vi.stubGlobal('fetch', async () => respond());

const noToken = (): void => void vi.stubEnv('DISCORD_TOKEN', '');

describe('a manager', () => {
  test('refuses bad options in its constructor', () => {
    expect(() => new ClusterManager(join(folder, 'none.js'))).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION' }),
    );
    expect(() => new ClusterManager(bot, { totalShards: 0 })).toThrow(/totalShards/);
  });

  test('tells nothing of a token that was given in the place of the options', () => {
    for (const given of [token, [token]]) {
      const make = () => new ClusterManager(bot, given as never);
      expect(make).toThrow(/The option options must be an object/);
      expect(make).not.toThrow(token.slice(0, 8));
    }
  });

  test('starts a cluster although a listener that hears of it throws', async () => {
    const others = process.listeners('uncaughtException');
    const uncaught = new Promise((resolve) => {
      process.removeAllListeners('uncaughtException').once('uncaughtException', resolve);
    });
    const manager = new ClusterManager(bot, { totalShards: 1 });
    const created = vi.fn();
    manager.on('clusterCreate', () => {
      throw new Error('of a listener');
    });
    manager.use({ name: 'watcher', clusterCreate: created });
    try {
      expect(manager.createCluster(0, [0])).toBe(manager.clusters.get(0));
      expect(await uncaught).toMatchObject({ message: 'of a listener' });
    } finally {
      for (const listener of others) process.on('uncaughtException', listener);
      await manager.stop();
    }
    expect(created).toHaveBeenCalledTimes(1);
  });

  test('needs a token to ask Discord for the number of shards', async () => {
    noToken();
    await expect(new ClusterManager(bot).spawn()).rejects.toMatchObject({
      code: 'TOKEN_MISSING',
      message: expect.stringContaining("totalShards: 'auto'"),
    });
  });

  test('starts nothing when Discord refuses the token', async () => {
    discordSays(() => new Response('', { status: 401 }));
    const manager = new ClusterManager(bot, { token });
    const error = await manager.spawn().catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code: 'TOKEN_REFUSED' });
    expect(String(error)).not.toContain(token);
    expect(manager.clusters.size).toBe(0);
  });

  test('starts nothing when the identifies of the day do not suffice', async () => {
    discordSays(() => Response.json(info({ remaining: 3 })));
    const manager = new ClusterManager(bot, { token });
    await expect(manager.spawn()).rejects.toMatchObject({
      code: 'IDENTIFY_EXHAUSTED',
      details: { remaining: 3, needed: 4, resetAfterMs: 3_600_000 },
      message: expect.stringContaining('60 minutes'),
    });
    expect(manager.clusters.size).toBe(0);
  });

  test('knows nobody before it started them', async () => {
    const manager = new ClusterManager(bot, { totalShards: 2 });
    await expect(manager.ipc.request('x')).rejects.toMatchObject({ code: 'NOT_SPAWNED' });
    await expect(manager.ipc.requestAll('x')).rejects.toMatchObject({ code: 'NOT_SPAWNED' });
    await expect(manager.ipc.requestAllShards('x').sum(Number)).rejects.toMatchObject({ code: 'NOT_SPAWNED' });
    await expect(manager.ipc.requestToGuild('123456789012345678', 'x')).rejects.toMatchObject({
      code: 'NOT_SPAWNED',
    });
    await expect(manager.guilds.fetch('123456789012345678')).rejects.toMatchObject({ code: 'NOT_SPAWNED' });
    for (const asked of [
      manager.ipc.requestTo(0, 'x'),
      manager.ipc.requestToShard(0, 'x'),
      manager.ipc.request('x', 1, { to: { cluster: 0 } }),
      manager.guilds.count(),
      manager.guilds.count({ exact: true }),
      manager.stats(),
      manager.channels.fetch('123456789012345678'),
      manager.users.fetch('123456789012345678'),
      manager.users.whereCached('123456789012345678'),
      manager.events.broadcastAndWait('x'),
      manager.events.broadcastAndWait('x', 1, { sendSelf: true }),
    ]) {
      await expect(asked).rejects.toMatchObject({ code: 'NOT_SPAWNED' });
    }
    await expect(manager.remote<{ x: number }>({ cluster: 0 }).x).rejects.toMatchObject({ code: 'NOT_SPAWNED' });
    expect(() => manager.events.emitTo(0, 'x')).toThrow(expect.objectContaining({ code: 'NOT_SPAWNED' }));
    expect(manager.totalShards).toBe(0);
  });

  test('has its store before it is started, and writes it when it is stopped', async () => {
    noToken();
    const store = { maxEntries: 2, snapshot: { file: join(folder, 'store.snapshot'), everyMs: null } };
    const manager = new ClusterManager(bot, { totalShards: 2, store });
    for (const key of ['a', 'b']) await manager.store.set(key, key);
    await manager.stop();
    const next = new ClusterManager(bot, { totalShards: 2, store });
    expect((await next.store.keys()).sort()).toEqual(['a', 'b']);
    await next.stop();
  });

  test('can be stopped before it was started', async () => {
    await new ClusterManager(bot, { totalShards: 2 }).stop();
  });

  test('that was stopped while it started leaves nothing running and says so', async () => {
    noToken();
    const manager = new ClusterManager(bot, { totalShards: 3, shardsPerCluster: 1, silent: true });
    let stopped: Promise<void> | undefined;
    manager.on('clusterCreate', (cluster) => cluster.on('spawn', () => (stopped ??= manager.stop())));
    await expect(manager.spawn({ delayMs: 60_000 })).rejects.toMatchObject({ code: 'MANAGER_STOPPED' });
    await stopped;
    expect(manager.clusters.size).toBe(1);
    expect(manager.clusters.every((cluster) => cluster.child === undefined)).toBe(true);
  });

  test('that was stopped while a cluster respawns leaves nothing running', async () => {
    noToken();
    const lives = join(folder, 'lives.cjs');
    writeFileSync(lives, 'setInterval(() => undefined, 1_000)');
    const manager = new ClusterManager(lives, { totalShards: 1, silent: true });
    await manager.spawn({ timeoutMs: null });
    const [cluster] = manager.clusters.values();
    const respawned = expect(cluster?.respawn({ timeoutMs: null })).rejects.toMatchObject({ code: 'MANAGER_STOPPED' });
    await manager.stop();
    await respawned;
    expect(cluster).toMatchObject({ state: 'stopped', child: undefined, incarnation: 1 });
    await expect(cluster?.spawn()).rejects.toMatchObject({ code: 'MANAGER_STOPPED' });
    await expect(manager.spawn()).rejects.toMatchObject({ code: 'MANAGER_STOPPED' });
  });

  test('that is told to spawn twice at once spawns once', async () => {
    noToken();
    const lives = join(folder, 'lives.cjs');
    writeFileSync(lives, 'setInterval(() => undefined, 1_000)');
    const manager = new ClusterManager(lives, { totalShards: 2, shardsPerCluster: 1, silent: true });
    // With a plugin to wait for both calls are under way together.
    manager.use({ name: 'slow', install: () => new Promise((resolve) => setImmediate(resolve)) });
    const calls = await Promise.allSettled([manager.spawn({ timeoutMs: null }), manager.spawn({ timeoutMs: null })]);
    expect(calls).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'ALREADY_SPAWNED', details: { clusters: 2 } } },
    ]);
    expect(manager.clusters.map(({ incarnation }) => incarnation)).toEqual([1, 1]);
    await manager.stop();
  });

  test('that was stopped is not started again', async () => {
    noToken();
    const manager = new ClusterManager(bot, { totalShards: 1 });
    await manager.stop();
    await expect(manager.spawn()).rejects.toMatchObject({ code: 'MANAGER_STOPPED' });
    expect(manager.clusters.size).toBe(0);
  });
});

describe('clusters in the queue', () => {
  const queued = async () => {
    noToken();
    const manager = new ClusterManager(bot, { totalShards: 2, shardsPerCluster: 1, queue: 'manual', silent: true });
    await manager.spawn();
    return manager;
  };

  test('can be waited for', async () => {
    const manager = await queued();
    const options = { whenUnavailable: 'wait', timeoutMs: 50 } as const;
    await expect(manager.ipc.requestTo(1, 'x', null, options)).rejects.toMatchObject({ code: 'CALL_TIMEOUT' });
    await manager.stop();
    await expect(manager.ipc.requestTo(1, 'x', null, options)).rejects.toMatchObject({ code: 'NO_ROUTE' });
  });

  test('are known, and no message reaches them', async () => {
    const manager = await queued();
    await expect(manager.send(1, 'x')).rejects.toMatchObject({ code: 'NO_ROUTE' });
    await expect(manager.send(2, 'x')).rejects.toMatchObject({ code: 'UNKNOWN_TARGET' });
    await manager.broadcast('x');
    await manager.stop();
  });
});

describe('a cluster that is made', () => {
  test('is announced before it starts, with what it will be started with', () => {
    noToken();
    vi.stubEnv('SOME_SETTING', 'inherited');
    const manager = new ClusterManager(bot, {
      token,
      totalShards: 6,
      shardArgs: ['--a'],
      execArgv: ['--b'],
      silent: true,
    });
    manager.layOut([[0, 1, 2], [3]], 6);
    const made: number[] = [];
    manager.on('clusterCreate', (cluster) => void made.push(cluster.id));
    const several = manager.createCluster(0, [0, 1, 2]);
    const single = manager.createCluster(1, [3]);
    expect(made).toEqual([0, 1]);
    expect([...manager.clusters.values()]).toEqual([several, single]);
    expect(several).toMatchObject({ state: 'idle', incarnation: 0, ready: false });
    expect(several.launch).toMatchObject({ args: ['--a'], execArgv: ['--b'], silent: true });
    expect(several.launch.env).toMatchObject({
      SHARDS: '[0,1,2]',
      SHARD_COUNT: '6',
      DISCORD_TOKEN: token,
      SOME_SETTING: 'inherited',
    });
    expect(single.launch.env.SHARDS).toBe('3');
  });
});
