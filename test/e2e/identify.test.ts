/** test/e2e/identify: clusters that start side by side keep Discord's pace together. */
import type { ChildProcess } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { createFleet, until } from './fleet.ts';

const identifyWindow = 400;

describe.each(['process', 'worker'] as const)('in %s mode', (mode) => {
  test.each([
    [1, 6],
    [2, 8],
  ])(
    'at max_concurrency %i, %i shards in clusters of two identify one per bucket and window',
    async (maxConcurrency, totalShards) => {
      await using fleet = await createFleet({
        bot: 'bot.cjs',
        discord: { gateway: { shards: totalShards, maxConcurrency }, time: { identifyWindow } },
        options: { mode, totalShards, shardsPerCluster: 2 },
      });
      await fleet.manager.spawn();
      const identifies = fleet.discord.timeline('identify');
      expect(identifies.map(({ shard }) => shard).sort()).toEqual(
        Array.from({ length: totalShards }, (_none, id) => id),
      );
      for (let bucket = 0; bucket < maxConcurrency; bucket++) {
        const times = identifies.filter(({ shard = 0 }) => shard % maxConcurrency === bucket).map(({ at }) => at);
        const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
        expect(Math.min(...gaps)).toBeGreaterThanOrEqual(identifyWindow);
      }
      expect(fleet.discord.timeline('identifyRefused')).toEqual([]);
      expect(fleet.discord.violations()).toEqual([]);
    },
  );
});

test('a cluster that dies in the queue and one that starts again keep the pace too', async () => {
  await using fleet = await createFleet({
    bot: 'bot.cjs',
    discord: { gateway: { shards: 4, maxConcurrency: 1 }, time: { identifyWindow } },
    options: { totalShards: 4, shardsPerCluster: 1, restarts: { firstMs: 50, maxMs: 50 } },
  });
  const { manager, discord } = fleet;
  const spawned = manager.spawn().catch((error: Error) => expect(error).toMatchObject({ code: 'CLUSTER_DIED' }));
  await discord.waitFor('identify', { count: 1 });
  // One of those that wait for their turn by now.
  const waiting = manager.clusters.find(({ id }) => !discord.timeline('identify').some(({ shard }) => shard === id));
  if (waiting?.child === undefined) throw new Error('nobody waits');
  (waiting.child as ChildProcess).kill('SIGKILL');
  await spawned;
  await until(() => manager.clusters.every(({ ready }) => ready), { what: 'all clusters to be ready' });
  expect(discord.violations()).toEqual([]);
  expect(waiting.incarnation).toBe(2);
});

test("Discord's recommendation is followed when totalShards is 'auto'", async () => {
  await using fleet = await createFleet({
    bot: 'bot.mjs',
    discord: { gateway: { shards: 3, maxConcurrency: 16 } },
    options: { totalShards: 'auto' },
  });
  await fleet.manager.spawn();
  expect(fleet.manager.totalShards).toBe(3);
  expect(await fleet.manager.guilds.count()).toBe(fleet.discord.truth.guildCount);
});

test('a shardList runs those shards and no others', async () => {
  await using fleet = await createFleet({ bot: 'bot.cjs', options: { totalShards: 4, shardList: [3, 1] } });
  await fleet.manager.spawn();
  expect(
    fleet.discord
      .sessions()
      .map(({ shard }) => shard)
      .sort(),
  ).toEqual([1, 3]);
  const [foreign = ''] = fleet.discord.truth.guildIds({ shard: 0, totalShards: 4 });
  await expect(fleet.manager.ipc.requestToGuild(foreign, 'who')).rejects.toMatchObject({ code: 'UNKNOWN_TARGET' });
});
