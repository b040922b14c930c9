/** test/features/ipc: who is asked, what comes back, and how each failure reads. */
import { beforeEach, describe, expect, test } from 'vitest';
import { isShardliftError, type ShardliftError } from '../../src/errors.ts';
import { clusterAt, createFleet, guildOf, type Handler, plan, type TestFleet } from './nodes.ts';

let fleet: TestFleet;
beforeEach(() => {
  fleet = createFleet();
});

const ipcOf = (id: number) => clusterAt(fleet, id).ipc;
const everywhere = (name: string, handler: (id: number) => Handler): void => {
  for (const { id, ipc } of fleet.clusters) ipc.handle(name, handler(id));
};
/** Kills a cluster and lets the others hear of it. */
const kill = async (id: number, reason?: string): Promise<void> => {
  clusterAt(fleet, id).die(reason);
  await new Promise((resolve) => setImmediate(resolve));
};
const never = (): Promise<never> => new Promise(() => undefined);

describe('a request', () => {
  beforeEach(() =>
    everywhere('who', (id) => (data, { from, shardId }) => ({ id, data, from, shardId })),
  );

  test('to a cluster reaches it with its data and tells it who asks', async () => {
    expect(await ipcOf(0).requestTo(2, 'who', { x: 1 })).toEqual({ id: 2, data: { x: 1 }, from: 'cluster:0' });
    expect(await fleet.manager.ipc.requestTo(1, 'who')).toEqual({ id: 1, from: 'host:local' });
  });

  test('to the own cluster is answered too', async () => {
    expect(await ipcOf(1).requestTo(1, 'who')).toMatchObject({ id: 1, from: 'cluster:1' });
  });

  test.each(plan.flatMap((shards, id) => shards.map((shard) => [shard, id] as const)))(
    'to shard %i reaches cluster %i, also by one of its guilds',
    async (shard, id) => {
      expect(await ipcOf(0).requestToShard(shard, 'who')).toMatchObject({ id, shardId: shard });
      expect(await ipcOf(0).requestToGuild(guildOf(shard), 'who')).toMatchObject({ id });
      expect(await ipcOf(0).request('who', null, { to: { shard } })).toMatchObject({ id, data: null });
      expect(await ipcOf(0).request('who', null, { to: { guild: guildOf(shard) } })).toMatchObject({ id });
      expect(await ipcOf(0).request('who', null, { to: { cluster: id } })).toMatchObject({ id });
    },
  );

  test('to the manager is answered by its own handlers', async () => {
    fleet.manager.ipc.handle('plan', ((data, { from }) => [data, from]) as Handler);
    expect(await ipcOf(2).requestManager('plan', 'please')).toEqual(['please', 'cluster:2']);
  });

  test('to nobody in particular goes to the cluster with the fewest in flight', async () => {
    everywhere('wait', () => never);
    const waiting = [0, 1].map((id) => ipcOf(0).requestTo(id, 'wait', undefined, { timeoutMs: 1_000 }));
    expect(await ipcOf(0).request('who')).toMatchObject({ id: 2 });
    await Promise.allSettled(waiting);
  });

  test('to nobody in particular is answered at home when no cluster has fewer in flight', async () => {
    for (const { id } of fleet.clusters) expect(await ipcOf(id).request('who')).toMatchObject({ id });
  });

  test('to nobody in particular passes over those that are not ready, this one included', async () => {
    fleet.starting.add(0).add(1);
    for (const { id } of fleet.clusters) expect(await ipcOf(id).request('who')).toMatchObject({ id: 2 });
    expect(await fleet.manager.ipc.request('who')).toMatchObject({ id: 2 });
    everywhere('wait', () => never);
    const waiting = ipcOf(0).requestTo(2, 'wait', undefined, 1_000);
    expect(await ipcOf(0).request('who')).toMatchObject({ id: 2 });
    await expect(waiting).rejects.toMatchObject({ code: 'CALL_TIMEOUT' });
  });

  test('to nobody in particular goes to one that is not ready when there is no other', async () => {
    for (const { id } of fleet.clusters) fleet.starting.add(id);
    const waits = { whenUnavailable: 'wait' } as const;
    expect(await ipcOf(1).request('who')).toMatchObject({ id: 1 });
    expect(await ipcOf(1).request('who', undefined, waits)).toMatchObject({ id: 1 });
    fleet.starting.delete(0);
    await kill(0);
    expect(await ipcOf(1).request('who')).toMatchObject({ id: 1 });
  });

  test('to nobody in particular that may wait goes to one that is there', async () => {
    fleet.manager.node.router.mayCome = () => true;
    await kill(0);
    const options = { timeoutMs: 10_000, whenUnavailable: 'wait' } as const;
    expect(await fleet.manager.ipc.request('who', undefined, options)).toMatchObject({ id: 1 });
    await kill(1);
    await kill(2);
    const short = { ...options, timeoutMs: 20 };
    await expect(fleet.manager.ipc.request('who', undefined, short)).rejects.toMatchObject({ code: 'CALL_TIMEOUT' });
  });

  test('to nobody in particular passes over a cluster that is not there', async () => {
    await kill(0);
    expect(await fleet.manager.ipc.request('who')).toMatchObject({ id: 1 });
    await kill(1);
    expect(await ipcOf(2).request('who')).toMatchObject({ id: 2 });
    await kill(2);
    await expect(fleet.manager.ipc.request('who')).rejects.toMatchObject({ code: 'NO_ROUTE' });
  });
});

describe('a handler', () => {
  test('of a taken name is refused until the first is removed', () => {
    const { ipc } = fleet.manager;
    ipc.handle('x', () => 1);
    expect(() => ipc.handle('x', () => 2)).toThrow(expect.objectContaining({ code: 'DUPLICATE_HANDLER' }));
    expect(ipc.removeHandler('x')).toBe(true);
    expect(ipc.removeHandler('x')).toBe(false);
    expect(() => ipc.handle('x', () => 2)).not.toThrow();
  });

  test('that nobody registered is named with those that are', async () => {
    const { ipc } = clusterAt(fleet, 1);
    ipc.handle('userTag', () => 1);
    ipc.handle('guildCount', () => 1);
    const failure = {
      code: 'NO_HANDLER',
      details: { name: 'guildCout', on: 'cluster:1', known: ['guildCount', 'userTag'] },
    };
    await expect(ipcOf(0).requestTo(1, 'guildCout')).rejects.toMatchObject(failure);
    await expect(ipcOf(0).requestToShard(2, 'guildCout')).rejects.toMatchObject(failure);
    await expect(ipcOf(0).requestManager('x')).rejects.toMatchObject({ details: { on: 'host:local', known: [] } });
  });

  test('that throws is HANDLER_FAILED, with what it threw as cause', async () => {
    everywhere('fail', () => () => {
      throw Object.assign(new RangeError('no such user'), { code: 'E_USER' });
    });
    const cause = { name: 'RangeError', message: 'no such user', code: 'E_USER' };
    const on = (target: string) => ({
      code: 'HANDLER_FAILED',
      details: { method: 'fail', on: target, message: 'no such user' },
      cause,
    });
    await expect(ipcOf(0).requestTo(2, 'fail')).rejects.toMatchObject(on('cluster:2'));
    await expect(ipcOf(0).requestToShard(3, 'fail')).rejects.toMatchObject(on('shard 3'));
  });

  test('that is late or given up goes by the name of its handler', async () => {
    everywhere('wait', () => never);
    const signal = AbortSignal.timeout(20);
    const failures = [
      ipcOf(0).requestTo(2, 'wait', undefined, 20),
      ipcOf(0).requestToShard(3, 'wait', undefined, 20),
      ipcOf(0).requestTo(2, 'wait', undefined, { signal }),
    ].map((asked) => asked.catch((error: unknown) => (error as ShardliftError<'CALL_TIMEOUT'>).details.method));
    expect(await Promise.all(failures)).toEqual(['wait', 'wait', 'wait']);
  });

  test('is answered by functions only', () => {
    const option = "handler of 'count'";
    expect(() => ipcOf(0).handle('count', 5 as never)).toThrow(`The option ${option} must be a function`);
  });

  test('whose result cannot travel fails with the path of what cannot', async () => {
    everywhere('bad', () => () => ({ list: [{ fn: () => 1 }] }));
    const error = await ipcOf(0)
      .requestTo(1, 'bad')
      .catch((thrown: unknown) => thrown);
    expect(isShardliftError(error, 'HANDLER_FAILED')).toBe(true);
    expect(error).toMatchObject({ cause: { code: 'UNSERIALISABLE', details: { path: 'value.list[0].fn' } } });
  });

  test('learns that its caller gave up', async () => {
    let heard: () => void = () => undefined;
    const aborted = new Promise<void>((resolve) => {
      heard = resolve;
    });
    ipcOf(1).handle('slow', ((_data, { signal }) => {
      signal.addEventListener('abort', () => heard());
      return never();
    }) as Handler);
    await expect(ipcOf(0).requestTo(1, 'slow', undefined, 20)).rejects.toMatchObject({
      code: 'CALL_TIMEOUT',
      details: { timeoutMs: 20 },
    });
    await aborted;
  });

  test('is given up by the signal of its caller', async () => {
    everywhere('slow', () => never);
    const control = new AbortController();
    const asked = ipcOf(0).requestTo(1, 'slow', undefined, { signal: control.signal });
    control.abort();
    await expect(asked).rejects.toMatchObject({ code: 'CALL_ABORTED' });
    expect(clusterAt(fleet, 0).node.peer.inFlight).toBe(0);
  });
});

describe('an unknown target', () => {
  test.each([
    ['cluster 99', () => ipcOf(0).requestTo(99, 'x')],
    ['cluster -1', () => ipcOf(0).request('x', undefined, { to: { cluster: -1 } })],
    ['shard 5', () => ipcOf(0).requestToShard(5, 'x')],
    ['shard 5', () => ipcOf(0).request('x', undefined, { to: { shard: 5 } })],
  ])('is a rejection, never a throw: %s', async (target, ask) => {
    await expect(ask()).rejects.toMatchObject({ code: 'UNKNOWN_TARGET', details: { target } });
  });

  test.each(['not-a-guild', '12.5', ''])('is a guild id that is none: %o', async (guild) => {
    const failure = { code: 'UNKNOWN_TARGET', details: { target: `guild '${guild}'` } };
    await expect(ipcOf(0).requestToGuild(guild, 'x')).rejects.toMatchObject(failure);
    await expect(ipcOf(0).request('x', undefined, { to: { guild } })).rejects.toMatchObject(failure);
  });
});

describe('all clusters', () => {
  test('give an entry each, in order', async () => {
    everywhere('id', (id) => () => id * 10);
    const results = await ipcOf(1).requestAll('id');
    expect([...results]).toEqual(plan.map((_shards, id) => ({ id, ok: true, value: id * 10 })));
    expect(await ipcOf(1).requestAll('id').sum()).toBe(30);
  });

  test('say whose answer may be of a half full cache', async () => {
    everywhere('id', (id) => () => id * 10);
    fleet.starting.add(1);
    const results = await ipcOf(0).requestAll('id');
    expect([results.values(), results.starting(), results.allOk()]).toEqual([[0, 10, 20], [1], false]);
    const ofShards = await fleet.manager.ipc.requestAllShards('id');
    expect([ofShards.errorCount, ofShards.starting(), ofShards.allOk()]).toEqual([0, [2, 3], false]);
    fleet.starting.clear();
    expect((await ipcOf(0).requestAll('id')).allOk()).toBe(true);
  });

  test('say whose answer may be of an empty cache, because it restarted after the question', async () => {
    everywhere('id', (id) => () => (id === 1 ? void fleet.starting.add(1) : id));
    expect((await ipcOf(0).requestAll('id')).starting()).toEqual([1]);
    fleet.starting.clear();
    expect((await ipcOf(0).requestAllShards('id')).starting()).toEqual([2, 3]);
    fleet.starting.clear();
  });

  test('keep an entry for the dead, those without the handler and those that throw', async () => {
    ipcOf(0).handle('count', () => 5);
    ipcOf(2).handle('count', () => {
      throw new Error('broken');
    });
    const results = await ipcOf(0).requestAll('count');
    expect(results.values()).toEqual([5]);
    expect(results.errors()).toMatchObject([
      { id: 1, clusterId: 1, error: { code: 'NO_HANDLER' } },
      { id: 2, clusterId: 2, error: { code: 'HANDLER_FAILED' } },
    ]);
    await kill(1);
    const later = await ipcOf(0).requestAll('count');
    expect(later.errors()[0]).toMatchObject({ clusterId: 1, error: { code: 'NO_ROUTE' } });
  });
});

describe('all shards', () => {
  test('give an entry each in shard order, run against their own views', async () => {
    everywhere('see', () => (_data, { shardId, client }) => [shardId, client]);
    const results = await ipcOf(2).requestAllShards('see');
    expect([...results].map((entry) => entry.id)).toEqual([0, 1, 2, 3, 4]);
    expect(results.values()).toEqual([0, 1, 2, 3, 4].map((shard) => [shard, { view: shard }]));
  });

  test('run one after the other within a cluster', async () => {
    const log: string[] = [];
    everywhere('steps', (id) => async (_data, { shardId }) => {
      log.push(`${id}: in ${shardId}`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`${id}: out ${shardId}`);
    });
    await ipcOf(0).requestAllShards('steps').valuesOrThrow();
    expect(log.filter((line) => line.startsWith('1:'))).toEqual(['1: in 2', '1: out 2', '1: in 3', '1: out 3']);
  });

  test('have data of their own: what the handler of one changes in it, the next does not find', async () => {
    everywhere('count up', () => (data) => {
      const seen = data as { runs: number; readonly at: Map<string, number> };
      seen.runs += 1;
      return [seen.runs, seen.at.set('seen', seen.at.size).size];
    });
    const mine = { runs: 0, at: new Map() };
    const results = await ipcOf(0).requestAllShards('count up', mine);
    expect(results.values()).toEqual([0, 1, 2, 3, 4].map(() => [1, 1]));
    expect(mine).toEqual({ runs: 0, at: new Map() });
  });

  test('keep an entry for each shard of a dead cluster and for each that throws', async () => {
    everywhere('odd', () => (_data, { shardId = 0 }) => {
      if (shardId % 2 === 1) throw new TypeError(`odd ${shardId}`);
      return shardId;
    });
    await kill(1);
    const results = await ipcOf(0).requestAllShards('odd');
    expect(results.values()).toEqual([0, 4]);
    expect(results.errors()).toMatchObject([
      { id: 1, clusterId: 0, error: { code: 'HANDLER_FAILED', cause: { name: 'TypeError', message: 'odd 1' } } },
      { id: 2, clusterId: 1, error: { code: 'NO_ROUTE' } },
      { id: 3, clusterId: 1, error: { code: 'NO_ROUTE' } },
    ]);
  });

  test('say for every shard when the handler is unknown', async () => {
    const results = await ipcOf(0).requestAllShards('nothing');
    expect(results.errorCount).toBe(5);
    const expected = [0, 0, 1, 1, 2].map((clusterId, id) => ({ id, clusterId, error: { code: 'NO_HANDLER' } }));
    expect(results.errors()).toMatchObject(expected);
  });
});

describe('a cluster that dies during a call', () => {
  test('rejects it at once, two hops away, with the reason', async () => {
    everywhere('wait', () => never);
    const failure = { code: 'LINK_CLOSED', message: expect.stringContaining('SIGKILL') };
    const failed = expect(ipcOf(0).requestTo(1, 'wait')).rejects.toMatchObject(failure);
    await new Promise((resolve) => setImmediate(resolve));
    await kill(1, 'its process ended with signal SIGKILL');
    await failed;
    expect(clusterAt(fleet, 0).node.peer.inFlight).toBe(0);
  });

  test('aborts what others do for it', async () => {
    let signal: AbortSignal | undefined;
    fleet.manager.ipc.handle('work', ((_data, context) => {
      signal = context.signal;
      return never();
    }) as Handler);
    const failed = expect(ipcOf(1).requestManager('work')).rejects.toMatchObject({ code: 'LINK_CLOSED' });
    await new Promise((resolve) => setImmediate(resolve));
    await kill(1);
    await failed;
    expect(signal?.aborted).toBe(true);
    expect(signal?.reason).toMatchObject({ code: 'CALLER_GONE' });
  });
});
