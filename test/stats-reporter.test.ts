/** test/stats-reporter: the numbers of a real discord.js client, reported when they change and not otherwise. */
import type { Client } from 'discord.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { type ClusterRecord, unpackRecord } from '../src/board/record.ts';
import type { Dropped } from '../src/node.ts';
import { StatsReporter } from '../src/stats-reporter.ts';
import { add, addGuild, guildId, guildsPerShard, shards, splitClient } from './views/split-client.ts';

let client: Client;
let reports: ClusterRecord[];
let dropped: Dropped;
const reporterOf = (usersPaceMs = 0): StatsReporter => {
  // Its own: a reporter goes on after its test.
  const own = reports;
  const report = (numbers: readonly number[]): void => void own.push(unpackRecord(numbers));
  return new StatsReporter({ client, shards, incarnation: 3, report, usersPaceMs, dropped: () => dropped });
};
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
/** What discord.js says of a packet before it handles it. */
const packet = (t: string, id?: string): void =>
  void client.emit('raw' as never, { t, d: { id } } as never, 0 as never);

beforeEach(async () => {
  client = splitClient();
  reports = [];
  dropped = { messages: 0, answers: 0 };
});

describe('a report', () => {
  test('of a client holds its counts, of all and of each shard', async () => {
    reporterOf().watch();
    await turn();
    expect(reports).toHaveLength(1);
    const members = (shard: number) => guildsPerShard * (10 + shard);
    expect(reports[0]).toMatchObject({
      incarnation: 3,
      pid: process.pid,
      guilds: shards.length * guildsPerShard,
      members: members(0) + members(1) + members(2),
      users: client.users.cache.size,
      channels: client.channels.cache.size,
      readyAt: 0,
      shards: shards.map((id) => ({ status: 0, ping: 100 + id, guilds: guildsPerShard, members: members(id) })),
    });
    expect(reports[0]?.shards.map(({ channels }) => channels)).toEqual(shards.map(() => guildsPerShard * 2));
    expect(reports[0]?.rss).toBeGreaterThan(reports[0]?.heapUsed ?? Infinity);
    expect(Date.now() - (reports[0]?.gaugedAt ?? 0)).toBeLessThan(10_000);
  });

  test('says what the cluster has lost by the time it is measured', () => {
    const reporter = reporterOf();
    dropped = { messages: 7, answers: 2 };
    expect(unpackRecord(reporter.numbers())).toMatchObject({ droppedMessages: 7, droppedAnswers: 2 });
  });

  test('comes once for all that changed in a tick, and not when nothing did', async () => {
    reporterOf().watch();
    await turn();
    packet('GUILD_CREATE', guildId(1, 8));
    addGuild(client, 1, 8);
    packet('GUILD_CREATE', guildId(2, 9));
    addGuild(client, 2, 9);
    packet('GUILD_DELETE', guildId(0, 0));
    client.guilds.cache.delete(guildId(0, 0));
    await turn();
    expect(reports).toHaveLength(2);
    expect(reports[1]?.guilds).toBe(shards.length * guildsPerShard + 1);
    expect(reports[1]?.shards.map(({ guilds }) => guilds)).toEqual([3, 5, 5]);
    packet('MESSAGE_CREATE', '1');
    packet('GUILD_CREATE', guildId(1, 8));
    await turn();
    expect(reports).toHaveLength(2);
  });

  test('comes for guilds that change places in one tick', async () => {
    reporterOf().watch();
    await turn();
    packet('GUILD_DELETE', guildId(0, 0));
    client.guilds.cache.delete(guildId(0, 0));
    packet('GUILD_CREATE', guildId(1, 8));
    addGuild(client, 1, 8);
    await turn();
    expect(reports[1]?.shards.map(({ guilds }) => guilds)).toEqual([3, 5, 4]);
  });

  test('comes at once when a shard moves, so that it is there before anybody hears of it', async () => {
    reporterOf().watch();
    await turn();
    const at = Date.now();
    client.emit('shardReady', 1, undefined);
    expect(reports).toHaveLength(2);
    expect(reports[1]?.shards[1]?.readyAt).toBeGreaterThanOrEqual(at);
    (client.ws.shards.get(1) as { status: number }).status = 1;
    client.emit('shardReconnecting', 1);
    expect(reports[2]?.shards[1]).toMatchObject({ status: 1, readyAt: 0 });
    client.emit('shardResume', 1, 0);
    client.emit('shardDisconnect', { code: 4014 } as never, 1);
    expect(reports.at(-1)?.shards[1]).toMatchObject({ readyAt: 0 });
    client.emit('shardReady', 99, undefined);
    expect(reports.at(-1)?.shards).toHaveLength(shards.length);
  });

  test('comes before the board is asked, with what changed in this very tick', async () => {
    const reporter = reporterOf();
    reporter.watch();
    await turn();
    addGuild(client, 2, 9);
    reporter.flush();
    expect(reports[1]?.guilds).toBe(shards.length * guildsPerShard + 1);
    reporter.flush();
    expect(reports).toHaveLength(2);
  });

  test('of users only waits its pace, and takes all of them along', async () => {
    reporterOf(50).watch();
    await turn();
    const start = performance.now();
    const before = client.users.cache.size;
    for (const id of ['1', '2', '3']) {
      add(client.users, { id, username: id });
      packet('MESSAGE_CREATE', id);
      await turn();
    }
    expect(reports).toHaveLength(1);
    while (reports.length === 1) await turn();
    expect(performance.now() - start).toBeGreaterThan(25);
    expect(reports[1]?.users).toBe(before + 3);
  });
});

test('the numbers can be had without watching', () => {
  expect(unpackRecord(reporterOf().numbers())).toMatchObject({
    guilds: shards.length * guildsPerShard,
    incarnation: 3,
  });
  expect(client.listenerCount('raw' as never)).toBe(0);
});
