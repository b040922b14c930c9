/** test/features/guilds: own cache, then the owner, then Discord. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type GuildSummary, Guilds, serveGuilds } from '../../src/features/guilds.ts';
import { shardIdOfGuild } from '../../src/routing/shard-id.ts';
import { clusterAt, clusterOfShard, createFleet, guildOf, plan, type TestFleet, totalShards } from './nodes.ts';

const summary = (id: string, name: string): GuildSummary => ({
  id,
  name,
  icon: null,
  ownerId: '1',
  memberCount: 3,
  shardId: shardIdOfGuild(id, totalShards),
  available: true,
  features: [],
  preferredLocale: 'en-US',
});

/** How often Discord was asked, and by whom. */
let asked: string[];
let fleet: TestFleet;
/** What the board says. */
let tally: { guilds: number; unknown: { id: number; reason: string }[] };
/** A cluster that is not ready. */
let starting: number | undefined;
/** The guilds each cluster has in its cache. */
let caches: Map<string, GuildSummary>[];

/** How Discord refuses, if it does. */
let refusal: Error | undefined;

const byRest = (who: string) => async (guildId: string) => {
  asked.push(`${who} ${guildId}`);
  if (refusal !== undefined) throw refusal;
  return guildId === guildOf(0) ? null : summary(guildId, `rest by ${who}`);
};

beforeEach(() => {
  fleet = createFleet();
  asked = [];
  starting = undefined;
  refusal = undefined;
  tally = { guilds: 7, unknown: [] };
  caches = plan.map(
    (shards) => new Map(shards.map((shard) => [guildOf(shard), summary(guildOf(shard), `cached ${shard}`)])),
  );
  for (const { id, node } of fleet.clusters) {
    serveGuilds(node.peer, {
      cached: (guildId) => caches[id]?.get(guildId),
      fetchByRest: byRest(`cluster ${id}`),
      count: () => (id === starting ? null : (caches[id]?.size ?? 0)),
    });
  }
});

const guildsOf = (id: number): Guilds =>
  new Guilds({
    peer: clusterAt(fleet, id).node.peer,
    plan: () => plan,
    clusterOfGuild: (guildId) => clusterOfShard(shardIdOfGuild(guildId, totalShards)),
    cached: (guildId) => caches[id]?.get(guildId),
    tally: async () => tally,
    fetchByRest: byRest(`cluster ${id}`),
    self: id,
  });
const ofManager = (): Guilds =>
  new Guilds({
    peer: fleet.manager.node.peer,
    plan: () => plan,
    clusterOfGuild: (guildId) => clusterOfShard(shardIdOfGuild(guildId, totalShards)),
    cached: () => undefined,
    tally: async () => tally,
    self: undefined,
  });

describe('a guild', () => {
  test.each([0, 1, 2, 3, 4])('of shard %i comes from a cache, wherever one asks', async (shard) => {
    for (const id of plan.keys())
      expect(await guildsOf(id).fetch(guildOf(shard))).toMatchObject({ name: `cached ${shard}` });
    expect(await ofManager().fetch(guildOf(shard))).toMatchObject({ name: `cached ${shard}` });
    expect(asked).toEqual([]);
  });

  test('its owner does not know is asked of Discord by the owner, once', async () => {
    caches[2]?.clear();
    expect(await guildsOf(0).fetch(guildOf(4))).toMatchObject({ name: 'rest by cluster 2' });
    expect(asked).toEqual([`cluster 2 ${guildOf(4)}`]);
  });

  test('the bot is not in is null', async () => {
    caches[0]?.clear();
    expect(await guildsOf(1).fetch(guildOf(0))).toBeNull();
    expect(await ofManager().fetch(guildOf(0))).toBeNull();
  });

  test('whose owner is down is asked of Discord from here, for the manager by the next cluster that is up', async () => {
    clusterAt(fleet, 2).die();
    await new Promise((resolve) => setImmediate(resolve));
    expect(await guildsOf(1).fetch(guildOf(4))).toMatchObject({ name: 'rest by cluster 1' });
    expect(await ofManager().fetch(guildOf(4))).toMatchObject({ name: 'rest by cluster 0' });
    clusterAt(fleet, 0).die();
    await new Promise((resolve) => setImmediate(resolve));
    expect(await ofManager().fetch(guildOf(4))).toMatchObject({ name: 'rest by cluster 1' });
  });

  test('is an error of its owner for the manager when no cluster is up', async () => {
    for (const { die } of fleet.clusters) die();
    await new Promise((resolve) => setImmediate(resolve));
    await expect(ofManager().fetch(guildOf(4))).rejects.toMatchObject({
      code: 'NO_ROUTE',
      details: { to: 'cluster:2' },
    });
  });

  test('whose owner hangs is asked of Discord from here long before the deadline', async () => {
    const started = performance.now();
    const guilds = guildsOf(1);
    caches[2] = { get: () => new Promise(() => undefined) } as never;
    expect(await guilds.fetch(guildOf(4), 400)).toMatchObject({ name: 'rest by cluster 1' });
    expect(await guilds.fetch(guildOf(4))).toMatchObject({ name: 'rest by cluster 1' });
    expect(performance.now() - started).toBeLessThan(15_000);
    await expect(guilds.fetch(guildOf(4), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CALL_ABORTED',
    });
  });

  test("that Discord refuses to tell is Discord's own error, and Discord is asked once", async () => {
    refusal = Object.assign(new Error('rate limited'), { status: 429, retryAfter: 900 });
    caches[2]?.clear();
    for (const guilds of [guildsOf(2), guildsOf(0), ofManager()]) {
      asked.length = 0;
      await expect(guilds.fetch(guildOf(4))).rejects.toMatchObject({ message: 'rate limited', retryAfter: 900 });
      expect(asked).toEqual([`cluster 2 ${guildOf(4)}`]);
    }
  });

  test.each([
    '',
    'abc',
    '1/channels',
    '-5',
    '12.0',
    Number('197038439483310086') as unknown as string,
    undefined as never,
  ])('id that is no snowflake never reaches Discord: %o', async (id) => {
    await expect(guildsOf(0).fetch(id)).rejects.toMatchObject({ code: 'UNKNOWN_TARGET' });
    await expect(ofManager().fetch(id)).rejects.toMatchObject({ code: 'UNKNOWN_TARGET' });
    expect(asked).toEqual([]);
  });
});

describe('the count', () => {
  test('is that of the board', async () => {
    expect(await guildsOf(1).count()).toBe(7);
    expect(await ofManager().count({ exact: false })).toBe(7);
  });

  test('is an error, not a smaller number, when the board knows nothing certain of a cluster', async () => {
    tally.unknown = [
      { id: 1, reason: 'it was ended' },
      { id: 2, reason: 'its shards are not all ready yet' },
    ];
    await expect(ofManager().count()).rejects.toMatchObject({
      code: 'GUILDS_UNKNOWN',
      details: { clusters: tally.unknown },
      message: expect.stringContaining('cluster 1 (it was ended), cluster 2 (its shards are not all ready yet)'),
    });
  });

  test('that is to be exact is the sum over all clusters', async () => {
    expect(await guildsOf(1).count({ exact: true })).toBe(5);
    expect(await ofManager().count({ exact: true })).toBe(5);
  });

  test('that is to be exact is an error too while a cluster is not ready', async () => {
    starting = 1;
    const refusal = { code: 'NOT_READY', details: { cluster: 1 } };
    await expect(guildsOf(1).count({ exact: true })).rejects.toMatchObject(refusal);
    await expect(ofManager().count({ exact: true })).rejects.toMatchObject(refusal);
  });

  test('that is to be exact is an error too when a cluster is down', async () => {
    clusterAt(fleet, 1).die();
    await new Promise((resolve) => setImmediate(resolve));
    await expect(guildsOf(0).count({ exact: true })).rejects.toMatchObject({ code: 'NO_ROUTE' });
  });
});

test('the shard of a guild is that of its snowflake', () => {
  expect(shardIdOfGuild('197038439483310086', 10)).toBe(Number((197038439483310086n >> 22n) % 10n));
  for (const shard of [0, 1, 2, 3, 4]) expect(shardIdOfGuild(guildOf(shard), totalShards)).toBe(shard);
  expect(() => shardIdOfGuild(Number('197038439483310086') as unknown as string, 10)).toThrow(
    expect.objectContaining({ code: 'UNKNOWN_TARGET', message: expect.stringContaining('of type number') }),
  );
  expect(() => shardIdOfGuild('1', 0)).toThrow(expect.objectContaining({ code: 'NOT_SPAWNED' }));
});
