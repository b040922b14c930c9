/** Which handlers file is added to, in which language, and for which managers. */
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { asksPing, own } from './handlers-bot.ts';
import { compat, mode, ours, rewrite, stock } from './managed-bot.ts';
import { cjsBot, project, read } from './project.ts';

const core = "const { ClusterManager } = require('shardlift');\n";
const fromHybrid = "const { ClusterManager } = require('shardlift/compat/hybrid');\n";

describe('managers of one bot with handlers of their own', () => {
  const loads = (file: string): string =>
    `${compat}new ShardingManager('./bot.js', { hybrid: { handlers: '${file}' } }).spawn();\n`;
  const both = (file: string): string =>
    `${compat}new ShardingManager('./bot.js', { hybrid: { handlers: ['${file}', './cluster-handlers.js'] } }).spawn();\n`;

  test('get a file of their own, and none of the other', async () => {
    const { files } = await rewrite(loads('./h.js'), {
      'dev.js': loads('./g.js'),
      'h.js': mode('prod'),
      'g.js': mode('dev'),
    });
    expect([files['index.js'], files['dev.js']]).toEqual([both('./h.js'), both('./g.js')]);
    expect([files['h.js'], files['g.js']]).toEqual([mode('prod'), mode('dev')]);
    expect(files['cluster-handlers.js']).toContain('wsPing: (c) => c.ws.ping,');
  });

  test('get one of another name where the usual one is one of theirs', async () => {
    const { files } = await rewrite(loads('./cluster-handlers.js'), {
      'dev.js': loads('./g.js'),
      'cluster-handlers.js': mode('prod'),
      'g.js': mode('dev'),
    });
    expect(files['cluster-handlers.js']).toBe(mode('prod'));
    expect(files['cluster-handlers-2.js']).toContain('wsPing: (c) => c.ws.ping,');
    expect(files['dev.js']).toContain("['./g.js', './cluster-handlers-2.js']");
  });

  test('are added to where both load a file', async () => {
    const { files } = await rewrite(loads('./h.js'), { 'dev.js': loads('h.js'), 'h.js': mode('prod') });
    expect([files['index.js'], files['dev.js']]).toEqual([loads('./h.js'), loads('h.js')]);
    expect(files['h.js']).toContain('wsPing: (c) => c.ws.ping,');
  });

  test('are told of names that two files would have', async () => {
    const more = { 'dev.js': loads('./g.js'), 'h.js': mode('prod'), 'g.js': mode('dev') };
    const { files, note } = await rewrite(loads('./h.js'), more, { handlers: 'h.js' });
    expect(files['dev.js']).toBe(loads('./g.js'));
    expect(note).toContain('another file has handlers of the same names (mode)');
  });
});

describe('the language of a handlers file that is there', () => {
  const manifest = '{ "name": "bot", "dependencies": { "discord.js": "^14.28.1" } }\n';
  const asksHost = "const os = require('node:os');\nf(client.shard.broadcastEval(() => os.hostname()));\n";

  test('is its own: ES modules beside a CommonJS bot', async () => {
    const there =
      "import { defineHandlers } from 'shardlift';\n\nexport const handlers = defineHandlers({\n  a: () => 1,\n});\n";
    const { files, sites } = await rewrite(`${stock}new ShardingManager('./bot.js').spawn();\n`, {
      'package.json': manifest,
      'cluster-handlers.js': there,
      'x.js': asksHost,
    });
    expect(files['cluster-handlers.js']).toBe(there);
    expect(sites.at(-1)).toMatchObject({ outcome: 'left', code: 'DC-I3' });
  });

  test('is its own: CommonJS beside a bot of ES modules', async () => {
    const root = project({
      'package.json': manifest,
      'index.js': "import { ShardingManager } from 'discord.js';\n\nnew ShardingManager('./bot.js').spawn();\n",
      'bot.js': "import { Client } from 'discord.js';\n\nnew Client({ intents: [] }).login();\n",
      'cluster-handlers.js': own('a: () => 1'),
      'x.js': asksHost,
    });
    await migrate({ paths: ['.'], cwd: root });
    expect(read(root)['cluster-handlers.js']).toContain("const os = require('node:os');\n");
  });
});

describe('a manager of an earlier run', () => {
  test.each([
    ['shardlift', core, './cluster-handlers.js', "{ handlers: './cluster-handlers.js' }"],
    ['shardlift, with a file of another name', core, './lib/h.js', "{ handlers: './lib/h.js' }"],
    ['shardlift/compat/hybrid', fromHybrid, './lib/h.js', "{ hybrid: { handlers: './lib/h.js' } }"],
  ])('is known as ClusterManager of %s', async (_title, line, path, options) => {
    const index = `${line}new ClusterManager('./bot.js', ${options}).spawn();\n`;
    const { files, sites } = await rewrite(index, { [path.slice(2)]: mode('prod') });
    expect(sites).toMatchObject([{ file: 'x.js', outcome: 'rewritten' }]);
    expect(files['index.js']).toBe(index);
    expect(files[path.slice(2)]).toContain('wsPing: (c) => c.ws.ping,');
  });

  test.each([
    ["{ mode: 'worker' }", `{ mode: 'worker', handlers: ${ours} }`],
    ["{ handlers: ['./h.js'] }", `{ handlers: ['./h.js', './g.js'] }`],
  ])('gets a new handlers file: %s', async (before, after) => {
    const index = (options: string): string => `${core}new ClusterManager('./bot.js', ${options}).spawn();\n`;
    const named = after.includes('g.js') ? { handlers: 'g.js' } : {};
    const { files, sites } = await rewrite(index(before), { 'h.js': mode('prod') }, named);
    expect(files['index.js']).toBe(index(after));
    expect(sites).toHaveLength(1);
  });

  test('is no reason for --core to say anything', async () => {
    const index = `${core}new ClusterManager('./bot.js', { handlers: ${ours} }).spawn();\n`;
    const root = project({ ...cjsBot, 'index.js': index, 'cluster-handlers.js': mode('prod'), 'x.js': asksPing });
    const { sites } = await migrate({ paths: ['.'], cwd: root, core: true });
    expect(sites).toMatchObject([{ file: 'x.js', outcome: 'rewritten' }]);
    expect(read(root)['index.js']).toBe(index);
  });

  test('is not asked for what it has when it is outside of the paths', async () => {
    const root = project({ ...cjsBot, 'x.js': asksPing, 'y.js': asksPing.replace('ping', 'status') });
    await migrate({ paths: ['index.js', 'x.js'], cwd: root });
    const { sites } = await migrate({ paths: ['y.js'], cwd: root });
    expect(sites).toMatchObject([{ outcome: 'rewritten', code: null }]);
  });
});

describe('a handlers file that is made by something else', () => {
  test.each(['dist/h.js', 'gen/h.js'])('is not added to: %s', async (file) => {
    const index = `${compat}new ShardingManager('./bot.js', { hybrid: { handlers: './${file}' } }).spawn();\n`;
    const more = { [file]: own('wsPing: () => 1'), '.gitignore': 'gen/\n' };
    const root = project({ ...cjsBot, 'index.js': index, 'x.js': asksPing, ...more });
    execFileSync('git', ['init', '-q'], { cwd: root });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    const files = read(root);
    expect(files[file]).toBe(own('wsPing: () => 1'));
    expect(files['index.js']).toBe(index.replace(`'./${file}'`, `['./${file}', ${ours}]`));
    expect(files['cluster-handlers.js']).toContain('wsPing2: (c) => c.ws.ping,');
    expect(sites).toMatchObject([{ handler: 'wsPing2' }]);
  });
});

describe('where the manager starts a file that cannot be read', () => {
  const bot =
    "const { Client } = require('discord.js');\n\nclass Bot extends Client {\n  start() { this.login(); }\n}\n";
  const files = {
    ...cjsBot,
    'bot.js': null,
    'index.js': `${stock}new ShardingManager(find()).spawn();\n`,
    'lib/bot.js': `${bot}module.exports = Bot;\n`,
    'lib/x.js': asksPing,
  };

  test.each([
    ['the file that makes the client', { 'app.js': "const Bot = require('./lib/bot');\nnew Bot({}).start();\n" }, ''],
    [
      'the file that makes the client, by its name',
      { 'app.js': "const { Bot: B } = require('./lib/bot.js');\nnew B({}).start();\n" },
      '',
    ],
    ['the file of the class where that is made there', { 'lib/bot.js': `${bot}new Bot({}).start();\n` }, 'lib/'],
    [
      'the file of the class where several make it',
      {
        'app.js': "const Bot = require('./lib/bot');\nnew Bot({}).start();\n",
        'dev.js': "const Bot = require('./lib/bot');\nnew Bot({}).start();\n",
      },
      'lib/',
    ],
    ['the file of the class where nobody makes it', {}, 'lib/'],
  ])('handlers stand beside %s', async (_title, more, folder) => {
    const root = project({ ...files, ...more });
    await migrate({ paths: ['.'], cwd: root });
    expect(Object.keys(read(root)).filter((path) => path.endsWith('cluster-handlers.js'))).toEqual([
      `${folder}cluster-handlers.js`,
    ]);
  });
});
