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
