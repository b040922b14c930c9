/** Functions, symbols and promises among values: JSON hid them, a handler is refused with them, so the call is left. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { migrateAll } from './batch.ts';
import { cjsBot, project, read } from './project.ts';

/** A function, and the promise that nothing waits for; `null` where there is none. */
const functions: readonly (readonly [fn: string, where: string | null])[] = [
  ['(c) => c.guilds.cache.map((g) => g.leave())', 'g.leave()'],
  ['(c) => c.guilds.cache.map(async (g) => { await g.leave(); })', 'async (g) => { await g.leave(); }'],
  ['(c) => { return c.guilds.cache.map((g) => g.commands.set([])); }', 'g.commands.set([])'],
  ["(c) => c.channels.cache.filter((x) => x.name === 'a').map((x) => x.send('hi'))", "x.send('hi')"],
  ["(c) => ({ p: c.guilds.fetch('1'), n: c.ws.ping })", "c.guilds.fetch('1')"],
  ["(c) => [c.user.setActivity('x'), c.users.fetch('1')]", "c.users.fetch('1')"],
  ['(c) => c.guilds.cache.mapValues((g) => g.fetchOwner())', 'g.fetchOwner()'],
  ['(c) => c.guilds.cache.reduce((a, g) => { a.push(g.leave()); return a; }, [])', 'g.leave()'],
  ['(c) => { const all = []; for (const g of c.guilds.cache.values()) all.push(g.leave()); return all; }', 'g.leave()'],
  ['(c) => { const all = c.guilds.cache.map((g) => g.leave()); return all; }', 'g.leave()'],
  ["(c) => { const p = c.users.fetch('1'); return { p }; }", "c.users.fetch('1')"],
  ['async (c) => c.guilds.cache.map((g) => g.leave())', 'g.leave()'],
  ['async (c) => await c.guilds.cache.map((g) => g.leave())', 'g.leave()'],
  ['(c) => Array.from(c.guilds.cache.values(), (g) => g.leave())', 'g.leave()'],
  ['(c) => [...c.guilds.cache.map((g) => g.leave())]', 'g.leave()'],
  ['(c) => (c.user ? c.guilds.cache.map((g) => g.leave()) : [])', 'g.leave()'],
  ['(c) => { const go = async (g) => g.name; return c.guilds.cache.map(go); }', 'async (g) => g.name'],
  ['(c) => { async function go(g) { return g.name; } return c.guilds.cache.map((g) => go(g)); }', 'async function go'],
  ['(c) => Promise.all(c.guilds.cache.map((g) => g.channels.cache.map((x) => x.delete())))', 'x.delete()'],
  ['(c) => Promise.all(c.guilds.cache.map((g) => g.channels.cache.map((x) => x.delete())).flat())', null],
  ['(c) => Promise.all(c.guilds.cache.map((g) => [g.roles.cache.map((x) => x.delete())]).flat())', 'x.delete()'],
  ['(c) => Promise.all([...c.guilds.cache.values()].flatMap((g) => g.roles.cache.map((x) => x.delete())))', null],
  ['(c) => [...c.guilds.cache.values()].flatMap((g) => g.roles.cache.map((x) => x.delete()))', 'x.delete()'],
  [
    'async (c) => { const t = c.guilds.cache.map((g) => g.roles.cache.map((x) => x.delete())); return await Promise.all(t.flat()); }',
    null,
  ],
  ['(c) => c.users.fetch(c.user.id).then((u) => [u.send(1)])', 'u.send(1)'],
  ['(c) => [new Promise((done) => done(1))]', 'new Promise('],
  ['(c) => c.guilds.cache.map((g) => g.members.me.roles.add(g.id))', 'g.members.me.roles.add(g.id)'],
  ['(c) => Promise.all(c.guilds.cache.map((g) => g.leave()))', null],
  ['async (c) => { await Promise.all(c.guilds.cache.map(async (g) => { await g.leave(); })); }', null],
  ['(c) => Promise.allSettled(c.guilds.cache.map((g) => g.leave()))', null],
  ["(c) => c.users.fetch('1')", null],
  ["async (c) => ({ u: await c.users.fetch('1') })", null],
  ["async (c) => { const [u] = await Promise.all([c.users.fetch('1')]); return { n: u.id }; }", null],
  ['(c) => { c.guilds.cache.map((g) => g.leave()); }', null],
  ['(c) => c.guilds.cache.each((g) => g.leave())', null],
  ['(c) => c.guilds.cache.map((g) => g.leave()).length', null],
  ['(c, ids) => ids.map((id) => c.things.delete(id))', null],
  ['(c, all) => all.map((x) => c.commands.set(x.name, x).size)', null],
  [
    'async (c) => { const all = await Promise.all(c.guilds.cache.map((g) => g.leave())); return all.map((g) => g.id); }',
    null,
  ],
  [
    'async (c) => { const all = []; for (const g of c.guilds.cache.values()) all.push(await g.leave()); return all; }',
    null,
  ],
  ['(c) => Promise.all([...c.guilds.cache.values()].map(async (g) => ({ id: g.id, o: await g.fetchOwner() })))', null],
  // What is read back out of an object, a list, a map or a pattern.
  ['(c) => { const o = { jobs: c.guilds.cache.map((g) => g.leave()), n: 1 }; return o.jobs; }', 'g.leave()'],
  ['(c) => { const o = { jobs: c.guilds.cache.map((g) => g.leave()), n: 1 }; return o.n; }', null],
  ["(c) => { const o = { jobs: c.guilds.cache.map((g) => g.leave()) }; return o['jobs']; }", 'g.leave()'],
  ['(c, k) => { const o = { jobs: c.guilds.cache.map((g) => g.leave()) }; return o[k]; }', 'g.leave()'],
  ['(c) => { const { jobs } = { jobs: c.guilds.cache.map((g) => g.leave()) }; return jobs; }', 'g.leave()'],
  ['(c) => { const { a: { jobs: all } } = { a: { jobs: [c.users.fetch(1)] } }; return all; }', 'c.users.fetch(1)'],
  ['(c) => { const { n, ...rest } = { jobs: [c.users.fetch(1)], n: 1 }; return rest; }', 'c.users.fetch(1)'],
  ['(c) => { const { jobs, ...rest } = { jobs: [c.users.fetch(1)], n: 1 }; return rest; }', null],
  ['(c) => { let jobs; ({ jobs } = { jobs: [c.users.fetch(1)] }); return jobs; }', 'c.users.fetch(1)'],
  ['(c) => { const [, second] = [1, [c.users.fetch(1)]]; return second; }', 'c.users.fetch(1)'],
  ['(c) => { const [first] = [1, [c.users.fetch(1)]]; return first; }', null],
  ['(c) => { const o = { a: {} }; o.a.b = [c.users.fetch(1)]; return o; }', 'c.users.fetch(1)'],
  ['(c) => { const o = { list: [] }; o.list.push(c.users.fetch(1)); return o.list; }', 'c.users.fetch(1)'],
  ["(c) => { const m = new Map(); m.set('a', c.users.fetch(1)); return [...m.values()]; }", 'c.users.fetch(1)'],
  ["(c) => { const m = new Map(); m.set('a', [c.users.fetch(1)]); return m.get('a'); }", 'c.users.fetch(1)'],
  ['(c) => { const all = []; for (const p of [c.users.fetch(1)]) all.push(p); return all; }', 'c.users.fetch(1)'],
  ['async (c) => { const all = []; for await (const p of [c.users.fetch(1)]) all.push(p); return all; }', null],
  ['(c) => { const all = []; [c.users.fetch(1)].forEach((p) => all.push(p)); return all; }', 'c.users.fetch(1)'],
  ['(c) => [c.users.fetch(1)].map((p) => p)', 'c.users.fetch(1)'],
  ['(c) => Promise.all([c.users.fetch(1)]).then(([u]) => [u])', null],
  ['(c) => { const wrap = (p) => ({ p }); return wrap(c.users.fetch(1)); }', 'c.users.fetch(1)'],
  ['(c) => ((...all) => all)(c.users.fetch(1))', 'c.users.fetch(1)'],
  ['(c) => { const o = { go(g) { return g.leave(); } }; return c.guilds.cache.map((g) => o.go(g)); }', 'g.leave()'],
  ['async (c) => { const [u] = await Promise.all([c.users.fetch(1)]); return [u]; }', null],
  ['async (c) => { const u = (await Promise.all([[c.users.fetch(1)]]))[0]; return u; }', 'c.users.fetch(1)'],
  ['async (c) => { let u = c.users.fetch(1); u = await u; return [u.id, u]; }', null],
  // Methods of the bot's own give what they give, whatever they are called.
  ['(c) => { const queue = { add: (g) => g.id }; return c.guilds.cache.map((g) => queue.add(g)); }', null],
  ['(c) => { const mail = { send(g) { return g.name; } }; return c.guilds.cache.map((g) => mail.send(g)); }', null],
  ['(c) => { class Q { edit(g) { return g.id; } } const q = new Q(); return [q.edit(c.user)]; }', null],
  ['(c) => { class Q { edit(g) { return g.leave(); } } class R extends Q {} return [new R().edit(c)]; }', 'g.leave()'],
  // What a name was before it was surely set is no part of it.
  [
    'async (c) => { let jobs = c.list.map((g) => g.leave()); jobs = await Promise.all(jobs); return jobs.map((g) => g); }',
    null,
  ],
  ['async (c) => { let all = []; all.push(c.users.fetch(1)); all = await Promise.all(all); return all; }', null],
  ['async (c) => { let u = c.users.fetch(1); u = await u.catch(() => null); return [u]; }', null],
  ['async (c) => { let u = c.users.fetch(1); u = (await u).id; return [u]; }', null],
  ['async (c) => { let u = c.users.fetch(1); if (c.x) u = await u; return [u]; }', 'c.users.fetch(1)'],
  ['async (c) => { let u = 1; u = await u; u = c.users.fetch(1); return [u]; }', 'c.users.fetch(1)'],
  ['(c) => { let u = c.users.fetch(1); { u = null; } return [u]; }', 'c.users.fetch(1)'],
  // Maps, their sizes and their entries.
  ['async (c) => { const m = new Map(); m.set(1, c.users.fetch(1)); return { n: m.size }; }', null],
  ['async (c, i) => { const m = []; m[i] = c.users.fetch(1); return { n: m.length }; }', null],
  [
    '(c) => { const m = new Map(); m.set(1, [c.users.fetch(1)]); const o = []; for (const [k] of m) o.push(k); return o; }',
    null,
  ],
  [
    '(c) => { const m = new Map(); m.set(1, c.users.fetch(1)); const o = []; for (const [, p] of m) o.push(p); return o; }',
    'c.users.fetch(1)',
  ],
  ['(c) => { const m = new Map([[1, [c.users.fetch(1)]]]); return m.get(1); }', 'c.users.fetch(1)'],
  ['(c) => { const m = new Map([[1, [c.users.fetch(1)]]]); return [...m].map(([k]) => k); }', null],
  ['(c) => { const o = { a: [c.users.fetch(1)] }; return Object.entries(o).map(([name]) => name); }', null],
  ['(c) => { const o = { a: c.users.fetch(1) }; return Object.entries(o).map(([, p]) => p); }', 'c.users.fetch(1)'],
  [
    '(c) => { const o = { a: c.users.fetch(1) }; const all = []; for (const p of Object.values(o)) all.push(p); return all; }',
    'c.users.fetch(1)',
  ],
  ['(c) => Array.from([c.users.fetch(1)], (p) => p)', 'c.users.fetch(1)'],
  ['(c) => c.guilds.cache.reduce((all, g) => all.concat(g.leave()), [])', 'g.leave()'],
  ['(c) => c.guilds.cache.reduce((all, g) => all.concat(g.id), [])', null],
  [
    '(c) => { class A { run() { return c.users.fetch(1); } all() { return [this.run()]; } } return new A().all(); }',
    'c.users.fetch(1)',
  ],
  // A broadcast inside is one, too.
  ["(c) => [c.shard.fetchClientValues('ws.ping')]", "c.shard.fetchClientValues('ws.ping')"],
  ['(c) => ({ all: c.shard.broadcastEval((x) => x.ws.ping) })', 'c.shard.broadcastEval((x) => x.ws.ping)'],
  ["async (c) => [await c.shard.fetchClientValues('ws.ping')]", null],
  // What goes round and round ends.
  ['(c) => { let o = {}; o = o.next; return o; }', null],
  ['(c) => { let o = {}; o = o.next(); return [o]; }', null],
  ['(c) => { const go = (n) => (n > 0 ? [go(n - 1)] : []); return go(3); }', null],
];

test('a promise that nothing waits for leaves the call', async () => {
  const all = await migrateAll(
    functions.map(([fn], i) => `${i % 2 ? 'await' : 'f(await'} client.shard.broadcastEval(${fn})${i % 2 ? '' : ')'};`),
  );
  const found = all.map(({ sites: [site] }) => (site?.code === 'DC-W11' ? (site.message ?? '') : null));
  const told = found.map((message, i) => [
    functions[i]?.[0],
    message === null ? null : /\((.*)\)\. It came/.exec(message)?.[1],
  ]);
  expect(told).toEqual(functions.map(([fn, where]) => [fn, where === null ? null : expect.stringContaining(where)]));
  expect(found[0]).toBe(
    'Nothing waits for a promise in the result (g.leave()). It came as {} until now, and is refused from now on (UNSERIALISABLE). Wait for it (`await`; for a list, `await Promise.all(...)`), or give nothing where nobody uses it (a body in braces, without return), and run dc-migrate again.',
  );
});

/** What stands before a call, its context, and why the call is left. */
const contexts: readonly (readonly [before: string, context: string, code: string | null])[] = [
  ['function q() {}', '{ q }', 'DC-W8'],
  ['class K {}', '{ K }', 'DC-W8'],
  ['let q = () => 1;', '{ all: [q] }', 'DC-W8'],
  ['', "{ s: Symbol('a') }", 'DC-W8'],
  ["const s = Symbol('a');", '{ s }', 'DC-W8'],
  ['const o = { f() {}, n: 1 };', 'o', 'DC-W8'],
  ['', "{ u: client.users.fetch('1') }", 'DC-W11'],
  ["const u = client.users.fetch('1');", '{ u }', 'DC-W11'],
  ['async function of() { return 1; }', '{ n: of() }', 'DC-W11'],
  ['async function of() { return 1; }', '{ n: await of() }', null],
  ['function of() { return 1; }', '{ n: of() }', null],
  ['class K { run() {} }', '{ k: new K() }', null],
  ['const o = { f() {}, n: 1 };', '{ n: o.n }', null],
  ['const o = { f() {}, n: 1 };', '{ n: o.f }', 'DC-W8'],
  ['const o = { f() {}, n: 1 };', '{ ...o, f: undefined }', null],
  ['const o = { f() {}, n: 1 };', '{ f: 1, ...o }', 'DC-W8'],
  ['const { f, ...o } = { f() {}, n: 1 };', '{ o }', null],
  ['const { n, ...o } = { f() {}, n: 1 };', '{ o }', 'DC-W8'],
  ['class K { static run() {} static n = 1; }', '{ n: K.n }', null],
  ['const s = { f() {}, n: 1 };', 'Object.assign({}, s, { f: 1 })', null],
  ['const s = { f() {}, n: 1 };', 'Object.assign({}, { f: 1 }, s)', 'DC-W8'],
  ["const m = new Map(); m.set('a', () => 1);", '{ n: m.size }', null],
  ['let t = setTimeout(f, 1); clearTimeout(t); t = null;', '{ t }', null],
  ['class K { static run() {} static n = 1; }', '{ n: K.run }', 'DC-W8'],
];

test('what is named in a context is looked at where it is declared', async () => {
  const line = (before: string, context: string, call = '(c, d) => [c.user.id, d]'): string =>
    `exports.f = async (client, f) => { ${before} f(await client.shard.broadcastEval(${call}, { context: ${context} })); };`;
  const both = 'f.x ? (c, d) => [c.user.id, d] : (c, d) => d';
  const all = await migrateAll([
    ...contexts.map(([before, context]) => line(before, context)),
    line('function q() {}', '{ q }', both),
  ]);
  expect(all.map(({ sites }, i) => [contexts[i]?.[1] ?? both, sites[0]?.code])).toEqual([
    ...contexts.map(([, context, code]) => [context, code]),
    [both, 'DC-W8'],
  ]);
});

test('so is what a wrapper hands over, and what a text gives', async () => {
  const wrapper =
    'const all = (client, fn) => client.shard.broadcastEval(fn, { context: { f: () => 1 } });\nexports.f = (client) => all(client, (c, d) => [c.user.id, d]);\n';
  const sent = (text: string): string =>
    `exports.f = async (client, f) => {\n  ${text.replace('X(', 'client.shard.broadcastEval(')};\n};\n`;
  const root = project({
    ...cjsBot,
    'a.js': wrapper,
    'b.js': sent("f(await X('this.guilds.cache.map((g) => g.leave())'))"),
    'c.js': sent("await X('this.users.fetch(1).then((u) => [u.send(2)])')"),
    'd.js': sent("await X('(() => this.guilds.cache.map((g) => g.leave()))()')"),
    // What nobody looks at need not be given.
    'e.js': sent("await X('if (this.user) this.guilds.cache.map((g) => g.leave())')"),
    'h.js': sent("f(await X('[this.readyAt]'))"),
    'g.js': sent("await X('this.guilds.cache.map(async (g) => g.leave())')"),
  });
  const { sites } = await migrate({ paths: ['.'], cwd: root, legacy: true });
  expect(sites.flatMap(({ file, method, code }) => (method === 'broadcastEval' ? [[file, code]] : []))).toEqual([
    ['a.js', 'DC-W8'],
    ['b.js', 'DC-W11'],
    ['c.js', 'DC-W11'],
    ['d.js', 'DC-W11'],
    ['e.js', null],
    ['g.js', null],
    ['h.js', 'DC-W3'],
  ]);
  expect(read(root)['cluster-handlers.js']).not.toMatch(/return|=> client\.guilds/);
});

/** A function whose result cannot be sent, whether somebody looks at it, and what becomes of it: a handler, or a code. */
const unsendable: readonly (readonly [fn: string, isUsed: boolean, becomes: string])[] = [
  ['(c) => setTimeout(() => c.destroy(), 500)', false, '(c) => { setTimeout(() => c.destroy(), 500); }'],
  ["(c) => c.on('x', () => {})", false, "(c) => { c.on('x', () => {}); }"],
  ["(c) => (c.ws.once('x', () => {}))", false, "(c) => { (c.ws.once('x', () => {})); }"],
  ["(c) => c.removeAllListeners('x')", true, 'DC-W8'],
  ['(c) => setInterval(() => c.sweep(), 500)', true, 'DC-W8'],
  ['(c) => { return setTimeout(() => c.destroy(), 500); }', false, '(c) => { setTimeout(() => c.destroy(), 500); }'],
  ["(c) => c.lights.on('lamp', 3)", true, "(c) => c.lights.on('lamp', 3)"],
  [
    "async (c) => { const { setTimeout } = await import('node:timers/promises'); return await setTimeout(5, c.ws.ping); }",
    true,
    'await setTimeout',
  ],
  ['(c) => void setTimeout(() => c.destroy(), 500)', false, '(c) => void setTimeout(() => c.destroy(), 500)'],
  ['(c) => { const o = { on: (n) => n + 1 }; return o.on(c.ws.ping); }', true, 'return o.on(c.ws.ping); }'],
];

test('what cannot be sent is not given where nobody looks at it, and leaves the call elsewhere', async () => {
  const all = await Promise.all(
    unsendable.map(async ([fn, isUsed]) => {
      const call = `client.shard.broadcastEval(${fn})`;
      const root = project({
        ...cjsBot,
        'a.js': `exports.f = async (client, f) => ${isUsed ? `f(await ${call})` : `{ ${call}; }`};\n`,
      });
      const { sites } = await migrate({ paths: ['.'], cwd: root });
      const [site] = sites.filter(({ method }) => method === 'broadcastEval');
      return [fn, site?.outcome === 'left' ? site.code : read(root)['cluster-handlers.js']];
    }),
  );
  expect(all).toEqual(unsendable.map(([fn, , becomes]) => [fn, expect.stringContaining(becomes)]));
});

test('what another file of the bot gives is looked at there', async () => {
  const call = (body: string): string =>
    `exports.f = async (client, f) => f(await client.shard.broadcastEval(${body}));\n`;
  const root = project({
    ...cjsBot,
    'lib.js':
      "exports.leave = async (g) => g.leave();\nexports.id = (g) => g.id;\nexports.jobs = { seen: new Set() };\nexports.again = require('./again');\n",
    'again.js': "module.exports = require('./lib');\n",
    'a.js': `const { leave } = require('./lib');\n${call('(c) => c.guilds.cache.map((g) => leave(g))')}`,
    'b.js': `const lib = require('./lib');\n${call('(c) => c.guilds.cache.map((g) => lib.leave(g))')}`,
    'c.js': `const { id } = require('./lib');\n${call('(c) => c.guilds.cache.map((g) => id(g))')}`,
    'd.js': `const { jobs } = require('./lib');\n${call('(c) => [c.user.id, jobs.seen]')}`,
    'e.js': `const lib = require('./again');\n${call('(c) => c.guilds.cache.map((g) => lib.again.again.leave(g))')}`,
  });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const calls = sites.filter(({ method }) => method === 'broadcastEval');
  expect(calls.map(({ file, code }) => [file, code])).toEqual([
    ['a.js', 'DC-W11'],
    ['b.js', 'DC-W11'],
    // The import that moves is named first.
    ['c.js', 'DC-I1'],
    ['d.js', 'DC-I1'],
    ['e.js', 'DC-W11'],
  ]);
  expect(calls.map(({ message }) => /holds a Set/.test(message ?? ''))).toEqual([false, false, false, true, false]);
});
