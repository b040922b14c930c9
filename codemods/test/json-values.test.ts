/** Values that JSON changed on their way, and that arrive as they are now: however deep they lie. */
import { describe, expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { migrateAll } from './batch.ts';
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
export class Wrong extends Error { n = 1 }
export interface Told { at: Date; toJSON(): string }
export type Deep = { a: { b: { d: Date } } };
`;
const imports = `import type { Client, Collection, Guild, Message } from 'discord.js';
import type { Box, Call, Deep, Plain, Row, Told, Tree, Twice, Wrong } from './rows.js';
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
  ['Collection<string, Date>', 'DC-W1', 'a Date'],
  ['{ all: Collection<string, { at: Date }> }', 'DC-W1', 'a Date'],
  ['Collection<string, number>', 'DC-W10', 'a Collection'],
  ['Wrong', 'DC-W1', 'an Error'],
  ['{ s: symbol }', 'DC-W7', 'a symbol'],
  ['Promise<string>', 'DC-W11', 'Promise<string>'],
  ['{ all: Promise<Date>[] }', 'DC-W11', 'Promise<Date>'],
  ['Told', 'DC-W10', 'a Told'],
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
  ['c.guilds.cache.mapValues((g) => g.createdAt)', 'DC-W3', 'a Date'],
  ['new Int16Array(2)', 'DC-W3', 'an Int16Array'],
  ['c.guilds.cache.map((g) => g.leave())', 'DC-W11', 'Promise<Guild>'],
  ['c.guilds.cache.map(async (g) => g.name)', 'DC-W11', 'Promise<string>'],
  ['c.guilds.cache.map((g): any => g.leave())', 'DC-W11', 'g.leave()'],
  ['(c.guilds.cache.map((g) => g.leave()) as any)', 'DC-W11', 'g.leave()'],
  ['c.guilds.cache.map((g): any => g.name)', null],
  ['({ p: c.guilds.fetch("1") })', 'DC-W11', 'Promise<Guild>'],
  ['Promise.all(c.guilds.cache.map((g) => [g.leave()]))', 'DC-W11', 'Promise<Guild>'],
  ['c.guilds.cache.filter((g) => g.large)', null],
  ['c.guilds.cache.first()', 'DC-W6'],
  ['Promise.all(c.guilds.cache.map(async (g) => (await g.fetchOwner()).id))', null],
  ['Promise.allSettled(c.guilds.cache.map((g) => g.leave())).then((all) => all.length)', null],
  ['c.users.fetch("1").then((u) => [u.id])', null],
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

describe('in JavaScript', () => {
  /** What stands before a call, its context, and what is said of it. */
  const given: readonly (readonly [before: string, context: string, name: string | null])[] = [
    ['', '{ d: new Date() }', 'a Date'],
    ['const d = new Date();', '{ d }', 'a Date'],
    ['let d; d = new Date();', '{ d }', 'a Date'],
    ['const context = { d: new Date() };', 'context', 'a Date'],
    ['const context = {}; context.d = new Date();', 'context', 'a Date'],
    ['const list = []; for (const x of xs) list.push(x.createdAt);', '{ list }', 'a Date'],
    ['', '{ d: message.createdAt }', 'a Date'],
    ['', '{ e: 1, ...{ d: new Date() } }', 'a Date'],
    ['const all = new Set(ids);', '{ all }', 'a Set'],
    ['class K { constructor() { this.at = new Date(); } }', '{ k: new K() }', 'a Date'],
    ['', '{ all: client.guilds.cache.mapValues((g) => g.createdAt) }', 'a Date'],
    ['', '{ n: 1n }', 'a bigint'],
    ['', '{ n: BigInt(id) }', 'a bigint'],
    ['', '{ r: /a/ }', 'a RegExp'],
    ['', "{ b: Buffer.from('a') }", 'a Buffer'],
    ['', '{ e: new TypeError(id) }', 'a TypeError'],
    ['', '{ d: new Date().toISOString() }', null],
    ['', '{ d: new Date(id).getTime() }', null],
    ['', '{ ids: [...new Set(ids)] }', null],
    ['', '{ ids: Array.from(new Set(ids)) }', null],
    ['', '{ n: new Map(id).size }', null],
    ['', '{ n: BigInt(id).toString() }', null],
    ['', "{ t: 'a new Date', n: id }", null],
    ['const d = new Date();', '{ t: d.getTime() }', null],
    ['class K { toJSON() { return 1; } at = new Date(); }', '{ k: new K() }', null],
  ];

  test('the context is looked at where it is written', async () => {
    const all = await migrateAll(
      given.map(
        ([before, context]) =>
          `${before} f(await client.shard.broadcastEval((c, d) => [c.user.id, JSON.stringify(d)], { context: ${context} }));`,
      ),
    );
    const said = all.map(({ sites: [site] }) =>
      site?.code === 'DC-W1' ? /holds (.*?)\./.exec(site.message ?? '')?.[1] : site?.code,
    );
    expect(said.map((name, i) => [given[i]?.[1], name])).toEqual(given.map(([, context, name]) => [context, name]));
  });

  /** A function, and what is said of what it gives. */
  const functions: readonly (readonly [fn: string, name: string | null])[] = [
    ['(c) => { const r = {}; r.at = new Date(); return r; }', 'a Date'],
    ['(c) => { const r = []; for (const g of c.guilds.cache.values()) r.push(g.joinedAt); return r; }', 'a Date'],
    ['(c) => Object.fromEntries(c.guilds.cache.map((g) => [g.id, g.createdAt]))', 'a Date'],
    ['(c) => Promise.all([1, c.readyAt])', 'a Date'],
    ['(c) => c.guilds.cache.reduce((all, g) => { all.push(g.joinedAt); return all; }, [])', 'a Date'],
    ['(c) => c.guilds.cache.mapValues((g) => g.createdAt)', 'a Date'],
    ['(c) => c.guilds.cache.map((g) => g.joinedAt).sort()', 'a Date'],
    ['(c) => { const of = (g) => g.joinedAt; return c.guilds.cache.map(of); }', 'a Date'],
    ['(c) => /a/', 'a RegExp'],
    ["(c) => ({ b: Buffer.from('a') })", 'a Buffer'],
    ['(c) => process.hrtime.bigint()', 'a bigint'],
    ['(c) => { const at = new Date(); return c.guilds.cache.filter((g) => g.joinedAt > at).size; }', null],
    ['(c) => c.guilds.cache.map((g) => g.joinedAt.getTime())', null],
    ['(c) => [...new Set(c.guilds.cache.map((g) => g.ownerId))]', null],
    ['(c) => { const st = {}; st.seen = new Set(); return st.seen; }', 'a Set'],
    ['(c) => { const st = {}; st.seen = new Set(); return st.seen.size; }', null],
    ['(c) => { const st = {}; st.seen ??= new Set(); return st; }', 'a Set'],
    ['(c) => { const { at } = { at: new Date() }; return at; }', 'a Date'],
    ['(c) => { const { at: { d = new Date() } } = c; return d; }', 'a Date'],
    ['(c) => c.guilds.cache.map(({ createdAt }) => createdAt)', 'a Date'],
    ['(c) => c.guilds.cache.map(({ createdAt: at }) => [at])', 'a Date'],
    ['(c) => { const { readyAt } = c; return { readyAt }; }', 'a Date'],
    ['(c) => { const { readyAt } = c; return readyAt.getTime(); }', null],
    ['(c) => { const now = { at: () => new Date() }; return now.at(); }', 'a Date'],
  ];

  test('the result is, by whatever it comes together', async () => {
    const all = await migrateAll(functions.map(([fn]) => `f(await client.shard.broadcastEval(${fn}));`));
    const said = all.map(({ sites: [site] }) =>
      site?.code === 'DC-W3' ? /holds (.*?)\./.exec(site.message ?? '')?.[1] : site?.code,
    );
    expect(said.map((name, i) => [functions[i]?.[0], name])).toEqual(functions);
  });
});
