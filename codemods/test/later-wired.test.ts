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
