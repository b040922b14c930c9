/** Handlers that a bot has already: new ones never take their names, wherever they are registered. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, type Files, project, read } from './project.ts';

const define = "const { defineHandlers } = require('shardlift');\n\n";
const own = (...members: readonly string[]): string =>
  `${define}exports.handlers = defineHandlers({\n${members.map((one) => `  ${one},\n`).join('')}});\n`;
const manager = (handlers: string): string =>
  `const { ShardingManager } = require('shardlift/compat');\nnew ShardingManager('./bot.js', { hybrid: { handlers: ${handlers} } }).spawn();\n`;
const calls = 'f(client.shard.broadcastEval((c) => c.ws.ping));\nf(client.shard.broadcastEval((c) => c.ws.status));\n';

async function rewrite(files: Files) {
  const root = project({ ...cjsBot, 'x.js': calls, ...files });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  return { sites: sites.filter(({ file }) => file === 'x.js'), files: read(root) };
}

test('names of all files that the manager loads and of the bot itself are taken, and the first of the files is added to', async () => {
  const { sites, files } = await rewrite({
    'index.js': manager("['./handlers/a.js', './handlers/b.js']"),
    'bot.js': `${cjsBot['bot.js']}client.cluster.ipc.handle('wsStatus', () => 7);\n`,
    'handlers/a.js': own('other: () => 1'),
    'handlers/b.js': own('wsPing: () => 1'),
  });
  expect(sites.map(({ handler }) => handler)).toEqual(['wsPing2', 'wsStatus2']);
  expect(files['handlers/a.js']).toContain('  wsPing2: (c) => c.ws.ping,\n  wsStatus2: (c) => c.ws.status,\n});\n');
  expect(files['index.js']).toBe(manager("['./handlers/a.js', './handlers/b.js']"));
  expect(Object.keys(files)).not.toContain('cluster-handlers.js');
});

const spreads: readonly (readonly [title: string, spread: string, more: Files])[] = [
  ['a module', "...require('./more')", { 'more.js': 'module.exports = { wsPing: () => -1 };\n' }],
  ['a module that exports names', "...require('./more')", { 'more.js': 'exports.wsPing = () => -1;\n' }],
  ['an ES module', "...require('./more.mjs')", { 'more.mjs': 'export const wsPing = () => -1;\n' }],
  [
    'a module that spreads another',
    "...require('./more')",
    {
      'more.js': "const deep = require('./deep');\nmodule.exports = { ...deep };\n",
      'deep.js': 'module.exports = { wsPing() {} };\n',
    },
  ],
  ['an object', '...{ wsPing: () => -1 }', {}],
  ['a frozen object', '...Object.freeze({ wsPing: () => -1 })', {}],
  ['a member of a module', "...require('./more').base", { 'more.js': 'exports.base = { wsPing: () => -1 };\n' }],
  [
    'a member that is filled later',
    "...require('./more').base",
    { 'more.js': 'exports.base = {};\nexports.base.wsPing = () => -1;\n' },
  ],
  ['a folder', "...require('./more')", { 'more/index.js': 'exports.wsPing = () => -1;\n' }],
  ['a list of exports', "...require('./more.mjs')", { 'more.mjs': 'const wsPing = () => -1;\nexport { wsPing };\n' }],
  [
    'a part of another module',
    "...require('./more.mjs')",
    {
      'more.mjs': "import { deep } from './deep.js';\nconst all = { ...deep };\nexport default all;\n",
      'deep.js': 'exports.deep = { wsPing: () => -1 };\nexports.more = { other: () => 1 };\n',
    },
  ],
  [
    'a part taken out',
    "...require('./more')",
    {
      'more.js': "const { deep: all } = require('./deep');\nmodule.exports = { ...all };\n",
      'deep.js': 'const deep = { wsPing: () => -1 };\nmodule.exports = { deep };\n',
    },
  ],
  ['a class of that name', "...require('./more.mjs')", { 'more.mjs': 'export class wsPing {}\n' }],
  ['a chain', "...require('./more')", { 'more.js': 'exports.other = exports.wsPing = () => exports.other();\n' }],
  ['both exports', "...require('./more')", { 'more.js': 'exports = module.exports = { wsPing: () => -1 };\n' }],
  ['a key', "...require('./more')", { 'more.js': "const key = 'wsPing';\nexports[key] = () => -1;\n" }],
  [
    'an object that is filled later',
    "...require('./more')",
    { 'more.js': 'const all = { a: () => 1 };\nall.wsPing = () => -1;\nmodule.exports = all;\n' },
  ],
  [
    'an object that others are put into',
    "...require('./more')",
    {
      'more.js':
        "const all = {};\nObject.assign(all, { a: () => 1 }, require('./deep'));\nmodule.exports = { ...all };\n",
      'deep.js':
        "const KEY = 'wsPing';\nconst all = {};\nif (process.env.X) all[KEY] = () => all.wsPing();\nmodule.exports = all;\n",
    },
  ],
  [
    'a module that looks at what it exports',
    "...require('./more')",
    {
      'more.js':
        'exports.wsPing = () => exports.wsPing.name;\nif (require.main === module) exports.wsPing();\nlog(module.id, Object.keys(exports));\n',
    },
  ],
  [
    'compiled code with helpers',
    "...require('./more')",
    {
      'more.js':
        'var __def = (this && this.__def) || function (m) { return m; };\nexports.wsPing = void 0;\nexports.wsPing = () => -1;\n',
    },
  ],
  [
    'compiled code',
    "...require('./more')",
    {
      'more.js':
        '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.wsPing = void 0;\nexports.wsPing = () => -1;\n',
    },
  ],
];

test.each(spreads)('names that come from %s are taken', async (_title, spread, more) => {
  const { sites, files } = await rewrite({ 'cluster-handlers.js': own(spread), ...more });
  expect(sites.map(({ handler }) => handler)).toEqual(['wsPing2', 'wsStatus']);
  expect(files['cluster-handlers.js']).toContain(`  ${spread},\n  wsPing2: (c) => c.ws.ping,\n`);
});

test.each(['...load()', '[name]: () => 1', "...require('./nowhere')", "...require('a-package')"])(
  'a file with %s is not added to, since its names are not known',
  async (member) => {
    const handlers = own(member);
    const { sites, files } = await rewrite({ 'cluster-handlers.js': handlers });
    expect(sites).toMatchObject([
      { outcome: 'left', code: 'DC-H3' },
      { outcome: 'left', code: 'DC-H3' },
    ]);
    expect(sites[0]?.message).toMatch(/^cluster-handlers\.js exists/);
    expect(files).toMatchObject({ 'cluster-handlers.js': handlers, 'x.js': calls });
  },
);

test.each([
  'Object.assign(exports, load());',
  'for (const name of names) exports[name] = () => 1;',
  'if (process.env.X) exports.wsPing = () => 1;',
  'const api = module.exports;\napi.wsPing = () => 1;',
  'function fill() {\n  exports.wsPing = () => 1;\n}\nfill();',
  '({ wsPing: exports.wsPing } = load());',
  '[exports.wsPing] = load();',
  'for (exports.wsPing of load());',
  'exports.fill = () => { exports.wsPing = () => 1; };\nexports.fill();',
  'const m = module;\nm.exports.wsPing = () => 1;',
  "module['exports'].wsPing = () => 1;",
  'this.wsPing = () => 1;',
  'fill(module);',
  'const all = {};\nfor (const name of names) all[name] = () => 1;\nmodule.exports = { ...all };',
  'const all = {};\nObject.assign(all, load());\nmodule.exports = all;',
  'const all = {};\nfill(all);\nmodule.exports = all;',
  'const all = {};\nconst same = all;\nsame.wsPing = () => 1;\nmodule.exports = all;',
])('a module of which not all names can be read is none to spread: %s', async (more) => {
  const handlers = own("...require('./more')");
  const { sites } = await rewrite({
    'cluster-handlers.js': handlers,
    'more.js': `exports.other = () => 1;\n${more}\n`,
  });
  expect(sites.map(({ code }) => code)).toEqual(['DC-H3', 'DC-H3']);
});

test.each([
  ['class', 'export default class A { static wsPing() {} }'],
  ['function', 'export default function more() {}\nmore.wsPing = () => 1;'],
])('a module whose default is a %s is none to spread, whatever else it exports', async (_title, more) => {
  const { sites } = await rewrite({
    'cluster-handlers.js': own("...require('./more.mjs')"),
    'more.mjs': `export const other = () => 1;\n${more}\n`,
  });
  expect(sites.map(({ code }) => code)).toEqual(['DC-H3', 'DC-H3']);
});

test('names that stand in a const are taken', async () => {
  const bot = "const NAME = 'wsPing2';\nclient.cluster.ipc.handle(NAME, () => 7);\n";
  const handlers = own('wsPing: () => 1', '[STATUS]: () => 1').replace('\n\n', "\nconst STATUS = 'wsStatus';\n\n");
  const { sites } = await rewrite({ 'bot.js': `${cjsBot['bot.js']}${bot}`, 'cluster-handlers.js': handlers });
  expect(sites.map(({ handler, code }) => [handler, code])).toEqual([
    ['wsPing3', null],
    ['wsStatus2', null],
  ]);
});

test.each([
  ['a variable', "const bus = client.cluster.ipc;\nbus.handle('wsPing', f);"],
  ['a field', "class A { on(client) { this.bus = client.cluster.ipc; this.bus.handle('wsPing', f); } }"],
  ['a renamed member', "const { ipc: bus } = client.cluster;\nbus?.handle('wsPing', f);"],
  ['a name in quotes', "client.cluster['ipc']['handle']('wsPing', f);"],
  ['a method in a const', "const m = 'handle';\nclient.cluster.ipc[m]('wsPing', f);"],
  ['a name of a name', "const a = client.cluster.ipc;\nconst b = a;\nb.handle('wsPing', f);"],
  ['what is there if anything', "const b = client.cluster && client.cluster.ipc;\nb?.handle('wsPing', f);"],
  ['a choice', "const b = client.cluster ? client.cluster.ipc : null;\nb?.handle('wsPing', f);"],
  ['a const', "const s = require('shardlift');\nconst d = s.defineHandlers;\nexports.h = d({ wsPing: f });"],
  ['a member of the module', "const s = require('shardlift');\nexports.h = s.defineHandlers({ wsPing: f });"],
  ['another name', "const { defineHandlers: d } = require('shardlift');\nexports.h = d({ wsPing: f });"],
  ['a filled object', `${define}const all = {};\nall.wsPing = f;\nexports.h = defineHandlers({ ...all });`],
])('a name that is registered by %s is taken', async (_title, more) => {
  const { sites } = await rewrite({ 'more.js': `${more}\n` });
  expect(sites.map(({ handler, code }) => [handler, code])).toEqual([
    ['wsPing2', null],
    ['wsStatus', null],
  ]);
});

test.each([
  [
    'another handlers file',
    { 'index.js': manager("'./handlers/a.js'"), 'handlers/a.js': own('...load()') },
    'handlers/a.js:3',
  ],
  [
    'one line',
    { 'bot.js': `${cjsBot['bot.js']}for (const r of all) { r.ipc.handle(r.a, f); r.ipc.handle(r.b, f); }\n` },
    'bot.js:4',
  ],
  [
    'a parameter',
    { 'bot.js': `${cjsBot['bot.js']}const NAME = 'a';\nconst on = (NAME) => client.cluster.ipc.handle(NAME, f);\n` },
    'bot.js:5',
  ],
  [
    'a filled object',
    { 'more.js': `${define}const all = {};\nfill(all);\nexports.h = defineHandlers(all);\n` },
    'more.js:5',
  ],
  ['a method on its own', { 'more.js': "const { handle } = client.cluster.ipc;\nhandle('wsPing', f);\n" }, 'more.js:1'],
  [
    'a method out of nested members',
    { 'more.js': "const { cluster: { ipc: { handle } } } = client;\nhandle('wsPing', f);\n" },
    'more.js:1',
  ],
  [
    'a parameter of its own',
    { 'more.js': "reg(client.cluster.ipc);\nfunction reg(bus) { bus.handle('wsPing', f); }\n" },
    'more.js:1',
  ],
  ['another file', { 'more.js': "require('./reg')(client?.cluster?.ipc);\n" }, 'more.js:1'],
  ['a result', { 'more.js': "const bus = () => client.cluster.ipc;\nbus().handle('wsPing', f);\n" }, 'more.js:1'],
  ['an export', { 'more.js': 'exports.bus = client.cluster.ipc;\n' }, 'more.js:1'],
  [
    'a list',
    { 'more.js': "const { defineHandlers } = require('shardlift');\nf([{ wsPing: f }].map(defineHandlers));\n" },
    'more.js:2',
  ],
  [
    'a method that is handed on',
    { 'more.js': 'f(client.cluster.ipc.handle.bind(client.cluster.ipc));\n' },
    'more.js:1',
  ],
  ['a computed name', { 'bot.js': `${cjsBot['bot.js']}client.cluster.ipc.handle(name, () => 7);\n` }, 'bot.js:4'],
] as const)('names of %s that cannot be read are noted once', async (_title, files, where) => {
  const root = project({ ...cjsBot, 'x.js': calls, ...files });
  const { sites } = await migrate({ paths: ['.'], cwd: root, handlers: 'mine.js' });
  const noted = sites.filter(({ message }) => message.includes('DUPLICATE_HANDLER'));
  expect(noted).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-H6' }]);
  expect(noted[0]?.message).toContain(`(${where})`);
  expect(read(root)['mine.js']).toContain('wsPing:');
});
