/** Values that go round in circles, hold themselves or are large: looking at them comes to an end. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project } from './project.ts';

/** What stands before a call, and its function. */
const endless: readonly (readonly [title: string, before: string, fn: string])[] = [
  ['a list that becomes flat', '', '(c) => { let l = c.tree; while (l.some(Array.isArray)) l = l.flat(); return l; }'],
  [
    'a list that becomes flat and deep',
    '',
    '(c) => { let l = []; l = l.flat(); l = [l, c.k]; while (c.x) l = l.flat(); return l; }',
  ],
  [
    'a tree that is walked',
    '',
    '(c) => { let n = c.tree; while (n.id) { if (n.a) n = n.a; else if (n.b) n = n.b; else if (n.c) n = n.c; else n = n.d; } return n; }',
  ],
  [
    'a walk that waits',
    '',
    'async (c) => { let n = c.tree; while (n.id) { if (n.a) n = await n.a; else if (n.b) n = n.b; else if (n.c) n = await n.c; else n = n.d.e; } return n; }',
  ],
  [
    'a search in a tree',
    '',
    '(c) => { const find = (n) => (n.ok ? n : find(n.a) || find(n.b) || find(n.c) || find(n.d)); return find(c.tree); }',
  ],
  [
    'functions that ask each other',
    '',
    '(c) => { const f = (x) => (x.ok ? x : f(x.a) || g(x.b) || h(x.c)); const g = (x) => (x.ok ? x : f(x.d) || h(x.e)); const h = (x) => (x.ok ? x : f(x.f) || g(x.g)); return f(c); }',
  ],
  [
    'an object that grows',
    `let o = {}; ${Array.from({ length: 12 }, (_, i) => `if (f.k${i}) o = { ...o, k${i}: f.k${i} };`).join(' ')}`,
    '(c, { o }) => [c.user.id, o], { context: { o } }',
  ],
  [
    'a large object',
    `const o = { ${Array.from({ length: 8000 }, (_, i) => `k${i}: ${i}`).join(', ')} };`,
    '(c, { o }) => [c.user.id, o], { context: { o } }',
  ],
  [
    'numbers that are set from each other',
    `let a = 1; let b = 2; ${Array.from({ length: 40 }, (_one, i) => `if (f(${i})) { a = b + a; b = a * b; }`).join(' ')}`,
    '(c, { a }) => c.ws.ping > a, { context: { a } }',
  ],
  [
    'names that are set from each other',
    '',
    `(c, { a, b }) => { let now, before; ${Array.from({ length: 40 }, (_one, i) => `if (a === ${i}) { before = now; now = c.guilds.cache.get(b) || before; }`).join(' ')} return now || before; }, { context: { a: f, b: f } }`,
  ],
  [
    'a large list of names',
    `const a = 1; const o = [${Array.from({ length: 4000 }, () => 'a').join(', ')}];`,
    '(c, { o }) => [c.user.id, o], { context: { o } }',
  ],
];

/** What the bot sets in circles, and the function of a call that reads it. */
const circles: readonly (readonly [title: string, before: string, fn: string])[] = [
  [
    'functions that are set from each other',
    'var a = b; var b = a; client.run = a;',
    "(c) => { c.took('did ' + c.run()); }",
  ],
  [
    'functions that are bound to each other',
    'let first = second.bind(null); let second = first.bind(null); module.exports = { run: first };',
    "(c) => { c.took('did ' + c.run()); }",
  ],
  ['a name that is its own', '', '(c) => { const k = k; return c[k].size; }'],
  ['names that are each other', '', '(c) => { const a = b; const b = a; c[a].clear(); }'],
  ['a member of its own, by a name that is computed', '', '(c, k) => { let x = x[k]; x = c[k]; x.clear(); }'],
  ['members of each other', '', '(c, k) => { let x = y[k]; let y = x[k]; x = c[k]; y = c[k]; y.set(x.size); }'],
  ['a shard that is its own', '', '(c) => { const shard = (shard); return { a: shard.ids[0] }; }'],
  ['shards that are each other', '', '(c) => { const a = (b); const b = (a); return { a: a.ids.length, b: b.id }; }'],
];

test.each(circles)('there is an end to %s', async (_title, before, fn) => {
  const a = `exports.f = async (client, f) => { f((await client.shard.broadcastEval(${fn}, { context: 'k' })).map((x) => Object.keys(x))); };\n`;
  const { sites } = await migrate({
    paths: ['.'],
    cwd: project({ ...cjsBot, 'more.js': `${before}\n`, 'a.js': `${before}\n${a}` }),
  });
  expect(sites.find(({ method }) => method === 'broadcastEval')?.outcome).toMatch(/^(rewritten|left)/);
});

test.each(endless)('there is an end to %s', async (_title, before, fn) => {
  const a = `exports.f = async (client, f) => { ${before} f(await client.shard.broadcastEval(${fn})); };\n`;
  const { sites } = await migrate({ paths: ['.'], cwd: project({ ...cjsBot, 'a.js': a }) });
  expect(sites.find(({ method }) => method === 'broadcastEval')?.outcome).toMatch(/^rewritten/);
});

const many = Array.from({ length: 24 }, (_, i) => i);
const asks = 'x.broadcastEval((c) => c.guilds.cache.size);';

/** Functions that are handed a manager, which is handed on along more ways than can be counted. */
const ways: readonly (readonly [
  title: string,
  outcome: string,
  start: string,
  files: Readonly<Record<string, string>>,
])[] = [
  [
    'functions of many files that call each other',
    'rewritten',
    "require('./f0')(manager);",
    Object.fromEntries(
      many.map((i) => [
        `f${i}.js`,
        `${many.map((k) => `const g${k} = require('./f${k}');`).join('\n')}\nmodule.exports = (x) => { ${i % 8 === 0 ? asks : ''}${many.map((k) => `g${k}(x);`).join(' ')} };\n`,
      ]),
    ),
  ],
  [
    'a function of another file that calls itself with a choice',
    'left',
    "require('./f0')(manager);",
    {
      'f0.js': `module.exports = menu;\nfunction menu(x) { ${asks} ${many.map((k) => `if (f(${k})) menu(x || f(${k}));`).join(' ')} }\n`,
    },
  ],
  [
    'a function of a file that calls itself',
    'rewritten',
    `menu(manager); function menu(x) { ${asks} ${many.map((k) => `if (f(${k})) menu(x);`).join(' ')} }`,
    {},
  ],
  [
    'a function of a file that calls itself with a choice',
    'left',
    `menu(manager); function menu(x) { ${asks} ${many.map((k) => `if (f(${k})) menu(x || manager);`).join(' ')} }`,
    {},
  ],
];

test.each(ways)('there is an end to %s', async (_title, outcome, start, files) => {
  const head = "const { ShardingManager } = require('discord.js');\nconst manager = new ShardingManager('./bot.js');\n";
  const { sites } = await migrate({
    paths: ['.'],
    cwd: project({ ...cjsBot, 'index.js': `${head}manager.spawn();\n${start}\n`, ...files }),
  });
  const asked = sites.filter(({ method }) => method === 'broadcastEval');
  expect([...new Set(asked.map((site) => site.outcome))]).toEqual([outcome]);
});
