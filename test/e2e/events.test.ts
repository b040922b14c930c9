/** test/e2e/events: events between real bots and their manager. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFleet, type Fleet, until } from './fleet.ts';

describe.each(['process', 'worker'] as const)('events in %s mode', (mode) => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await createFleet({
      bot: 'listens.cjs',
      discord: { gateway: { shards: 3 } },
      options: { mode, shardsPerCluster: 1, restarts: { firstMs: 60_000, maxMs: 60_000 } },
    });
    await fleet.manager.spawn();
  });
  afterAll(async () => await fleet[Symbol.asyncDispose]());

  const heard = (cluster: number): Promise<[unknown, unknown][]> => fleet.manager.ipc.requestTo(cluster, 'heard');
  const tell = (cluster: number, method: string, ...args: readonly unknown[]): Promise<unknown> =>
    fleet.manager.ipc.requestTo(cluster, 'tell', { method, args });
  const acknowledged = (name: string, timeoutMs = 10_000): Promise<unknown> =>
    fleet.manager.ipc.requestTo(0, 'acknowledged', { name, timeoutMs });

  test('reach all others with their data, from a cluster and from the manager', async () => {
    const { manager } = fleet;
    const atManager: unknown[] = [];
    const listener = (data: unknown, source: unknown): unknown => atManager.push([data, source]);
    manager.events.on('note', listener);
    await tell(1, 'broadcast', 'note', { at: new Date(0) });
    await until(() => atManager.length === 1, { what: 'the event' });
    // Order is kept per sender: the manager's own may overtake what cluster 1 tells the others.
    await tell(1, 'broadcastAndWait', 'behind it');
    manager.events.broadcast('note', 'from above');
    manager.events.emitTo(2, 'note', 'for you');
    await manager.events.broadcastAndWait('done');
    manager.events.off('note', listener);
    expect(atManager).toEqual([[{ at: new Date(0) }, 1]]);
    expect(await heard(0)).toEqual([
      [{ at: new Date(0) }, 1],
      ['from above', 'manager'],
    ]);
    expect(await heard(1)).toEqual([['from above', 'manager']]);
    expect(await heard(2)).toEqual([
      [{ at: new Date(0) }, 1],
      ['from above', 'manager'],
      ['for you', 'manager'],
    ]);
  });

  test('of one sender arrive in order, for all and for one mixed', async () => {
    const before = (await heard(2)).length;
    await fleet.manager.ipc.requestTo(0, 'burst', 2);
    await acknowledged('behind them');
    const notes = (await heard(2)).slice(before);
    expect(notes).toEqual(Array.from({ length: 100 }, (_none, n) => [n, 0]));
  });

  test('that are waited for say who acknowledged, failed, and is late', async () => {
    expect(await acknowledged('note')).toEqual({ acknowledged: ['manager', 1, 2], failed: [], missing: [] });
    expect(await acknowledged('fails')).toEqual({
      acknowledged: ['manager'],
      failed: [1, 2].map((node) => [node, 'HANDLER_FAILED', 'RangeError']),
      missing: [],
    });
    expect(await acknowledged('hangs', 300)).toEqual({
      acknowledged: ['manager'],
      failed: [],
      missing: [1, 2].map((node) => [node, 'CALL_TIMEOUT', null]),
    });
  });

  test('whose listeners die with them say so, and pass over the dead afterwards', async () => {
    expect(await acknowledged('exits')).toEqual({
      acknowledged: ['manager'],
      failed: [],
      missing: [1, 2].map((node) => [node, 'LINK_CLOSED', null]),
    });
    await tell(0, 'broadcast', 'note', 'anybody?');
    expect(await acknowledged('note')).toEqual({
      acknowledged: ['manager'],
      failed: [],
      missing: [1, 2].map((node) => [node, 'NO_ROUTE', null]),
    });
  });
});
