/** test/types: the type tests pass on the built declarations, and would not if something were wrong. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { compilers, root } from './compilers.ts';

// CommonJS with a default export: what `import` makes of that differs between Node and its loaders.
const { default: tsd } = createRequire(import.meta.url)('tsd') as typeof import('tsd');
// Each of these reads the declarations of discord.js and of Node from scratch.
vi.setConfig({ testTimeout: 90_000 });

const typeTests = readdirSync(join(root, 'type-tests'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => `type-tests/${file}`);
// Each a program of its own: what it imports changes the types of discord.js's Client for all of a program.
const hybridTests = readdirSync(join(root, 'type-tests/hybrid')).map((file) => `type-tests/hybrid/${file}`);
const fixtureOf = (name: string): string => `test/fixtures/core/types/${name}`;

/** What tsd finds, as `line: message`. */
async function findings(...testFiles: readonly string[]): Promise<string[]> {
  const found = await tsd({ cwd: root, testFiles: [...testFiles] });
  return found.map(({ line, message }) => `${line}: ${message}`);
}

test('every generic of the main door has its type tests', () => {
  const report = readFileSync(join(root, 'etc/index.api.md'), 'utf8');
  const generics = [...report.matchAll(/^export (?:class|function|interface|type) (\w+)</gm)].map(([, name]) => name);
  expect(generics.length).toBeGreaterThan(10);
  const tested = typeTests.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  expect(generics.filter((name) => !new RegExp(`\\b${name}[<(]`).test(tested))).toEqual([]);
});

test('what is said of our sharding classes is said of those of discord.js in the same words', () => {
  const [ours, stock] = ['sharding', 'sharding-stock'].map((name) =>
    readFileSync(join(root, `type-tests/${name}.test-d.ts`), 'utf8').replace(/^.*\n/, ''),
  );
  expect(ours).toContain("from 'shardlift/compat'");
  expect(stock).toBe(ours?.replace("'shardlift/compat'", "'discord.js'"));
});

describe('under TypeScript 5.9, by tsd', () => {
  test('the type tests pass', async () => {
    expect(await findings('type-tests/*.test-d.ts')).toEqual([]);
  });

  test('those with the names of discord-hybrid-sharding pass', async () => {
    expect(await findings('type-tests/hybrid/*.test-d.ts')).toEqual([]);
  });

  test('wrong lines are found', async () => {
    const found = await findings(fixtureOf('wrong.ts'));
    expect(found.map((finding) => Number.parseInt(finding, 10)).sort()).toEqual([6, 7, 8]);
  });
});

describe.each(compilers)('under TypeScript $version', ({ complaints }) => {
  test('the type tests compile', async () => {
    expect(typeTests.length).toBeGreaterThan(0);
    expect(await complaints(...typeTests)).toEqual([]);
  });

  test('those with the names of discord-hybrid-sharding compile', async () => {
    expect(hybridTests.length).toBeGreaterThan(0);
    expect(await complaints(...hybridTests)).toEqual([]);
  });

  test('a bot that registered nothing has the untyped ipc', async () => {
    expect(await complaints(fixtureOf('unregistered.ts'))).toEqual([]);
  });

  test('a CommonJS bot sees the same types', async () => {
    expect(await complaints(fixtureOf('common.cts'))).toEqual([]);
  });

  test('a handler that calls the cluster and has no written return type is told of the circle', async () => {
    const told = await complaints(fixtureOf('circle.ts'));
    expect(told.join('\n')).toMatch(/circle\.ts:\d+ 'handlers' implicitly has type 'any'/);
  });

  test('wrong lines are found', async () => {
    const found = await complaints(fixtureOf('wrong.ts'));
    expect(found.map((one) => one.split(' ')[0])).toEqual([6, 7].map((line) => `${fixtureOf('wrong.ts')}:${line}`));
  });
});

test('the compilers are of the lines 6.0 and 7', () => {
  expect(compilers.map(({ version }) => version)).toEqual([
    expect.stringMatching(/^6\.0\./),
    expect.stringMatching(/^7\./),
  ]);
});
