/** `--core` over all files of a bot that name the class of the manager, and what a ShardingManager puts into a bot. */
import { describe, expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, type Files, project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

async function core(files: Files, base: Files = cjsBot) {
  const root = project({ ...base, ...files });
  const run = async () => migrate({ paths: ['.'], cwd: root, core: true });
  const { sites, summary } = await run();
  const after = read(root);
  const again = await run();
  return { sites, summary, after, again: again.files };
}

const imported = "const { ShardingManager } = require('discord.js');\n";

describe('a further file that names the class', () => {
  test('is renamed, too', async () => {
    const { sites, after, again } = await core({
      'util.js': `${imported}module.exports = (x) => x instanceof ShardingManager;\n`,
    });
    expect(sites.map(({ code }) => code)).toEqual([null, null]);
    expect(after['util.js']).toBe(
      "const { ClusterManager } = require('shardlift');\nmodule.exports = (x) => x instanceof ClusterManager;\n",
    );
    expect(again).toEqual([]);
  });

  test('is renamed by what the name means, and in its JSDoc', async () => {
    const text = `${imported}/** @param {ShardingManager} it */
exports.f = (it) => it instanceof ShardingManager;
exports.g = (ShardingManager) => ShardingManager.spawn();
`;
    const { after } = await core({ 'util.js': text });
    expect(after['util.js']).toBe(`const { ClusterManager } = require('shardlift');
/** @param {ClusterManager} it */
exports.f = (it) => it instanceof ClusterManager;
exports.g = (ShardingManager) => ShardingManager.spawn();
`);
  });

  test('is renamed in types', async () => {
    const type = "import type { ShardingManager } from 'discord.js';\n";
    const { sites, after, again } = await core(
      {
        'src/a.ts': `${type}export let m: ShardingManager | undefined;\n`,
        'src/b.ts': `${type}export const f = (x: ShardingManager): number | 'auto' => x.totalShards;\n`,
      },
      tsBot,
    );
    expect(sites.map(({ code }) => code)).toEqual([null, null, null]);
    expect(after['src/a.ts']).toBe(
      "import type { ClusterManager } from 'shardlift';\nexport let m: ClusterManager | undefined;\n",
    );
    expect(after['src/b.ts']).toContain('(x: ClusterManager)');
    expect(again).toEqual([]);
  });

  test.each([
    ['hands it on', { 'x.js': `${imported}module.exports = { ShardingManager };\n` }, 'x.js:2'],
    ['hands it on whole', { 'x.js': `${imported}module.exports = ShardingManager;\n` }, 'x.js:2'],
    ['gives it to a function', { 'x.js': `${imported}f(ShardingManager);\n` }, 'x.js:2'],
    ['reads a member of it', { 'x.js': `${imported}f(ShardingManager.prototype);\n` }, 'x.js:2'],
    ['exports it on', { 'x.mjs': "export { ShardingManager } from 'discord.js';\n" }, 'x.mjs:1'],
    [
      'has its new name for something else',
      { 'x.js': `${imported}exports.f = (ClusterManager, x) => x instanceof ShardingManager;\n` },
      'its class where the name ClusterManager is taken, at x.js:2',
    ],
    [
      'exports the type of its options',
      {
        'x.ts':
          "import { ShardingManager, type ShardingManagerOptions } from 'discord.js';\nexport type { ShardingManagerOptions };\nf(m instanceof ShardingManager);\n",
      },
      'the type of its options, which other code gets, at x.ts:2',
    ],
    ['compares with it by another way', { 'x.js': 'f(m instanceof this.discord.ShardingManager);\n' }, 'x.js:1'],
  ])('and %s keeps all of them', async (_title, files, place) => {
    const { sites, after } = await core({ 'util.js': `${imported}f(m instanceof ShardingManager);\n`, ...files });
    const [note] = sites.filter(({ file }) => file === 'index.js');
    expect(note).toMatchObject({ code: 'DC-M6' });
    expect(note?.message).toContain(place);
    expect(after['index.js']).toContain('shardlift/compat');
    expect(after['util.js']).toContain('instanceof ShardingManager');
  });

  test('that does not type-check with the new class keeps all of them, and is named', async () => {
    const { sites, after } = await core(
      {
        'src/x.ts':
          "import type { ShardingManager } from 'discord.js';\nexport const f = (m: ShardingManager) => m.shardList;\n",
      },
      tsBot,
    );
    expect(sites.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['rewritten-with-note', 'DC-M6'],
      ['rewritten', null],
    ]);
    expect(sites[0]?.message).toMatch(/shardList.*src\/x\.ts/);
    expect(after['src/x.ts']).toContain("from 'shardlift/compat';");
  });
});

describe('what a ShardingManager puts into a bot', () => {
  test.each([
    'const isSharded = !!process.env.SHARDING_MANAGER;\nif (!isSharded) f();\n',
    "f(process.env['SHARDING_MANAGER_MODE']);\n",
    'const { SHARDING_MANAGER: on } = process.env;\nf(on);\n',
    "f('SHARDING_MANAGER' in process.env);\n",
    'f(client.shard.broadcastEval(() => process.env.SHARDING_MANAGER));\n',
  ])('is missing without one: %s', async (text) => {
    const { sites } = await core({ 'x.js': text });
    const note = sites.find(({ method }) => method === 'ShardingManager');
    expect(note).toMatchObject({ outcome: 'rewritten-with-note', code: 'DC-M6' });
    expect(note?.message).toMatch(/--core cannot move process\.env\.SHARDING_MANAGER(_MODE)?, at x\.js:1\. /);
  });

  test('is there as far as numbers of shards go', async () => {
    const { sites } = await core({ 'x.js': 'f(process.env.SHARDS, process.env.SHARD_COUNT);\n// SHARDING_MANAGER\n' });
    expect(sites.map(({ code }) => code)).toEqual([null]);
  });
});

describe('a manager that cannot move is said to', () => {
  const why = async (body: string) => (await core({ 'index.js': imported + body })).sites[0]?.message ?? '';

  test.each([
    [
      "const m = new ShardingManager('./b.js');\nm.on('shardCreate', function (shard) {\n  f(this.shards.size);\n});\n",
      '`this` in a listener, at index.js:4',
    ],
    [
      "const m = new ShardingManager('./b.js');\nm.on('shardCreate', function () {\n  f(arguments[0].process);\n});\n",
      '`arguments` in a listener, at index.js:4',
    ],
    [
      "const m = new ShardingManager('./b.js');\nm.on('shardCreate', (s) => s.on('ready', function () { f(this.process); }));\n",
      '`this` in a listener, at index.js:3',
    ],
    [
      "const m = new ShardingManager('./b.js');\nfunction ready() { f(this.process); }\nm.on('shardCreate', (s) => s.on('ready', ready));\n",
      '`this` in a listener, at index.js:3',
    ],
    [
      "const m = new ShardingManager('./b.js');\nm.on('shardCreate', (s, n = s.process) => f(n));\n",
      'shard.process, at index.js:3',
    ],
    ["const m = new ShardingManager('./b.js');\n\nf(m);\n", 'a manager that other code gets, at index.js:4'],
    ["const m = new ShardingManager('./b.js');\n\nf(m.shards);\n", 'manager.shards, at index.js:4'],
    ["const m = new ShardingManager('./b.js');\n\nm.spawn({ amount: 2 });\n", 'amount: 2 of spawn, at index.js:4'],
    [
      "let m;\nm = new ShardingManager('./b.js');\n",
      'a manager that is kept in something else than a const, at index.js:3',
    ],
    [
      "var m = new ShardingManager('./b.js');\n",
      'a manager that is kept in something else than a const, at index.js:2',
    ],
    [
      "class M {\n  m = new ShardingManager('./b.js');\n}\n",
      'a manager that is kept in something else than a const, at index.js:3',
    ],
    ["new ShardingManager('./b.js', {\n  token,\n  shardList: [0],\n});\n", 'its option shardList, at index.js:4'],
  ])('with the place in the way: %s', async (body, what) => {
    expect(await why(body)).toContain(`--core cannot move ${what}.`);
  });

  test.each([
    "new ShardingManager('./b.js', { 'totalShards': 2, \"hybrid\": { 'shardsPerCluster': 2 } }).spawn({ 'timeout': -1 });\n",
    "const m = new ShardingManager('./b.js');\nif (m instanceof ShardingManager) m.spawn();\n",
    "const m = new ShardingManager('./b.js');\nm.on('shardCreate', function (shard) { f(shard.id, () => 1, function () { return this; }); }).spawn();\n",
    "const m = new ShardingManager('./b.js');\nm.on('shardCreate', () => f(this)).spawn();\n",
  ])('and not where it can: %s', async (body) => {
    const { after } = await core({ 'index.js': imported + body });
    expect(after['index.js']).toContain("const { ClusterManager } = require('shardlift');");
  });

  test('names in quotes are names', async () => {
    const { after } = await core({
      'index.js': `${imported}new ShardingManager('./b.js', { 'token': t, 'hybrid': { 'shardsPerCluster': 2 } }).spawn({ 'timeout': -1 });\n`,
    });
    expect(after['index.js']).toContain(
      "new ClusterManager('./b.js', { 'token': t, 'shardsPerCluster': 2 }).spawn({ timeoutMs: null });",
    );
  });
});

test.each([
  [
    'CommonJS',
    "const Discord = require('discord.js');\nnew Discord.ShardingManager('./bot.js').spawn();\nexports.v = Discord.version;\n",
    "const Discord = require('discord.js');\nconst { ClusterManager } = require('shardlift');\nnew ClusterManager('./bot.js').spawn();\nexports.v = Discord.version;\n",
  ],
  [
    'a name that is taken',
    "const Discord = require('discord.js');\nconst ClusterManager = 1;\nnew Discord.ShardingManager('./bot.js').spawn();\nexports.v = [Discord.version, ClusterManager];\n",
    "const Discord = require('discord.js');\nconst { ClusterManager: ShardliftClusterManager } = require('shardlift');\nconst ClusterManager = 1;\nnew ShardliftClusterManager('./bot.js').spawn();\nexports.v = [Discord.version, ClusterManager];\n",
  ],
])('a class that a namespace has moves in one run: %s', async (_title, before, after) => {
  const root = project({ ...cjsBot, 'index.js': before });
  await migrate({ paths: ['.'], cwd: root, core: true });
  expect(read(root)['index.js']).toBe(after);
  const again = await migrate({ paths: ['.'], cwd: root, core: true });
  expect(again.files).toEqual([]);
});

test('a class of a namespace that other code gets stays', async () => {
  const text =
    "const Discord = require('discord.js');\nnew Discord.ShardingManager('./bot.js').spawn();\nf(Discord.ShardingManager);\n";
  const root = project({ ...cjsBot, 'index.js': text });
  const { sites } = await migrate({ paths: ['.'], cwd: root, core: true });
  expect(sites.map(({ code }) => code)).toContain('DC-M6');
});

describe('what of the class stands in the way is said as it is', () => {
  const why = async (body: string) => {
    const root = project({ ...cjsBot, 'x.js': `const Discord = require('discord.js');\n${body}\n` });
    const { sites } = await migrate({ paths: ['.'], cwd: root, core: true });
    return sites.map(({ message }) => message).join('\n');
  };

  test.each([
    'const Manager = Discord.ShardingManager;\nnew Manager("./bot.js").spawn();',
    'f(Discord?.ShardingManager ? 1 : 2);',
    'f(Discord.ShardingManager.name);',
    'f(Discord.ShardingManager);',
    'exports.M = Discord.ShardingManager;',
  ])('%s', async (body) => {
    expect(await why(body)).toContain(
      '--core cannot move its class where it is more than built, compared with or a type, at x.js:2.',
    );
  });
});

test('the class of client.shard is called by its name where it stands in the way', async () => {
  const util =
    "const compat = require('shardlift/compat');\nexports.is = (x) => x instanceof compat.ShardClientUtil;\n";
  const { sites } = await core({ 'x.js': util });
  const note = sites.find(({ code }) => code === 'DC-M6');
  expect(note?.message).toContain('--core cannot move ShardClientUtil, at x.js:2.');
});

test.each([
  ['a namespace', "const Discord = require('discord.js');\nnew Discord.ShardingManager(file()).spawn();\n"],
  ['a name', `${imported}new ShardingManager(file()).spawn();\n`],
  [
    'a name, after an earlier run',
    "const { ShardingManager } = require('shardlift/compat');\nnew ShardingManager(file()).spawn();\n",
  ],
])('what has to be wired by hand is said of the manager as it is then: %s', async (_title, index) => {
  const x = 'f(client.shard.broadcastEval((c) => c.ws.ping));\n';
  const { sites, after } = await core({ 'index.js': index, 'x.js': x });
  expect(after['index.js']).toContain('new ClusterManager(file()).spawn();');
  const note = sites.find(({ code }) => code === 'DC-H2');
  expect(note?.message).toContain("run dc-migrate again, or add handlers: './cluster-handlers.js' to its options;");
});
