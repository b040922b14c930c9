/** `--core`: a ShardingManager becomes shardlift's own ClusterManager, or says why not. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read, tsBot } from './project.ts';

const before = "const { ShardingManager } = require('discord.js');\n";
const after = "const { ClusterManager } = require('shardlift');\n";
const inQuotes = "if (!client['shard']) return null; return client['shard'].fetchClientValues('ws.ping');";
const inside = "c.shard.fetchClientValues('ws.ping')";

async function rewrite(body: string, more: Record<string, string> = {}) {
  const root = project({ ...cjsBot, 'index.js': `${before}${body}\n`, ...more });
  const report = await migrate({ paths: ['.'], cwd: root, core: true });
  const files = read(root);
  return { text: files['index.js'] ?? '', sites: report.sites.filter((one) => one.file === 'index.js'), files };
}

const moved: readonly (readonly [title: string, body: string, result: string])[] = [
  ['nothing but spawn', "new ShardingManager('./bot.js').spawn();", "new ClusterManager('./bot.js').spawn();"],
  [
    'options that mean the same',
    "const m = new ShardingManager('./bot.js', { token, totalShards: 'auto', mode: 'worker' });\nm.spawn();",
    "const m = new ClusterManager('./bot.js', { token, totalShards: 'auto', mode: 'worker' });\nm.spawn();",
  ],
  [
    'options under hybrid',
    "const m = new ShardingManager('./bot.js', { token, hybrid: { shardsPerCluster: 8, totalClusters: 2 } });\nm.spawn();",
    "const m = new ClusterManager('./bot.js', { token, shardsPerCluster: 8, totalClusters: 2 });\nm.spawn();",
  ],
  [
    'the options of spawn',
    "const m = new ShardingManager('./bot.js');\nm.spawn({ timeout: 60_000, delay: 100 }).catch(console.error);",
    "const m = new ClusterManager('./bot.js');\nm.spawn({ timeoutMs: 60_000, delayMs: 100 }).catch(console.error);",
  ],
  [
    'a spawn that waits for nothing',
    "new ShardingManager('./bot.js').spawn({ timeout: -1 });",
    "new ClusterManager('./bot.js').spawn({ timeoutMs: null });",
  ],
  [
    'calls, which go through ipc',
    "const m = new ShardingManager('./bot.js');\nm.spawn();\nm.fetchClientValues('ws.ping').then(f);",
    "const m = new ClusterManager('./bot.js', { handlers: './cluster-handlers.js' });\nm.spawn();\nm.ipc.requestAllShards('wsPing').valuesOrThrow().then(f);",
  ],
  [
    'calls of a method that is named by a text or a const',
    "const M = 'broadcastEval';\nconst F = 'fetchClientValues';\nconst m = new ShardingManager('./bot.js');\nm.spawn();\nm[M]((c) => c.ws.ping).then(f);\nm['broadcastEval']((c) => c.ws.ping).then(f);\nm[F]('ws.ping').then(f);",
    "const m = new ClusterManager('./bot.js', { handlers: './cluster-handlers.js' });\nm.spawn();\nm.ipc.requestAllShards('wsPing').valuesOrThrow().then(f);\nm.ipc.requestAllShards('wsPing').valuesOrThrow().then(f);\nm.ipc.requestAllShards('wsPing').valuesOrThrow().then(f);",
  ],
  [
    'calls beside options under hybrid',
    "const m = new ShardingManager('./bot.js', { hybrid: { shardsPerCluster: 8 } });\nm.fetchClientValues('ws.ping').then(f);",
    "const m = new ClusterManager('./bot.js', { shardsPerCluster: 8, handlers: './cluster-handlers.js' });\nm.ipc.requestAllShards('wsPing').valuesOrThrow().then(f);",
  ],
  [
    'what is read of hybrid',
    "const m = new ShardingManager('./bot.js');\nm.hybrid.stats().then(f);",
    "const m = new ClusterManager('./bot.js');\nm.stats().then(f);",
  ],
];

describe('a manager', () => {
  test.each(moved)('with %s is a ClusterManager', async (_title, body, result) => {
    const { text, sites } = await rewrite(body);
    expect(text).toBe(`${after}${result}\n`);
    expect(sites[0]).toMatchObject({ outcome: 'rewritten', message: 'ClusterManager comes from shardlift.' });
  });

  test('keeps the name it was imported by', async () => {
    const root = project({
      ...cjsBot,
      'index.js': "const { Client, ShardingManager: SM } = require('discord.js');\n\nnew SM('./bot.js').spawn();\n",
    });
    await migrate({ paths: ['.'], cwd: root, core: true });
    expect(read(root)['index.js']).toBe(
      "const { Client } = require('discord.js');\nconst { ClusterManager: SM } = require('shardlift');\n\nnew SM('./bot.js').spawn();\n",
    );
  });

  test('tells of clusters, with a note', async () => {
    const body =
      "const m = new ShardingManager('./bot.js');\nm.on('shardCreate', (shard) => {\n  log(shard.id);\n  shard.on('ready', () => log('ready'));\n}).spawn();";
    const { text, sites } = await rewrite(body);
    expect(text).toContain("m.on('clusterCreate', (shard) => {");
    expect(sites[0]).toMatchObject({ outcome: 'rewritten-with-note', code: 'DC-M7' });
  });

  const stays: readonly (readonly [title: string, body: string])[] = [
    ['an option of its own', "new ShardingManager('./bot.js', { shardList: [0] }).spawn();"],
    ['computed options', "new ShardingManager('./bot.js', options()).spawn();"],
    ['evals under hybrid', "new ShardingManager('./bot.js', { hybrid: { evals: 'warn' } }).spawn();"],
    ['an amount to spawn', "new ShardingManager('./bot.js').spawn({ amount: 4 });"],
    ['a use of what spawn gives', "new ShardingManager('./bot.js').spawn().then((shards) => f(shards));"],
    ['a method that a text names', "const m = new ShardingManager('./bot.js');\nm['createShard'](0);"],
    ['a use of its shards', "const m = new ShardingManager('./bot.js');\nf(m.shards.size);"],
    ['an event of its own', "const m = new ShardingManager('./bot.js');\nm.on('debug', f);"],
    ['a shard that is asked', "const m = new ShardingManager('./bot.js');\nm.on('shardCreate', (s) => s.eval('1'));"],
    [
      'a shard event of its own',
      "const m = new ShardingManager('./bot.js');\nm.on('shardCreate', (s) => s.on('disconnect', f));",
    ],
    ['a listener elsewhere', "const m = new ShardingManager('./bot.js');\nm.on('shardCreate', heard);"],
    ['other code that gets it', "const m = new ShardingManager('./bot.js');\nf(m);"],
    ['other files that see it', "module.exports.m = new ShardingManager('./bot.js');\nexports.m.broadcastEval(f());"],
    ['a call that is left', "const m = new ShardingManager('./bot.js');\nm.broadcastEval(f());"],
    ['a class of its own', "class M extends ShardingManager {}\nnew M('./bot.js').spawn();"],
  ];

  test.each(stays)('with %s stays a ShardingManager, with a note', async (_title, body) => {
    const { text, sites } = await rewrite(body);
    expect(text).toContain("const { ShardingManager } = require('shardlift/compat');\n");
    expect(sites.find((one) => one.method === 'ShardingManager')).toMatchObject({
      outcome: 'rewritten-with-note',
      code: 'DC-M6',
    });
  });

  test('with several that stay, each of them is named', async () => {
    const made = "new ShardingManager('./bot.js')";
    const { sites } = await rewrite(`const a = ${made};\nf(a);\nconst b = ${made};\ng(b);`);
    expect(sites.find(({ code }) => code === 'DC-M6')?.message).toMatch(/index\.js:3\b.*nor .*index\.js:5\b/);
  });

  test.each([
    ['reads client.shard', 'if (client.shard) f(client.shard.ids);\n'],
    ['takes shard off the client', 'const { shard } = client;\n'],
    ['takes more than shard off the client', 'const { shard, user } = client;\nf(shard.ids, user);\n'],
    ['takes shard under another name', 'const f = ({ shard: s, user }) => [s.ids, user];\n'],
    ['takes shard by a name in quotes', "const { 'shard': s } = client;\n"],
    ['takes shard into a variable', '({ shard } = client);\n'],
    ['takes shard into a member', 'for ({ shard: this.s = null } of clients) f();\n'],
    ['names shard in quotes', "f(client['shard'].ids);\n"],
    ['tests shard in quotes', `f(() => { ${inQuotes} });\n`],
    ['keeps shard that it names in quotes', "const s = client['shard'];\nf(s.fetchClientValues('ws.ping'), s);\n"],
    ['reads client.shard in a function that moves', 'f(client.shard.broadcastEval((c) => c.shard.ids));\n'],
    [
      'hands client.shard on',
      'client.shard.broadcastEval((c, n) => c.a === n, { context: client.shard.ids[0] }).then(f);\n',
    ],
    [
      'picks a shard by client.shard',
      'f(client.shard.broadcastEval((c) => c.ws.ping, { shard: client.shard.ids[0] }));\n',
    ],
    ['asks for client.shard by a path', "client.shard.fetchClientValues('shard.ids').then(f);\n"],
    [
      'reads client.shard around a broadcast inside',
      `f(await client.shard.broadcastEval(async (c) => [await ${inside}, c.shard.ids]));\n`,
    ],
  ])('of a bot that %s stays one: there is no client.shard without it', async (_title, text) => {
    const { sites } = await rewrite("new ShardingManager('./bot.js').spawn();", { 'x.js': text });
    expect(sites[0]).toMatchObject({ outcome: 'rewritten-with-note', code: 'DC-M6' });
    expect(sites[0]?.message).toContain('x.js:1');
  });

  test.each([
    ['are all rewritten', 'f(await client.shard.broadcastEval((c) => c.ws.ping));\n'],
    ['name shard in quotes', "f(await client['shard'].broadcastEval((c) => c.ws.ping));\n"],
    ['have others inside', `f(await client.shard.broadcastEval(async (c) => [await ${inside}]));\n`],
    ['stand beside other shards', 'f(await client.shard.fetchClientValues("ws.ping"), { shard: 0, "shard": 1 });\n'],
  ])('of a bot whose calls %s moves', async (_title, calls) => {
    const { text, files } = await rewrite("new ShardingManager('./bot.js').spawn();", { 'x.js': calls });
    expect(text).toContain("new ClusterManager('./bot.js', { handlers: './cluster-handlers.js' }).spawn();");
    expect(files['x.js']).toContain('client.cluster.ipc.');
  });
});

describe('what stands in the way', () => {
  const why = async (files: Record<string, string>) => {
    const root = project({ ...cjsBot, ...files });
    const { sites } = await migrate({ paths: ['.'], cwd: root, core: true });
    return sites.filter(({ code }) => code === 'DC-M6');
  };
  const types = "import { ShardClientUtil, type ShardingManager, Shard } from 'discord.js';\n";
  const direct = "exports.is = (m) => m instanceof require('discord.js').ShardingManager;\n";
  const spawn = "new ShardingManager('./bot.js').spawn();\n";

  test.each([
    ['a name that has no counterpart', { 'x.ts': types }, 'ShardClientUtil (x.ts:1)'],
    [
      'a class that no name is imported for',
      { 'x.js': direct, 'y.js': direct },
      "require('discord.js').ShardingManager, which is not imported by its name (x.js:1, y.js:1)",
    ],
    [
      'two of them',
      { 'x.ts': types, 'y.js': direct },
      "ShardClientUtil (x.ts:1); require('discord.js').ShardingManager, which is not imported by its name (y.js:1)",
    ],
    [
      'a class of its own',
      { 'x.js': `${before}class M extends ShardingManager {}\n` },
      'a class of your own that extends it, at x.js:2',
    ],
    [
      'a call that is left',
      { 'x.js': 'client.shard.broadcastEval(f());\n' },
      'broadcastEval, in a call that is left, at x.js:1',
    ],
    [
      'an option',
      { 'index.js': `${before}new ShardingManager('./bot.js', { shardList: [0] }).spawn();\n` },
      'its option shardList, at index.js:2',
    ],
  ])('is named with its place, once: %s', async (_title, files, what) => {
    const sites = await why({ 'index.js': before + spawn, ...files });
    expect(sites).toMatchObject([{ file: 'index.js', outcome: 'rewritten-with-note' }]);
    expect(sites[0]?.message).toContain(`--core cannot move ${what}. Change`);
  });
});

describe('a manager that an earlier run has moved to shardlift/compat', () => {
  const earlier = async (text: string, core = true) => {
    const root = project({ ...cjsBot, 'index.js': text });
    const report = await migrate({ paths: ['.'], cwd: root, core });
    return { text: read(root)['index.js'], sites: report.sites, report };
  };

  test.each([
    [
      "const { ShardingManager } = require('shardlift/compat');\nnew ShardingManager('./bot.js', { hybrid: { handlers: './h.js' } }).spawn();\n",
      "const { ClusterManager } = require('shardlift');\nnew ClusterManager('./bot.js', { handlers: './h.js' }).spawn();\n",
    ],
    [
      "const { ShardingManager: SM, Shard } = require('shardlift/compat');\nnew SM('./bot.js').spawn();\n",
      "const { Shard } = require('shardlift/compat');\nconst { ClusterManager: SM } = require('shardlift');\nnew SM('./bot.js').spawn();\n",
    ],
    [
      "import { ShardingManager } from 'shardlift/compat';\nnew ShardingManager('./bot.js').spawn();\n",
      "import { ClusterManager } from 'shardlift';\nnew ClusterManager('./bot.js').spawn();\n",
    ],
    [
      "const compat = require('shardlift/compat');\nnew compat.ShardingManager('./bot.js').spawn();\n",
      "const compat = require('shardlift/compat');\nconst { ClusterManager } = require('shardlift');\nnew ClusterManager('./bot.js').spawn();\n",
    ],
  ])('is a ClusterManager as well', async (before, result) => {
    const { text, sites } = await earlier(before);
    expect(text).toBe(result);
    expect(sites).toMatchObject([{ outcome: 'rewritten', message: 'ClusterManager comes from shardlift.' }]);
  });

  test.each([
    "const { ShardingManager } = require('shardlift/compat');\nf(new ShardingManager('./bot.js').shards);\n",
    "const { ShardingManager, Shard } = require('shardlift/compat');\nf(new ShardingManager('./bot.js').shards);\n",
    "new (require('shardlift/compat').ShardingManager)('./bot.js').spawn();\n",
  ])('stays byte for byte where something has no counterpart, and says so', async (before) => {
    const { text, sites } = await earlier(before);
    expect(text).toBe(before);
    expect(sites).toMatchObject([{ outcome: 'left', code: 'DC-M6' }]);
  });

  test('is done with when nobody asks for more', async () => {
    const text = "const { ShardingManager } = require('shardlift/compat');\nnew ShardingManager('./bot.js').spawn();\n";
    const { report } = await earlier(text, false);
    expect(report.sites).toEqual([]);
    expect(report.files).toEqual([]);
  });
});

test('in TypeScript the result is checked', async () => {
  const root = project({
    ...tsBot,
    'src/index.ts':
      "import { ShardingManager } from 'discord.js';\n\nconst manager = new ShardingManager('dist/bot.js', { totalShards: 'auto', respawn: true });\nmanager.on('shardCreate', (shard) => console.log(shard.id));\nawait manager.spawn({ timeout: 1_000 });\n",
  });
  const report = await migrate({ paths: ['src'], cwd: root, core: true });
  expect(read(root)['src/index.ts']).toBe(
    "import { ClusterManager } from 'shardlift';\n\nconst manager = new ClusterManager('dist/bot.js', { totalShards: 'auto', respawn: true });\nmanager.on('clusterCreate', (shard) => console.log(shard.id));\nawait manager.spawn({ timeoutMs: 1_000 });\n",
  );
  expect(report.summary.verified).toBe(true);
});
