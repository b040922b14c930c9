/** test/e2e/fleet: real bots in clusters answer what the loopback Discord knows to be true. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bots, createFleet, type Fleet, failureOf } from './fleet.ts';

describe.each(bots)('in %s mode, %s', (mode, bot) => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await createFleet({ bot, options: { mode } });
    await fleet.manager.spawn();
  });
  // Strict: this also says that no rule of Discord was broken and nothing stayed connected.
  afterAll(async () => await fleet[Symbol.asyncDispose]());

  /** Calls the API of a cluster from inside it. */
  const inside = (cluster: number, path: string, ...args: readonly unknown[]): Promise<unknown> =>
    fleet.manager.ipc.requestTo(cluster, 'call', { path: path.split('.'), args });
  const truth = () => fleet.discord.truth;
  const ofShard = (shard: number): number => truth().guildIds({ shard, totalShards: 4 }).length;
  const unknownGuild = String((1n << 22n) * 7n);

  test('every shard is ready and every cluster is', () => {
    const { manager } = fleet;
    expect(manager.totalShards).toBe(4);
    expect([...manager.clusters.values()].map(({ id, shards, state }) => ({ id, shards, state }))).toEqual([
      { id: 0, shards: [0, 1], state: 'ready' },
      { id: 1, shards: [2, 3], state: 'ready' },
    ]);
    expect(fleet.discord.sessions().filter(({ live, ready }) => live && ready)).toHaveLength(4);
    expect(fleet.discord.timeline('identify')).toHaveLength(4);
  });

  test('counts are those of Discord, from the manager and from a cluster', async () => {
    const { manager } = fleet;
    expect(await manager.guilds.count()).toBe(truth().guildCount);
    expect(await inside(1, 'guilds.count')).toBe(truth().guildCount);
    expect(await manager.ipc.requestAll<number>('count').sum()).toBe(truth().guildCount);
    const stats = await manager.stats();
    expect(stats).toMatchObject({ guilds: truth().guildCount, members: truth().memberCount, missing: [] });
    expect(
      stats.clusters.flatMap(({ shards }) => shards.map(({ id, status, guilds }) => [id, status, guilds])),
    ).toEqual([0, 1, 2, 3].map((shard) => [shard, 'Ready', ofShard(shard)]));
    expect(await inside(0, 'stats')).toMatchObject({ guilds: truth().guildCount, members: truth().memberCount });
  });

  test('requestTo reaches one cluster, from the manager and from another cluster', async () => {
    expect(await fleet.manager.ipc.requestTo(1, 'who', { x: [1] })).toMatchObject({
      id: 1,
      data: { x: [1] },
      from: 'host:local',
    });
    expect(await inside(0, 'ipc.requestTo', 1, 'who', 'hi')).toMatchObject({ id: 1, data: 'hi', from: 'cluster:0' });
    expect(await inside(1, 'ipc.requestTo', 1, 'who')).toMatchObject({ id: 1, from: 'cluster:1' });
  });

  test('request goes to anybody, or to the owner of its target', async () => {
    expect(await fleet.manager.ipc.request('who')).toMatchObject({ from: 'host:local' });
    expect(await fleet.manager.ipc.request('who', null, { to: { shard: 3 } })).toMatchObject({ id: 1 });
    expect(await inside(1, 'ipc.request', 'who', null, { to: { cluster: 0 } })).toMatchObject({ id: 0 });
  });

  test('requestAll gives an entry per cluster', async () => {
    const counts = [ofShard(0) + ofShard(1), ofShard(2) + ofShard(3)];
    expect(await fleet.manager.ipc.requestAll('count').valuesOrThrow()).toEqual(counts);
    expect(await inside(0, 'ipc.requestAll', 'count')).toEqual(counts.map((value, id) => ({ id, ok: true, value })));
  });

  test('requestAllShards gives an entry per shard, each from its own view', async () => {
    const counts = [0, 1, 2, 3].map(ofShard);
    expect(await fleet.manager.ipc.requestAllShards('count').valuesOrThrow()).toEqual(counts);
    expect(await inside(1, 'ipc.requestAllShards', 'count')).toEqual(
      counts.map((value, id) => ({ id, ok: true, value })),
    );
  });

  test('requestToShard and requestToGuild reach the owner', async () => {
    for (const shard of [0, 1, 2, 3]) {
      const [guildId = ''] = truth().guildIds({ shard, totalShards: 4 });
      expect(await fleet.manager.ipc.requestToShard(shard, 'who')).toMatchObject({ id: shard >> 1, shardId: shard });
      expect(await fleet.manager.ipc.requestToGuild(guildId, 'who')).toMatchObject({ id: shard >> 1 });
      expect(await inside(0, 'ipc.requestToGuild', guildId, 'who')).toMatchObject({ id: shard >> 1 });
    }
  });

  test("requestManager is answered by the manager's handlers", async () => {
    fleet.manager.ipc.handle('settings', (data: string, { from }) => ({ data, from }));
    try {
      expect(await inside(1, 'ipc.requestManager', 'settings', 'all')).toEqual({ data: 'all', from: 'cluster:1' });
    } finally {
      fleet.manager.ipc.removeHandler('settings');
    }
  });

  test('a name nobody answers is refused with those that are known', async () => {
    const error = await failureOf(fleet.manager.ipc.requestTo(0, 'cuont'));
    expect(error).toMatchObject({ code: 'NO_HANDLER', details: { name: 'cuont', on: 'cluster:0' } });
    expect(error.message).toMatch(/Known names: .*count, dates, .*who/);
  });

  test('a handler that throws is HANDLER_FAILED with the error as cause', async () => {
    const error = await failureOf(fleet.manager.ipc.requestTo(1, 'fail'));
    expect(error).toMatchObject({ code: 'HANDLER_FAILED', cause: { name: 'RangeError', message: 'no such user' } });
  });

  test('dates, maps and bigints arrive as they were, a collection as its JSON', async () => {
    const answer = await fleet.manager.ipc.requestTo<{ at: Date; names: unknown; guilds: { id: string }[] }>(
      0,
      'dates',
    );
    expect(answer).toMatchObject({ at: new Date(0), names: new Map([[1n, 'one']]) });
    const own = [0, 1].flatMap((shard) => truth().guildIds({ shard, totalShards: 4 }));
    expect(answer.guilds.map(({ id }) => id).sort()).toEqual([...own].sort());
  });

  test('a guild is found by its owner, by another cluster and by the manager', async () => {
    const [id = ''] = truth().guildIds({ shard: 2, totalShards: 4 });
    const { name, memberCount, ownerId } = truth().guild(id);
    const expected = { id, name, memberCount, ownerId, shardId: 2, available: true };
    const restBefore = fleet.discord.timeline('rest').length;
    expect(await inside(1, 'guilds.fetch', id)).toMatchObject(expected);
    expect(await inside(0, 'guilds.fetch', id)).toMatchObject(expected);
    expect(await fleet.manager.guilds.fetch(id)).toMatchObject(expected);
    expect(fleet.discord.timeline('rest').length).toBe(restBefore);
  });

  test('a guild the bot is not in is null', async () => {
    expect(await inside(0, 'guilds.fetch', unknownGuild)).toBeNull();
    expect(await fleet.manager.guilds.fetch(unknownGuild)).toBeNull();
  });

  test('ping is a round trip', async () => {
    const ms = (await inside(0, 'ping', 1)) as number;
    expect(ms).toBeGreaterThan(0);
    expect(ms).toBeLessThan(5_000);
  });
});
