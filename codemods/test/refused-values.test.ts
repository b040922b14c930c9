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
