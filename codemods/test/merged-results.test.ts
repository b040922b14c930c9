/** A member of a result that is `undefined` was not there, since results were JSON; code that merges results notices it. */
import { expect, test } from 'vitest';
import { migrateAll } from './batch.ts';

const tag = "(c) => ({ id: c.user.id, tag: c.users.cache.get('1')?.tag })";

const rowsOf = '(c) => c.guilds.cache.map((g) => ({ id: g.id, n: g.me?.nick }))';

/** The code behind a call whose results are `r`, and whether it notices. */
const rows: readonly (readonly [use: string, told: boolean, fn?: string])[] = [
  ['f(Object.assign({}, ...r))', true],
  ['for (const [, x] of r.entries()) f(Object.keys(x))', true],
  ['for (const pair of r.entries()) f(Object.keys(pair[1]))', true],
  ['for (const [i, x] of r.entries()) all.push({ i, x })', true],
  ['for (const x of r.values()) f(Object.keys(x))', true],
  ['const rows = []; for (const x of r) rows.push({ x }); return rows;', true],
  ['const rows = []; for (const x of r) rows.push({ x }); f(rows.map((row) => row.x.tag))', false],
  ['const rows = []; for (const x of r) rows.push({ x }); f(rows.map((row) => Object.keys(row.x)))', true],
  ['for (const x of r) all.push(x)', true],
  ['return [...new Set(r)]', true],
  ["const cache = new Map(); cache.set('x', r); return cache.get('x')", true],
  ['const cache = new Map(); r.forEach((x, i) => cache.set(i, x)); f({ tag: 1, ...cache.get(0) })', true],
  ['return r.map(({ id, ...rest }) => rest)', true],
  ['const { id, ...rest } = r[0]; return rest', true],
  ['return r.map(({ tag, ...rest }) => rest)', false],
  ['f(new Map(r.map((x) => [x.id, x])))', true],
  ['f(new Set(r.map((x) => x.tag)).size)', false],
  ['for (const [i, x] of r.entries()) f(i + x.tag)', false],
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
  ['const joined = r.reduce((a, b) => a.concat(b), []); f(joined.map((one) => one.n))', false, rowsOf],
  ['const joined = r.reduce((a, b) => a.concat(b)); f(joined.find((one) => one.n).id)', false, rowsOf],
  ['return r.reduce((a, b) => a.concat(b), [])', true, rowsOf],
  ['return r.reduce((a, b) => a.concat(b), [])', true],
  ['for (const x of r) all.put(all.own.concat(x))', true, rowsOf],
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
  ['f(r)', false, '(c) => ({ n: c.guilds.cache.size, shard: c.shard.ids[0] })'],
  ['f(r)', false, '(c) => ({ n: c.guilds.cache.size, shard: c.shard.ids.at(0) })'],
  ['f(r)', false, '(c) => ({ cluster: c.cluster.id, of: c.cluster.count, shards: c.options.shardCount })'],
  ['f(r)', false, '(c) => ({ pid: process.pid, node: process.version })'],
  ['f(r)', false, '(c) => ({ shard: c.shard?.ids[0], id: c.cluster?.id, of: c.shard?.count, n: c.shard?.ids.length })'],
  ['f(r)', false, '(c) => ({ shard: c.shard?.ids.at(0), ids: c.shard?.ids.join() })'],
  ['f(r)', false, '(bot) => { const { shard } = bot; return { shard: shard?.ids[0] }; }'],
  ['f(r)', true, '(c) => ({ shard: c.shard?.ids[1] })'],
  ['f(r)', false, '(c) => { const { cluster } = c; return { id: cluster?.id }; }'],
  ['f(r)', true, '(c) => ({ shard: c.row.shard?.id })'],
  ['f(r)', true, '(c) => ({ id: c.shard?.id })'],
  ['f(r)', true, '(c, robot) => ({ n: robot.shard?.count })'],
  ['f(r)', true, '(c, redisClient) => ({ n: redisClient.shard?.count })'],
  ['f(r)', true, '(c) => ({ shard: c.row.shard?.ids[0] })'],
  ['f(r)', true, '(c) => ({ shard: c.guilds.cache.get(1)?.client.shard.ids[0] })'],
  ['f(r)', true, '(c) => ({ shard: c.shard.ids[1] })'],
  ['f(r)', true, '(c) => ({ shard: c.shard.ids.at(-1) })'],
  ['f(r)', true, '(c) => ({ cluster: c.cluster.name })'],
  ['f(util.inspect(r))', true],
  ['f(util.inspect(r[0], { depth: 1 }))', true],
  ['f(inspect({ r }))', true],
  ['f(inspect({ of: { them: [r] } }))', true],
  ['const o = { r }; f(inspect(o))', true],
  ['const o = {}; o.r = r; f(inspect(o))', true],
  ['const o = { r: null }; o.r = r; f(inspect(o.r))', true],
  ["const o = {}; o['r'] = r; f(inspect(o))", true],
  ['const o = []; o[0] = r; f(inspect(o))', true],
  ['const o = {}; o.r = r; f(inspect(o.r.length))', false],
  ['const o = {}; o.r = r; f(inspect(o.n))', false],
  ['const o = {}; o.r = r; f({ tag: 1, ...o.r[0] })', true],
  ['const o = {}; o.r = r; f({ tag: 1, ...o.other[0] })', false],
  ['const o = {}; o.r = r; for (const x of o.r) Object.assign(all, x)', true],
  ['const o = { r: [] }; o.r = r; for (const x of o.r) f(Object.keys(x))', true],
  ["const o = {}; o.r = r; f('tag' in o.r[0])", true],
  ['const o = {}; o.r = r; f(o.r.map((x) => x.tag))', false],
  ['const o = {}; o.r = r; return o', true],
  ['const o = {}; o.r = r; return o.r', true],
  ['const o = {}; o.r = r; return o.r.length', false],
  ['const o = {}; o.first = r[0]; f(Object.keys(o.first))', true],
  ['const o = {}; o.first = r[0]; o.second = r[1]; f(Object.keys(o.second))', true],
  ['const o = { a: r[0], b: r[1] }; f(Object.keys(o.b))', true],
  ['const o = { in: {} }; o.in.r = r; f(o.in.r.map((x) => Object.keys(x)))', true],
  ['const o = { in: {} }; o.in.r = r; f(o.r.map((x) => Object.keys(x)))', false],
  ['const o = { in: [] }; o.in.push(r[0]); f(o.in.map((x) => Object.keys(x)))', true],
  ['const o = { in: [] }; o.in.push(...r); f(o.in.map((x) => Object.keys(x)))', true],
  ['const o = {}; r.forEach((x) => { o[x.id] = x; }); for (const id of Object.keys(o)) f(Object.keys(o[id]))', true],
  ['const o = {}; r.forEach((x) => { o[x.id] = x; }); f(o[f.id].tag)', false],
  ['const o = {}; r.forEach((x) => { o[x.id] = x; }); for (const x of Object.values(o)) f(Object.keys(x))', true],
  ['const o = {}; o.o = o; o.r = r; o.r = o.r; f(o.r[0].tag)', false],
  ['const l = []; for (const x of r) l.push(x); f(inspect(l))', true],
  ['const l = []; for (const x of r) l.push({ x }); f(inspect(l))', true],
  ['const l = []; l.push(...r); f(inspect(l))', true],
  ['const l = []; l.push(...r); f(l.map((x) => Object.keys(x)))', true],
  ['const l = []; l.push(...r); f(l.map((x) => x.tag))', false],
  ['const l = []; l.push(...r); f(l.length)', false],
  ['f(inspect({ n: r.length }))', false],
  ["f(util.format('%o', r))", true],
  ['f(inspect(r.flat()))', true, rowsOf],
  ['f(inspect(r.map((x) => x.id)))', false],
  ['f(inspect(r))', false, '(c) => ({ id: c.user.id })'],
  ['console.log(util.inspect(r))', false],
  ['console.log(util.inspect(r)); f(util.inspect(r))', true],
  ['const copy = structuredClone(r); f(copy.map((x) => Object.keys(x)))', true],
  ['f(Object.assign({}, ...structuredClone(r)))', true],
  ['return structuredClone(r)', true],
  ['f(structuredClone(r).map((x) => x.tag))', false],
  ['f(Object.freeze(r).map((x) => Object.keys(x)))', true],
  ['f(r.map((x) => x.tag))', false],
  ['f(r)', true],
  ['f(JSON.stringify(r))', false],
  ['f(r.length)', false],
  ['f(r.map((x) => ({ ...x, tag: x.tag ?? 1 })))', false],
  ["f(r.filter((x) => 'id' in x).length)", false],
  ["f(r.filter((x) => 'id' in x))", true],
  ['const { tag = 1 } = r[0]; f(tag)', false],
  ['const [{ tag = 1 }] = r; f(tag)', false],
  ['const { id, ...rest } = r[0]; f(id, Object.keys(rest).length)', true],
  ['const { tag, ...rest } = r[0]; f(tag, Object.keys(rest).length)', false],
  ['r.map(({ id, ...rest }) => f(id, { ...all, ...rest }))', true],
  ['f(r.map((x) => Object.entries(x)))', true],
  ["f(r.map((x) => Object.hasOwn(x, 'tag')))", true],
  ['f(r.map((x) => Object.keys(x.a)))', true, '(c) => ({ a: { b: c.users.cache.get(1)?.tag } })'],
  ['f(r.map((x) => x.a.b))', false, '(c) => ({ a: { b: c.users.cache.get(1)?.tag } })'],
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

/** Code behind a call whose function gives what discord.js made, which has no member without a value but in copies, and whether it is noted. */
const things: readonly (readonly [fn: string, use: string, told: boolean])[] = [
  [thing, 'f(Object.keys(r.find(Boolean)))', false],
  [thing, 'const g = r.find(Boolean); for (const key in g) f(key)', false],
  [thing, 'const [g] = r; f(Object.entries(g))', false],
  [thing, 'f(util.inspect(r.find((g) => g)))', false],
  [thing, 'f(inspect(r))', false],
  ['(c, { id }) => { const u = c.users.cache.get(id); return u; }', 'f(Object.values(r[0]))', false],
  ['async (c, { id }) => { const u = await c.users.fetch(id); return u; }', 'f(Object.keys(r[0]))', false],
  ['(c, { id }) => c.guilds.cache.get(id)?.members.cache.first()', 'f(Object.keys(r[0]))', false],
  ['async (c, { id }) => await c.users.fetch(id).catch(() => null)', 'f(Object.keys(r[0]))', false],
  ['async (c, { id }) => await c.users.fetch(id).catch(console.error)', 'f(Object.keys(r[0]))', false],
  ['async (c, { id }) => await c.users.fetch(id).catch((e) => ({ code: e.code }))', 'f(Object.keys(r[0]))', true],
  ['async (c, { id }) => await c.users.fetch(id).finally(() => c.done())', 'f(Object.keys(r[0]))', false],
  ["async (c, { id }) => await c.channels.cache.get(id).send('x')", 'f(Object.keys(r[0]))', false],
  [
    "async (c, { id }) => { const m = await c.channels.cache.get(id).send('x'); return m.edit('y'); }",
    'f(Object.keys(r[0]))',
    false,
  ],
  ["(c, { id }) => c.guilds.cache.get(id).roles.create({ name: 'x' })", 'f(Object.keys(r[0]))', false],
  ["(c, { id }) => c.settings.create({ name: 'x' })", 'f(Object.keys(r[0]))', true],
  ['(c, { id }) => c.guilds.cache.get(id)?.toJSON()', 'f(Object.keys(r[0]))', true],
  ['(c, { id }) => c.guilds.cache.map((g) => g.toJSON())', 'f(r.flat().map((g) => Object.keys(g)))', true],
  ['(c) => ({ ...c.user })', 'f(Object.keys(r[0]))', true],
  ['(c) => ({ user: c.user, ...c.user.toJSON() })', 'f(util.inspect(r))', true],
  ['(c) => c.user', 'f(r.map((u) => Object.keys(u).length))', false],
  ['(c, { id }) => c.channels.cache.get(id) ?? null', 'f({ ...defaults, ...r[0] })', false],
  [list, 'for (const g of r.flat()) f(Object.keys(g))', false],
  ['(c) => c.guilds.cache.filter((g) => g.large)', 'f(r.flat().map((g) => Object.keys(g)))', false],
  ['(c) => [...c.guilds.cache.values()]', 'f(r.flat().map((g) => util.inspect(g)))', false],
  [thing, 'f(r.find(Boolean).name)', false],
  [thing, 'f(JSON.stringify(r))', false],
  [thing, 'console.log(r)', false],
  ['(c, { id }) => c.users.cache.get(id)', 'console.log(r)', false],
  ['(c, { id }) => c.guilds.cache.get(id)?.members.cache.first()', 'console.log(r[0])', false],
  ['(c) => ({ user: c.user })', 'console.log(r)', false],
  ['(c, { id }) => ({ guild: c.guilds.cache.get(id) })', 'f(r.map((x) => Object.keys(x.guild)))', false],
  ['(c, { id }) => ({ guild: c.guilds.cache.get(id) })', 'f(r.map(({ guild }) => Object.keys(guild)))', false],
  ['(c, { id }) => ({ guild: c.guilds.cache.get(id) })', 'f(r.map((x) => x.guild.name))', false],
  [
    '(c) => ({ list: [...c.guilds.cache.values()] })',
    'for (const x of r) for (const g of x.list) f(Object.keys(g))',
    false,
  ],
  ['(c) => ({ list: [...c.guilds.cache.values()] })', 'for (const x of r) for (const g of x.list) f(g.name)', false],
  ['(c, { id }) => c.guilds.cache.get(id)?.name', 'f(Object.keys(r[0]))', false],
  ['(c, { id }) => c.guilds.cache.has(id)', 'f(util.inspect(r))', false],
  ['(c) => c.guilds.cache.size', 'f(util.inspect(r))', false],
  ['(c, { id }) => c.settings.get(id)', 'f(Object.keys(r[0]))', true],
  ['(c, { id }) => c.settings.get(id)', 'f(r[0].name)', false],
  ['(c, { id }) => c.settings.get(id)', 'f(r)', false],
  ['(c) => c.guilds.cache.map((g) => ({ id: g.id }))', 'f(r.flat().map((g) => Object.keys(g)))', false],
  ['(c) => c.guilds.cache.map((g) => g)', 'f(r.flat().length)', false],
];

test('objects of discord.js, and copies of them, whose members are listed or printed', async () => {
  const all = await migrateAll(
    things.map(
      ([fn, use]) =>
        `const util = require('util');\nconst { inspect } = util;\nmodule.exports = async (client, f, id, defaults) => { const r = await client.shard.broadcastEval(${fn}, { context: { id } }); ${use}; };`,
    ),
  );
  const found = all.map(({ sites }) => sites[0]?.message.includes('of a result may be undefined'));
  expect(things.map(([fn, use], i) => [fn, use, found[i]])).toEqual(things.map(([...row]) => row));
});

const open = '(c) => ({ id: c.user.id, mode: c.player.mode })';
const whole = '(c) => ({ guilds: c.guilds.cache.size, ping: c.ws.ping, name: c.user.username })';

/** The code around a call, by which its results go elsewhere, and whether what is merged or out of sight there is noted. */
type Around = readonly [title: string, text: string, told: boolean, fn?: string];

const around: readonly Around[] = [
  ['given back by what other files call', 'module.exports = (client) => CALL;', true],
  ['given back by a method', 'module.exports = class { async stats(client) { return await CALL; } };', true],
  ['of members that are there, given back', 'module.exports = (client) => CALL;', false, whole],
  ['numbers, given back', 'module.exports = (client) => CALL;', false, '(c) => c.guilds.cache.size'],
  ['texts, given back', 'module.exports = (client) => CALL;', false, '(c) => c.guilds.cache.map((g) => g.name)'],
  ['a user, given back', 'module.exports = (client) => CALL;', false, "(c) => c.users.cache.get('1')"],
  [
    'a copy of a user, given back',
    'module.exports = (client) => CALL;',
    true,
    "(c) => ({ ...c.users.cache.get('1') })",
  ],
  ['users, given back', 'module.exports = (client) => CALL;', false, '(c) => [...c.users.cache.values()]'],
  ['a guild, given back', 'module.exports = (client) => CALL;', false, "(c) => c.guilds.cache.get('1')"],
  ['something, given back', 'module.exports = (client) => CALL;', false, '(c) => c.player.mode'],
  [
    'read by a caller',
    'async function get(client) { return await CALL; }\nmodule.exports = async (client) => (await get(client)).map((x) => x.mode);',
    false,
  ],
  [
    'listed by a caller',
    'async function get(client) { return await CALL; }\nmodule.exports = async (client) => (await get(client)).map((x) => Object.keys(x));',
    true,
  ],
  [
    'given back by a caller',
    'const get = (client) => CALL;\nmodule.exports = async (client) => ({ all: await get(client) });',
    true,
  ],
  [
    'handed to a package',
    "const pack = require('pack');\nmodule.exports = async (client) => { pack.put(await CALL); };",
    true,
  ],
  ['handed to a method of the bot', 'module.exports = async (client) => { client.store.put(await CALL); };', true],
  ['one by one', 'module.exports = async (client) => { for (const x of await CALL) client.store.put(x); };', true],
  [
    'handed to a function that reads',
    'const put = (list) => list.map((x) => x.mode).join();\nmodule.exports = async (client) => { put(await CALL); };',
    false,
  ],
  [
    'handed to a function that lists',
    'const put = (list) => list.map((x) => Object.keys(x)).join();\nmodule.exports = async (client) => { put(await CALL); };',
    true,
  ],
  [
    'handed to a function that gives one back',
    'const first = (list) => list.find((x) => x.id);\nmodule.exports = async (client) => { const one = first(await CALL); client.log = one.mode; };',
    false,
  ],
  [
    'listed behind a choice',
    'module.exports = async (client, f) => { const r = client.shard ? await CALL : []; r.forEach((x) => f(Object.keys(x))); };',
    true,
  ],
  [
    'read behind a choice',
    'module.exports = async (client, f) => { const r = client.shard ? await CALL : []; r.forEach((x) => f(x.mode)); };',
    false,
  ],
  [
    'listed of one of two promises',
    'module.exports = async (client, f, other) => { const r = await (client.shard ? CALL : other()); r.forEach((x) => f(Object.keys(x))); };',
    true,
  ],
  ['kept on the client', 'module.exports = async (client) => { client.stats = await CALL; };', true],
  [
    'in a variable that is set later',
    'module.exports = async (client, f) => { let r; r = await CALL; r.forEach((x) => f(Object.keys(x))); };',
    true,
  ],
  [
    'as a member of an object that is handed on',
    'module.exports = async (client, f) => { f({ all: await CALL }); };',
    true,
  ],
  [
    'as a member of an object that is read',
    'module.exports = async (client, f) => { const o = { all: await CALL }; f(o.all.map((x) => x.mode)); };',
    false,
  ],
  ['behind then', 'module.exports = (client, f) => { CALL.then((r) => r.map((x) => Object.keys(x))).then(f); };', true],
  [
    'behind then, by a name',
    'const put = (list) => list.map((x) => Object.keys(x)).join();\nmodule.exports = (client) => { CALL.then(put); };',
    true,
  ],
  [
    'put together by an id',
    'module.exports = async (client, f) => { const all = {}; for (const x of await CALL) all[x.id] = x; f(all); };',
    true,
  ],
  [
    'put together by an id, and answered',
    'module.exports = async (client, ctx) => { const all = {}; for (const x of await CALL) all[x.id] = x; ctx.body = all; };',
    false,
  ],
  [
    'put into an object that is exported in a list of exports',
    'const rows = {};\nexport { rows };\nexport const load = async (client) => { rows.all = await CALL; };',
    true,
  ],
  [
    'in a variable that is exported in a list of exports',
    'let rows;\nexport { rows };\nexport const load = async (client) => { rows = await CALL; };',
    true,
  ],
  [
    'put into an object that is exported by another name',
    'const rows = {};\nexport { rows as all };\nexport const load = async (client) => { rows.all = await CALL; };',
    true,
  ],
  [
    'in a variable that is exported by another name',
    'let rows;\nexport { rows as all };\nexport const load = async (client) => { rows = await CALL; };',
    true,
  ],
  [
    'put into an object that is exported as the default',
    'const rows = {};\nexport default rows;\nexport const load = async (client) => { rows.all = await CALL; };',
    true,
  ],
  [
    'in a variable that is exported as the default',
    'let rows;\nexport default rows;\nexport const load = async (client) => { rows = await CALL; };',
    true,
  ],
  [
    'put into an object that is exported by exports',
    'const rows = {};\nexports.rows = rows;\nmodule.exports.load = async (client) => { rows.all = await CALL; };',
    true,
  ],
  [
    'in a variable that is exported by exports',
    'let rows;\nexports.rows = rows;\nmodule.exports.load = async (client) => { rows = await CALL; };',
    true,
  ],
  [
    'put into an object that is exported in module.exports',
    'const rows = {};\nmodule.exports = { rows };\nmodule.exports.load = async (client) => { rows.all = await CALL; };',
    true,
  ],
  [
    'in a variable that is exported in module.exports',
    'let rows;\nmodule.exports = { rows };\nmodule.exports.load = async (client) => { rows = await CALL; };',
    true,
  ],
  [
    'put into an object that is exported as module.exports',
    'const rows = {};\nmodule.exports = rows;\nmodule.exports.load = async (client) => { rows.all = await CALL; };',
    true,
  ],
  [
    'in a variable that is exported as module.exports',
    'let rows;\nmodule.exports = rows;\nmodule.exports.load = async (client) => { rows = await CALL; };',
    true,
  ],
  [
    'put into an object that is exported further in',
    'const rows = {};\nexports.all = { rows };\nmodule.exports.load = async (client) => { rows.all = await CALL; };',
    true,
  ],
  [
    'in a variable that is exported further in',
    'let rows;\nexports.all = { rows };\nmodule.exports.load = async (client) => { rows = await CALL; };',
    true,
  ],
  [
    'put into an object with export before it',
    'export const rows = {};\nexport const load = async (client) => { rows.all = await CALL; };',
    true,
  ],
  [
    'put into an object of which another is exported',
    'const rows = {};\nconst other = {};\nexport { other };\nexport const load = async (client) => { rows.all = await CALL; };',
    false,
  ],
  ['exported as the default', 'import client from "./client.js";\nexport default await CALL;', true],
  [
    'given by a function that is called twice',
    'const same = (x) => x;\nmodule.exports = async (client, f) => { const r = await CALL; const first = same(r); f(first.length); const second = same(r); Object.assign({ a: 1 }, second[0]); };',
    true,
  ],
  [
    'each given by a function that is called twice',
    'const same = (x) => x;\nmodule.exports = async (client, f) => { for (const x of await CALL) { f(same(x).mode); f(Object.keys(same(x))); } };',
    true,
  ],
  [
    'given by a function that is called twice, and read',
    'const same = (x) => x;\nmodule.exports = async (client, f) => { const r = await CALL; f(same(r).length); f(same(r)[0].mode); };',
    false,
  ],
  [
    'given by a function that is called for others as well',
    'const same = (x) => x;\nmodule.exports = async (client, f) => { f(same(await CALL)[0].mode); f(Object.keys(same({}))); };',
    false,
  ],
  [
    'searched from behind',
    'module.exports = async (client, f) => { const r = await CALL; f(r.findLastIndex((x) => x)); };',
    false,
  ],
  ...['b: c.user.b, a: c.user.a', 'a: c.user.a, b: c.user.b'].map(
    (members): Around => [
      `of ${members}, of which another call gets one and the callers the other`,
      'async function ask(client, row) { if (row) return row.a; const [r] = await CALL; const { a, ...rest } = r; const { b, ...others } = r; ask(client, rest); return others; }\nmodule.exports = async (client) => Object.keys(await ask(client));',
      true,
      `(c) => ({ ${members} })`,
    ],
  ),
  ['as JSON', 'module.exports = async (client, res) => { res.json(await CALL); };', false],
  [
    'each with more to it',
    'module.exports = async (client, res) => { res.json((await CALL).map((x) => ({ ...x, n: 1 }))); };',
    false,
  ],
  [
    'each with more to it, listed',
    'module.exports = async (client, f) => { const all = (await CALL).map((x) => ({ ...x, n: 1 })); all.forEach((x) => f(Object.keys(x))); };',
    true,
  ],
];

test('results that go on to others', async () => {
  const all = await migrateAll(
    around.map(([, text, , fn = open]) => text.replace('CALL', `client.shard.broadcastEval(${fn})`)),
  );
  const found = all.map(({ sites }) => sites[0]?.message.includes('of a result may be undefined'));
  expect(around.map(([title], i) => [title, found[i]])).toEqual(around.map(([title, , told]) => [title, told]));
});

test.each([
  ['reads', 'x.mode', false],
  ['lists', 'Object.keys(x)', true],
])('a caller in another file that %s them', async (_title, use, told) => {
  const [, one] = await migrateAll([
    `const { get } = require('./x1.js');\nmodule.exports = async (client) => (await get(client)).map((x) => ${use}).join();`,
    `exports.get = (client) => client.shard.broadcastEval(${open});`,
  ]);
  expect(one?.sites[0]?.message.includes('of a result may be undefined')).toBe(told);
});

test('what is done with them out of sight is said to be that', async () => {
  const [one, other] = await migrateAll([
    `module.exports = (client) => client.shard.broadcastEval(${open});`,
    `module.exports = async (client) => Object.assign({}, ...(await client.shard.broadcastEval(${open})));`,
  ]);
  expect(one?.sites[0]?.message).toContain('`mode` of a result may be undefined');
  expect(one?.sites[0]?.message).toContain('what is done with it is not seen');
  expect(other?.sites[0]?.message).toContain('the code behind the call tells the two apart');
});

test.each([
  ['user', 'f(Object.keys(r[0]))', undefined],
  ['user', 'console.log(r)', undefined],
  ['user', 'f(r.map((u) => u.username))', undefined],
  ['guilds.cache', 'f(r.flat().map((g) => Object.keys(g)))', undefined],
  ['guilds.cache', 'f(r.flat().map((g) => g.name))', undefined],
  ['guilds.cache.size', 'f(r)', undefined],
  ['settings', 'f({ ...defaults, ...r[0] })', 'DC-W15'],
])('fetchClientValues of %s: %s', async (path, use, code) => {
  const [one] = await migrateAll([
    `module.exports = async (client, f, defaults) => { const r = await client.shard.fetchClientValues('${path}'); ${use}; };`,
  ]);
  const codes = one?.sites.flatMap((site) => (site.message.includes('of a result may be') ? (site.code ?? []) : []));
  expect(codes).toEqual(code === undefined ? [] : [code]);
});
