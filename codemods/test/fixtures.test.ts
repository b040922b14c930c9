/** The bots of test/fixtures: each saved in every manner, run twice, and given to three compilers. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Table } from './cases/case.ts';
import { botCompilers, configFor } from './cases/compile.ts';
import { expectedFiles, type Migrated, migrateTwice } from './cases/migrated.ts';
import { asWritten, variants } from './cases/variants.ts';
import { fixtureFiles, fixtureNames } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const bots = fixtureNames.map((name): Table => ({ name, bot: fixtureFiles(name), path: '', handlers: '', rows: [] }));
const results: Migrated[] = [];

describe.each(bots)('$name', (bot) => {
  let written: Migrated;
  beforeAll(async () => {
    written = await migrateTwice(bot, asWritten);
    results.push(written);
  });

  test('is rewritten, and the second run changes nothing', () => {
    expect(written.first.summary).toMatchObject({ verified: true });
    expect(written.first.files.length).toBeGreaterThan(3);
    expect(written.settled).toBe(true);
  });

  test.each(variants)('saved with $name the result is the same, saved with $name', async (variant) => {
    const saved = await migrateTwice(bot, variant);
    results.push(saved);
    expect(saved.files).toEqual(expectedFiles(written, fixtureFiles(bot.name), variant));
    expect(saved.settled).toBe(true);
    expect(saved.first.summary).toEqual(written.first.summary);
  });
});

test.each(botCompilers)('TypeScript $version takes every result', ({ errors }) => {
  const all = results.flatMap(({ root, files }) =>
    Object.keys(files).flatMap((path) => (/\.[jt]s$/.test(path) ? [join(root, path)] : [])),
  );
  expect(results).toHaveLength(bots.length * (variants.length + 1));
  const [first] = results;
  expect(errors(configFor(join(first?.root ?? '', 'tsconfig.check.json'), all))).toEqual([]);
});
