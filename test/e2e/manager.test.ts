/** test/e2e/manager: the manager's side with real bots: queue, rounds of restarts, plugins, messages, launch options. */
import { describe, expect, test } from 'vitest';
import type { ManagerPlugin } from '../../src/index.ts';
import { createFleet, failureOf, until } from './fleet.ts';

describe.each(['process', 'worker'] as const)('in %s mode', (mode) => {
  test('the manual queue starts a cluster at each next, and ready comes after the last', async () => {
    await using fleet = await createFleet({ bot: 'bot.cjs', options: { mode, queue: 'manual' } });
    const { manager } = fleet;
    let ready = 0;
    manager.on('ready', () => void ready++);
    expect((await manager.spawn()).size).toBe(0);
    expect([manager.queue.mode, manager.queue.waiting]).toEqual(['manual', [0, 1]]);
    await expect(manager.spawn()).rejects.toMatchObject({ code: 'ALREADY_SPAWNED', details: { clusters: 2 } });
    expect(await manager.queue.next()).toBe(0);
    expect(manager.clusters.map(({ state }) => state)).toEqual(['ready']);
    expect([ready, manager.queue.waiting]).toEqual([0, [1]]);
    expect(await manager.queue.next()).toBe(1);
    expect(await manager.queue.next()).toBeUndefined();
    await until(() => ready === 1, { what: 'ready' });
    expect(await manager.ipc.requestTo(1, 'who')).toMatchObject({ id: 1 });
  });

  test('a round of restarts takes one cluster at a time, and leaves out whom it is told to', async () => {
    await using fleet = await createFleet({ bot: 'bot.cjs', options: { mode, shardsPerCluster: 1 } });
    const { manager } = fleet;
    await manager.spawn();
    const news: string[] = [];
    manager.on('clusterDeath', ({ id }, { reason }) => {
      const ready = manager.clusters.filter((cluster) => cluster.ready).size;
      news.push(`${id} died: ${reason}, ${ready} ready`);
    });
    manager.on('clusterReady', ({ id }) => void news.push(`${id} ready`));
    await Promise.all([manager.respawnAll({ except: [1, 3] }), manager.respawnAll({ only: [3] })]);
    const respawned = [0, 2, 3].flatMap((id) => [`${id} died: respawn was called, 3 ready`, `${id} ready`]);
    expect(news).toEqual(respawned);
    expect(manager.clusters.map(({ incarnation }) => incarnation)).toEqual([2, 1, 2, 2]);
    await expect(manager.respawnAll({ only: [9] })).rejects.toMatchObject({ code: 'UNKNOWN_TARGET' });
  });

  test('plugins see the whole life, are waited for, and one that throws is named and harms nobody', async () => {
    await using fleet = await createFleet({ bot: 'bot.cjs', options: { mode, totalShards: 2, shardsPerCluster: 1 } });
    const { manager } = fleet;
    const calls: string[] = [];
    const later = (text: string) =>
      new Promise<void>((resolve) => setTimeout(() => resolve(void calls.push(text)), 20));
    const diary: ManagerPlugin = {
      name: 'diary',
      install: () => later('install'),
      beforeSpawn: ({ totalShards, plan }) => later(`before ${totalShards} ${JSON.stringify(plan)}`),
      clusterCreate: async (cluster) => {
        cluster.launch.env.DIARY = 'written';
        await later(`create ${cluster.id} ${cluster.state}`);
      },
      clusterReady: ({ id }) => void calls.push(`ready ${id}`),
      clusterDeath: ({ id }, { requested }) => void calls.push(`death ${id} ${requested}`),
      stop: (reason) => later(`stop ${reason} ${manager.clusters.filter(({ ready }) => ready).size}`),
    };
    const errors: unknown[] = [];
    manager.on('pluginError', ({ details }) => void errors.push(details));
    manager.use(diary).use({
      name: 'broken',
      clusterReady: () => {
        throw new Error('it is broken');
      },
    });
    await manager.spawn();
    await manager.stop('the end');
    expect(calls.slice(0, 2)).toEqual(['install', 'before 2 [[0],[1]]']);
    expect(calls.slice(2).sort()).toEqual(
      ['create 0 idle', 'create 1 idle', 'ready 0', 'ready 1', 'stop the end 2', 'death 0 true', 'death 1 true'].sort(),
    );
    expect(calls.indexOf('stop the end 2')).toBeLessThan(calls.indexOf('death 0 true'));
    expect(errors).toEqual(Array(2).fill({ plugin: 'broken', hook: 'clusterReady', message: 'it is broken' }));
    expect(fleet.logged.join('\n')).toContain("The plugin 'broken' failed in its hook clusterReady: it is broken.");
  });

  test('messages reach those they are for, and the others also when one is down', async () => {
    await using fleet = await createFleet({
      bot: 'echoes.cjs',
      options: { mode, shardsPerCluster: 1, respawn: false },
    });
    const { manager } = fleet;
    const echoes: string[] = [];
    manager.on('clusterCreate', (cluster) => {
      cluster.on('message', (message) => void echoes.push(`${cluster.id} ${message}`));
    });
    await manager.spawn();
    const heard = async (...expected: string[]): Promise<void> => {
      await until(() => echoes.length >= expected.length, { what: `echoes of ${expected}` });
      expect(echoes.splice(0).sort()).toEqual(expected);
    };
    await manager.send(2, 'a');
    await heard('2 a');
    await manager.send([0, 3], 'b');
    await heard('0 b', '3 b');
    await manager.broadcast('c', [1, 2]);
    await heard('0 c', '3 c');
    expect(await failureOf(manager.send([0, 7], 'd'))).toMatchObject({
      code: 'UNKNOWN_TARGET',
      details: { target: 'cluster 7' },
    });
    await manager.clusters.get(0)?.kill({ reason: 'test' });
    await manager.broadcast('e');
    await heard('1 e', '2 e', '3 e');
    expect(await failureOf(manager.send([0, 1], 'f'))).toMatchObject({ code: 'LINK_CLOSED' });
    await heard('1 f');
    expect(await failureOf(manager.broadcast(() => 'g'))).toMatchObject({ code: 'UNSERIALISABLE' });
    await manager.broadcast('h');
    await heard('1 h', '2 h', '3 h');
  });

  test('what the bots are launched with is there', async () => {
    const env = { OWN_SETTING: 'by option' };
    const limits = mode === 'worker' ? { resourceLimits: { maxOldGenerationSizeMb: 123 } } : {};
    await using fleet = await createFleet({ bot: 'echoes.cjs', options: { mode, env, totalShards: 1, ...limits } });
    await fleet.manager.spawn();
    expect(await fleet.manager.ipc.requestTo(0, 'launch')).toEqual({
      setting: 'by option',
      oldSpaceMb: mode === 'worker' ? 123 : null,
    });
  });
});

test('what the manager does is in its debug event and, as far as it is told to, in its log', async () => {
  await using fleet = await createFleet({ bot: 'bot.cjs', options: { totalShards: 1 } });
  const { manager } = fleet;
  const debug: string[] = [];
  manager.on('debug', (text) => void debug.push(text));
  await manager.spawn();
  await manager.clusters.get(0)?.kill({ reason: 'test' });
  expect(debug).toEqual(['cluster 0 starts with shards 0 (start 1)', 'cluster 0 is ready', 'cluster 0 ended: test']);
  await until(() => fleet.logged.includes('cluster 0 ended: test'), { what: 'the log' });
  expect(fleet.logged).toEqual(expect.arrayContaining(debug));
  manager.logger.info('[MyApp] a line of its own');
  expect(fleet.logged).toContain('[MyApp] a line of its own');
});
