/** `undefined` in the results of a broadcast was `null` in the list a bot got; its handlers give what code relies on. */
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate, type Report } from '../src/index.ts';
import { migrateAll } from './batch.ts';
import { cjsBot, project, read, tsBot } from './project.ts';

const get = '(c) => c.guilds.cache.get(1)?.name';
const block = (last: string): string => `(c) => {\n  const g = c.guilds.cache.get(1);\n  ${last}\n}`;

/** What is done with the results `r` of a function, and the handler's text. */
const rows: readonly (readonly [title: string, fn: string, use: string, handler: string])[] = [
  ['compared with null', get, 'f(r.find((x) => x !== null))', `${get} ?? null`],
  ['compared with undefined', get, 'f(r.filter((x) => x !== undefined))', `${get} ?? null`],
  ['compared in a loop', get, 'for (const x of r) if (x === null) f()', `${get} ?? null`],
  ['compared by index', get, 'f(r[0] === null)', `${get} ?? null`],
  ['compared by name', get, 'const one = r[1]; if (one !== null) f()', `${get} ?? null`],
  ['looked for as null', get, 'f(r.includes(null))', `${get} ?? null`],
  ['with a default', get, 'f(r.map((x = 1) => x))', `${get} ?? null`],
  ['with its type', get, "f(r.filter((x) => typeof x === 'object'))", `${get} ?? null`],
  [
    'added up',
    get.replace('name', 'memberCount'),
    'f(r.reduce((a, b) => a + b, 0))',
    `${get.replace('name', 'memberCount')} ?? null`,
  ],
  ['handed on', get, 'f(r)', `${get} ?? null`],
  ['tested', get, 'f(r.find(Boolean), r.filter((x) => x), r.some((x) => !x))', get],
  ['tested with ==', get, 'f(r.find((x) => x != null))', get],
  ['read with ?.', get, 'for (const x of r) f(x?.length)', get],
  ['tested in a loop', get, 'for (const x of r) { if (!x) continue; f(x.length); }', get],
  ['compared with a value', get, "f(r.includes('a'), r.some((x) => x === 'a'), r.length)", get],
  ['never missing', '(c) => c.guilds.cache.size', 'f(r.find((x) => x !== null))', '(c) => c.guilds.cache.size'],
  ['null already', '(c) => c.guilds.cache.get(1) ?? null', 'f(r)', '(c) => c.guilds.cache.get(1) ?? null'],
  ['not known to be there', '(c) => c.bank.open', 'f(r.some((x) => x === null))', '(c) => c.bank.open ?? null'],
  [
    'of an or',
    '(c) => c.users.cache.get(1) || c.channels.cache.get(1)',
    'f(r)',
    '(c) => (c.users.cache.get(1) || c.channels.cache.get(1)) ?? null',
  ],
  ['of void 0', '(c) => (c.user ? 1 : void 0)', 'f(r)', '(c) => (c.user ? 1 : null)'],
  ['of work', '(c) => void c.user.send(1)', 'f(r)', '(c) => (c.user.send(1), null)'],
  [
    'of an await',
    'async (c) => await c.users.cache.get(1)',
    'f(r)',
    'async (c) => (await c.users.cache.get(1)) ?? null',
  ],
  [
    'of a branch',
    '(c) => (c.user ? c.users.cache.get(1) : undefined)',
    'f(r)',
    '(c) => (c.user ? c.users.cache.get(1) ?? null : null)',
  ],
  ['of a return', block('return g;'), 'f(r)', block('return g ?? null;')],
  ['of a return behind a test', block('return g ? g.name : undefined;'), 'f(r)', block('return g ? g.name : null;')],
  ['of two returns', block('if (!g) return;\n  return g;'), 'f(r)', block('if (!g) return null;\n  return g;')],
  ['of the end', block('if (g) return 1; // there'), 'f(r)', block('if (g) return 1; // there\n  return null;')],
  ['of an end in one line', '(c) => { if (c.user) return 1 }', 'f(r)', '(c) => { if (c.user) return 1; return null; }'],
  [
    'of a caught error',
    'async (c) => await c.users.fetch(1).catch(() => {})',
    'f(r)',
    'async (c) => await c.users.fetch(1).catch(() => null)',
  ],
  [
    'of a logged error',
    'async (c) => await c.users.fetch(1).catch(console.error)',
    'f(r)',
    'async (c) => (await c.users.fetch(1).catch(console.error)) ?? null',
  ],
  [
    'of then',
    '(c) => c.users.fetch(1).then((x) => x?.id)',
    'f(r)',
    '(c) => c.users.fetch(1).then((x) => x?.id ?? null)',
  ],
  [
    'of a list',
    '(c) => c.guilds.cache.map((g) => g.me?.nick)',
    'f(r.flat())',
    '(c) => c.guilds.cache.map((g) => g.me?.nick ?? null)',
  ],
  ['of a row', '(c) => [1, c.users.cache.get(1)]', 'f(r)', '(c) => [1, c.users.cache.get(1) ?? null]'],
  ['of a property, which goes', '(c) => ({ a: c.users.cache.get(1) })', 'f(r)', '(c) => ({ a: c.users.cache.get(1) })'],
  ['of a function that gives nothing', '(c) => { c.emit(1); }', 'f(r)', '(c) => { c.emit(1); return null; }'],
  ['of a function that gives nothing, only counted', '(c) => { c.emit(1); }', 'f(r.length)', '(c) => { c.emit(1); }'],
  [
    'of one that gives nothing, compared',
    '(c) => { c.emit(1); }',
    'f(r[0] === null)',
    '(c) => { c.emit(1); return null; }',
  ],
  ['of the environment', '() => process.env.FOO', 'f(r)', '() => process.env.FOO ?? null'],
  ['of the environment, in brackets', "() => process.env['FOO']", 'f(r)', "() => process.env['FOO'] ?? null"],
  [
    'of the environment, taken out',
    '() => { const { FOO } = process.env; return FOO; }',
    'f(r)',
    '() => { const { FOO } = process.env; return FOO ?? null; }',
  ],
  ['of the environment, with a default', "() => process.env.FOO ?? 'no'", 'f(r)', "() => process.env.FOO ?? 'no'"],
  ['of the environment, tested', '() => process.env.FOO', 'f(r.some((x) => x))', '() => process.env.FOO'],
  ['of the process', '() => process.exitCode', 'f(r)', '() => process.exitCode ?? null'],
  ['what each process has', '() => process.pid + process.version', 'f(r)', '() => process.pid + process.version'],
  ['what each process has, alone', '() => process.version', 'f(r)', '() => process.version'],
  ['of global', '() => global.foo', 'f(r)', '() => global.foo ?? null'],
  ['of globalThis', '() => globalThis.process.env.FOO', 'f(r)', '() => globalThis.process.env.FOO ?? null'],
  ['of the client, where no class has it', '(c) => c.myThing', 'f(r)', '(c) => c.myThing ?? null'],
  ['of the client, taken out', '({ myThing }) => myThing', 'f(r)', '({ myThing }) => myThing ?? null'],
  ['of this', '() => this.myOther', 'f(r)', '(client) => client.myOther ?? null'],
  ['of the client, where a class has it', '(c) => c.started', 'f(r)', '(c) => c.started'],
  ['of the client, where the bot sets it', '(c) => c.color', 'f(r)', '(c) => c.color ?? null'],
  ['of the data', '(c, o) => o.v, { context: opts }', 'f(r)', '(c, o) => o.v ?? null'],
  ['of the data, without any', '(c, o) => o, {}', 'f(r)', '(c, o) => o ?? null'],
  ['of the data, where it is given', "(c, o) => o.v, { context: { v: 'a' } }", 'f(r)', '(c, o) => o.v'],
  ['of the data, where it is not given', "(c, o) => o.w, { context: { v: 'a' } }", 'f(r)', '(c, o) => o.w ?? null'],
  ['of the data, tested', '(c, o) => (o.v ? o.v : 0), { context: opts }', 'f(r)', '(c, o) => (o.v ? o.v : 0)'],
  [
    'of the data, taken out',
    '(c, { v, w: { x } }) => [v, x], { context: { v: opts.v, w: { x: 1 } } }',
    'f(r)',
    '(c, { v, w: { x } }) => [v ?? null, x]',
  ],
  ['of the data, with a default', '(c, { v = 1 }) => v, { context: opts }', 'f(r)', '(c, { v = 1 }) => v'],
  ['of the data, deep', '(c, o) => o.a.id, { context: { a: opts } }', 'f(r)', '(c, o) => o.a.id ?? null'],
  [
    'of the environment, by a name',
    '() => { const env = process.env; return env.FOO; }',
    'f(r)',
    '() => { const env = process.env; return env.FOO ?? null; }',
  ],
  [
    'of the data, by a name',
    '(c, data) => { const g = data.guild; return g.nick; }, { context: { guild } }',
    'f(r)',
    '(c, data) => { const g = data.guild; return g.nick ?? null; }',
  ],
  [
    'of the client, by a name',
    '(c) => { const x = c; return x.player; }',
    'f(r)',
    '(c) => { const x = c; return x.player ?? null; }',
  ],
  [
    'of the data, the rest of it',
    "(c, { v, ...rest }) => rest.w, { context: { v: 'a' } }",
    'f(r)',
    '(c, { v, ...rest }) => rest.w ?? null',
  ],
  ['of the data, all of it', '(c, { ...d }) => d.nick, { context: opts }', 'f(r)', '(c, { ...d }) => d.nick ?? null'],
  ['of the data, a fact', '(c, { tag }) => tag, { context: { tag: args.tag } }', 'f(r)', '(c, { tag }) => tag ?? null'],
  ['of the data, a name', '(c, d) => d.name, { context: { name: x.name } }', 'f(r)', '(c, d) => d.name ?? null'],
  ['of the client, a fact', '(c) => c.user.tag', 'f(r)', '(c) => c.user.tag'],
  [
    'of what is found there',
    '(c) => { const u = c.user; return u.tag; }',
    'f(r)',
    '(c) => { const u = c.user; return u.tag; }',
  ],
  ['of the client, where another class has it', '(c) => c.title', 'f(r)', '(c) => c.title ?? null'],
  ['of the client, where its class is static', '(c) => c.shade', 'f(r)', '(c) => c.shade ?? null'],
  ['of the client, where a class above has it', '(c) => c.base', 'f(r)', '(c) => c.base'],
  ['of the client, where a class below has it', '(c) => c.upper', 'f(r)', '(c) => c.upper'],
  [
    'of the environment, by let',
    '() => { let env = process.env; return env.FOO; }',
    'f(r)',
    '() => { let env = process.env; return env.FOO ?? null; }',
  ],
  [
    'of the environment, by var',
    '() => { var env = process.env; return env.FOO; }',
    'f(r)',
    '() => { var env = process.env; return env.FOO ?? null; }',
  ],
  [
    'of the environment, by an assignment',
    '() => { let e; e = process.env; return e.X; }',
    'f(r)',
    '() => { let e; e = process.env; return e.X ?? null; }',
  ],
  [
    'of the environment, by one of two assignments',
    '(c) => { let e = { X: 1 }; if (c.user) e = process.env; return e.X; }',
    'f(r)',
    '(c) => { let e = { X: 1 }; if (c.user) e = process.env; return e.X ?? null; }',
  ],
  [
    'of the environment, by a pattern that is assigned',
    '() => { let X; ({ X } = process.env); return X; }',
    'f(r)',
    '() => { let X; ({ X } = process.env); return X ?? null; }',
  ],
  [
    'of the environment, or nothing by default',
    '() => { const { FOO = undefined } = process.env; return FOO; }',
    'f(r)',
    '() => { const { FOO = undefined } = process.env; return FOO ?? null; }',
  ],
  [
    'of the environment, taken out with a default',
    "() => { const { FOO = 'no' } = process.env; return FOO; }",
    'f(r)',
    "() => { const { FOO = 'no' } = process.env; return FOO; }",
  ],
  [
    'of the environment, by a name with a default',
    "() => { const foo = process.env.FOO || 'no'; return foo; }",
    'f(r)',
    "() => { const foo = process.env.FOO || 'no'; return foo; }",
  ],
  [
    'of the environment, by the name of a copy',
    '() => { const env = { ...process.env }; return env.FOO; }',
    'f(r)',
    '() => { const env = { ...process.env }; return env.FOO ?? null; }',
  ],
  [
    'of the environment, or of nothing',
    '() => { const env = process.env || {}; return env.FOO; }',
    'f(r)',
    '() => { const env = process.env || {}; return env.FOO ?? null; }',
  ],
  [
    'of the process, by let',
    '() => { let p = process; return p.exitCode; }',
    'f(r)',
    '() => { let p = process; return p.exitCode ?? null; }',
  ],
  [
    'of an object that is built',
    '(c) => { const o = { g: c.guilds.cache.get(1) }; return o.g; }',
    'f(r)',
    '(c) => { const o = { g: c.guilds.cache.get(1) }; return o.g ?? null; }',
  ],
  [
    'of an object that is built, where it is there',
    '(c) => { const o = { n: c.guilds.cache.size }; return o.n; }',
    'f(r)',
    '(c) => { const o = { n: c.guilds.cache.size }; return o.n; }',
  ],
  [
    'of the client, by an assignment',
    '(c) => { let x; x = c; return x.player; }',
    'f(r)',
    '(c) => { let x; x = c; return x.player ?? null; }',
  ],
  [
    'of the data, what the rest of it surely lacks',
    '(c, { user, ...rest }) => rest.user, { context: { user: 1 } }',
    'f(r)',
    '(c, { user, ...rest }) => rest.user ?? null',
  ],
  [
    'of the client, what the rest of it surely lacks',
    '({ user, ...rest }) => rest.user',
    'f(r)',
    '({ user, ...rest }) => rest.user ?? null',
  ],
  [
    'of the data, a fact of what is found in a list',
    '(c, { list }) => list.find((x) => x.id === c.user.id).name, { context: opts }',
    'f(r)',
    '(c, { list }) => list.find((x) => x.id === c.user.id).name ?? null',
  ],
  [
    'of the data, facts of a list',
    '(c, { list }) => list.map(({ name }) => name), { context: opts }',
    'f(r)',
    '(c, { list }) => list.map(({ name }) => name ?? null)',
  ],
  [
    'of the data, facts of each',
    '(c, { list }) => list.filter((x) => x.id).map((x) => x.name), { context: opts }',
    'f(r)',
    '(c, { list }) => list.filter((x) => x.id).map((x) => x.name ?? null)',
  ],
  [
    'of the data, a fact in a loop',
    '(c, { list }) => { for (const x of list) if (x.id === c.user.id) return x.name; return null; }, { context: opts }',
    'f(r)',
    '(c, { list }) => { for (const x of list) if (x.id === c.user.id) return x.name ?? null; return null; }',
  ],
  [
    'of the data, a fact by a list that is made of it',
    '(c, { list }) => { const names = list.map((x) => x.user); return names[0].name; }, { context: opts }',
    'f(r)',
    '(c, { list }) => { const names = list.map((x) => x.user); return names[0].name ?? null; }',
  ],
  [
    'of the data, facts of a list that is given',
    "(c, { list }) => list.map((x) => x.name), { context: { list: [{ name: 'a' }] } }",
    'f(r)',
    '(c, { list }) => list.map((x) => x.name)',
  ],
  [
    'of the data, by a function of its own',
    '(c, o) => { const g = (x) => x.v; return g(o); }, { context: opts }',
    'f(r)',
    '(c, o) => { const g = (x) => x.v; return g(o) ?? null; }',
  ],
  [
    'of a function of its own that may end without a value',
    '(c) => { function g(x) { if (x) return 1; } return g(c.user); }',
    'f(r)',
    '(c) => { function g(x) { if (x) return 1; } return g(c.user) ?? null; }',
  ],
  [
    'of the environment, by a function of its own',
    "() => { const get = (k) => process.env[k]; return get('NOPE'); }",
    'f(r)',
    "() => { const get = (k) => process.env[k]; return get('NOPE') ?? null; }",
  ],
  [
    'of a function of its own that always gives something',
    '(c) => { const g = (x) => x.size + 1; return g(c.guilds.cache); }',
    'f(r)',
    '(c) => { const g = (x) => x.size + 1; return g(c.guilds.cache); }',
  ],
  [
    'of the client, a fact of what the bot puts there',
    '(c) => c.config.name',
    'f(r.some((x) => x === null))',
    '(c) => c.config.name ?? null',
  ],
  [
    'of the client, how many the bot put there',
    '(c) => c.lavalink.players.size',
    'f(r)',
    '(c) => c.lavalink.players.size',
  ],
  [
    'of the data, as one of all arguments',
    '(...args) => args[1].v, { context: opts }',
    'f(r)',
    '(...args) => args[1].v ?? null',
  ],
  [
    'of the data, as the rest of the arguments',
    "(c, ...rest) => rest[0].v, { context: { v: 'a' } }",
    'f(r)',
    '(c, ...rest) => rest[0].v',
  ],
  [
    'of the data, a list by its name',
    '(c, { list }) => { const names = list.map((x) => x.name); return names; }, { context: opts }',
    'f(r)',
    '(c, { list }) => { const names = list.map((x) => x.name ?? null); return names; }',
  ],
  [
    'of the data, lists by their name',
    '(c, { list }) => { const rows = list.map((x) => [x.name]); return rows.flat(); }, { context: opts }',
    'f(r)',
    '(c, { list }) => { const rows = list.map((x) => [x.name ?? null]); return rows.flat(); }',
  ],
  [
    'of the data, a list in an object by its name',
    '(c, o) => { const row = { list: [o.v] }; return row; }, { context: opts }',
    'f(r)',
    '(c, o) => { const row = { list: [o.v ?? null] }; return row; }',
  ],
  [
    'of the data, lists in a list',
    '(c, { list }) => [...list.map((x) => x.name), ...new Set(list.map((x) => x.id))], { context: opts }',
    'f(r)',
    '(c, { list }) => [...list.map((x) => x.name ?? null), ...new Set(list.map((x) => x.id))]',
  ],
  [
    'of the data, what is promised by a function of its own',
    '(c, o) => { const g = async (x) => x.v; return g(o); }, { context: opts }',
    'f(r)',
    '(c, o) => { const g = async (x) => x.v; return g(o).then((one) => one ?? null); }',
  ],
  [
    'of the client, a list by its name that lacks nothing',
    '(c) => { const names = c.guilds.cache.map((x) => x.name); return names; }',
    'f(r)',
    '(c) => { const names = c.guilds.cache.map((x) => x.name); return names; }',
  ],
  [
    'of the data, a list made of it',
    '(c, { list }) => Array.from(list, (x) => x.name), { context: opts }',
    'f(r)',
    '(c, { list }) => Array.from(list, (x) => x.name ?? null)',
  ],
  [
    'of the data, a list that is waited for',
    'async (c, { list }) => await Promise.all(list.map(async (x) => x.name)), { context: opts }',
    'f(r)',
    'async (c, { list }) => await Promise.all(list.map(async (x) => x.name ?? null))',
  ],
  ['of the data, a list of it', '(c, o) => o.ids.length, { context: opts }', 'f(r)', '(c, o) => o.ids.length'],
];

/** What the bot puts on its client. */
const puts =
  "const { Client } = require('discord.js');\nclass Bot extends Client {\n  started = Date.now();\n}\nconst client = new Bot({ intents: [] });\nclient.color = 1;\nclient.login();\n";
/** Classes in other files: one above another, and one of something else. */
const classes = {
  'base.js':
    "const { Client } = require('discord.js');\nexports.Base = class extends Client {\n  base = 1;\n};\nexports.Song = class {\n  title = 'a';\n};\n",
  'upper.js':
    "const { Base } = require('./base.js');\nclass Upper extends Base {\n  static shade = 1;\n  upper = 2;\n}\nexports.Upper = Upper;\n",
};

const call = (fn: string, use: string): string => `const r = await client.shard.broadcastEval(${fn}); ${use};`;

describe('what a shard does not have', () => {
  let report: Report;
  let handlers = '';
  beforeAll(async () => {
    const files = rows.map(([, fn, use], i) => [`x${i}.js`, `${call(fn, use)}\n`] as const);
    const root = project({ ...cjsBot, 'bot.js': puts, ...classes, ...Object.fromEntries(files) });
    report = await migrate({ paths: ['.'], cwd: root });
    handlers = read(root)['cluster-handlers.js']?.replace(/^ {2}/gm, '') ?? '';
  });

  test.each(rows.map(([title, , , handler], i) => [title, handler, i] as const))('%s: %s', (_title, handler, i) => {
    const site = report.sites.find(({ file }) => file === `x${i}.js`);
    expect(site?.outcome).not.toBe('left');
    expect(handlers).toContain(`${site?.handler}: ${handler},\n`);
  });

  test('stays as it is for the manager, which got it like that, and for one shard', async () => {
    const index = `${cjsBot['index.js']}const manager = new ShardingManager('./bot.js');\nmanager.broadcastEval(${get}).then((r) => f(r.find((x) => x !== null)));\n`;
    const one = `f((await client.shard.broadcastEval(${get}, { shard: 0 })) === undefined);\n`;
    const root = project({ ...cjsBot, 'index.js': index, 'x.js': one });
    const { summary } = await migrate({ paths: ['.'], cwd: root });
    expect(summary).toMatchObject({ left: 0 });
    expect(read(root)['cluster-handlers.js']).toContain(`: ${get},\n`);
    expect(read(root)['cluster-handlers.js']).not.toContain('??');
  });
});

/** Functions whose nothing is not filled where it would have to be, and whether that is said; or what is filled. */
const unfilled: readonly (readonly [title: string, fn: string, code: string | null, handler?: string])[] = [
  [
    'of the data, a list that is filled',
    '(c, { list }) => { const out = []; for (const x of list) out.push(x.name); return out; }, { context: opts }',
    'DC-W6',
  ],
  [
    'of the data, a list by a name that says more',
    '(c, { list }) => { const names = list.map((x) => x.name); return names.includes(1) ? [] : names; }, { context: opts }',
    'DC-W6',
  ],
  [
    'of the data, a list that is set',
    '(c, { list }) => { let names = []; names = list.map((x) => x.name); return names; }, { context: opts }',
    'DC-W6',
  ],
  [
    'of the data, what is promised by a name',
    '(c, o) => { const g = async (x) => x.v; const p = g(o); return p; }, { context: opts }',
    'DC-W6',
  ],
  [
    'of the data, a list that is reduced',
    '(c, { list }) => list.reduce((all, x) => [...all, x.name], []), { context: opts }',
    'DC-W6',
  ],
  [
    'a promise that may be none',
    'async (c) => { const load = async (x) => x?.tag; let tag = c.users.cache.get(1)?.tag; if (!tag) tag = load(2); return tag; }',
    'DC-W6',
  ],
  [
    'a promise of a function that need not give one',
    'async (c) => { const late = async (x) => x?.tag; const get = (x) => { if (x) return x.tag; return late(x); }; return get(c.users.cache.get(1)); }',
    'DC-W6',
  ],
  [
    'a promise of one of several functions',
    "(c, { kind }) => { const tasks = { tag: async () => c.users.cache.get('1')?.tag, size: () => 1 }; return tasks[kind](); }, { context: { kind: args[0] } }",
    'DC-W6',
  ],
  [
    'a promise of a function that need not be there',
    "(c, { kind }) => { const tasks = { tag: async () => c.users.cache.get('1')?.tag }; return tasks[kind]?.(); }, { context: { kind: args[0] } }",
    'DC-W6',
  ],
  [
    'a promise of a chosen function',
    '(c) => { const f = async (x) => c.users.cache.get(x)?.tag; const g = (x) => x; return (c.user ? f : g)(1); }',
    'DC-W6',
  ],
  [
    'a promise that is set or not',
    "(c) => { const f = async (x) => c.users.cache.get(x)?.tag; let p = 'none'; if (c.user) p = f(1); return p; }",
    'DC-W6',
  ],
  [
    'a promise that is tried',
    '(c) => { const f = async () => c.guilds.cache.get(1)?.name; let r; try { r = f(); } catch { r = null; } return r; }',
    'DC-W6',
  ],
  [
    'a promise on one side',
    'async (c) => { const f = async () => c.user?.tag; return c.ready && f() || c.users.cache.get(1)?.tag; }',
    'DC-W6',
  ],
  [
    'a promise on the other side',
    'async (c) => { const f = async () => c.user?.tag; return f() || c.users.cache.get(1)?.tag; }',
    'DC-W6',
  ],
  [
    'a promise that is waited for',
    'async (c) => { const f = async () => c.users.cache.get(1)?.tag; return await f(); }',
    null,
    'async (c) => { const f = async () => c.users.cache.get(1)?.tag; return (await f()) ?? null; }',
  ],
  [
    'promises that are waited for by a function that is named',
    'async (c) => { const f = async (g) => g.me?.nick; return await Promise.all(c.guilds.cache.map(f)); }',
    'DC-W6',
  ],
  [
    'promises by the name of their list',
    'async (c) => { const f = async (g) => g.me?.nick; const all = c.guilds.cache.map(f); return Promise.all(all); }',
    'DC-W6',
  ],
  [
    'promises that are put into a list',
    'async (c) => { const f = async (g) => g.me?.nick; const all = []; for (const g of c.guilds.cache.values()) all.push(f(g)); const got = await Promise.all(all); return got; }',
    'DC-W6',
  ],
  ['a list that is sorted', '(c) => c.guilds.cache.map((g) => g.me?.nick).sort((a, b) => a.localeCompare(b))', 'DC-W6'],
  ['a list that is sorted, a copy', '(c) => c.guilds.cache.map((g) => g.me?.nick).slice().sort()', 'DC-W6'],
  ['a list without its nothings', '(c) => c.guilds.cache.map((g) => g.me?.nick).filter((x) => x !== undefined)', null],
  ['a list without what is empty', '(c) => c.guilds.cache.map((g) => g.me?.nick).filter(Boolean).sort()', null],
  [
    'a list without its nothings, by its name',
    "(c) => { const l = c.guilds.cache.map((g) => g.me?.nick); return l.filter((x) => typeof x !== 'undefined'); }",
    null,
  ],
  [
    'a list without its nothings, waited for',
    'async (c) => (await Promise.all(c.guilds.cache.map(async (g) => g.me?.nick))).filter((x) => x !== undefined)',
    null,
  ],
  [
    'a list without some of what it holds',
    "(c) => Array.from(c.guilds.cache.values(), (g) => g.me?.nick).filter((n = 'none') => n !== 'none')",
    'DC-W6',
  ],
  [
    'rows of which some stay',
    '(c) => c.guilds.cache.map((g) => [g.id, g.me?.nick]).filter(([, nick]) => nick !== undefined)',
    'DC-W6',
  ],
  [
    'rows that are sorted by their name',
    '(c) => { const rows = c.guilds.cache.map((g) => [g.id, g.me?.nick]); rows.sort((a, b) => a[1] > b[1]); return rows; }',
    'DC-W6',
  ],
  [
    'a list that is filled and sorted',
    '(c) => { const l = []; for (const g of c.guilds.cache.values()) l.push(g.me?.nick); return l.sort().slice(0, 10); }',
    'DC-W6',
  ],
  [
    'a list that becomes a text',
    "(c) => { let l = c.guilds.cache.map((g) => g.me?.nick); if (c.user) l += 'x'; return l; }",
    'DC-W6',
  ],
  [
    'a list that a loop sets',
    '(c) => { let l = c.guilds.cache.map((g) => g.me?.nick); for (l of c.cfg) ; return l; }',
    'DC-W6',
    '(c) => { let l = c.guilds.cache.map((g) => g.me?.nick); for (l of c.cfg) ; return l ?? null; }',
  ],
  ['a list by default', '(c) => { const { l = c.guilds.cache.map((g) => g.me?.nick) } = c.cfg; return l; }', 'DC-W6'],
  ['a list behind a test', '(c) => c.user && c.guilds.cache.map((g) => g.me?.nick)', 'DC-W6'],
  [
    'one of two lists by its name',
    '(c) => { const l = c.user ? c.guilds.cache.map((g) => g.me?.nick) : []; return l; }',
    null,
    '(c) => { const l = c.user ? c.guilds.cache.map((g) => g.me?.nick ?? null) : []; return l; }',
  ],
  [
    'one of two lists of an object',
    '(c) => ({ l: c.user ? c.guilds.cache.map((g) => g.me?.nick) : [] })',
    null,
    '(c) => ({ l: c.user ? c.guilds.cache.map((g) => g.me?.nick ?? null) : [] })',
  ],
  [
    'one of two lists of an object, of which one is of texts',
    "(c) => { const g = c.guilds.cache.get('1'); if (!g) return { found: false }; return { l: g.large ? ['all'] : g.members.me.permissions.toArray() }; }",
    null,
  ],
  [
    'one of two lists by a name that is read twice',
    '(c) => { const l = c.user ? c.guilds.cache.map((g) => g.me?.nick) : []; return l.length ? l : 1; }',
    'DC-W6',
  ],
  [
    'a list behind a test by its name',
    '(c) => { const l = c.user && c.guilds.cache.map((g) => g.me?.nick); return l; }',
    'DC-W6',
  ],
  [
    'a list that is set behind a test',
    '(c) => { let l = []; if (c.user) l = c.guilds.cache.map((g) => g.me?.nick); return l; }',
    'DC-W6',
  ],
  ['a list of an object', '(c) => { const o = { l: c.guilds.cache.map((g) => g.me?.nick) }; return o.l; }', 'DC-W6'],
  [
    'a list in an object that is read twice',
    '(c) => { const o = { l: c.guilds.cache.map((g) => g.me?.nick) }; o.n = o.l.length; return o; }',
    'DC-W6',
  ],
  [
    'a list in a list',
    '(c) => { const l = c.guilds.cache.map((g) => g.me?.nick); const n = l.length; return [...l, n]; }',
    'DC-W6',
  ],
  [
    'a list of a function of its own',
    '(c) => { const all = () => c.guilds.cache.map((g) => g.me?.nick); return all(); }',
    'DC-W6',
  ],
  ['a list with a hole', '(c) => [c.user.id, , 1]', 'DC-W6'],
  ['a list of holes', '(c) => { const l = new Array(4); l[c.shard.ids[0]] = 1; return l; }', 'DC-W6'],
  ['a list of holes that are filled', '(c) => { const l = new Array(4).fill(0); return l; }', null],
  [
    'a list that is a text in the end',
    '(c) => { const l = c.guilds.cache.map((g) => g.me?.nick); return l.join(); }',
    null,
  ],
  ['the length of a list', '(c) => { const l = c.guilds.cache.map((g) => g.me?.nick); return l.length; }', null],
  [
    'a list of the data',
    '(c, { ids }) => ids.filter((id) => c.guilds.cache.has(id)), { context: { ids: args } }',
    null,
  ],
  ['a set, which tells nothing from null', '(c) => [...new Set(c.guilds.cache.map((g) => g.me?.nick))]', 'DC-W6'],
  ['a set by its name', '(c) => { const s = new Set(c.guilds.cache.map((g) => g.me?.nick)); return [...s]; }', 'DC-W6'],
  [
    'a promise that may fail',
    '(c) => { const f = async () => c.users.cache.get(1)?.tag; return f().catch(() => 1); }',
    null,
    '(c) => { const f = async () => c.users.cache.get(1)?.tag; return f().then((one) => one ?? null).catch(() => 1); }',
  ],
  [
    'a promise by its name that may fail',
    '(c) => { const f = async () => c.users.cache.get(1)?.tag; const p = f(); return p.catch(() => 1); }',
    'DC-W6',
  ],
  [
    'a promise that may fail and is waited for',
    'async (c) => { const f = async () => c.users.cache.get(1)?.tag; return await f().catch(() => 1); }',
    null,
    'async (c) => { const f = async () => c.users.cache.get(1)?.tag; return await f().then((one) => one ?? null).catch(() => 1); }',
  ],
  [
    'a list of what is left of another',
    '(c) => { const left = c.guilds.cache.map((g) => g.id); const l = []; while (left.length > 0 && c.user) l.push(left.shift()); l.sort(); return l; }',
    null,
  ],
  [
    'what is nothing of an object',
    '(c) => { const out = {}; for (const g of c.guilds.cache.values()) out[g.id] = g.me?.nick; return out; }',
    'DC-W15',
  ],
  [
    'lists that are put into an object',
    '(c) => { const out = {}; for (const g of c.guilds.cache.values()) out[g.id] = [g.me?.nick]; return out; }',
    'DC-W6',
  ],
  [
    'what is nothing of an object that is made of a list',
    '(c) => Object.fromEntries(c.guilds.cache.map((g) => [g.id, g.me?.nick]))',
    null,
  ],
  [
    'a list that is promised',
    '(c) => { const all = async () => c.guilds.cache.map((g) => g.me?.nick); return all(); }',
    'DC-W6',
  ],
  [
    'a list of a promise',
    '(c) => { const l = c.guilds.cache.map((g) => g.me?.nick); return Promise.resolve(l); }',
    'DC-W6',
  ],
  [
    'a function that is set again',
    '(c) => { async function f() { return c.guilds.cache.get(9)?.name; } f = (x) => x; return f(); }',
    'DC-W6',
  ],
  [
    'a failure',
    '(c) => c.users.fetch(1).then((u) => u.tag, () => undefined)',
    null,
    '(c) => c.users.fetch(1).then((u) => u.tag, () => null)',
  ],
  [
    'a failure of which nothing is made',
    '(c) => c.users.fetch(1).then((u) => u?.tag, () => {})',
    null,
    '(c) => c.users.fetch(1).then((u) => u?.tag ?? null, () => null)',
  ],
  [
    'a name that is set since it was tested',
    '(c, { id }) => { let ch = c.guilds.cache.first(); if (!ch) return null; ch = ch.channels.cache.get(id); return ch; }, { context: { id: args } }',
    null,
    '(c, { id }) => { let ch = c.guilds.cache.first(); if (!ch) return null; ch = ch.channels.cache.get(id); return ch ?? null; }',
  ],
  [
    'a name that is set in a loop since it was tested',
    '(c) => { let g = c.guilds.cache.first(); if (!g) return null; for (const id of [1, 2]) { if (g.id === id) return [g]; g = c.guilds.cache.get(id); } return 1; }',
    null,
    '(c) => { let g = c.guilds.cache.first(); if (!g) return null; for (const id of [1, 2]) { if (g.id === id) return [g ?? null]; g = c.guilds.cache.get(id); } return 1; }',
  ],
  [
    'a promise of the bot, tested as such',
    '(c) => { const found = c.channels.cache.get(1).seek(2); if (!found) return null; return found; }',
    'DC-W6',
  ],
  ['a promise of a function that is put there', '(c) => c.channels.cache.get(1).hunt(2) ?? null', 'DC-W6'],
  ['a promise of the bot, with something else for it', '(c) => c.channels.cache.get(1).seek(2) ?? null', 'DC-W6'],
  [
    'what nothing shows to be a promise, with something else for it',
    '(c) => c.channels.cache.get(1).look(2) ?? null',
    null,
  ],
  [
    'what nothing shows to be a promise, and is tested',
    '(c) => { const found = c.channels.cache.get(1).look(2); if (!found) return null; return found; }',
    null,
  ],
  [
    'a promise of the bot, tested where it is waited for',
    'async (c) => { const found = c.channels.cache.get(1).seek(2); return found ? found : null; }',
    null,
    'async (c) => { const found = c.channels.cache.get(1).seek(2); return found ? (await found) ?? null : null; }',
  ],
  [
    'a promise of the bot that was waited for before it is tested',
    'async (c) => { const found = await c.channels.cache.get(1).seek(2); if (!found) return null; return found; }',
    null,
  ],
  [
    'what may be one of two promises',
    'async (c) => c.guilds.cache.get(1) ?? c.channels.cache.get(1).seek(2)',
    null,
    'async (c) => (await (c.guilds.cache.get(1) ?? c.channels.cache.get(1).seek(2))) ?? null',
  ],
  [
    'a name that is set before it is tested',
    '(c) => { let g = c.guilds.cache.first(); g = g && c.guilds.cache.get(1); if (!g) return null; return [g]; }',
    null,
  ],
  [
    'a member of what is found, or of an empty object',
    '(c) => (c.guilds.cache.get(1) || {}).name',
    null,
    '(c) => (c.guilds.cache.get(1) || {}).name ?? null',
  ],
  [
    'a member of what is found, or of an empty object, by its name',
    '(c) => { const g = c.guilds.cache.get(1) ?? {}; return g.memberCount; }',
    null,
    '(c) => { const g = c.guilds.cache.get(1) ?? {}; return g.memberCount ?? null; }',
  ],
  [
    'what is taken out of what is found, or of an empty object',
    '(c) => { const { memberCount } = c.guilds.cache.get(1) || {}; return memberCount; }',
    null,
    '(c) => { const { memberCount } = c.guilds.cache.get(1) || {}; return memberCount ?? null; }',
  ],
  [
    'what is taken out of what is found, or of an object with it',
    '(c) => { const { size } = c.user || { size: 0 }; return size; }',
    null,
    '(c) => { const { size } = c.user || { size: 0 }; return size ?? null; }',
  ],
  [
    'a member by a key',
    '(c, { kind }) => { const s = { guilds: c.guilds.cache.size }; return s[kind]; }, { context: { kind: args } }',
    null,
    '(c, { kind }) => { const s = { guilds: c.guilds.cache.size }; return s[kind] ?? null; }',
  ],
  [
    'a place of a list',
    '(c) => { const l = c.guilds.cache.map((g) => g.memberCount); return l[0]; }',
    null,
    '(c) => { const l = c.guilds.cache.map((g) => g.memberCount); return l[0] ?? null; }',
  ],
  ['a place of a list that is written', '(c) => { const l = [c.ws.ping, 1]; return l[0]; }', null],
  [
    'a place that is counted',
    '(c) => { const l = c.user.ids; const o = []; for (let i = 0; i < 2; i++) o.push(l[i]); return o; }',
    'DC-W6',
  ],
  [
    'a part of a list',
    '(c) => { const [top] = c.guilds.cache.map((g) => g.memberCount).sort(); return top; }',
    null,
    '(c) => { const [top] = c.guilds.cache.map((g) => g.memberCount).sort(); return top ?? null; }',
  ],
  [
    'parts of a list that is written',
    'async (c) => { const [a, b] = await Promise.all([c.user.a(), c.user.b()]); return [a, b]; }',
    null,
    'async (c) => { const [a, b] = await Promise.all([c.user.a(), c.user.b()]); return [(await a) ?? null, (await b) ?? null]; }',
  ],
  [
    'what is caught, by its name',
    'async (c) => { const u = await c.users.fetch(1).catch(() => {}); return u && u.tag; }',
    null,
    'async (c) => { const u = await c.users.fetch(1).catch(() => {}); return (u && u.tag) ?? null; }',
  ],
  [
    'what is caught and logged, by its name',
    'async (c) => { const u = await c.users.fetch(1).catch((e) => { console.debug(e); }); return u; }',
    null,
    'async (c) => { const u = await c.users.fetch(1).catch((e) => { console.debug(e); }); return u ?? null; }',
  ],
  [
    'what is caught as null, by its name',
    'async (c) => { const u = await c.users.fetch(1).catch(() => null); return u && u.tag; }',
    null,
  ],
  [
    'what is caught by a function with a name',
    '(c) => c.users.fetch(1).catch(console.error)',
    null,
    '(c) => c.users.fetch(1).catch(console.error).then((one) => one ?? null)',
  ],
  [
    'what is caught and logged',
    "(c) => c.users.fetch(1).catch((e) => console.debug('x'))",
    null,
    "(c) => c.users.fetch(1).catch((e) => console.debug('x') ?? null)",
  ],
  [
    'what is promised, by its name',
    'async (c) => { const p = c.users.fetch(1).catch(() => {}); return p; }',
    null,
    'async (c) => { const p = c.users.fetch(1).catch(() => {}); return (await p) ?? null; }',
  ],
  [
    'what is promised, by its name, where nothing can wait',
    '(c) => { const p = c.users.fetch(1).catch(() => {}); return p; }',
    'DC-W6',
  ],
  [
    'what is promised, by its name, where an error would be caught',
    'async (c) => { try { const p = c.users.fetch(1).catch(() => {}); return p; } catch { return 1; } }',
    'DC-W6',
  ],
  [
    'a value that is promised',
    '(c) => Promise.resolve(c.users.cache.get(1)?.tag)',
    null,
    '(c) => Promise.resolve(c.users.cache.get(1)?.tag).then((one) => one ?? null)',
  ],
  ['what a database has', '(c) => c.user.db.get(1)', 'DC-W6'],
  [
    'what a database has, where it can be waited for',
    'async (c) => c.user.db.get(1)',
    null,
    'async (c) => (await c.user.db.get(1)) ?? null',
  ],
  [
    'what a map has',
    '(c) => { const m = new Map([[1, c.user]]); return m.get(1); }',
    null,
    '(c) => { const m = new Map([[1, c.user]]); return m.get(1) ?? null; }',
  ],
  ['a number of a list that is reduced', '(c) => c.guilds.cache.reduce((a, g) => a + g.position, 0)', null],
];

describe('where nothing cannot be filled right there', () => {
  let report: Report;
  let handlers = '';
  beforeAll(async () => {
    const files = unfilled.map(([, fn], i) => [`x${i}.js`, `${call(fn, 'f(r)')}\n`] as const);
    const seeking =
      'exports.Seeker = class { constructor() { this.hunt = async () => {}; } async seek(id) { await this.done(id); } };\n';
    const root = project({ ...cjsBot, 'seeker.js': seeking, ...Object.fromEntries(files) });
    report = await migrate({ paths: ['.'], cwd: root });
    handlers = read(root)['cluster-handlers.js'] ?? '';
  });

  test.each(unfilled.map((row, i) => [row[0], row, i] as const))('%s', (_title, [, fn, code, handler], i) => {
    const site = report.sites.find(({ file }) => file === `x${i}.js`);
    expect(site).toMatchObject({ code });
    expect(handlers).toContain(`${site?.handler}: ${handler ?? fn.replace(/, \{ context: .*/, '')},\n`);
  });

  test('is not said of what discord.js promises, or of a sum', async () => {
    const [sent, fetched, summed] = await migrateAll(
      [
        "(c) => c.users.fetch('1').then((u) => u.send('x')).catch(() => {})",
        "(c) => c.users.fetch('1')",
        '(c) => c.guilds.cache.reduce((a, g) => a + g.memberCount, 0)',
      ].map((fn) => `const r = await client.shard.broadcastEval(${fn}); f(r[0] === null);`),
    );
    expect([sent, fetched, summed].map((one) => one?.sites[0]?.code)).toEqual([null, null, null]);
  });

  test('is said of what is compared, or goes out of sight, where the text does not tell', async () => {
    const fn = '(c) => { const load = async (x) => x.take(); return c.user && load(c.user); }';
    const [told, kept, ignored] = await migrateAll([
      `const r = await client.shard.broadcastEval(${fn}); f(r[0] === null);`,
      `f(await client.shard.broadcastEval(${fn}));`,
      `await client.shard.broadcastEval((c) => c.user && c.guilds.cache.map((g) => g.me?.nick));`,
    ]);
    expect([told, kept, ignored].map((one) => one?.sites[0]?.code)).toEqual(['DC-W6', 'DC-W6', null]);
  });
});

test('a path of one name that no class gives the client', async () => {
  const calls = ['myThing', 'started', 'guilds.cache.size', 'bank.open'].map(
    (path, i) => `exports.a${i} = (client) => client.shard.fetchClientValues('${path}');\n`,
  );
  const root = project({ ...cjsBot, 'bot.js': puts, 'x.js': calls.join('') });
  await migrate({ paths: ['.'], cwd: root });
  const handlers = read(root)['cluster-handlers.js'] ?? '';
  expect(handlers.match(/client\) => .*,/g)).toEqual([
    'client) => client.myThing ?? null,',
    'client) => client.started,',
    'client) => client.guilds.cache.size,',
    'client) => client.bank.open,',
  ]);
});

test.each([
  ['by `Object.assign`', 'exports.load = (client, o) => { Object.assign(client, { tone: o.tone }); };\n', true],
  ['by `Object.assign`, by a name', 'exports.load = (client, tone) => { Object.assign(client, { tone }); };\n', true],
  ['by a key', "exports.load = (client, o) => { client['tone'] = o.tone; };\n", true],
  ['by a key of an object', "exports.load = (client, o) => { Object.assign(client, { 'tone': o.tone }); };\n", true],
  ['by a property', "exports.load = (client, o) => { Object.defineProperty(client, 'tone', o); };\n", true],
  [
    'by `Object.assign`, as it is written',
    "exports.load = (client) => { Object.assign(client, { tone: 'x' }); };\n",
    false,
  ],
  ['by a key, as it is written', "exports.load = (client) => { client['tone'] = 'x'; };\n", false],
  ['nowhere, but said', "exports.load = (f, settings) => f('tone', settings['tone']);\n", false],
  ['nowhere, but into something of its name', 'exports.load = (tone, f) => { tone[0] = f(); tone.x = f(); };\n', false],
] as const)('a member of a class that a file puts something into %s', async (_title, load, isFilled) => {
  const bot =
    "const { Client } = require('discord.js');\nclass Bot extends Client { tone = 'a'; }\nnew Bot({ intents: [] }).login();\n";
  const x = 'exports.f = async (client, f) => { const r = await client.shard.broadcastEval((c) => c.tone); f(r); };\n';
  const root = project({ ...cjsBot, 'bot.js': bot, 'load.js': load, 'x.js': x });
  await migrate({ paths: ['.'], cwd: root });
  expect(read(root)['cluster-handlers.js']).toContain(`(c) => c.tone${isFilled ? ' ?? null' : ''},`);
});

describe('in TypeScript', () => {
  const typed = (body: string): string =>
    `import util from 'node:util';\nimport type { Client } from 'discord.js';\nexport async function f(client: Client<true>, id: string) {\n  const names = await client.shard!.broadcastEval((c, x) => c.guilds.cache.get(x)?.name, { context: id });\n  ${body}\n}\n`;
  const bodies: readonly (readonly [title: string, body: string, filled: boolean, code: string | null])[] = [
    ['compared with null', 'return names.find((n) => n !== null)?.length;', true, null],
    ['handed on, where other files infer the type', 'return names;', false, 'DC-W6'],
    ['handed on to a package', 'util.inspect(names);', true, null],
    ['tested', 'return names.find(Boolean);', false, null],
    [
      'compared where the types take no null',
      'const found: string | undefined = names[0];\n  return found === null ? 1 : found;',
      false,
      'DC-W6',
    ],
  ];

  test.each(bodies)('%s', async (_title, body, filled, code) => {
    const root = project({ ...tsBot, 'src/x.ts': typed(body) });
    const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
    expect(summary.verified).toBe(true);
    expect(sites.find(({ file }) => file === 'src/x.ts')).toMatchObject({ code });
    expect(read(root)['src/cluster-handlers.ts']?.includes('?.name ?? null,')).toBe(filled);
  });
});

test('a type whose JSON arrives is noted: the handlers file says more than is there', async () => {
  const call = (name: string, context: string, value: string): string =>
    `export const ${name} = (client: Client<true>, m: Message) => client.shard!.broadcastEval((c, d) => [c.user.id, ${value}], { context: ${context} });\n`;
  const given = (name: string, fn: string, context: string): string =>
    `export const ${name} = (client: Client<true>, m: Message, deep: { a: { b: { m: Message } } }) => client.shard!.broadcastEval(${fn}, { context: ${context} });\n`;
  const text = [
    "import type { Client, Message } from 'discord.js';\n",
    call('a', '{ m }', 'd.m.content'),
    call('b', '{ all: [m] }', 'd.all.length'),
    call('c', '{ id: m.id, n: 1 }', 'd.id'),
    given('d', '(c, d) => [c.user.id, d.u.a.b.m.id]', '{ u: deep }'),
    // A type of the function's own says no more than there is, and without a parameter there is none.
    given('e', '(c, { m }: { m: { id: string } }) => [c.user.id, m.id]', '{ m }'),
    given('f', '(c, u: unknown) => [c.user.id, String(u)]', 'm'),
    given('g', '(c) => [c.user.id]', 'm'),
  ].join('');
  const root = project({ ...tsBot, 'src/x.ts': text });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  const mine = sites.filter(({ file }) => file === 'src/x.ts');
  expect(mine.map(({ code, message }) => [code, /holds a (\w+)/.exec(message)?.[1] ?? null])).toEqual([
    ['DC-W10', 'Message'],
    ['DC-W10', 'Message'],
    [null, null],
    ['DC-W10', 'Message'],
    [null, null],
    [null, null],
    [null, null],
  ]);
});

describe('what JSON made of a result', () => {
  const kinds: readonly (readonly [fn: string, code: string | null])[] = [
    ['(c) => c.guilds.cache.get(1)?.createdAt', 'DC-W3'],
    ['(c) => c.guilds.cache.map((g) => ({ id: g.id, since: g.joinedAt }))', 'DC-W3'],
    ['(c) => { const at = new Date(); return { at }; }', 'DC-W3'],
    ['(c) => new Map(c.guilds.cache.map((g) => [g.id, g.name]))', 'DC-W3'],
    ['(c) => (c.isReady() ? BigInt(c.user.id) : null)', 'DC-W3'],
    ['(c) => c.guilds.cache.get(1)?.createdAt.toISOString() ?? null', null],
    ['(c) => c.guilds.cache.get(1).roles.cache.map((role) => role.permissions.bitfield)', 'DC-W3'],
    ['(c) => c.guilds.cache.map((g) => [g.id, g.members.me.permissions.bitfield])', 'DC-W3'],
    ['(c) => c.channels.cache.get(1).permissionOverwrites.cache.map((one) => one.allow.bitfield)', 'DC-W3'],
    ['(c) => c.channels.cache.get(1).permissionsFor(c.user).bitfield', 'DC-W3'],
    ['(c) => { const { bitfield } = c.channels.cache.get(1).permissionsFor(c.user); return bitfield; }', 'DC-W3'],
    ['(c) => c.guilds.cache.map((g) => g.members.me.permissions.bitfield.toString())', null],
    ['(c) => c.options.intents.bitfield', null],
    ['(c) => c.guilds.cache.filter((g) => g.createdAt > new Date(0)).size', null],
  ];

  test('is noted with what to write where it may be a promise', async () => {
    const fns = [
      '(c) => c.find(1)',
      "(c) => c.users.cache.get(1).send('x') ?? null",
      '(c) => { const l = c.guilds.cache.map((g) => g.me?.nick); return Promise.resolve(l); }',
    ];
    const all = await migrateAll(fns.map((fn) => `f(await client.shard.broadcastEval(${fn}));`));
    const advice = all.map(({ sites }) => sites[0]?.message.match(/give null for it \((.*?)\), or/)?.[1]);
    const waiting = (what: string) => `\`(await ${what}) ?? null\` in an async function, since it may be a promise`;
    expect(advice).toEqual([waiting('c.find(1)'), waiting("c.users.cache.get(1).send('x')"), '`?? null`']);
  });

  test('is noted in JavaScript where it was something else', async () => {
    const lines = kinds.map(([fn]) => `f(await client.shard.broadcastEval(${fn}));`);
    const paths = [
      "f(await client.shard.fetchClientValues('readyAt'));",
      'await client.shard.broadcastEval((c) => c.readyAt);',
    ];
    const all = await migrateAll([...lines, ...paths]);
    expect(all.map(({ sites }) => sites[0]?.code)).toEqual([...kinds.map(([, code]) => code), 'DC-W3', null]);
  });
});
