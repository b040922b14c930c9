/** What a function gives need not arrive where nobody looks at it: then it is done, and not given. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read, tsBot, tsBotWith } from './project.ts';

/** A function whose result nobody reads, and the handler. */
const rows: readonly (readonly [fn: string, becomes: string])[] = [
  ['(c, { n }) => c.commands.set(n, { name: n })', 'async (c, { n }) => { await c.commands.set(n, { name: n }); }'],
  [
    "(c, { n }) => Object.assign(c.commands.get('a'), { off: true })",
    "(c, { n }) => { Object.assign(c.commands.get('a'), { off: true }); }",
  ],
  ["(c) => c.players.get('1')?.skip()", "async (c) => { await c.players.get('1')?.skip(); }"],
  ["async (c) => c.players.get('1')?.skip()", "async (c) => { await c.players.get('1')?.skip(); }"],
  ["async (c) => await c.players.get('1')?.skip()", "async (c) => { await c.players.get('1')?.skip(); }"],
  ["c => c.players.get('1')", "async c => { await c.players.get('1'); }"],
  ['(c) => { return c.commands.set(1, c.logger); }', 'async (c) => { await c.commands.set(1, c.logger); }'],
  [
    '(c) => { const p = c.players.get(1); if (!p) return false; return p.skip(); }',
    'async (c) => { const p = c.players.get(1); if (!p) return; await p.skip(); }',
  ],
  [
    '(c) => { const p = c.players.get(1); return p && p.skip(); }',
    'async (c) => { const p = c.players.get(1); await (p && p.skip()); }',
  ],
  [
    '(c) => { for (const p of c.all) { if (p.on) return p.skip(); else return p } return null }',
    'async (c) => { for (const p of c.all) { if (p.on) { await p.skip(); return; } else { await p; return; } } return }',
  ],
  [
    '(c, x) => { switch (x) { case 1: return Object.assign(c.logger, { x }); default: c.go() } }',
    '(c, x) => { switch (x) { case 1: Object.assign(c.logger, { x }); return; default: c.go() } }',
  ],
  ['(c) => { c.go()\n  return [c.a.map((x) => x.o)] }', '(c) => { c.go()\nvoid ([c.a.map((x) => x.o)]) }'],
  ['(c) => { return { a: c.map((x) => x), b: 1 }; }', '(c) => { void ({ a: c.map((x) => x), b: 1 }); }'],
  [
    '(c) => { return /* so */ Object.assign(c.logger, {}) /* it */; }',
    '(c) => { /* so */ Object.assign(c.logger, {}) /* it */; }',
  ],
  ['(c) => ({ a: c.players.get(1) })', '(c) => { ({ a: c.players.get(1) }); }'],
  ['(c) => function () {}', '(c) => { void (function () {}); }'],
  ['(c) => { return setTimeout(() => c.destroy(), 500); }', '(c) => { setTimeout(() => c.destroy(), 500); }'],
  ['function (c) { return c.players.get(1).skip(); }', 'async function (c) { await c.players.get(1).skip(); }'],
  [
    '(c) => { if (c.x) { c.y(); return c.on("a", c.z) } else return c.off("a", c.z); }',
    '(c) => { if (c.x) { c.y(); c.on("a", c.z) } else c.off("a", c.z); }',
  ],
  // An error that nobody caught is not caught now either.
  [
    '(c) => { try { return c.it.go(); } catch {} }',
    '(c) => { try { return Promise.resolve(c.it.go()).then(() => undefined); } catch {} }',
  ],
  ['(c) => { try { return c.on("x", c.y); } catch {} }', '(c) => { try { c.on("x", c.y); return; } catch {} }'],
  // A promise that nobody waits for is lost: only what is proven to be none is not waited for.
  ['(c) => (async () => { await c.later(1); })()', 'async (c) => { await (async () => { await c.later(1); })(); }'],
  [
    '(c) => { const run = async (x) => c.later(x); const job = run(1); return job; }',
    'async (c) => { const run = async (x) => c.later(x); const job = run(1); await job; }',
  ],
  ['(c) => c.a = c.b = c.later(1)', 'async (c) => { await (c.a = c.b = c.later(1)); }'],
  ['(c) => c.a ??= c.later(1)', 'async (c) => { await (c.a ??= c.later(1)); }'],
  [
    '(c) => [1, 2].reduce((p, x) => p.then(() => c.later(x)), Promise.resolve())',
    'async (c) => { await [1, 2].reduce((p, x) => p.then(() => c.later(x)), Promise.resolve()); }',
  ],
  ['(c) => c.sql`DELETE`', 'async (c) => { await (c.sql`DELETE`); }'],
  ['(c) => c.db.replace(1, 2)', 'async (c) => { await c.db.replace(1, 2); }'],
  // What is put into a list or an object later need not arrive, and what gives `this` has any name.
  [
    'async (c) => { const all = []; for (const p of c.all) all.push(await p.stop()); return all; }',
    'async (c) => { const all = []; for (const p of c.all) all.push(await p.stop()); return; }',
  ],
  ['(c) => { const o = {}; o.f = c.odd; return o; }', '(c) => { const o = {}; o.f = c.odd; return; }'],
  ["(c) => c.players.get('1').destroy()", "async (c) => { await c.players.get('1').destroy(); }"],
  ["(c) => c.players.get('1').clear()", "async (c) => { await c.players.get('1').clear(); }"],
  // An error of a member that is read goes to the caller.
  [
    "(c) => { const g = c.guilds.cache.get('1'); return [g.name, g.odd]; }",
    "(c) => { const g = c.guilds.cache.get('1'); void ([g.name, g.odd]); }",
  ],
  ['(c) => { if (c.x) { return c.y.go(); } c.z(); }', 'async (c) => { if (c.x) { await c.y.go(); return; } c.z(); }'],
  [
    'function walk(c) { return c.next ? walk(c.next) : c.last; }',
    'function walk(c) { return c.next ? walk(c.next) : c.last; }',
  ],
  // What is plain stays as it is.
  ...[
    '(c) => c.destroy()',
    "(c) => c.user.setActivity('x')",
    '(c, { id, t }) => c.channels.cache.get(id)?.send(t).catch(() => null)',
    '(c) => Promise.all(c.guilds.cache.map((g) => g.leave()))',
    '(c, { id }) => c.cooldowns.delete(id)',
    '(c, { n }) => c.lang = n.name',
    '(x) => x.startTime = new Date()',
    '(c) => { c.n += 1; return c.n + 1; }',
    '(c, { id }) => { const g = c.guilds.cache.get(id); if (!g) return false; return g.leave().then(() => true); }',
    'async (c, { id }) => { const u = await c.users.fetch(id); return u.send("x"); }',
    '(c) => c.shard.ids.length',
    '(c) => void c.players.get(1).skip()',
    '(c) => c.n === c.x',
    "(c) => c.emit('x', 1)",
  ].map((one) => [one, one] as const),
];

const text = (lines: readonly string[]): string =>
  lines.map((line, i) => `exports.f${i} = async (client, n) => {\n  ${line}\n};\n`).join('');
const call = (fn: string): string => `client.shard.broadcastEval(${fn}, { context: n })`;

test('what nobody looks at is done and not given', async () => {
  const all = await Promise.all(
    rows.map(async ([fn]) => {
      const root = project({ ...cjsBot, 'a.js': text([`await ${call(fn)};`]) });
      const { sites } = await migrate({ paths: ['.'], cwd: root });
      const [site] = sites.filter(({ method }) => method === 'broadcastEval');
      const codes = site?.outcome === 'left' || /^DC-W[378]$/.test(site?.code ?? '') ? ` ${site?.code}` : '';
      return [
        fn,
        (read(root)['cluster-handlers.js'] ?? '').split(': ').slice(1).join(': ').replace(/^ {2}/gm, ''),
        codes,
      ];
    }),
  );
  expect(all).toEqual(rows.map(([fn, becomes]) => [fn, expect.stringContaining(`${becomes},`), '']));
});

test('where one looks and another does not, there are two handlers', async () => {
  const fn = "(c) => c.players.get('1')?.skip()";
  const root = project({ ...cjsBot, 'a.js': text([`await ${call(fn)};`, `return ${call(fn)};`]) });
  await migrate({ paths: ['.'], cwd: root });
  const handlers = read(root)['cluster-handlers.js'];
  expect(handlers).toContain(`: ${fn},`);
  expect(handlers).toContain(": async (c) => { await c.players.get('1')?.skip(); },");
});

test('where one looks and another does not, what only gives something gives it to the one that looks', async () => {
  const fn = (c: string): string =>
    `(${c}) => { const names = []; for (const [, g] of ${c}.guilds.cache) names.push(g.name); return names; }`;
  const broadcast = (c: string): string => `client.shard.broadcastEval(${fn(c)})`;
  const lines = [`await ${broadcast('c')};`, `return ${broadcast('c')};`, `await ${broadcast('bot')};`];
  const root = project({ ...cjsBot, 'a.js': text(lines) });
  await migrate({ paths: ['.'], cwd: root });
  const handlers = read(root)['cluster-handlers.js'];
  expect(handlers).toContain(`: ${fn('c')},`);
  expect(handlers?.match(/return;/g)).toHaveLength(1);
});

test('a function whose name its members have, too, does not ask itself', async () => {
  const lines = [
    "const skip = (c) => c.players.get('1').skip(); await client.shard.broadcastEval(skip);",
    "await client.shard.broadcastEval(stop); function stop(c) { return c.players.get('1').stop(); }",
  ];
  const root = project({ ...cjsBot, 'a.js': text(lines) });
  await migrate({ paths: ['.'], cwd: root });
  const handlers = read(root)['cluster-handlers.js'];
  expect(handlers).toContain("async (c) => { await c.players.get('1').skip(); }");
  expect(handlers).toContain("(c) { await c.players.get('1').stop(); }");
});

test('a name that only its return used stays used', async () => {
  const fn = '(c) => { const made = [c.users.cache.map((u) => () => u)]; return made; }';
  const head = "import type { Client } from 'discord.js';\nexport const f = async (client: Client<true>) => {\n";
  const a = `${head}  await client.shard!.broadcastEval(${fn});\n};\n`;
  const root = project({ ...tsBotWith({ noUnusedLocals: true }), 'src/a.ts': a });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.filter(({ file }) => file === 'src/a.ts').map(({ code }) => code)).toEqual([null]);
  expect(read(root)['src/cluster-handlers.ts']).toMatch(/ made; }/);
});

test('so in TypeScript, where its type goes with it', async () => {
  const calls = [
    "(c: any, { n }: { n: string }) => c.commands.set(n, { n }), { context: { n: 'x' } }",
    '(c): Map<string, () => void> => { return new Map([[c.user.id, () => undefined]]); }',
    'async (c): Promise<unknown[]> => { if (c.uptime > 5) return [c.users.cache.map((u) => () => u)]; return []; }',
    "(c) => c.users.fetch('1')",
  ];
  const lines = calls.map((one) => `  await client.shard!.broadcastEval(${one});\n`).join('');
  const head = "import type { Client } from 'discord.js';\nexport const f = async (client: Client<true>) => {\n";
  const root = project({ ...tsBot, 'src/a.ts': `${head}${lines}};\n` });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const handlers = read(root)['src/cluster-handlers.ts'];
  expect(sites.filter(({ file }) => file === 'src/a.ts').map(({ outcome, code }) => code ?? outcome)).toEqual(
    calls.map(() => 'rewritten'),
  );
  expect(handlers).toContain('async (c: any, { n }: { n: string }) => { await c.commands.set(n, { n }); }');
  expect(handlers).toContain('(c) => { new Map([[c.user.id, () => undefined]]); }');
  expect(handlers).toContain(
    'async (c) => { if (c.uptime > 5) { void ([c.users.cache.map((u) => () => u)]); return; } return; }',
  );
  expect(handlers).toContain("(c) => c.users.fetch('1')");
});

test('so in texts, with names, in wrappers, functions of other files and beside the client', async () => {
  const skip = "(c) => c.players.get('1')?.skip()";
  const done = "async (c) => { await c.players.get('1')?.skip(); }";
  const files = {
    ...cjsBot,
    'work.js': `exports.work = ${skip};\nexports.calm = (c) => c.user.id;\n`,
    'a.js': `const { work, calm } = require('./work');\n${text(['client.shard.broadcastEval(work);', 'client.shard.broadcastEval(calm);'])}`,
    'b.js': `const go = ${skip};\n${text(['await client.shard.broadcastEval(go);'])}`,
    'c.js': `const all = async (client, fn) => { await client.shard.broadcastEval(fn); };\n${text([`await all(client, ${skip});`])}`,
    'd.js': text(["await client.shard.broadcastEval('this.commands.set(1, this.logger)');"]),
    'e.js': text(["await client.shard.broadcastEval('const p = this.player; p.on() ? p.stop() : p');"]),
    'f.js': text(["await client.shard.broadcastEval('this.user.setActivity(1)');"]),
  };
  const root = project(files);
  const { sites } = await migrate({ paths: ['.'], cwd: root, legacy: true });
  expect(sites.filter(({ outcome }) => outcome === 'left')).toEqual([]);
  const handlers = read(root)['cluster-handlers.js'] ?? '';
  expect(handlers).toContain(': async (...given) => { await work(...given); },');
  expect(handlers).toContain(': (...given) => calm(...given),');
  expect(handlers.split(done)).toHaveLength(2);
  expect(handlers).not.toContain(skip);
  expect(handlers).toContain('async (client) => { await client.commands.set(1, client.logger); }');
  expect(handlers).toMatch(/await \(p\.on\(\) \? p\.stop\(\) : p\)/);
  expect(handlers).toContain('(client) => client.user.setActivity(1)');
  const bot =
    "const { Client } = require('discord.js');\nconst client = new Client({ intents: [] });\nclient.login();\n";
  const beside = project({ ...cjsBot, 'bot.js': bot, 'a.js': text([`await client.shard.broadcastEval(${skip});`]) });
  await migrate({ paths: ['.'], cwd: beside, inline: true });
  expect(read(beside)['bot.js']).toContain("{ await c.players.get('1')?.skip(); }");
});
