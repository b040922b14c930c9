/** A member of a result that is `undefined` was not there, since results were JSON; code that merges results notices it. */
import { expect, test } from 'vitest';
import { migrateAll } from './batch.ts';

const tag = "(c) => ({ id: c.user.id, tag: c.users.cache.get('1')?.tag })";

const rowsOf = '(c) => c.guilds.cache.map((g) => ({ id: g.id, n: g.me?.nick }))';

/** The code behind a call whose results are `r`, and whether it notices. */
const rows: readonly (readonly [use: string, told: boolean, fn?: string])[] = [
  ['f(Object.assign({}, ...r))', true],
  ['f(r.reduce((all, one) => ({ ...all, ...one }), {}))', true],
  ['f(r.reduce((all, one) => Object.assign(all, one), {}))', true],
  ["f(r.filter((x) => 'tag' in x))", true],
  ["f(r.filter((x) => x.hasOwnProperty('tag')))", true],
  ['f(r.find((x) => Object.keys(x).length > 0))', true],
  ['for (const x of r) Object.assign(all, x)', true],
  ['r.forEach((x) => { all = { ...all, ...x }; })', true],
  ['f({ ...defaults, ...r[0] })', true],
  ['const [first] = r; f({ tag: 1, ...first })', true],
  [
    'f(r.flat().reduce((all, one) => ({ ...all, ...one }), {}))',
    true,
    '(c) => c.guilds.cache.map((g) => ({ n: g.me?.nick }))',
  ],
  [
    'f(r.reduce((all, one) => ({ ...all, ...one }), {}))',
    true,
    '(c) => { const tag = c.users.cache.get(1)?.tag; return { tag }; }',
  ],
  [
    'f(Object.assign({}, ...r))',
    true,
    "(c) => ({ names: c.guilds.cache.get('1')?.members.cache.map((m) => m.user.username) })",
  ],
  ['f(Object.assign({}, ...r))', false, '(c) => ({ names: c.guilds.cache.map((g) => g.name) })'],
  ['const joined = r.reduce((a, b) => a.concat(b), []); for (const one of joined) Object.assign(f, one)', true, rowsOf],
  [
    'const joined = r.reduce((a, b) => [...a, ...b], []); for (const one of joined) Object.assign(f, one)',
    true,
    rowsOf,
  ],
  ['const joined = [].concat(...r); for (const one of joined) Object.assign(f, one)', true, rowsOf],
  ['[].concat.apply([], r).forEach((one) => Object.assign(f, one))', true, rowsOf],
  ['Array.prototype.concat.apply([], r).forEach((one) => Object.assign(f, one))', true, rowsOf],
  ['_.flatten(r).forEach((one) => Object.assign(f, one))', true, rowsOf],
  ['lodash.flattenDeep(r).forEach((one) => Object.assign(f, one))', true, rowsOf],
  ['const l = []; for (const x of r) l.push(...x); for (const one of l) Object.assign(f, one)', true, rowsOf],
  ['const l = []; r.forEach((x) => l.push(...x)); for (const one of l) Object.assign(f, one)', true, rowsOf],
  ['const l = []; for (const x of r) for (const y of x) l.push(y); l.map((one) => Object.keys(one))', true, rowsOf],
  ['let l = []; for (const x of r) l = l.concat(x); l.map((one) => Object.keys(one))', true, rowsOf],
  ['const l = []; for (const x of r) l.push(x); l.map((one) => Object.keys(one))', true],
  ['function put(x) { Object.assign(f, x); } r.forEach(put)', true],
  ['f(_.merge({}, ...r))', true],
  ['f(Object.assign.apply(null, r))', true],
  ['f([].concat(...r).map((x) => x.n))', false, rowsOf],
  ['f(Object.assign({}, ...r))', true, '(c) => { const { username } = c.user ?? {}; return { username }; }'],
  ['f(Object.assign({}, ...r))', true, '(c) => ({ username: (c.user ?? {}).username })'],
  ['f(Object.assign({}, ...r))', true, "(c) => { const o = {}; o.tag = c.users.cache.get('1')?.tag; return o; }"],
  [
    'f(Object.assign({}, ...r))',
    true,
    "(c) => { const make = () => ({ tag: c.users.cache.get('1')?.tag }); return make(); }",
  ],
  [
    'f(r.flat().map((x) => Object.keys(x)))',
    true,
    '(c) => { const l = []; for (const g of c.guilds.cache.values()) l.push({ n: g.me?.nick }); return l; }',
  ],
  ['f(r.map((x) => x.tag))', false],
  ['f(r)', false],
  ['f(r.map((x) => ({ ...x, tag: x.tag ?? 1 })))', false],
  ["f(r.filter((x) => 'id' in x))", false],
  ['f(Object.assign({}, ...r))', false, '(c) => ({ id: c.user.id })'],
  ['f(Object.assign({}, ...r))', false, "(c) => ({ tag: c.users.cache.get('1')?.tag ?? null })"],
];

test('what merges, lists or asks for members of results', async () => {
  const all = await migrateAll(
    rows.map(
      ([use, , fn = tag]) =>
        `module.exports = async (client, f, all, defaults) => { const r = await client.shard.broadcastEval(${fn}); ${use}; };`,
    ),
  );
  const found = all.map(({ sites }) => sites[0]?.message.includes('of a result may be undefined'));
  expect(rows.map(([use], i) => [use, found[i]])).toEqual(rows.map(([use, told]) => [use, told]));
});

test('of one shard as well', async () => {
  const [one] = await migrateAll([
    `module.exports = async (client, all) => { const r = await client.shard.broadcastEval(${tag}, { shard: 0 }); Object.assign(all, r); };`,
  ]);
  expect(one?.sites[0]?.code).toBe('DC-W15');
});

test('of results that are taken apart at once', async () => {
  const [one] = await migrateAll([
    `module.exports = async (client, f) => { const [a] = await client.shard.broadcastEval(${tag}); f({ tag: null, ...a }); };`,
  ]);
  expect(one?.sites[0]?.code).toBe('DC-W15');
});

const thing = '(c, { id }) => c.guilds.cache.get(id)';
const list = '(c) => c.guilds.cache.map((g) => g)';

/** Code behind a call whose function gives what discord.js made, and whether it notices members without a value. */
const things: readonly (readonly [fn: string, use: string, told: boolean])[] = [
  [thing, 'f(Object.keys(r.find(Boolean)))', true],
  [thing, 'const g = r.find(Boolean); for (const key in g) f(key)', true],
  [thing, 'const [g] = r; f(Object.entries(g))', true],
  [thing, 'f(util.inspect(r.find((g) => g)))', true],
  [thing, 'f(inspect(r))', true],
  ['(c, { id }) => { const u = c.users.cache.get(id); return u; }', 'f(Object.values(r[0]))', true],
  ['async (c, { id }) => { const u = await c.users.fetch(id); return u; }', 'f(Object.keys(r[0]))', true],
  ['(c, { id }) => c.guilds.cache.get(id)?.members.cache.first()', 'f(Object.keys(r[0]))', true],
  ['(c, { id }) => c.guilds.cache.get(id)?.toJSON()', 'f(Object.keys(r[0]))', true],
  ['(c) => c.user', 'f(r.map((u) => Object.keys(u).length))', true],
  ['(c, { id }) => c.channels.cache.get(id) ?? null', 'f({ ...defaults, ...r[0] })', true],
  [list, 'for (const g of r.flat()) f(Object.keys(g))', true],
  ['(c) => c.guilds.cache.filter((g) => g.large)', 'f(r.flat().map((g) => Object.keys(g)))', true],
  ['(c) => [...c.guilds.cache.values()]', 'f(r.flat().map((g) => util.inspect(g)))', true],
  [thing, 'f(r.find(Boolean).name)', false],
  [thing, 'f(JSON.stringify(r))', false],
  [thing, 'console.log(r)', false],
  ['(c, { id }) => c.guilds.cache.get(id)?.name', 'f(Object.keys(r[0]))', false],
  ['(c, { id }) => c.guilds.cache.has(id)', 'f(util.inspect(r))', false],
  ['(c) => c.guilds.cache.size', 'f(util.inspect(r))', false],
  ['(c, { id }) => c.settings.get(id)', 'f(Object.keys(r[0]))', false],
  ['(c) => c.guilds.cache.map((g) => ({ id: g.id }))', 'f(r.flat().map((g) => Object.keys(g)))', false],
  ['(c) => c.guilds.cache.map((g) => g)', 'f(r.flat().length)', false],
];

test('objects of discord.js whose members are listed or printed', async () => {
  const all = await migrateAll(
    things.map(
      ([fn, use]) =>
        `const util = require('util');\nconst { inspect } = util;\nmodule.exports = async (client, f, id, defaults) => { const r = await client.shard.broadcastEval(${fn}, { context: { id } }); ${use}; };`,
    ),
  );
  const found = all.map(({ sites }) => sites[0]?.message.includes('of a result may be undefined'));
  expect(things.map(([fn, use], i) => [fn, use, found[i]])).toEqual(things.map(([...row]) => row));
});
