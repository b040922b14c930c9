/** What proves a receiver, a type or a name further away, and where a note is said. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read, tsBot } from './project.ts';

async function rewrite(files: Record<string, string>) {
  const root = project({ ...cjsBot, ...files });
  const report = await migrate({ paths: ['.'], cwd: root });
  return { files: read(root), report, at: (file: string) => report.sites.filter((one) => one.file === file) };
}

describe('a receiver on the global object', () => {
  const call = 'if (global.manager) global.manager.broadcastEval((c) => c.emit(1));\n';
  const manager =
    "const { ShardingManager } = require('discord.js');\nglobal.manager = new ShardingManager('./bot.js');\n";

  test('is what the package puts there', async () => {
    const { files } = await rewrite({ 'index.js': manager, 'x.js': call });
    expect(files['x.js']).toContain('global.manager.ipc.requestAll(');
  });

  test('may be put there by its own constructor', async () => {
    const own =
      "const { ShardingManager } = require('discord.js');\nclass M extends ShardingManager { constructor(f, o) { super(f, o); globalThis.manager = this; } }\nnew M('./bot.js');\n";
    const { files } = await rewrite({ 'index.js': own, 'x.js': call });
    expect(files['x.js']).toContain('global.manager.ipc.requestAll(');
  });

  test.each([
    ['another file puts something else there', { 'index.js': manager, 'y.js': 'global.manager = new Radio();\n' }],
    ['nobody puts anything there', {}],
  ])('is not proven when %s', async (_title, more) => {
    const { at, files } = await rewrite({ ...more, 'x.js': call });
    expect(at('x.js')).toMatchObject([{ outcome: 'left', code: 'DC-S3' }]);
    expect(files['x.js']).toBe(call);
  });
});

describe('imports of one name', () => {
  const use = (module: string): string =>
    `const { fmt } = require('${module}');\nf(client.shard.broadcastEval((c) => ({ fmt, [fmt(c)]: c.fmt })));\n`;

  test('from two files are told apart in the handlers file', async () => {
    const { files, at } = await rewrite({ 'x.js': use('./a'), 'y.js': use('./b') });
    expect([...at('x.js'), ...at('y.js')].map((one) => one.code)).toEqual(['DC-I1', 'DC-I1']);
    const handlers = files['cluster-handlers.js'];
    expect(handlers).toContain("const { fmt } = require('./a');\nconst { fmt: fmt2 } = require('./b');\n");
    expect(handlers).toContain('({ fmt, [fmt(c)]: c.fmt })');
    expect(handlers).toContain('({ fmt: fmt2, [fmt2(c)]: c.fmt })');
  });

  test('share the new name where they are the same again', async () => {
    const third = "const { fmt } = require('./b');\nf(client.shard.broadcastEval((c) => fmt(c.user)));\n";
    const { files } = await rewrite({ 'x.js': use('./a'), 'y.js': use('./b'), 'z.js': third });
    expect(files['cluster-handlers.js']).toContain('=> fmt2(c.user),');
    expect(files['cluster-handlers.js']?.match(/require\('\.\/b'\)/g)).toHaveLength(1);
  });

  test('leave a parameter of that name alone', async () => {
    const shadowed =
      "const { fmt } = require('./b');\nf(client.shard.broadcastEval((c) => [fmt(c), c.a.map((fmt) => fmt.b)]));\n";
    const { files } = await rewrite({ 'x.js': use('./a'), 'y.js': shadowed });
    expect(files['cluster-handlers.js']).toContain('(c) => [fmt2(c), c.a.map((fmt) => fmt.b ?? null)],');
  });
});

describe('a manager of another library', () => {
  test('is left as work, and its calls say that nothing is wired', async () => {
    const { at } = await rewrite({
      'index.js': "const { ShardingManager } = require('kurasuta');\nnew ShardingManager('./bot.js').spawn();\n",
      'x.js': 'f(client.shard.broadcastEval((c) => c.ws.ping));\n',
    });
    expect(at('index.js')).toMatchObject([{ outcome: 'left', code: 'DC-M5' }]);
    expect(at('index.js')[0]?.message).toContain('kurasuta');
    expect(at('x.js')).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-H2' }]);
  });

  test('is named with its library where nothing is wired, and its file is none that it starts', async () => {
    const { at } = await rewrite({
      'package.json': '{ "name": "bot", "main": "index.js", "dependencies": { "discord.js": "14" } }',
      'index.js': "const { ShardingManager } = require('@acme/frame');\nnew ShardingManager('./bot.js').spawn();\n",
      'x.js': 'f(client.shard.broadcastEval((c) => c.ws.ping));\n',
    });
    expect(at('x.js')[0]?.message).toContain('(the manager at index.js:1 is the one of @acme/frame)');
    expect(at('x.js')[0]?.message).toContain('taken to be bot.js');
  });

  test('is nothing to do when the name is of a file of the bot', async () => {
    const { at } = await rewrite({ 'x.js': "const { ShardingManager } = require('./sharding');\n" });
    expect(at('x.js')).toMatchObject([{ outcome: 'left', code: 'DC-S1' }]);
  });
});

describe('what the new manager brings about', () => {
  const users = 'f((await client.shard.fetchClientValues("users.cache.size")).reduce((a, b) => a + b, 0));\n';

  test('is said at the manager, with the calls it is about', async () => {
    const { at } = await rewrite({ 'x.js': users, 'y.js': `\n${users}` });
    expect([...at('x.js'), ...at('y.js')].map((one) => one.outcome)).toEqual(['rewritten', 'rewritten']);
    expect(at('index.js')).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-P3' }]);
    expect(at('index.js')[0]?.message).toContain('x.js:1, y.js:2');
  });

  test('such as ids of shards that the bot reads beside its broadcasts', async () => {
    const { at } = await rewrite({
      'x.js': 'exports.run = (message) => message.reply(message.client.shard.ids[0]);\n',
      'y.js': 'exports.first = (client) => client.shard?.ids.includes(0);\n',
      'z.js': 'exports.ask = (client) => client.shard.broadcastEval((c) => c.shard.ids[0]);\n',
      'w.js':
        'const ask = (client, fn) => client.shard.broadcastEval(fn);\nexports.own = (client) => ask(client, (c) => c.shard.ids[0]);\n',
    });
    expect(at('index.js')).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-P5' }]);
    expect(at('index.js')[0]?.message).toContain('(x.js:1)');
    expect(at('z.js')).toMatchObject([{ outcome: 'rewritten' }]);
  });

  const inCommand = (body: string): string => `exports.run = (message, client) => {\n${body}\n};\n`;

  test.each([
    ['together with others', 'const { ids, count } = client.shard; use(ids[0], count);'],
    ['of a name for the shard', 'const s = client.shard; use(s.ids[0]);'],
    ['of a new name for it', 'const { shard: own } = client; use(own.ids[0]);'],
    ['as the first of a list', 'const { ids: [id] } = client.shard; use(id);'],
    ['further in', 'const { shard: { ids: [id] } } = client; use(id);'],
    ['of the client of a message', 'const { ids } = message.client.shard; use(ids[0]);'],
    ['in a function that is handed the shard', 'const f = (s) => s.ids[0]; use(f(client.shard));'],
    ['in quotes', "use(client['shard']['ids'][0]);"],
    ['in a listener', "client.once('ready', (c) => use(c.shard.ids[0]));"],
    ['by one more name', 'const own = client; const c = own; use(c.shard?.ids[0]);'],
    ['where there may be none', 'const { ids } = client.shard ?? {}; use(ids?.[0]);'],
    ['of its options', 'use(client.options.shards[0]);'],
    ['of its connections', 'use(client.ws.shards.first().id);'],
    ['of its environment', 'use(process.env.SHARDS);'],
    [
      'in the data of a call',
      'return client.shard.broadcastEval((c, { id }) => use(id), { context: { id: client.shard.ids[0] } });',
    ],
    [
      'in a text that is put together',
      'return client.shard.broadcastEval("this.emit(`x`, " + client.shard.ids[0] + ")");',
    ],
  ])('such as the shard that a bot takes itself for: %s', async (_title, body) => {
    const { at } = await rewrite({ 'x.js': inCommand(body) });
    expect(at('index.js')[0]?.message).toContain('(x.js:2)');
  });

  test('such as the shard that a class of clients takes itself for, or keeps', async () => {
    const { at } = await rewrite({
      'bot.js':
        "class Bot extends require('discord.js').Client { name() { return this.shard.ids[0]; } }\nnew Bot({});\n",
      'x.js':
        'class Stats {\n constructor(client) { this.util = client.shard; }\n own() { return this.util.ids[0]; }\n}\n',
    });
    expect(at('index.js')[0]?.message).toContain('(bot.js:1, x.js:3)');
  });

  test.each([
    ['of something else', 'use(db.shard.ids[0]);'],
    ['of a name that is no shard', 'const shard = await load(); use(shard.ids[0]);'],
    ['of a class of something else', 'class Pool { first() { return this.shard.ids[0]; } }'],
    ['of something else that is handed over', 'const f = (s) => s.ids[0]; use(f(db.rows));'],
    ['only asked for one', 'const { ids } = client.shard; if (ids.includes(0)) start();'],
    ['asked for one by a name', 'const own = client.shard.ids; if (own.includes(0)) start();'],
    ['in a function that others run', 'function id(c) { return c.shard.ids[0]; } client.shard.broadcastEval(id);'],
    ['of which one is looked up', 'use(client.ws.shards.get(message.guild.shardId).ping);'],
  ])('but not of ids %s', async (_title, body) => {
    const { at } = await rewrite({ 'x.js': inCommand(body).replace('(message', 'async (message') });
    expect(at('index.js').map(({ code }) => code)).toEqual([null]);
  });

  test('names each line once, and nothing of a bot of discord-hybrid-sharding', async () => {
    const own = 'exports.id = (client) => [client.shard.ids[0], client.shard.ids[1]];\n';
    const { at } = await rewrite({ 'x.js': own });
    expect(at('index.js')[0]?.message).toContain('(x.js:1)');
    const index =
      "const { ClusterManager } = require('discord-hybrid-sharding');\nnew ClusterManager('./bot.js', { totalShards: 2 }).spawn();\n";
    const hybrid = await rewrite({ 'index.js': index, 'x.js': 'exports.ids = (client) => client.options.shards;\n' });
    expect(hybrid.at('index.js').map(({ code }) => code)).not.toContain('DC-P5');
  });

  test('is said at the call when this run moves no manager', async () => {
    const index =
      "const { ShardingManager } = require('shardlift/compat');\nnew ShardingManager('./bot.js').spawn();\n";
    const { at } = await rewrite({ 'index.js': index, 'x.js': users });
    expect(at('x.js')).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-P3' }]);
  });

  test('such as a handlers file that cannot be wired', async () => {
    const index =
      "const { ShardingManager } = require('discord.js');\nnew ShardingManager('./bot.js', options()).spawn();\n";
    const { at } = await rewrite({ 'index.js': index, 'x.js': 'f(client.shard.broadcastEval((c) => c.ws.ping));\n' });
    expect(at('index.js')).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-H2' }]);
    expect(at('x.js')).toMatchObject([{ outcome: 'rewritten' }]);
  });
});

test('a type is imported the way the file does that declares the value', async () => {
  const root = project({
    ...tsBot,
    'src/store/row.ts': 'export type Row = { id: string };\n',
    'src/store/connection.ts':
      "import type { Row } from './row.js';\nexport class Connection {\n  constructor(readonly data: Row) {}\n}\n",
    'src/x.ts':
      "import type { Client } from 'discord.js';\nimport type { Connection } from './store/connection.js';\nexport const f = (client: Client, connection: Connection) =>\n  client.shard!.broadcastEval((c, x) => c.guilds.cache.has(x.row.id), { context: { row: connection.data } });\n",
  });
  const report = await migrate({ paths: ['src'], cwd: root });
  expect(report.sites.find((one) => one.file === 'src/x.ts')).toMatchObject({ outcome: 'rewritten', code: null });
  const handlers = read(root)['src/cluster-handlers.ts'];
  expect(handlers).toContain("import type { Row } from './store/row.js';\n");
  expect(handlers).toContain('(c, x: { row: Row }) => c.guilds.cache.has(x.row.id),');
});
