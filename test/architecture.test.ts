/** test/architecture: the rooms of the house and the one-way doors between them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { roomOf, tableRows, type Violation, violationsOf } from './architecture/rules.ts';
import { factsOf, readFacts } from './architecture/source-facts.ts';
import { environmentUsers, longFunctions, maxFunctionLines, maxLines, rooms } from './architecture/table.ts';

const folders = ['src', 'compat', 'codemods/src'];
const root = fileURLToPath(new URL('../', import.meta.url));
const house = fileURLToPath(new URL('./architecture/fixtures/house/', import.meta.url));
const facts = readFacts(root, folders);

const brief = ({ file, line, rule, text }: Violation): string => `${file}:${line} [${rule}] ${text}`;

describe('the sources', () => {
  test('keep every rule', () => {
    expect(violationsOf(facts).map(brief)).toStrictEqual([]);
  });

  test('are read as a whole: every room has files, and every file is in a room', () => {
    const used = new Set(facts.map(({ file }) => roomOf(file)?.name));
    expect(rooms.map(({ name }) => name).filter((name) => !used.has(name))).toStrictEqual([]);
    expect(facts.length).toBeGreaterThan(100);
    expect(facts.flatMap(({ imports }) => imports).length).toBeGreaterThan(300);
  });

  test('use every leave the table gives them to touch the environment', () => {
    const users = facts.filter(({ environmentUses }) => environmentUses.length > 0).map(({ file }) => file);
    for (const where of Object.keys(environmentUsers)) expect(users.some((file) => file.startsWith(where))).toBe(true);
  });

  test('use every leave the table gives them for a long function', () => {
    const long = facts.flatMap(({ file, functions }) =>
      functions.filter(({ lines }) => lines > maxFunctionLines).map(({ name }) => `${file} ${name}`),
    );
    expect(Object.keys(longFunctions).filter((one) => !long.includes(one))).toStrictEqual([]);
  });
});

describe('the table', () => {
  test('goes one way: every room it opens stands above', () => {
    const above = new Set<string>();
    for (const { name, mayImport } of rooms) {
      for (const opened of mayImport) expect(above).toContain(opened.replace(/ \(types\)$/, '').split('/')[0]);
      above.add(name);
    }
  });

  test('is the one in docs/architecture.md', () => {
    const page = readFileSync(`${root}docs/architecture.md`, 'utf8');
    const table = page.split('\n\n').find((block) => /^\| room +\|/.test(block)) ?? '';
    const cells = table.split('\n').map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    expect(cells.filter(([first]) => !/^-+$/.test(first ?? ''))).toStrictEqual(tableRows());
  });

  test('keeps discord.js out of everything but the facade at run time', () => {
    const open = rooms.filter(({ packages }) => packages.includes('discord.js')).map(({ name }) => name);
    expect(open).toStrictEqual(['compat']);
  });
});

describe('the checker', () => {
  test('finds every breach in a house that breaks the rules, and nothing else', () => {
    expect(violationsOf(readFacts(house, folders)).map(brief)).toStrictEqual([
      'codemods/src/attic/thing.ts:1 [room] belongs to no room: give it a row in the table',
      'codemods/src/syntax/edits.ts:4 [environment] uses process.env',
      'codemods/src/syntax/edits.ts:2 [import] dc-syntax may not import src/index.ts',
      'compat/index.ts:3 [import] compat may not import src/wire/frame.ts',
      'src/attic/thing.ts:1 [room] belongs to no room: give it a row in the table',
      'src/client.ts:1 [import] faces may not import src/attic/thing.ts',
      'src/features/count.ts:3 [apart] features may not import types of src/features/store.ts',
      'src/features/store.ts:2 [apart] features may not import types of src/features/count.ts',
      'src/features/store.ts:5 [import] features may not import src/cluster/cluster.ts',
      'src/rpc/contract.ts:2 [import] rpc may not import types of src/transport/process.ts',
      'src/transport/process.ts:1 [environment] uses process.env',
      'src/transport/process.ts:3 [environment] uses process.env',
      'src/transport/process.ts:3 [environment] uses process.env',
      'src/views/view.ts:6 [default export] names are exported, defaults are not',
      'src/views/view.ts:2 [package] views may not import discord.js',
      'src/views/view.ts:3 [package] views may not import @discordjs/collection',
      'src/wire/frame.ts:1 [import] wire may not import src/transport/link.ts',
      'src/transport/link.ts:1 [cycle] src/transport/link.ts -> src/wire/frame.ts -> src/transport/link.ts',
    ]);
  });

  test('finds a file that is one line too long', () => {
    const file = (lines: number) => [factsOf('src/wire/long.ts', 'export {};\n'.repeat(lines))];
    expect(violationsOf(file(maxLines))).toStrictEqual([]);
    expect(violationsOf(file(maxLines + 1)).map(brief)).toStrictEqual([
      'src/wire/long.ts:301 [length] has 301 lines of 300',
    ]);
  });

  test.each([
    ['function long() {', '}', 'long'],
    ['const long = () => {', '};', 'long'],
    ['class A { constructor() {', '} }', 'constructor'],
    ['const a = { long() {', '} };', 'long'],
    ['run(() => {', '});', 'a function without a name'],
  ])('finds a function that is one line too long: %s', (head, end, name) => {
    const file = (lines: number) => [
      factsOf('src/wire/a.ts', `/** Not counted. */\n${[head, ...Array(lines - 2).fill('x();'), end].join('\n')}`),
    ];
    expect(violationsOf(file(maxFunctionLines))).toStrictEqual([]);
    expect(violationsOf(file(maxFunctionLines + 1)).map(brief)).toStrictEqual([
      `src/wire/a.ts:2 [function length] ${name} has 41 lines of 40`,
    ]);
  });

  test.each([
    ["import { a } from './b.ts'", false],
    ["import './b.ts'", false],
    ["import type { A } from './b.ts'", true],
    ["import { type A } from './b.ts'", true],
    ["import { type A, b } from './b.ts'", false],
    ["import * as b from './b.ts'", false],
    ["export * from './b.ts'", false],
    ["export { a } from './b.ts'", false],
    ["export type { A } from './b.ts'", true],
    ["export type * from './b.ts'", true],
    ["const b = await import('./b.ts')", false],
    ["const b = require('./b.ts')", false],
    ["import b = require('./b.ts')", false],
    ["type A = import('./b.ts').A", true],
  ])('reads %s', (text, typesOnly) => {
    expect(factsOf('src/wire/a.ts', text).imports).toStrictEqual([{ target: 'src/wire/b.ts', typesOnly, line: 1 }]);
  });

  test.each(['export default 1', 'export default class {}', 'export { a as default } from "x"', 'export = 1'])(
    'takes %s for a default export',
    (text) => {
      expect(factsOf('src/a.ts', text).defaultExports).toStrictEqual([1]);
    },
  );
});
