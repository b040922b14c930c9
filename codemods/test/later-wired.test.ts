/** Handlers files that calls ask and no manager loads: a later run wires them. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { asksPing, own } from './handlers-bot.ts';
import { cjsBot, type Files, project, read } from './project.ts';

const compat = "const { ShardingManager } = require('shardlift/compat');\n";
const ours = "'./cluster-handlers.js'";

describe('a handlers file that an earlier run could not wire', () => {
  test('is wired when the manager is given', async () => {
    const root = project({ ...cjsBot, 'x.js': asksPing });
    await migrate({ paths: ['x.js'], cwd: root });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites).toMatchObject([{ file: 'index.js', outcome: 'rewritten' }]);
    const wired = read(root);
    expect(wired['index.js']).toContain(`{ hybrid: { handlers: ${ours} } }`);
    expect((await migrate({ paths: ['.'], cwd: root })).files).toEqual([]);
  });

  const asked = "f(client.cluster.ipc.requestAllShards('mode').valuesOrThrow());\n";
  const moved = `${compat}new ShardingManager('./bot.js').spawn();\n`;
  const unwired: Files = {
    ...cjsBot,
    'index.js': moved,
    'cluster-handlers.js': own("mode: () => 'prod'"),
    'x.js': asked,
  };

  test('also into a manager that is shardlift’s already', async () => {
    const root = project(unwired);
    await migrate({ paths: ['.'], cwd: root });
    expect(read(root)['index.js']).toContain(`{ hybrid: { handlers: ${ours} } }`);
  });

  test('and is a warning where that cannot be done', async () => {
    const index = `${compat}new ShardingManager('./bot.js', options()).spawn();\n`;
    const root = project({ ...unwired, 'index.js': index });
    const { warnings = [] } = await migrate({ paths: ['.'], cwd: root });
    expect(warnings).toMatchObject([{ file: 'index.js', code: 'DC-H2' }]);
  });

  test.each([
    ['nobody asks for', { 'x.js': null }],
    ['other code loads', { 'bot.js': `${cjsBot['bot.js']}register(require('./cluster-handlers'));\n` }],
    [
      'another manager loads',
      { 'dev.js': moved.replace("'./bot.js'", `'./bot.js', { hybrid: { handlers: ${ours} } }`) },
    ],
  ])('stays what it is where %s', async (_title, more: Files) => {
    const root = project({ ...unwired, ...more });
    expect((await migrate({ paths: ['.'], cwd: root })).files).toEqual([]);
  });
});

/** A bot that two managers start, the second of which is given to a later run; no call is left for that. */
describe('a manager that moves after another has loaded the handlers file', () => {
  const manager = (file: string, options = ''): string =>
    `const { ShardingManager } = require('discord.js');\nnew ShardingManager(${file}${options}).spawn();\n`;
  const bot: Files = { ...cjsBot, 'index.js': null, 'lib/x.js': asksPing };
  const two: Files = { ...bot, 'a/index.js': manager("'./bot.js'"), 'b/index.js': manager("'./bot.js'") };

  async function runs(files: Files, ...paths: readonly (readonly string[])[]) {
    const root = project(files);
    for (const some of paths) await migrate({ paths: some, cwd: root });
    const later = await migrate({ paths: ['.'], cwd: root });
    return { later, files: read(root) };
  }

  test.each([
    ['with all others', [['a', 'lib'], ['.']]],
    ['alone', [['a', 'lib'], ['b']]],
    ['after the calls', [['lib'], ['a'], ['b']]],
  ])('gets it, too: %s', async (_title, paths) => {
    const { files, later } = await runs(two, ...paths);
    expect(files['b/index.js']).toContain(`('./bot.js', { hybrid: { handlers: ${ours} } })`);
    expect(files['a/index.js']).toContain(`('./bot.js', { hybrid: { handlers: ${ours} } })`);
    expect(later.files).toEqual([]);
  });

  test('gets it from the folder of its own bot file', async () => {
    const files = {
      ...bot,
      'bot.js': null,
      'a/bot.js': cjsBot['bot.js'] ?? '',
      'b/bot.js': cjsBot['bot.js'] ?? '',
      'a/index.js': manager("__dirname + '/bot.js'"),
      'b/index.js': manager("__dirname + '/bot.js'"),
    };
    const { files: after, later } = await runs(files, ['a', 'lib'], ['.']);
    expect(after['b/index.js']).toContain("{ hybrid: { handlers: '../a/cluster-handlers.js' } }");
    expect(later.files).toEqual([]);
  });

  test('is told of where its bot file is not known', async () => {
    const root = project({ ...two, 'b/index.js': manager('file()') });
    await migrate({ paths: ['a', 'lib'], cwd: root });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites).toMatchObject([{ file: 'b/index.js', outcome: 'rewritten-with-note', code: 'DC-H2' }]);
  });
});

/** A run on the bot alone, then one on the manager alone. */
describe('a manager that is given after its bot', () => {
  const call = (text: string): string =>
    `${cjsBot['bot.js']?.replace('new Client({ intents: [] }).login();', '')}const client = new Client({ intents: [] });\nclient.on('ready', async () => {\n  ${text}\n});\nclient.login();\n`;
  const bot: Files = {
    ...cjsBot,
    'bot.js': null,
    'index.js': "const { ShardingManager } = require('discord.js');\n\nnew ShardingManager('./src/bot.js').spawn();\n",
  };
  const plain = 'const r = await client.shard.broadcastEval((c) => c.ws.ping);\n  console.log(r[0]);';

  async function later(text: string, more: Files = {}, handlers?: string) {
    const root = project({ ...bot, 'src/bot.js': call(text), ...more });
    const first = handlers === undefined ? {} : { handlers };
    await migrate({ paths: ['src'], cwd: root, ...first });
    const { sites } = await migrate({ paths: ['index.js'], cwd: root });
    return { sites, after: read(root), root };
  }

  test.each([
    ['to one shard', 'const r = await client.shard.broadcastEval((c) => c.ws.ping, { shard: 0 });\n  console.log(r);'],
    ['of a value of one shard', "const r = await client.shard.fetchClientValues('ws.ping', 0);\n  console.log(r);"],
    [
      'by one of two names',
      'const full = Math.random() > 0.5;\n  const r = await client.shard.broadcastEval(full ? (c) => c.ws.ping : (c) => c.uptime);\n  console.log(r[0]);',
    ],
    [
      'by a function of its own',
      'const ask = (fn) => client.shard.broadcastEval(fn);\n  const r = await ask((c) => c.ws.ping);\n  console.log(r[0]);',
    ],
  ])('gets the handlers file of calls %s', async (_title, text) => {
    const { sites, after, root } = await later(text);
    expect(after['src/cluster-handlers.js']).toBeDefined();
    expect(sites).toMatchObject([{ file: 'index.js', outcome: 'rewritten' }]);
    expect(after['index.js']).toContain(`{ hybrid: { handlers: ${ours} } }`);
    expect((await migrate({ paths: ['.'], cwd: root })).files).toEqual([]);
  });

  test('gets one that a test loads as well', async () => {
    const { after } = await later(plain, {
      'test/h.test.js': "const { handlers } = require('../src/cluster-handlers.js');\nf(handlers);\n",
    });
    expect(after['index.js']).toContain(`{ hybrid: { handlers: ${ours} } }`);
  });

  test('gets one that was named for the first run alone', async () => {
    const { after, root } = await later(plain, {}, 'lib/h.js');
    expect(after['index.js']).toContain("{ hybrid: { handlers: '../lib/h.js' } }");
    expect((await migrate({ paths: ['.'], cwd: root })).files).toEqual([]);
  });

  test('is told of one that other code loads', async () => {
    const { sites } = await later(plain, { 'src/boot.js': "register(require('./cluster-handlers'));\n" });
    expect(sites).toMatchObject([{ file: 'index.js', outcome: 'rewritten-with-note', code: 'DC-H2' }]);
    expect(sites[0]?.message).toContain('src/boot.js loads it in a way of its own');
  });

  test('is told of one where its bot file is not known', async () => {
    const { sites, root } = await later(plain, {
      'index.js':
        "const { ShardingManager } = require('discord.js');\n\nnew ShardingManager(process.env.BOT).spawn();\n",
    });
    expect(sites).toMatchObject([{ file: 'index.js', outcome: 'rewritten-with-note', code: 'DC-H2' }]);
    const { warnings = [] } = await migrate({ paths: ['.'], cwd: root });
    expect(warnings).toMatchObject([{ file: 'index.js', code: 'DC-H2' }]);
  });
});
