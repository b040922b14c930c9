/** Values that JSON changed on their way, and that arrive as they are now: however deep they lie, in TypeScript. */
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const rows = `import type { Message } from 'discord.js';
export class Row { constructor(readonly n: number, readonly at: Date) {} text() { return String(this.at); } }
export class Plain { #at = new Date(); constructor(readonly n: number) {} get at() { return this.#at; } text() { return String(this.n); } }
export class Box<T> { constructor(readonly of: T) {} text() { return String(this.of); } }
export class Call { constructor(readonly run: () => void) {} }
export interface Tree { left?: Tree; right?: Tree; at?: Date }
export interface Twice<T> { n: number; more?: Twice<T[]> }
export type Deep = { a: { b: { d: Date } } };
`;
const imports = `import type { Client, Guild, Message } from 'discord.js';
import type { Box, Call, Deep, Plain, Row, Tree, Twice } from './rows.js';
`;

/** The type of a context, and what is said of it. */
const contexts: readonly (readonly [type: string, code: string | null, name?: string])[] = [
  ['{ d: Date }', 'DC-W1', 'a Date'],
  ['Deep', 'DC-W1', 'a Date'],
  ['{ m: Deep }', 'DC-W1', 'a Date'],
  ['Record<string, Date>', 'DC-W1', 'a Date'],
  ['{ [id: string]: number | Map<string, number>; n: number }', 'DC-W1', 'a Map'],
  ['{ all: Record<string, { at: Date }[]> }', 'DC-W1', 'a Date'],
  ['{ row: Row }', 'DC-W1', 'a Date'],
  ['Box<bigint>', 'DC-W1', 'a bigint'],
  ['Tree', 'DC-W1', 'a Date'],
  ['Call', 'DC-W7'],
  ['{ a: { b: { c: { run(): void } } } }', 'DC-W7'],
  ['Box<{ of: Message }>', 'DC-W10', 'a Message'],
  ['Record<string, { all: Guild[] }>', 'DC-W10', 'a Guild'],
  ['Plain', null],
  ['Box<{ n: number }[]>', null],
  ['Twice<string>', null],
  ['{ a: { b: { c: { d: { e: string }[] } } } }', null],
];

/** The result of a function, and what is said of it. */
const results: readonly (readonly [result: string, code: string | null, name?: string])[] = [
  ['c.guilds.cache.map((g) => ({ id: g.id, m: [{ at: g.createdAt }] }))', 'DC-W3', 'a Date'],
  ['{ m: { n: { o: new Map<string, number>() } } }', 'DC-W3', 'a Map'],
  ['Object.fromEntries(c.guilds.cache.map((g) => [g.id, g.createdAt]))', 'DC-W3', 'a Date'],
  ['Object.fromEntries(c.guilds.cache.map((g) => [g.id, { n: [g.memberCount] }]))', null],
];

test('what JSON changed is noted wherever it lies', async () => {
  const told = contexts.map(
    ([type], i) =>
      `export const c${i} = (c: Client, context: ${type}) => c.shard!.broadcastEval((x, d) => [x.ws.ping, JSON.stringify(d).length], { context });`,
  );
  const given = results.map(
    ([result], i) => `export const r${i} = (bot: Client) => bot.shard!.broadcastEval((c) => (${result}));`,
  );
  const root = project({ ...tsBot, 'src/rows.ts': rows, 'src/x.ts': `${imports}${[...told, ...given].join('\n')}\n` });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  const calls = sites.filter(({ method }) => method === 'broadcastEval');
  const all = [...contexts, ...results];
  expect(calls.map(({ code }, i) => [all[i]?.[0], code])).toEqual(all.map(([text, code]) => [text, code]));
  expect(calls.map(({ message }) => message)).toEqual(all.map(([, , name = '']) => expect.stringContaining(name)));
});
