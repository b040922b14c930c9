/** test/e2e/stats: the stats board of real bots against what the loopback Discord knows to be true. */
import type { ChildProcess } from 'node:child_process';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FleetStats } from '../../src/index.ts';
import { createFleet, type Fleet, failureOf, until } from './fleet.ts';

const modes = ['process', 'worker'] as const;
const statsIn = (fleet: Fleet, cluster: number): Promise<FleetStats> =>
  fleet.manager.ipc.requestTo<FleetStats>(cluster, 'stats');
const countIn = (fleet: Fleet, cluster: number, options?: object): Promise<number> =>
  fleet.manager.ipc.requestTo<number>(cluster, 'count', options);
const childOf = (fleet: Fleet, id: number) => fleet.manager.clusters.get(id)?.child as ChildProcess | Worker;

/** Waits until the manager's board counts so many guilds. */
async function untilGuilds(fleet: Fleet, guilds: number): Promise<void> {
  let now = -1;
  const look = async (): Promise<void> => {
    now = (await fleet.manager.stats()).guilds;
  };
  const looking = setInterval(() => void look(), 5);
  try {
    await until(() => now === guilds, { what: `the board to count ${guilds} guilds` });
  } finally {
    clearInterval(looking);
  }
}

describe.each(modes)('the stats in %s mode', (mode) => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await createFleet({ bot: 'listens.cjs', options: { mode } });
    await fleet.manager.spawn();
  });
  afterAll(async () => await fleet[Symbol.asyncDispose]());

  test('are those of Discord, and the same wherever they are read', async () => {
    const { manager, discord } = fleet;
    const { truth } = discord;
    for (const stats of [await manager.stats(), await statsIn(fleet, 0), await statsIn(fleet, 1)]) {
      expect(stats).toMatchObject({
        complete: true,
        missing: [],
        guilds: truth.guildCount,
        members: truth.memberCount,
      });
      expect(stats.host.memory).toBeGreaterThan(stats.host.freeMemory);
      expect(stats.clusters.map(({ id, status, shards }) => [id, status, shards.map((shard) => shard.id)])).toEqual([
        [0, 'ready', [0, 1]],
        [1, 'ready', [2, 3]],
      ]);
      for (const { id, status, guilds, members, channels, uptimeMs } of stats.clusters.flatMap((one) => one.shards)) {
        const own = truth.guildIds({ shard: id, totalShards: 4 }).map((guildId) => truth.guild(guildId));
        expect([id, status, guilds]).toEqual([id, 'Ready', own.length]);
        expect(members).toBe(own.reduce((sum, guild) => sum + guild.memberCount, 0));
        expect(channels).toBe(own.reduce((sum, guild) => sum + guild.channelIds.length, 0));
        expect(uptimeMs).toBeGreaterThanOrEqual(0);
      }
      for (const { pid, users, rss, heapUsed, ageMs } of stats.clusters) {
        expect(pid === process.pid).toBe(mode === 'worker');
        expect(Math.min(users, rss, heapUsed)).toBeGreaterThan(0);
        expect(ageMs).toBeLessThan(10_000);
      }
    }
    for (const cluster of [0, 1]) {
      expect(await countIn(fleet, cluster)).toBe(truth.guildCount);
      expect(await countIn(fleet, cluster, { exact: true })).toBe(truth.guildCount);
    }
    expect(await manager.guilds.count()).toBe(truth.guildCount);
    expect(await manager.guilds.count({ exact: true })).toBe(truth.guildCount);
  });

  test('follow a guild that is left and one that is joined, also in the tick of the event itself', async () => {
    const { manager, discord } = fleet;
    const { guildCount } = discord.truth;
    const [leaves = ''] = discord.truth.guildIds({ shard: 2, totalShards: 4 });
    const told: unknown[] = [];
    manager.events.on('left', (data) => told.push(data));
    discord.dispatch('GUILD_DELETE', { id: leaves }, { guild: leaves });
    await untilGuilds(fleet, guildCount - 1);
    await until(() => told.length > 0, { what: 'the bot to tell of it' });
    expect(told).toEqual([{ guildId: leaves, count: guildCount - 1 }]);
    expect(await countIn(fleet, 0)).toBe(guildCount - 1);
    const own = discord.truth.guildIds({ shard: 2, totalShards: 4 }).length;
    expect((await statsIn(fleet, 0)).clusters[1]?.shards[0]).toMatchObject({ id: 2, guilds: own - 1 });

    const joined = { id: leaves, name: 'back', member_count: 7, owner_id: '1', roles: [], emojis: [], features: [] };
    discord.dispatch('GUILD_CREATE', { ...joined, channels: [], members: [], unavailable: false }, { guild: leaves });
    await untilGuilds(fleet, guildCount);
    expect(await countIn(fleet, 1)).toBe(guildCount);
    expect(await manager.guilds.count({ exact: true })).toBe(guildCount);
  });
});

test('a stopped process delays the stats of nobody', async () => {
  await using fleet = await createFleet({ bot: 'listens.cjs', options: { mode: 'process' } });
  const { manager, discord } = fleet;
  await manager.spawn();
  const stopped = childOf(fleet, 1) as ChildProcess;
  stopped.kill('SIGSTOP');
  try {
    const late = expect(manager.ipc.requestTo(1, 'heard', undefined, 1_000)).rejects.toMatchObject({
      code: 'CALL_TIMEOUT',
    });
    const start = performance.now();
    for (let n = 0; n < 20; n++) {
      expect(await manager.stats()).toMatchObject({ guilds: discord.truth.guildCount, missing: [] });
      expect(await statsIn(fleet, 0)).toMatchObject({ guilds: discord.truth.guildCount, missing: [] });
      expect(await countIn(fleet, 0)).toBe(discord.truth.guildCount);
    }
    expect(performance.now() - start).toBeLessThan(1_000);
    await late;
  } finally {
    stopped.kill('SIGCONT');
  }
});

test.each(modes)('a dead cluster is missing until its successor reports, in %s mode', async (mode) => {
  const restarts = { firstMs: 1_000, maxMs: 1_000 };
  await using fleet = await createFleet({ bot: 'listens.cjs', options: { mode, restarts } });
  const { manager, discord } = fleet;
  await manager.spawn();
  const child = childOf(fleet, 1);
  if ('threadId' in child) void child.terminate();
  else child.kill('SIGKILL');
  await until(() => manager.clusters.get(1)?.state === 'waiting', { what: 'the manager to notice' });
  const reason = expect.stringMatching(
    /^it is to be started again; the last one ended with (signal SIGKILL|exit code 1)$/,
  );
  for (const stats of [await manager.stats(), await statsIn(fleet, 0)]) {
    expect([stats.missing, stats.complete]).toEqual([[{ id: 1, reason }], false]);
    expect(stats.clusters.map(({ id }) => id)).toEqual([0]);
  }
  expect(await failureOf(manager.guilds.count())).toMatchObject({
    code: 'GUILDS_UNKNOWN',
    details: { clusters: [{ id: 1 }] },
  });
  expect(await failureOf(countIn(fleet, 0))).toMatchObject({
    code: 'HANDLER_FAILED',
    cause: { code: 'GUILDS_UNKNOWN' },
  });
  await until(() => manager.clusters.get(1)?.ready === true, { what: 'cluster 1 to come back' });
  for (const stats of [await manager.stats(), await statsIn(fleet, 0)]) {
    expect(stats).toMatchObject({ missing: [], guilds: discord.truth.guildCount });
  }
  expect(await countIn(fleet, 0)).toBe(discord.truth.guildCount);
});
