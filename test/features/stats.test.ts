/** test/features/stats: what the numbers on the board are in words. */
import { describe, expect, test } from 'vitest';
import { packRecord } from '../../src/board/record.ts';
import { type BoardEntry, fleetStats, type HostStats, tallyGuilds } from '../../src/features/stats.ts';

const now = 100_000;
const shard = { status: 0, ping: 40, readyAt: now - 500, guilds: 3, channels: 9, members: 27 };
const entry = (guilds: number, ready = true): BoardEntry => ({
  shards: [4, 7],
  reading: {
    ok: true,
    ready,
    numbers: packRecord({
      ...{ incarnation: 1, guilds, users: 2, channels: 30, members: 5 * guilds, pid: 77, readyAt: now - 400 },
      ...{
        rss: 9,
        heapUsed: 8,
        lagMs: 0.5,
        maxLagMs: 12,
        gaugedAt: now - 3_000,
        droppedMessages: 4,
        droppedAnswers: 1,
      },
      shards: [shard, { ...shard, status: 5, ping: -1, readyAt: 0 }],
    }),
  },
});
const host: HostStats = { processors: 2, load: 0.5, memory: 8, freeMemory: 3, uptimeMs: 9 };
const missing: BoardEntry = { shards: [1], reading: { ok: false, reason: 'signal SIGKILL' } };

describe('stats', () => {
  test('say all that is known of a cluster and of its shards', () => {
    expect(fleetStats([entry(10)], host, now).clusters).toEqual([
      {
        ...{ id: 0, pid: 77, status: 'ready', guilds: 10, members: 50, users: 2, channels: 30, ping: 40 },
        ...{
          uptimeMs: 400,
          rss: 9,
          heapUsed: 8,
          lagMs: 0.5,
          maxLagMs: 12,
          ageMs: 3_000,
          dropped: { messages: 4, answers: 1 },
        },
        shards: [
          { id: 4, status: 'Ready', ping: 40, guilds: 3, channels: 9, members: 27, uptimeMs: 500 },
          { id: 7, status: 'Disconnected', ping: -1, guilds: 3, channels: 9, members: 27, uptimeMs: null },
        ],
      },
    ]);
  });

  test('sum up what is there, and list what is missing with the reason', () => {
    const stats = fleetStats([entry(10), missing, entry(1, false)], host, now);
    expect(stats).toMatchObject({ guilds: 11, members: 55, users: 4, channels: 60 });
    expect(stats.missing).toEqual([{ id: 1, reason: 'signal SIGKILL' }]);
    expect(stats.clusters.map(({ id, status }) => [id, status])).toEqual([
      [0, 'ready'],
      [2, 'starting'],
    ]);
  });

  test.each([
    ['all are ready', [entry(1), entry(2)], true],
    ['one is missing', [entry(1), missing], false],
    ['one is starting', [entry(1), entry(2, false)], false],
  ])('say whether the sums are whole: %s', (_which, entries, complete) => {
    expect(fleetStats(entries, host, now)).toMatchObject({ complete, host });
  });

  test('never run ahead of their time, also when the clock was set back', () => {
    const [cluster] = fleetStats([entry(1)], host, now - 10_000).clusters;
    expect(cluster).toMatchObject({ ageMs: 0, uptimeMs: 0 });
  });

  test('are empty before anything was planned', () => {
    const nothing = { clusters: [], missing: [], guilds: 0, members: 0, users: 0, channels: 0 };
    expect(fleetStats([], host, now)).toEqual({ complete: false, ...nothing, host });
  });
});

test('guilds are counted where they are certain', () => {
  const readings = [entry(10), missing, entry(1, false), entry(4)].map(({ reading }) => reading);
  expect(tallyGuilds(readings)).toEqual({
    guilds: 14,
    unknown: [
      { id: 1, reason: 'signal SIGKILL' },
      { id: 2, reason: 'its shards are not all ready yet' },
    ],
  });
});
