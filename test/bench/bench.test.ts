/** The benchmarks as they are run, small: they need the built package. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test, vi } from 'vitest';

interface Processes {
  processTree(pid: number): readonly number[];
  isAlive(pid: number): boolean;
}

const bench = fileURLToPath(new URL('../../bench/bench.mjs', import.meta.url));
const results = fileURLToPath(new URL('../../bench/RESULTS.md', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const start = (...args: readonly string[]) =>
  spawn(process.execPath, [bench, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: folder },
  });

/** CPU times come from /proc. */
describe.runIf(process.platform === 'linux')('the benchmarks', () => {
  test('a small run says what it does, prints its tables, writes its rows and leaves the results alone', async () => {
    const json = join(folder, 'rows.json');
    const before = readFileSync(results, 'utf8');
    const only = ['--contestants', 'raw,discord.js,shardlift', '--mode', 'worker', '--clusters', '2'];
    const child = start('rpc', ...only, '--rounds', '1', '--json', json);
    const [shown, progress] = await Promise.all([child.stdout.toArray(), child.stderr.toArray(), once(child, 'exit')]);
    expect(progress.join('')).toContain('rpc, worker, 2 clusters: unicast, 1 in flight: round 1 of 1');
    expect(child.exitCode).toBe(0);
    expect(shown.join('')).toContain('## rpc, worker mode');
    const rows: readonly Readonly<Record<string, unknown>>[] = JSON.parse(readFileSync(json, 'utf8'));
    const spread = { ratio: expect.any(Number), low: expect.any(Number), high: expect.any(Number) };
    const common = { suite: 'rpc', task: 'unicast', mode: 'worker', clusters: 2 };
    for (const inFlight of [1, 64]) {
      for (const baseline of ['raw', 'discord.js']) {
        const row = { ...common, inFlight, contestant: 'shardlift', baseline, latency: spread, cpu: spread };
        expect(rows).toContainEqual(row);
      }
    }
    expect(readFileSync(results, 'utf8')).toBe(before);
  });

  test.each([
    ['SIGINT', 'raw,shardlift', 7],
    ['SIGKILL', 'raw,discord.js,hybrid,shardlift', 13],
  ] as const)('%s leaves no process of %s behind', async (signal, contestants, processes) => {
    const { isAlive, processTree } = await vi.importActual<Processes>('../../bench/processes.mjs');
    const only = ['--contestants', contestants, '--mode', 'process', '--clusters', '2', '--rounds', '999'];
    const child = start('rpc', ...only);
    const exited = once(child, 'exit');
    for await (const line of createInterface({ input: child.stderr })) if (line.includes('warming up')) break;
    const pids = processTree(child.pid as number);
    // The bench, and for each contestant a host and two clusters.
    expect(pids).toHaveLength(processes);
    child.kill(signal);
    await exited;
    await vi.waitUntil(() => !pids.some(isAlive), { timeout: 10_000 });
  });

  test('what it does not understand ends with the usage and code 2', async () => {
    const child = start('rpc', '--rounds', 'many');
    const [said] = await Promise.all([child.stderr.toArray(), once(child, 'exit')]);
    expect(child.exitCode).toBe(2);
    expect(said.join('')).toMatch(/^'many' is no number of rounds[\s\S]*npm run bench -- SUITE/);
  });
});
