/** test/remote/remotes: objects of other nodes, over links that share nothing. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { proxy as comlinkProxy, finalizer } from 'comlink';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { proxy, releaseProxy } from '../../src/remote/proxy.ts';
import type { Proxied } from '../../src/remote/remote-type.ts';
import { Remotes, type RemoteTarget } from '../../src/remote/remotes.ts';
import { clusterAt, createFleet, guildOf, type TestFleet } from '../features/nodes.ts';
import { remotesOf } from './remotes-of.ts';

let fleet: TestFleet;
let manager: Remotes;
let clusters: Remotes[];

beforeEach(() => {
  fleet = createFleet();
  manager = remotesOf(fleet.manager.node);
  clusters = fleet.clusters.map(({ node }) => remotesOf(node));
});

const at = (id: number): Remotes => clusters[id] as Remotes;
const peerOf = (id: number) => clusterAt(fleet, id).node.peer;

/** What cluster `id` exposes. */
const apiOf = (id: number) => ({
  id,
  at: new Date(5),
  nested: { add: async (a: number, b: number) => a + b },
  echo: (value: unknown) => value,
  fail: () => {
    throw Object.assign(new RangeError('no such user'), { code: 10_013 });
  },
  hang: () => new Promise<never>(() => undefined),
  each: async (count: number, callback: (n: number) => unknown) => {
    const got: unknown[] = [];
    for (let n = 0; n < count; n++) got.push(await callback(n));
    return got;
  },
  counter: () => {
    let count = 0;
    return proxy({ next: () => ++count });
  },
});
type Api = ReturnType<typeof apiOf>;

describe('a remote object', () => {
  beforeEach(() => {
    for (const id of clusters.keys()) at(id).expose(apiOf(id));
    manager.expose(apiOf(99));
  });

  const targets: readonly (readonly [RemoteTarget, number])[] = [
    [{ cluster: 0 }, 0],
    [{ cluster: 2 }, 2],
    [{ shard: 3 }, 1],
    [{ guild: guildOf(4) }, 2],
    ['manager', 99],
  ];

  test.each(targets)('is found by %o', async (target, id) => {
    expect(await at(0).remote<Api>(target).id).toBe(id);
    expect(await manager.remote<Api>(target).id).toBe(id);
  });

  test('has its properties and its methods, also of objects in it, with values as they travel everywhere', async () => {
    const remote = at(0).remote<Api>({ cluster: 1 });
    expect(await remote.at).toStrictEqual(new Date(5));
    expect(await remote.nested.add(2, 3)).toBe(5);
    const value = { big: 1n, map: new Map([[1, new Date(0)]]), none: undefined };
    expect(await remote.echo(value)).toStrictEqual(value);
    expect(await remote.echo(undefined)).toBeUndefined();
    expect(await Promise.all([1, 2, 3].map((n) => remote.echo(n)))).toEqual([1, 2, 3]);
  });

  test('that throws rejects with HANDLER_FAILED, the error with its code as cause', async () => {
    await expect(at(0).remote<Api>({ cluster: 1 }).fail()).rejects.toMatchObject({
      code: 'HANDLER_FAILED',
      message: 'fail failed on cluster:1: no such user',
      cause: { name: 'RangeError', code: 10_013 },
    });
  });

  test('refuses what cannot travel, by its path', async () => {
    const { echo } = at(0).remote<Api>({ cluster: 1 });
    await expect(echo({ a: [() => 1] })).rejects.toMatchObject({
      code: 'UNSERIALISABLE',
      details: { path: expect.stringMatching(/a\[0\]$/), received: 'a function' },
    });
    const { port1 } = new MessageChannel();
    await expect(echo(port1)).rejects.toMatchObject({ code: 'UNSERIALISABLE' });
    port1.close();
  });

  test('gives no way to run text', async () => {
    const remote = at(0).remote<{ constructor: { constructor(text: string): unknown } }>({ cluster: 1 });
    await expect(remote.constructor.constructor('return 1')).rejects.toMatchObject({
      code: 'HANDLER_FAILED',
      cause: { code: 'FORBIDDEN_NAME', details: { on: 'cluster:1', name: 'constructor' } },
    });
  });

  test('that is taken back is there no more, and another may take its place', async () => {
    const takeBack = at(1).remote<Api>({ cluster: 1 });
    expect(await takeBack.id).toBe(1);
    expect(() => at(1).expose({})).toThrow(expect.objectContaining({ code: 'ALREADY_EXPOSED' }));
    const other = remotesOf(createFleet().manager.node);
    const undo = other.expose({ n: 1 });
    const remote = other.remote<{ n: number }>('manager');
    expect(await remote.n).toBe(1);
    undo();
    undo();
    await expect(remote.n).rejects.toMatchObject({ code: 'NOT_EXPOSED' });
    other.expose({ n: 2 });
    expect(await remote.n).toBe(2);
  });

  test('stays when what took back an earlier exposure of it is called again', async () => {
    const api = { n: 1 };
    const other = remotesOf(createFleet().manager.node);
    const undo = other.expose(api);
    undo();
    other.expose(api);
    undo();
    expect(await other.remote<typeof api>('manager').n).toBe(1);
  });
});

describe('a call of a remote object', () => {
  test('rejects where nothing is exposed', async () => {
    await expect(at(0).remote<Api>({ cluster: 1 }).echo(1)).rejects.toMatchObject({
      code: 'NOT_EXPOSED',
      details: { on: 'cluster:1' },
    });
  });

  test('rejects for a target that is not there', async () => {
    await expect(at(0).remote<Api>({ cluster: 7 }).id).rejects.toMatchObject({ code: 'UNKNOWN_TARGET' });
    const { peer } = createFleet().manager.node;
    const early = new Remotes({ peer, plan: () => [], clusterOfShard: () => 0, shardOfGuild: () => 0 });
    await expect(early.remote<Api>({ cluster: 7 }).id).rejects.toMatchObject({ code: 'NOT_SPAWNED' });
    await expect(manager.remote<Api>({ shard: 7 }).id).rejects.toMatchObject({ code: 'UNKNOWN_TARGET' });
    for (const target of [undefined, null, 'cluster', {}, 3]) {
      expect(() => at(0).remote(target as RemoteTarget)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    }
    for (const api of [undefined, null, 5, 'api']) {
      expect(() => at(0).expose(api as unknown as object)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    }
  });

  test('rejects when its cluster dies with it, and afterwards', async () => {
    at(1).expose(apiOf(1));
    const near = manager.remote<Api>({ cluster: 1 });
    const far = at(0).remote<Api>({ cluster: 1 });
    const hanging = Promise.allSettled([near.hang(), far.hang()]);
    await far.echo('behind it');
    clusterAt(fleet, 1).die();
    const codes = (await hanging).map((one) => one.status === 'rejected' && one.reason.code);
    expect(codes).toEqual(['LINK_CLOSED', 'LINK_CLOSED']);
    await expect(far.id).rejects.toMatchObject({ code: 'NO_ROUTE' });
    expect([peerOf(0).inFlight, fleet.manager.node.peer.inFlight]).toEqual([0, 0]);
  });

  test('rejects at its deadline, and when its signal fires', async () => {
    at(1).expose(apiOf(1));
    const control = new AbortController();
    const timed = at(0).remote<Api>({ cluster: 1 }, { timeoutMs: 20 });
    await expect(timed.hang()).rejects.toMatchObject({ code: 'CALL_TIMEOUT', details: { method: 'hang' } });
    const given = at(0).remote<Api>({ cluster: 1 }, { signal: control.signal }).hang();
    control.abort();
    await expect(given).rejects.toMatchObject({ code: 'CALL_ABORTED' });
  });

  test('under way rejects when the proxy is released', async () => {
    at(1).expose(apiOf(1));
    const remote = at(0).remote<Api>({ cluster: 1 });
    const hanging = remote.hang();
    remote[releaseProxy]();
    await expect(hanging).rejects.toMatchObject({
      code: 'CALL_ABORTED',
      details: { method: 'hang', to: 'cluster:1' },
    });
    expect(() => remote.id).toThrow(/released/);
    // Others have the same object still.
    expect(await at(2).remote<Api>({ cluster: 1 }).id).toBe(1);
  });
});

describe('a proxied callback', () => {
  beforeEach(() => void at(1).expose(apiOf(1)));

  test('is called where it is, with what it gives and throws', async () => {
    const remote = at(0).remote<Api>({ cluster: 1 });
    expect(
      await remote.each(
        3,
        proxy((n: number) => n * 10),
      ),
    ).toEqual([0, 10, 20]);
    const failing = proxy(() => {
      throw new TypeError('not today');
    });
    await expect(remote.each(1, failing)).rejects.toMatchObject({ cause: { cause: { message: 'not today' } } });
  });

  test('may come back as an object, which keeps its state where it is', async () => {
    const counter = await at(0).remote<Api>({ cluster: 1 }).counter();
    expect([await counter.next(), await counter.next()]).toEqual([1, 2]);
    expect(at(1).lent).toBe(1);
    counter[releaseProxy]();
    await expect.poll(() => at(1).lent).toBe(0);
    expect(peerOf(0).inFlight).toBe(0);
  });

  test('may be called with a proxied callback of its own', async () => {
    const outer = proxy(async (inner: unknown) => (inner as (n: number) => Promise<number>)(4));
    at(2).expose({ run: (callback: typeof outer) => callback(proxy((n: number) => n + 1)) });
    const remote = at(0).remote<{ run(callback: typeof outer): Promise<number> }>({ cluster: 2 });
    expect(await remote.run(outer)).toBe(5);
  });

  test('is let go when its holder dies, by a manager at once', async () => {
    const ended = vi.fn();
    const held: ((n: number) => unknown)[] = [];
    at(2).expose({ keep: (callback: (n: number) => unknown) => void held.push(callback) });
    const callback = Object.assign(() => 7, { [finalizer]: ended });
    await manager.remote<{ keep(callback: unknown): void }>({ cluster: 2 }).keep(comlinkProxy(callback));
    expect(await held[0]?.(1)).toBe(7);
    expect(manager.lent).toBe(1);
    clusterAt(fleet, 2).die();
    await expect.poll(() => manager.lent).toBe(0);
    expect(ended).toHaveBeenCalledTimes(1);
  });

  test('rejects its callers when its owner is gone', async () => {
    const held: ((n: number) => unknown)[] = [];
    at(2).expose({ keep: (callback: (n: number) => unknown) => void held.push(callback) });
    await at(0)
      .remote<{ keep(callback: unknown): void }>({ cluster: 2 })
      .keep(proxy(() => 7));
    clusterAt(fleet, 0).die();
    await expect(held[0]?.(1)).rejects.toMatchObject({ code: 'NO_ROUTE' });
    await expect.poll(() => peerOf(2).inFlight).toBe(0);
  });

  test('that never arrives is let go at once', async () => {
    clusterAt(fleet, 1).die();
    const call = at(0)
      .remote<Api>({ cluster: 1 })
      .each(
        1,
        proxy(() => 1),
      );
    await expect(call).rejects.toMatchObject({ code: 'NO_ROUTE' });
    expect(at(0).lent).toBe(0);
  });

  test('is let go when nobody has it any more, and not while somebody waits for it', async () => {
    setFlagsFromString('--expose_gc');
    const collect = runInNewContext('gc') as () => void;
    at(2).expose({ wait: () => proxy({ soon: () => new Promise((resolve) => setTimeout(resolve, 50, 'done')) }) });
    type Waits = { wait(): Proxied<{ soon(): Promise<string> }> };
    const waiting = at(0)
      .remote<Waits>({ cluster: 2 })
      .wait()
      .then((waits) => waits.soon());
    const collecting = setInterval(collect, 5);
    expect(await waiting).toBe('done');
    await expect.poll(() => at(2).lent).toBe(0);
    clearInterval(collecting);
  });

  test('that nobody takes hold of is let go after 10 s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      // A node that answers and keeps nothing: the answer of an older version, say.
      peerOf(2).answerer.add([['remote:api', () => ({ raw: 1 })]]);
      expect(
        await at(0)
          .remote<{ keep(callback: unknown): number }>({ cluster: 2 })
          .keep(proxy(() => 1)),
      ).toBe(1);
      expect(at(0).lent).toBe(1);
      vi.advanceTimersByTime(10_000);
      expect(at(0).lent).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
