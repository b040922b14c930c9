/** test/e2e/death: clusters and managers that are killed; nobody hangs, nobody is left. */

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { systemContract } from '../../src/features/system.ts';
import { createDiscord } from '../../src/testing/index.ts';
import { alive, createFleet, type Fleet, failureOf, fixture, until } from './fleet.ts';

/** Ends a cluster as a crash of the machine would: no goodbye. */
function shoot(fleet: Fleet, id: number): Promise<unknown> {
  const child = fleet.manager.clusters.get(id)?.child as ChildProcess | Worker;
  if ('threadId' in child) return child.terminate();
  child.kill('SIGKILL');
  return once(child, 'exit');
}
const clusterOf = (fleet: Fleet, id: number) => {
  const cluster = fleet.manager.clusters.get(id);
  if (cluster === undefined) throw new Error(`no cluster ${id}`);
  return cluster;
};
const restarts = { firstMs: 100, maxMs: 100 };

describe.each(['process', 'worker'] as const)('a cluster killed in %s mode', (mode) => {
  test('rejects the calls in flight within 100 ms, is listed as missing, comes back and is gone after stop', async () => {
    // Dead sessions stay behind at Discord until they time out: that is what a kill does, and no fault of the bot.
    await using fleet = await createFleet({
      bot: 'bot.cjs',
      options: { mode, restarts: { ...restarts, firstMs: 1_000 } },
    });
    const { manager, discord } = fleet;
    await manager.spawn();
    const direct = failureOf(manager.ipc.requestTo(1, 'hang'));
    const twoHops = failureOf(manager.ipc.requestTo(0, 'call', { path: ['ipc', 'requestTo'], args: [1, 'hang'] }));
    const all = manager.ipc.requestAll('hang', undefined, 5_000);
    // A call that is answered after them has them all under way.
    await manager.ipc.requestTo(1, 'who');
    await manager.ipc.requestTo(0, 'call', { path: ['ipc', 'requestTo'], args: [1, 'who'] });
    // The first error whose stack is read makes the test runner load its source maps, which takes longer than the limit.
    await failureOf(manager.node.peer.at(systemContract, 'cluster:9').ping());
    await shoot(fleet, 1);
    // A machine that gives this process no time for a while says nothing about the calls: that lag does not count.
    const lag = monitorEventLoopDelay({ resolution: 1 });
    lag.enable();
    const start = performance.now();
    expect(await direct).toMatchObject({ code: 'LINK_CLOSED', message: expect.stringContaining('cluster 1') });
    lag.disable();
    expect(performance.now() - start - lag.max / 1e6).toBeLessThan(100);
    // The far caller is another process, which has to be given time to pass its failure on.
    expect(await twoHops).toMatchObject({ code: 'HANDLER_FAILED', cause: { code: 'LINK_CLOSED' } });
    expect(performance.now() - start).toBeLessThan(1_000);
    const stats = await manager.stats();
    expect(stats.missing).toEqual([
      { id: 1, reason: expect.stringMatching(/ended with (signal SIGKILL|exit code 1)/) },
    ]);
    expect(stats.guilds).toBeLessThan(discord.truth.guildCount);
    // Cluster 0 hangs on until the deadline of the call.
    const failed = (await all).errors().map(({ clusterId, error }) => [clusterId, error]);
    expect(failed).toMatchObject([
      [0, { code: 'CALL_TIMEOUT' }],
      [1, { code: 'LINK_CLOSED' }],
    ]);

    await until(() => clusterOf(fleet, 1).ready, { what: 'cluster 1 to come back' });
    expect(clusterOf(fleet, 1).incarnation).toBe(2);
    expect(await manager.guilds.count()).toBe(discord.truth.guildCount);
    expect(await manager.ipc.requestTo(1, 'who')).toMatchObject({ id: 1 });
    expect(discord.timeline('identify')).toHaveLength(6);

    await manager.stop();
    expect([...fleet.pids].filter(alive)).toEqual([]);
    expect(fleet.pids.size).toBe(mode === 'process' ? 3 : 0);
    expect(manager.clusters.map(({ state, child }) => [state, child])).toEqual([
      ['stopped', undefined],
      ['stopped', undefined],
    ]);
  });

  test('by itself says how it ended', async () => {
    await using fleet = await createFleet({ bot: 'bot.cjs', options: { mode, restarts, totalShards: 1 } });
    const { manager } = fleet;
    await manager.spawn();
    const error = await failureOf(manager.ipc.requestTo(0, 'exit', { code: 5 }));
    expect(error).toMatchObject({ code: 'LINK_CLOSED', message: expect.stringContaining('exit code 5') });
    await until(() => clusterOf(fleet, 0).ready, { what: 'it to come back' });
    expect(fleet.logged.join('\n')).toMatch(/cluster 0 died and starts again in \d+ ms\. .*exit code 5/);
  });

  test('with a blocked event loop is gone after stop all the same', async () => {
    await using fleet = await createFleet({
      bot: 'bot.cjs',
      options: { mode, restarts, totalShards: 1, killGraceMs: 500 },
    });
    const { manager } = fleet;
    await manager.spawn();
    const blocked = failureOf(manager.ipc.requestTo(0, 'block'));
    await expect(manager.ipc.requestTo(0, 'who', undefined, 100)).rejects.toMatchObject({ code: 'CALL_TIMEOUT' });
    await manager.stop();
    expect(await blocked).toMatchObject({ code: 'LINK_CLOSED' });
    expect([...fleet.pids].filter(alive)).toEqual([]);
  });

  test('and respawned by hand is a new child that answers', async () => {
    await using fleet = await createFleet({ bot: 'bot.cjs', options: { mode, restarts, totalShards: 2 } });
    const { manager } = fleet;
    await manager.spawn();
    const before = clusterOf(fleet, 0).child;
    await clusterOf(fleet, 0).respawn();
    expect(clusterOf(fleet, 0).child).not.toBe(before);
    expect(await manager.ipc.requestTo(0, 'who')).toMatchObject({ id: 0 });
    expect([...fleet.pids].filter(alive)).toHaveLength(mode === 'process' ? 1 : 0);
  });
});

describe('a manager killed', () => {
  test.each([
    ['SIGKILL', 'process'],
    ['SIGTERM', 'process'],
    ['SIGINT', 'process'],
    ['SIGKILL', 'worker'],
  ] as const)('by %s in %s mode leaves no bot behind', async (signal, mode) => {
    await using discord = await createDiscord({ guilds: 4, gateway: { shards: 2, maxConcurrency: 16 }, strict: true });
    const options = JSON.stringify({ shardsPerCluster: 1, mode, silent: true });
    const manager = spawn(process.execPath, [fixture('manager.mjs'), './bot.cjs', options], {
      env: { ...process.env, ...discord.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(manager, 'exit');
    const [line] = (await once(manager.stdout, 'data')) as [Buffer];
    const pids = (JSON.parse(String(line)) as { pids: (number | null)[] }).pids.filter((pid) => pid !== null);
    expect(pids).toHaveLength(mode === 'process' ? 2 : 0);
    expect(pids.filter(alive)).toEqual(pids);
    manager.kill(signal);
    await exited;
    await until(() => pids.filter(alive).length === 0, { what: 'the bots to leave', timeoutMs: 5_000 });
  });

  test('leaves no bot behind that has not made its client, or never does', async () => {
    const args = [
      fixture('manager.mjs'),
      './waits-for-ever.cjs',
      '{"totalShards":1,"silent":true}',
      '{"timeoutMs":null}',
    ];
    const { DISCORD_TOKEN: _, ...env } = process.env;
    const manager = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(manager, 'exit');
    const [line] = (await once(manager.stdout, 'data')) as [Buffer];
    const { pids } = JSON.parse(String(line)) as { pids: number[] };
    expect(pids.filter(alive)).toHaveLength(1);
    manager.kill('SIGKILL');
    await exited;
    await until(() => pids.filter(alive).length === 0, { what: 'the bot to leave', timeoutMs: 5_000 });
  });
});
