/** test/features/store: the manager's store as the clusters and the manager itself see it. */
import { describe, expect, test } from 'vitest';
import { ShardliftError } from '../../src/errors.ts';
import { reachStore, serveStore, storeContract } from '../../src/features/store.ts';
import { reachInProcess } from '../../src/store/in-process.ts';
import { MemoryEngine } from '../../src/store/memory-engine.ts';
import { Store } from '../../src/store/store.ts';
import { localHost } from '../../src/wire/address.ts';
import { describeStore } from '../conformance/store.ts';
import { Work } from '../conformance/store-computing.ts';
import { clusterAt, createFleet } from './nodes.ts';

function createStores() {
  let now = 5_000;
  const fleet = createFleet();
  const engine = new MemoryEngine({ now: () => now });
  serveStore(fleet.manager.node.peer, engine);
  const storeOf = (id: number) => new Store(reachStore(clusterAt(fleet, id).node.peer, localHost));
  const stores = [storeOf(0), storeOf(1), storeOf(2), new Store(reachInProcess(engine))] as const;
  const advance = (ms: number): void => {
    now += ms;
  };
  return { fleet, engine, stores, advance };
}

describeStore('the manager', createStores);

describe('a cluster that dies', () => {
  test('while it computes leaves that to the next who waits', async () => {
    const { fleet, stores } = createStores();
    const [dying, next, last] = stores;
    const work = new Work();
    const lost = dying.getOrSet('k', work.run).catch((error: unknown) => error);
    await work.began();
    const waiting = [next.getOrSet('k', work.run)];
    await next.has('k');
    waiting.push(last.getOrSet('k', work.run));
    await last.has('k');
    clusterAt(fleet, 0).die();
    await work.began(2);
    work.end('computed by cluster 1', 1);
    expect(await Promise.all(waiting)).toStrictEqual(['computed by cluster 1', 'computed by cluster 1']);
    work.end('too late');
    // Whoever computed a value that cannot be handed in any more has it all the same.
    expect(await lost).toBe('too late');
    expect([work.begun, await last.get('k')]).toStrictEqual([2, 'computed by cluster 1']);
  });

  test('while it computes and nobody waits leaves the key free', async () => {
    const { fleet, stores } = createStores();
    const work = new Work();
    stores[0].getOrSet('k', work.run).catch(() => undefined);
    await work.began();
    await stores[0].has('k');
    clusterAt(fleet, 0).die();
    await stores[1].has('k');
    expect(await stores[1].getOrSet('k', () => 'at once')).toBe('at once');
  });

  test('while it waits is not given the right to compute', async () => {
    const { fleet, stores } = createStores();
    const work = new Work();
    const first = stores[0].getOrSet('k', work.run);
    await work.began();
    stores[1].getOrSet('k', work.run).catch(() => undefined);
    await stores[1].has('k');
    const last = stores[2].getOrSet('k', () => 'by the last');
    await stores[2].has('k');
    clusterAt(fleet, 1).die();
    await stores[2].has('k');
    await stores[3].delete('k');
    expect(await last).toBe('by the last');
    work.end('out of date');
    expect(await first).toBe('by the last');
  });

  test('before it has begun to compute leaves nothing behind', async () => {
    const { fleet, engine } = createStores();
    const { node } = clusterAt(fleet, 0);
    const claim = { key: 'k', leaseMs: 20 };
    expect(await node.peer.at(storeContract, localHost).claim(claim)).toMatchObject({ state: 'yours' });
    clusterAt(fleet, 0).die();
    expect(engine.underWay).toBe(1);
    await expect.poll(() => engine.underWay).toBe(0);
  });

  test('takes no value with it', async () => {
    const { fleet, stores } = createStores();
    await stores[0].set('k', new Map([['kept', 1n]]));
    clusterAt(fleet, 0).die();
    expect(await stores[1].get('k')).toStrictEqual(new Map([['kept', 1n]]));
  });
});

test.each(['CALL_TIMEOUT', 'OVERLOADED', 'LINK_CLOSED', 'NO_ROUTE'] as const)(
  'a value that cannot be handed in (%s) is given to who computed it, and the next computes it anew',
  async (code) => {
    const { fleet, engine, stores } = createStores();
    const reach = reachStore(clusterAt(fleet, 0).node.peer, localHost);
    const error = Object.assign(new Error(code), { code, [Symbol.for('shardlift.error')]: true });
    const store = new Store((limits) => ({ ...reach(limits), fulfil: () => Promise.reject(error) }));
    const work = new Work();
    const first = store.getOrSet('k', work.run);
    await work.began();
    const next = stores[1].getOrSet('k', () => 'anew');
    await stores[1].has('k');
    work.end({ at: new Date(3) });
    expect(await first).toStrictEqual({ at: new Date(3) });
    expect([await next, engine.underWay]).toStrictEqual(['anew', 0]);
  },
);

test.each([
  ['a value that is too large for the road', 'fulfil'],
  ['a failure that cannot be handed in', 'fail'],
] as const)('after %s the next who waits computes', async (_what, verb) => {
  const { fleet, engine, stores } = createStores();
  const reach = reachStore(clusterAt(fleet, 0).node.peer, localHost);
  const refused = (): Promise<never> =>
    Promise.reject(new ShardliftError('FRAME_TOO_LARGE', { bytes: 9_000_000, maxBytes: 8_388_608 }));
  const store = new Store((limits) => ({ ...reach(limits), [verb]: refused }));
  const work = new Work();
  const compute = async (): Promise<unknown> => {
    await work.run();
    if (verb === 'fail') throw new Error('no');
    return 'large';
  };
  const first = store.getOrSet('k', compute).catch((error: unknown) => error);
  await work.began();
  const next = stores[1].getOrSet('k', () => 'anew');
  await stores[1].has('k');
  work.end(null);
  expect(await first).toMatchObject({ code: verb === 'fail' ? 'COMPUTE_FAILED' : 'FRAME_TOO_LARGE' });
  expect([await next, engine.underWay]).toStrictEqual(['anew', 0]);
});

test('computing leaves no call open, whatever its end', async () => {
  const { fleet, stores } = createStores();
  await stores[0].getOrSet('k', () => 1);
  await stores[0].getOrSet('bad', () => Promise.reject(new Error('no'))).catch(() => undefined);
  const work = new Work();
  const overtaken = stores[0].getOrSet('written', work.run);
  await work.began();
  await stores[1].set('written', 2);
  work.end(1);
  expect(await overtaken).toBe(2);
  await stores[0].has('k');
  expect(clusterAt(fleet, 0).node.peer.inFlight).toBe(0);
  expect(fleet.manager.node.router.dropped).toMatchObject({ replies: 0 });
});

test('a value is one message to the manager and one back, and the clusters need not know each other', async () => {
  const { fleet, stores } = createStores();
  clusterAt(fleet, 1).die();
  clusterAt(fleet, 2).die();
  await stores[0].set('k', 1);
  expect(await stores[0].get('k')).toBe(1);
});

test('a cluster whose manager does not serve a store is told so', async () => {
  const fleet = createFleet();
  const store = new Store(reachStore(clusterAt(fleet, 0).node.peer, localHost));
  await expect(store.get('k')).rejects.toMatchObject({ code: 'NO_METHOD' });
  await expect(store.getOrSet('k', () => 1)).rejects.toMatchObject({ code: 'NO_METHOD' });
});
