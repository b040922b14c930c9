/** test/e2e/direct-lines: clusters that talk without their manager, in both modes, and what happens when one dies. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClusterManagerOptions, Mode } from '../../src/index.ts';
import { alive, ClusterManager, fixture, until } from './fleet.ts';

const wait = { timeoutMs: 20_000, whenUnavailable: 'wait' } as const;

/** A short temporary folder of this test alone: a socket’s path has little room. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync('/tmp/t-');
  vi.stubEnv('TMPDIR', folder);
  vi.stubEnv('DISCORD_TOKEN', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Everything of ours in the temporary folder. */
const left = (): string[] => readdirSync(folder, { recursive: true }).map(String);

/** A manager whose clusters, two unless told otherwise, answer. */
async function start(mode: Mode, options: ClusterManagerOptions = {}) {
  const manager = new ClusterManager(fixture('talks-to-others.cjs'), {
    mode,
    totalShards: 2,
    shardsPerCluster: 1,
    silent: true,
    restarts: { firstMs: 200, maxMs: 200 },
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    ...options,
  });
  await manager.spawn({ timeoutMs: null });
  await Promise.all([...manager.clusters.keys()].map((id) => manager.ipc.requestTo(id, 'who', undefined, wait)));
  const childOf = (id: number) => manager.clusters.get(id)?.child as ChildProcess | Worker;
  /** Ends a cluster as a crash would: no goodbye. @returns once it is gone */
  const shoot = (id: number): Promise<unknown> => {
    const child = childOf(id);
    if ('threadId' in child) return child.terminate();
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    return exited;
  };
  const ask = (from: number, to: number, name = 'who', limits: object = {}) =>
    manager.ipc.requestTo(from, 'ask', { to, name, options: limits });
  return { manager, shoot, ask, [Symbol.asyncDispose]: () => manager.stop() };
}
type Running = Awaited<ReturnType<typeof start>>;

/** How many calls between two clusters began and ended while the manager, this very thread, stood still. */
async function callsWithoutManager({ manager }: Running, from: number, to: number): Promise<number> {
  await manager.ipc.requestTo(from, 'talk', { to });
  const begun = Date.now();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  const ended = Date.now();
  const calls = (await manager.ipc.requestTo(from, 'stopTalking')) as [begun: number, ended: number][];
  return calls.filter(([start, end]) => start > begun && end < ended).length;
}

describe.each(['process', 'worker'] as const)('clusters in %s mode', (mode) => {
  /** What a caller is told of a cluster that was killed. */
  const death = mode === 'process' ? 'its process ended with signal SIGKILL' : 'its thread ended with exit code 1';

  test('talk while their manager stands still, and leave nothing in the temporary folder when they are stopped', async () => {
    await using running = await start(mode);
    expect(await running.ask(0, 1)).toMatchObject({ id: 1 });
    expect(await callsWithoutManager(running, 0, 1)).toBeGreaterThan(2);
    // The other side did not ask for the line, and has it all the same.
    expect(await callsWithoutManager(running, 1, 0)).toBeGreaterThan(2);
    expect(left().filter((name) => /\/\d-1$/.test(name))).toHaveLength(mode === 'process' ? 2 : 0);
    await running.manager.stop();
    expect(left()).toStrictEqual([]);
  });

  test('learn how a partner died in the middle of a call, and have a new line to the next', async () => {
    await using running = await start(mode);
    const { manager, ask, shoot } = running;
    await ask(0, 1);
    const lost = ask(0, 1, 'hang');
    // Asked behind it on the same road: by then the call is under way.
    await ask(0, 1);
    await shoot(1);
    expect(await lost).toMatchObject({ code: 'LINK_CLOSED', details: { reason: death } });
    expect(await ask(0, 1, 'who', wait)).toMatchObject({ id: 1 });
    expect(manager.clusters.get(1)?.incarnation).toBe(2);
    await ask(0, 1);
    expect(await callsWithoutManager(running, 0, 1)).toBeGreaterThan(2);
  });

  test('that are respawned have a new line to whom they talked before', async () => {
    await using running = await start(mode);
    const { manager, ask } = running;
    await ask(0, 1);
    for (let turn = 0; turn < 2; turn++) {
      const respawned = manager.clusters.get(1)?.respawn({ timeoutMs: null });
      // Asked of a cluster that is asked to end, or has ended, and comes back.
      expect(await manager.ipc.requestTo(1, 'who', undefined, wait)).toMatchObject({ id: 1 });
      await respawned;
      expect(await ask(1, 0, 'who', { timeoutMs: 5_000 })).toMatchObject({ id: 0 });
      expect(await ask(0, 1)).toMatchObject({ id: 1 });
    }
  });

  test('have an entry for each cluster, also for one that is dead, and may wait for it', async () => {
    await using running = await start(mode, { totalShards: 3, restarts: { firstMs: 3_000, maxMs: 3_000 } });
    const { manager, ask, shoot } = running;
    const who = [0, 1, 2].map((id) => expect.objectContaining({ id }));
    expect(await manager.ipc.requestTo(0, 'askAll', { name: 'who' })).toStrictEqual(who);
    await shoot(1);
    await until(() => manager.clusters.get(1)?.state === 'waiting', { what: 'the death to be known' });
    const waiting = [manager.ipc.requestTo(1, 'who', undefined, wait)];
    // A call on a line that has not ended yet would be LINK_CLOSED.
    await expect.poll(() => ask(0, 1), { timeout: 5_000 }).toMatchObject({ code: 'NO_ROUTE' });
    waiting.push(ask(0, 1, 'who', wait));
    const all = await manager.ipc.requestTo(0, 'askAll', { name: 'who' });
    expect(all).toStrictEqual([who[0], 'NO_ROUTE', who[2]]);
    const own = await manager.ipc.requestAll('who');
    expect([own.size, own.errors().map(({ id }) => id)]).toStrictEqual([3, [1]]);
    expect(manager.clusters.get(1)?.state).toBe('waiting');
    expect(await Promise.all(waiting)).toStrictEqual([who[1], who[1]]);
    expect(manager.clusters.get(1)?.incarnation).toBe(2);
  });
});

describe('where no socket can be had', () => {
  test('everything goes by the manager', async () => {
    const deep = join(folder, 'a-temporary-folder-with-a-name-too-long-for-the-path-of-any-socket'.repeat(2));
    mkdirSync(deep);
    vi.stubEnv('TMPDIR', deep);
    await using running = await start('process');
    const { manager, ask, shoot } = running;
    expect(await ask(0, 1)).toMatchObject({ id: 1 });
    expect(await callsWithoutManager(running, 0, 1)).toBe(0);
    const lost = ask(0, 1, 'hang');
    await ask(0, 1);
    await shoot(1);
    expect(await lost).toMatchObject({ code: 'LINK_CLOSED' });
    expect(await ask(0, 1, 'who', wait)).toMatchObject({ id: 1 });
    expect(await manager.ipc.requestAll('who').values()).toHaveLength(2);
    expect(readdirSync(deep)).toStrictEqual([]);
  });
});

describe('a manager that is killed', () => {
  test('leaves a folder, which the next manager takes away', async () => {
    const options = JSON.stringify({ totalShards: 2, shardsPerCluster: 1, silent: true });
    const args = [fixture('manager.mjs'), './talks-to-others.cjs', options, '{"timeoutMs":null}'];
    const killed = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(killed, 'exit');
    const [line] = (await once(killed.stdout, 'data')) as [Buffer];
    const { pids } = JSON.parse(String(line)) as { pids: number[] };
    const [before] = left();
    expect(before).toMatch(/^shardlift-/);
    killed.kill('SIGKILL');
    await exited;
    await until(() => pids.filter(alive).length === 0, { what: 'the bots to leave' });
    expect(left()).toContain(before);
    await using running = await start('process');
    await until(() => !left().some((name) => name === before), { what: 'the old folder to go' });
    await running.manager.stop();
    expect(left()).toStrictEqual([]);
  });
});
