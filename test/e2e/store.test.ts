/** test/e2e/store: the manager's store, as bots in processes and threads use it. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { createFleet, type Fleet, failureOf, until } from './fleet.ts';

/** Uses the store from inside a cluster. */
const inCluster = (fleet: Fleet, id: number, method: string, ...args: readonly unknown[]): Promise<unknown> =>
  fleet.manager.ipc.requestTo(id, 'call', { path: ['store', method], args });

/** Ends a cluster as a crash of the machine would, and waits until it is back. */
async function restart(fleet: Fleet, id: number): Promise<void> {
  const cluster = fleet.manager.clusters.get(id);
  const child = cluster?.child as ChildProcess | Worker;
  if ('threadId' in child) await child.terminate();
  else {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await until(() => cluster?.ready === true && cluster.incarnation === 2, { what: `cluster ${id} to come back` });
}

describe.each(['process', 'worker'] as const)('in %s mode', (mode) => {
  const options = { mode, restarts: { firstMs: 100, maxMs: 100 } };

  test('values survive the clusters, and every cluster sees the same', async () => {
    await using fleet = await createFleet({ bot: 'bot.cjs', options });
    const { manager } = fleet;
    await manager.spawn();
    const value = { at: new Date(7), names: new Map([[1n, 'one']]) };
    await inCluster(fleet, 1, 'set', 'k', value);
    await inCluster(fleet, 1, 'set', 'cooldown', true, { ttl: 3_600_000 });
    expect(await inCluster(fleet, 0, 'get', 'k')).toStrictEqual(value);
    expect(await inCluster(fleet, 0, 'increment', 'n', 2)).toBe(2);

    await restart(fleet, 1);
    expect(await inCluster(fleet, 1, 'get', 'k')).toStrictEqual(value);
    expect(await inCluster(fleet, 1, 'ttl', 'cooldown')).toBeGreaterThan(3_000_000);
    expect(await inCluster(fleet, 1, 'increment', 'n', 2)).toBe(4);
    expect(await manager.store.get('n')).toBe(4);
    expect(await manager.store.stats()).toMatchObject({ entries: 3, evictions: 0 });
  });

  test('large values go to and fro, and what does not fit is refused by its own error', async () => {
    await using fleet = await createFleet({ bot: 'bot.cjs', options: { ...options, totalShards: 1 } });
    const { manager } = fleet;
    await manager.spawn();
    const large = { text: '"quoted" ü\n'.repeat(300_000) };
    await manager.store.set('large', large);
    expect(await inCluster(fleet, 0, 'compareAndSet', 'large', large, Array.from({ length: 300_000 }, String))).toBe(
      true,
    );
    expect(await manager.store.get<string[]>('large')).toHaveLength(300_000);
    await manager.store.set('word', 'text');
    expect(await failureOf(inCluster(fleet, 0, 'increment', 'word'))).toMatchObject({
      cause: { code: 'NOT_A_NUMBER' },
    });
  });

  test('the values are there again after a restart of the manager', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'shardlift store '));
    const store = { snapshot: { file: join(folder, 'store.snapshot') } };
    const request = { bot: 'bot.cjs', options: { ...options, totalShards: 1, store } } as const;
    {
      await using fleet = await createFleet(request);
      await fleet.manager.spawn();
      await inCluster(fleet, 0, 'set', 'k', new Date(7));
    }
    {
      await using fleet = await createFleet(request);
      await fleet.manager.spawn();
      expect(await inCluster(fleet, 0, 'get', 'k')).toStrictEqual(new Date(7));
    }
    rmSync(folder, { recursive: true });
  });
});
