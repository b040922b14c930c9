/** e2e/demo: the README's promise on a small bot: the same answers as discord.js, as it is, swapped and migrated. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

interface Run {
  readonly name: string;
  readonly change: string;
  readonly processes: number;
  readonly violations: number;
  readonly left: number;
  readonly death: { readonly settled: boolean };
  readonly answers: Readonly<Record<string, string>>;
}

interface Seen {
  readonly runs: readonly Run[];
  readonly failures: readonly string[];
}

const demo = fileURLToPath(new URL('../../examples/demo/demo.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'shardlift-demo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the demo with 8 shards and 80 guilds; what it wrote says whether everything was as promised. */
async function run(...args: string[]): Promise<Seen> {
  const file = join(folder, `${args.join('') || 'plain'}.json`);
  const small = ['--guilds', '80', '--shards', '8', '--json', file];
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [demo, ...small, ...args], (_error, stdout, stderr) => resolve(stdout + stderr));
  });
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`the demo wrote no result:\n${output}`, { cause });
  }
}

function expectAsPromised({ runs, failures }: Seen): void {
  expect(failures).toEqual([]);
  expect(runs.map(({ name }) => name)).toEqual(['discord.js', 'import swapped', 'migrated']);
  const [stock, swapped, migrated] = runs;
  // What the loopback Discord holds, so that three equal wrong answers do not pass.
  expect(stock?.answers).toMatchObject({ servers: 'I am in 80 servers.', announce: 'Sent 1 time(s).' });
  expect(Object.keys(stock?.answers ?? {})).toHaveLength(10);
  expect(stock?.death.settled).toBe(false);
  expect([swapped?.death.settled, migrated?.death.settled]).toEqual([true, true]);
  expect(migrated?.change).toMatch(/^dc-migrate: 15 calls found = 12 rewritten \+ 1 with a note \+ 2 left$/);
}

test('a CommonJS bot in processes answers the same stock, swapped and migrated', { timeout: 180_000 }, async () => {
  const seen = await run();
  expectAsPromised(seen);
  expect(seen.runs.map(({ processes }) => processes)).toEqual([9, 3, 3]);
});

test('an ES module bot in worker threads answers the same stock, swapped and migrated', {
  timeout: 180_000,
}, async () => {
  const seen = await run('--mode', 'worker', '--esm');
  expectAsPromised(seen);
  expect(seen.runs.map(({ processes }) => processes)).toEqual([1, 1, 1]);
});
