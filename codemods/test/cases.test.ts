/** The fifty cases: each row before and after, saved in four manners, run twice, and given to three compilers. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { SiteReport } from '../src/index.ts';
import { botCompilers, configFor } from './cases/compile.ts';
import { expectedFiles, filesOf, type Migrated, migrateTwice, pathsOf } from './cases/migrated.ts';
import { tables } from './cases/tables.ts';
import { asWritten, variants } from './cases/variants.ts';

// A table is a whole bot, and a compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const words = { rewritten: 'rewritten', 'rewritten-with-note': 'note', left: 'left' } as const;
const verdict = ({ outcome, code }: SiteReport): string => [words[outcome], code].filter(Boolean).join(' ');

const roots = new Map<string, Migrated>();

describe.each(tables)('$name', (table) => {
  let written: Migrated;
  beforeAll(async () => {
    written = await migrateTwice(table, asWritten);
    roots.set(table.name, written);
  });

  test.each(pathsOf(table).map(([path, row]) => ({ path, ...row })))('$no: $title', (row) => {
    expect(written.files[row.path]).toBe(row.after ?? row.before);
    expect(written.first.sites.filter(({ file }) => file === row.path).map(verdict)).toEqual(row.sites);
    for (const text of row.handlers ?? []) expect(written.files[table.handlers]).toContain(text);
  });

  test('the second run changes nothing and finds only what was left', () => {
    const left = written.first.sites.filter(({ outcome }) => outcome === 'left');
    expect(written.settled).toBe(true);
    expect(written.second.sites.map(verdict)).toEqual(left.map(verdict));
  });

  test.each(variants)('saved with $name the result is the same, saved with $name', async (variant) => {
    const { files, settled, first } = await migrateTwice(table, variant);
    expect(files).toEqual(expectedFiles(written, filesOf(table, asWritten), variant));
    expect(settled).toBe(true);
    expect(first.sites.map(verdict)).toEqual(written.first.sites.map(verdict));
    expect(first.summary.verified).toBe(true);
  });
});

test('each of the fifty cases has a row', () => {
  const numbers = new Set(tables.flatMap(({ rows }) => rows.map(({ no }) => no)));
  expect([...Array(50).keys()].map((i) => i + 1).filter((no) => !numbers.has(no))).toEqual([]);
});

test.each(botCompilers)('TypeScript $version takes every result', ({ errors }) => {
  const all = [...roots.values()].flatMap(({ root, files }) =>
    Object.keys(files).flatMap((path) => (/\.[jt]s$/.test(path) ? [join(root, path)] : [])),
  );
  expect(all.length).toBeGreaterThan(50);
  const [first] = roots.values();
  expect(errors(configFor(join(first?.root ?? '', 'tsconfig.check.json'), all))).toEqual([]);
});
