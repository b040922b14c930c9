/** test/e2e/messages: plain messages between bots and their manager, and what the manager tells of maintenance. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFleet, type Fleet, failureOf, until } from './fleet.ts';

describe.each(['process', 'worker'] as const)('in %s mode', (mode) => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await createFleet({
      bot: 'hears.cjs',
      discord: { gateway: { shards: 3 } },
      options: { mode, shardsPerCluster: 1, restarts: { firstMs: 50, maxMs: 50 } },
    });
    fleet.manager.setMaintenance('before the start', [2]);
    await fleet.manager.spawn();
  });
  afterAll(async () => await fleet[Symbol.asyncDispose]());

  const ask = <T>(cluster: number, name: string, data?: unknown): Promise<T> =>
    fleet.manager.ipc.requestTo<T>(cluster, name, data, { whenUnavailable: 'wait' });
  const heard = (cluster: number): Promise<unknown[]> => ask(cluster, 'heard');
  const maintenance = (cluster: number): Promise<{ atStart?: string; now?: string; reasons: string[] }> =>
    ask(cluster, 'maintenance');

  test('a message to the manager is an event of it and of the cluster it came from', async () => {
    const { manager } = fleet;
    const atManager: unknown[] = [];
    const atCluster: unknown[] = [];
    manager.on('message', (message, cluster) => void atManager.push([message, cluster.id]));
    manager.clusters.get(1)?.on('message', (message) => void atCluster.push(message));
    await ask(1, 'send', { hello: ['from', 1] });
    await until(() => atManager.length === 1 && atCluster.length === 1, { what: 'the message' });
    expect([atManager, atCluster]).toEqual([[[{ hello: ['from', 1] }, 1]], [{ hello: ['from', 1] }]]);
  });

  test('a broadcast reaches the other bots, with sendSelf the own one too, and passes over the dead', async () => {
    await ask(0, 'broadcast', { message: { n: 1 } });
    await ask(0, 'broadcast', { message: { n: 2 }, options: { sendSelf: true } });
    await expect.poll(() => heard(0)).toEqual([{ n: 2 }]);
    for (const other of [1, 2]) await expect.poll(() => heard(other)).toEqual([{ n: 1 }, { n: 2 }]);
    const gone = new Promise((resolve) => fleet.manager.clusters.get(1)?.once('death', resolve));
    await failureOf(ask(1, 'exit'));
    await gone;
    await ask(0, 'broadcast', { message: 'anybody?' });
    await expect.poll(() => heard(2)).toEqual([{ n: 1 }, { n: 2 }, 'anybody?']);
  });

  test('maintenance is known at the start, told while running, and known to a cluster that starts again', async () => {
    const { manager } = fleet;
    expect(await maintenance(2)).toEqual({ atStart: 'before the start', now: 'before the start', reasons: [] });
    expect(await maintenance(0)).toEqual({ reasons: [] });
    manager.setMaintenance('new database');
    for (const id of [0, 2]) {
      await expect.poll(() => maintenance(id)).toMatchObject({ now: 'new database', reasons: ['new database'] });
    }
    await manager.clusters.get(1)?.respawn();
    expect(await maintenance(1)).toEqual({ atStart: 'new database', now: 'new database', reasons: [] });
    manager.setMaintenance(undefined, [0]);
    await expect.poll(() => maintenance(0)).toEqual({ reasons: ['new database', 'over'] });
    expect(await maintenance(2)).toMatchObject({ now: 'new database' });
  });
});
