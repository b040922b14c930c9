/** What of discord-hybrid-sharding shardlift/compat/hybrid does not have is named where the import moves. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { absent } from '../src/plan/absent-names.ts';
import { type Files, project, read } from './project.ts';

const manager =
  "const { ClusterManager } = require('discord-hybrid-sharding');\nconst manager = new ClusterManager('./bot.js');\n";
const bot =
  "const { Client } = require('discord.js');\nconst { ClusterClient } = require('discord-hybrid-sharding');\nconst client = new Client({ intents: [] });\nclient.cluster = new ClusterClient(client);\nclient.login();\n";

const files = (more: Files, index = 'manager.spawn();\n'): Files => ({
  'package.json': JSON.stringify({ name: 'bot', dependencies: { 'discord-hybrid-sharding': '^2.1.0' } }),
  'index.js': manager + index,
  'bot.js': bot,
  ...more,
});

async function notesOf(all: Files, paths: readonly string[] = ['.']) {
  const root = project(all);
  const { sites } = await migrate({ paths, cwd: root });
  expect(read(root)['bot.js']).toContain('shardlift/compat/hybrid');
  return sites.flatMap(({ code, file, message }) => (code === 'DC-M18' ? [`${file}: ${message}`] : []));
}

test.each([
  ['by a text', "exports.f = (client) => client.cluster.evalOnManager('this.totalClusters');\n"],
  ['by a function', 'exports.f = (client) => client.cluster.evalOnManager((m) => m.totalClusters);\n'],
  ['in brackets', "exports.f = (client) => client.cluster['evalOnManager']('1');\n"],
  ['by its name', 'exports.f = (client) => { const { evalOnManager } = client.cluster; return evalOnManager; };\n'],
])('the manager is asked %s', async (_title, text) => {
  const [note, more] = await notesOf(files({ 'x.js': text }));
  expect(note).toMatch(/^index\.js: .*no evalOnManager: .* here: x\.js:1\. Use manager\.hybrid\.ipc\.handle/);
  expect(more).toBe(undefined);
});

test('clusters that are made one by one are named, also in files that are not given', async () => {
  const index = 'for (const id of [0, 1]) manager.createCluster(id, [id], 2);\nmanager.spawn();\n';
  const [first, second] = await notesOf(files({ 'x.js': 'exports.f = (m) => m.evalOnManager(1);\n' }, index), [
    'index.js',
    'bot.js',
  ]);
  expect(first).toMatch(/no evalOnManager.* x\.js:1\./);
  expect(second).toBe(undefined);
  const [made] = await notesOf(files({}, index));
  expect(made).toMatch(/^index\.js: .*no createCluster: .* index\.js:3\. Use spawn\(\)/);
});

test('nothing is said of a bot without them, or of other things', async () => {
  const text = "// evalOnManager\nexports.f = (aws) => aws.ecs.createCluster({ name: 'evalOnManager' });\n";
  expect(await notesOf(files({ 'x.js': text }))).toEqual([]);
});

const managed = (options: string): string =>
  `const { ClusterManager } = require('discord-hybrid-sharding');\n${options}\nmanager.spawn();\n`;
const made = (options: string): string => managed(`const manager = new ClusterManager('./bot.js', ${options});`);

test.each([
  ['AutoResharderClusterClient', { 'x.js': 'exports.f = (c) => new AutoResharderClusterClient(c);\n' }, /^x\.js:1$/],
  ['AutoResharderManager', { 'x.js': 'exports.f = (m) => m.extend(new H.AutoResharderManager());\n' }, /^x\.js:1$/],
  ['clusterList', { 'index.js': made('{ clusterList: [4, 5] }') }, /^index\.js:2$/],
  ['clusterList', { 'index.js': made('{ clusterList }') }, /^index\.js:2$/],
  ['clusterOptions', { 'index.js': made('{ clusterOptions: { execArgv: [] } }') }, /^index\.js:2$/],
  [
    'clusterOptions',
    { 'index.js': managed("const o = { clusterOptions: x };\nconst manager = new ClusterManager('./bot.js', o);") },
    /^index\.js:2$/,
  ],
  ['queue.add', { 'index.js': `${made('{}')}manager.queue.add(1);\n` }, /^index\.js:4$/],
  ['heartbeat.stop', { 'index.js': `${made('{}')}manager.heartbeat?.stop();\n` }, /^index\.js:4$/],
  [
    'heartbeat.ack',
    { 'x.js': 'const h = new HeartbeatManager();\nmodule.exports = (id) => h.ack(id);\n' },
    /^x\.js:2$/,
  ],
  ['THREAD', { 'x.js': 'exports.f = (cluster) => cluster.THREAD;\n' }, /^x\.js:1$/],
  ['messageHandler', { 'x.js': 'exports.f = (m) => m.cluster.messageHandler;\n' }, /^x\.js:1$/],
  [
    'AutoResharderManager',
    {
      'x.js':
        "const { AutoResharderManager: R } = require('discord-hybrid-sharding');\nexports.f = (m) => m.extend(new R());\n",
    },
    /^x\.js:1$/,
  ],
  [
    'AutoResharderManager',
    {
      'x.js':
        "const hs = require('discord-hybrid-sharding');\nconst R = hs.AutoResharderManager;\nexports.f = (m) => m.extend(new R());\n",
    },
    /^x\.js:2$/,
  ],
  [
    'AutoResharderManager',
    {
      'x.js':
        "const { AutoResharderManager } = require('discord-hybrid-sharding');\nexports.R = class extends AutoResharderManager {};\n",
    },
    /^x\.js:2$/,
  ],
  [
    'clusterList',
    {
      'index.js': managed(
        "class Fleet extends ClusterManager { constructor(file) { super(file, { clusterList: [4] }); } }\nconst manager = new Fleet('./bot.js');",
      ),
    },
    /^index\.js:2$/,
  ],
  [
    'clusterOptions',
    {
      'index.js': managed(
        "class Fleet extends ClusterManager {\n  constructor(file) {\n    const options = { clusterOptions: { execArgv: [] } };\n    super(file, options);\n  }\n}\nconst manager = new Fleet('./bot.js');",
      ),
    },
    /^index\.js:4$/,
  ],
  [
    'clusterList',
    {
      'index.js': managed(
        "class Fleet extends ClusterManager {}\nconst manager = new Fleet('./bot.js', { clusterList: [4] });",
      ),
    },
    /^index\.js:3$/,
  ],
  [
    'clusterList',
    {
      'index.js':
        "const { ClusterManager: Fleet } = require('discord-hybrid-sharding');\nconst manager = new Fleet('./bot.js', { clusterList: [4] });\nmanager.spawn();\n",
    },
    /^index\.js:2$/,
  ],
  [
    'clusterList',
    {
      'fleet.js':
        "const { ClusterManager } = require('discord-hybrid-sharding');\nmodule.exports = class extends ClusterManager {};\n",
      'index.js':
        "const Fleet = require('./fleet');\nconst manager = new Fleet('./bot.js', { clusterList: [4] });\nmanager.spawn();\n",
    },
    /^index\.js:2$/,
  ],
])('%s is named', async (name, more, where) => {
  const [note, second] = await notesOf(files(more));
  expect(/no (\S+): .* here: (\S+)\. Use/.exec(note ?? '')?.slice(1)).toEqual([name, expect.stringMatching(where)]);
  expect(second).toBe(undefined);
});

const from = (options: string, before: string): Files => ({
  'index.js': managed(`${before}\nconst manager = new ClusterManager('./bot.js', ${options});`),
});

test.each([
  ['spread', from('{ ...base }', 'const base = { clusterList: [4] };'), 'index.js:2'],
  ['spread by a choice', from('{ ...(big && { clusterList }) }', ''), 'index.js:3'],
  ['assigned', from('Object.assign(base, { clusterList: [4] })', 'const base = {};'), 'index.js:3'],
  ['assigned before', from('base', 'const base = {};\nObject.assign(base, { clusterList: [4] });'), 'index.js:3'],
  ['frozen', from('base', 'const base = Object.freeze({ clusterList: [4] });'), 'index.js:2'],
  ['chosen', from('big ? { clusterList: [4] } : {}', ''), 'index.js:3'],
  ['chosen where nothing is given', from('given ?? { clusterList: [4] }', ''), 'index.js:3'],
  ['of two names', from('b', 'const a = { clusterList: [4] };\nconst b = a;'), 'index.js:2'],
  ['set on the object', from('base', 'const base = {};\nbase.clusterList = [4];'), 'index.js:3'],
  [
    'set by a function',
    from('base', 'const base = {};\nfill(base);\nfunction fill(o) { o.clusterList = [4]; }'),
    'index.js:4',
  ],
  ['set in a variable', from('base', 'let base;\nbase = { clusterList: [4] };'), 'index.js:3'],
  ['given by a function', from('make()', 'const make = () => ({ clusterList: [4] });'), 'index.js:2'],
  [
    'of another file',
    { ...from("require('./options')", ''), 'options.js': 'module.exports = { clusterList: [4] };\n' },
    'options.js:1',
  ],
  [
    'spread from another file',
    {
      ...from('{ ...options }', "const options = require('./options');"),
      'options.js': 'exports.clusterList = [4];\n',
    },
    'options.js:1',
  ],
  [
    'seen where they are read',
    from('config', "const config = require('./c.json');\nlog(config.clusterList);"),
    'index.js:3',
  ],
  [
    'taken out of what is handed over',
    from('c', "const c = require('./c.json');\nconst { clusterList } = c;"),
    'index.js:3',
  ],
  [
    'of a parameter',
    from('{}', 'exports.make = (o) => new ClusterManager("x", o);\nexports.o = { clusterList: [4] };'),
    'index.js:3',
  ],
  [
    'of a class that hands them on',
    {
      ...from('{}', ''),
      'x.js':
        "const { ClusterManager } = require('discord-hybrid-sharding');\nexports.Fleet = class extends ClusterManager {};\n",
      'o.js': 'exports.o = { clusterList: [4] };\n',
    },
    'o.js:1',
  ],
  [
    'of a list of arguments',
    from('{}', 'const args = ["x", { clusterList: [4] }];\nnew ClusterManager(...args);'),
    'index.js:2',
  ],
  ['by a made name', from('{ [name]: 1 }', 'const o = { clusterList: [4] };'), 'index.js:2'],
  [
    'set on the manager',
    { 'index.js': made('{}').replace('manager.spawn', 'manager.clusterList = [4];\nmanager.spawn') },
    'index.js:3',
  ],
  [
    'set by the manager',
    {
      'x.js':
        "const { ClusterManager } = require('discord-hybrid-sharding');\nexports.F = class extends ClusterManager {\n  constructor() { super('x', {}); this.clusterList = [4]; }\n};\n",
    },
    'x.js:3',
  ],
] as readonly (readonly [string, Files, string])[])('options that are %s are named', async (_title, more, where) => {
  const [note, second] = await notesOf(files(more));
  expect(/no (\S+): .* here: (\S+)\. Use/.exec(note ?? '')?.slice(1)).toEqual(['clusterList', where]);
  expect(second).toBe(undefined);
});

test.each([
  ['are made where nothing names one', from('make()', 'const make = () => ({ totalShards: 4 });')],
  [
    'are read in full',
    { ...from('{ ...base }', 'const base = { mode: "worker" };'), 'x.js': 'exports.o = { clusterList: [4] };\n' },
  ],
  ['have the names that clusters have anyway', from('make()', 'const make = () => ({ clusterList: [0, 1] });')],
  [
    'are kept in a name that is read',
    {
      ...from('base', 'const base = { mode: "worker" };\nlog(base.mode);'),
      'x.js': 'exports.o = { clusterList: [4] };\n',
    },
  ],
  ['may be silent', from('{ clusterOptions: { ...quiet } }', 'const quiet = { silent: true };')],
  [
    'are named of the manager alone',
    { ...from('make()', ''), 'x.js': 'exports.f = (manager) => manager.clusterList.length;\n' },
  ],
  [
    'are of something else',
    {
      ...from('make()', ''),
      'x.js': "const { Pool } = require('redis-pool');\nnew Pool('x', { clusterList: [5] });\n",
    },
  ],
  [
    'are counted and set later',
    { 'index.js': made('{}').replace('manager.spawn', 'manager.clusterList = [0, 1];\nmanager.spawn') },
  ],
])('nothing is said of options that %s', async (_title, more) => {
  expect(await notesOf(files(more))).toEqual([]);
});

test.each([
  ['options that are there', { 'index.js': made('{ clusterList: [0, 1], clusterOptions: { silent: true } }') }],
  [
    'a class that is only imported, or tested for',
    {
      'x.js':
        "const { AutoResharderManager } = require('discord-hybrid-sharding');\nexports.f = (m) => m instanceof AutoResharderManager;\n",
    },
  ],
  [
    'options of something else',
    {
      'x.js':
        "const { Pool } = require('redis-pool');\nclass Mine extends Pool { constructor() { super('x', { clusterOptions: 1 }); } }\nexports.all = [new Mine(), new Pool('x', { clusterList: [5] })];\n",
    },
  ],
  ['no options', { 'index.js': made('{ clusterList: [] }') }],
  ['a queue of music', { 'x.js': 'exports.f = (player, manager) => [player.queue.add(1), manager.queue.start()];\n' }],
  ['an own handler', { 'x.js': 'exports.f = (client) => client.messageHandler(1);\n' }],
])('nothing is said of %s', async (_title, more) => {
  expect(await notesOf(files(more))).toEqual([]);
});

test('everything that the documentation calls absent is named, but what hangs on a value', () => {
  const text = readFileSync(new URL('../../docs/from-hybrid-sharding.md', import.meta.url), 'utf8');
  const section = text.slice(text.indexOf('## What is not there'), text.indexOf('## What was tried'));
  const cells = section.split('\n').flatMap((line) => /^\| ([^|]*`[^|]*) \|/.exec(line)?.[1]?.trim() ?? []);
  const byValue = /^`(?:ReClusterManager\.start|new ClusterClient)/;
  const named = cells.flatMap((cell) => {
    const [head = '', of = ''] = cell.split(' of `manager.');
    const names = [...head.replace(/ but .*/, '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    return byValue.test(cell) ? [] : names.map((name) => (of === '' ? name : `${of.replace('`', '')}.${name}`));
  });
  const short = named.map((name) => name.replace(/^(?:manager|cluster)\./, ''));
  expect([...new Set(short)].sort()).toEqual([...absent.keys()].sort());
});
