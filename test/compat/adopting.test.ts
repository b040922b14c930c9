/** test/compat/adopting: old calls and new ones in one bot, and what is said of the old ones. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Shard, ShardingManager } from '../../compat/index.ts';
import { Fleet, fixture, heard } from './fleet.ts';

const discord = fileURLToPath(new URL('../../node_modules/discord.js', import.meta.url));
const warn = vi.fn();
let folder: string;
let fleet: Fleet;
let manager: ShardingManager;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shardlift-adopting-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(discord, join(folder, 'node_modules/discord.js'), 'junction');
  const outfile = join(folder, 'bot.mjs');
  const output = { outfile, bundle: true, sourcemap: 'linked', minify: true } as const;
  const target = { platform: 'node', format: 'esm', packages: 'external' } as const;
  await build({ entryPoints: [fixture('adopting/bot.ts')], ...output, ...target });
  fleet = await Fleet.start();
  const logger = { debug: vi.fn(), info: vi.fn(), warn, error: vi.fn() };
  const options = { hybrid: { totalClusters: 2, evals: 'warn', logger } } as const;
  manager = fleet.manager(options, relative(fixture(''), outfile));
  await manager.spawn({ delay: 0 });
});
afterAll(async () => {
  await fleet.close();
  rmSync(folder, { recursive: true });
});

/** The call sites of a fixture, as the warning names them: the line with `// site: call`. */
const sitesOf = (file: string): string[] =>
  readFileSync(fixture(file), 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      const [, call] = /\/\/ site: (\w+)/.exec(line) ?? [];
      return call === undefined ? [] : [`${call} at ${relative(process.cwd(), fixture(file))}:${index + 1}`];
    });

/** What each bot answers when it is told to go through all of its calls. */
async function askAll(): Promise<unknown[]> {
  return Promise.all(
    [0, 2].map(async (id) => {
      const shard = manager.shards.get(id) as Shard;
      const answer = heard(shard, 'message');
      await shard.send('go');
      return (await answer)[0];
    }),
  );
}

test('old and new calls give the same answers', async () => {
  const sizes = [3, 3, 3, 3];
  const answer = { old: [sizes, sizes, sizes], values: sizes, total: 12, perShard: sizes, perCluster: 12, counted: 12 };
  expect(await askAll()).toEqual([answer, answer]);
});

test('each old call was named once, by its place in the source, with the command that rewrites it', async () => {
  await askAll();
  const told = warn.mock.calls.map(([line]) => String(line));
  const expected = [...sitesOf('adopting/bot.ts'), ...sitesOf('adopting/totals.ts')];
  expect(expected).toHaveLength(3);
  expect(told.map((line) => line.replace(/:\d+ sends code.*/, '')).sort()).toEqual(expected.sort());
  for (const line of told)
    expect(line).toMatch(/ at (\S+?):\d+:\d+ sends code as text\. Rewrite it: npx dc-migrate \1$/);
});

test('a bot that makes something else of stacks has its answer, from an unknown place', async () => {
  warn.mockClear();
  const answer = await manager.broadcastEval(
    async (c) => {
      const { prepareStackTrace, stackTraceLimit: before } = Error;
      Error.prepareStackTrace = (_, sites) => sites;
      const call = c.shard?.broadcastEval((d) => d.shard?.ids);
      Error.prepareStackTrace = prepareStackTrace;
      return [await call, Error.stackTraceLimit === before];
    },
    { shard: 0 },
  );
  expect(answer).toEqual([[[0], [1], [2], [3]], true]);
  const told = warn.mock.calls.map(([line]) => String(line));
  expect(told).toContainEqual(expect.stringMatching(/^broadcastEval at an unknown place sends code as text/));
});

test('the calls of the manager are named likewise', async () => {
  warn.mockClear();
  for (let n = 0; n < 3; n++) await manager.broadcastEval((c) => c.guilds.cache.size);
  await manager.fetchClientValues('guilds.cache.size');
  await manager.shards.get(0)?.eval((c) => c.guilds.cache.size);
  await manager.shards.get(0)?.fetchClientValue('guilds.cache.size');
  const told = warn.mock.calls.map(([line]) => String(line).replace(/:\d+:\d+ .*/, ''));
  const own = relative(process.cwd(), fileURLToPath(import.meta.url));
  const calls = ['broadcastEval', 'fetchClientValues', 'Shard.eval', 'Shard.fetchClientValue'];
  expect(told).toEqual(calls.map((call) => `${call} at ${own}`));
});
