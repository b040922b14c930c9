/** Managers of discord.js that stay: nothing of their bot is rewritten, since only shardlift's clusters answer. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, type Files, project, read } from './project.ts';

const call = 'f(client.shard.broadcastEval((c) => c.ws.ping));\n';

async function rewrite(files: Files) {
  const root = project({ ...cjsBot, 'x.js': call, ...files });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const at = (file: string) => sites.filter((site) => site.file === file);
  return { at, files: read(root) };
}

const staying: readonly (readonly [title: string, index: string, code: string])[] = [
  [
    'imported at run time',
    "import('discord.js').then(({ ShardingManager }) => new ShardingManager('./bot.js').spawn());\n",
    'DC-M3',
  ],
  [
    'destructured from what an import brings',
    "(async () => {\n  const { ShardingManager } = await import('discord.js');\n  new ShardingManager('./bot.js').spawn();\n})();\n",
    'DC-M3',
  ],
  [
    'taken by its name in brackets',
    "const Base = require('discord.js')['ShardingManager'];\nnew (class extends Base {})('./bot.js').spawn();\n",
    'DC-M3',
  ],
  ['exported on', "export { ShardingManager } from 'discord.js';\n", 'DC-M3'],
  [
    'in a file that does not parse',
    "const D = require('discord.js');\nnew D.ShardingManager('./bot.js').spawn(;\n",
    'DC-F1',
  ],
];

/** How a file hands discord.js on. */
const handed: readonly (readonly [title: string, lib: string, index: string])[] = [
  [
    'module',
    "module.exports = require('discord.js');\n",
    "const { ShardingManager } = require('./lib');\nnew ShardingManager('./bot.js').spawn();\n",
  ],
  [
    'spread',
    "module.exports = { ...require('discord.js') };\n",
    "const lib = require('./lib');\nnew lib.ShardingManager('./bot.js').spawn();\n",
  ],
  [
    'list of all names',
    "export * from 'discord.js';\nexport * from './lib.js';\n",
    "import { ShardingManager } from './lib.js';\nnew ShardingManager('./bot.js').spawn();\n",
  ],
];

test.each(handed)(
  'a manager of a %s that another file exports stays, and so do the calls',
  async (_title, lib, index) => {
    const { at, files } = await rewrite({ 'lib.js': lib, 'index.js': index });
    expect(at('index.js')).toMatchObject([{ outcome: 'left', code: 'DC-M3' }]);
    expect(at('index.js')[0]?.message).toMatch(/\(by way of \.\/lib(?:\.js)?\)/);
    expect(at('x.js')).toMatchObject([{ outcome: 'left', code: 'DC-M8' }]);
    expect(files['x.js']).toBe(call);
  },
);

test.each(staying)('a manager that is %s stays, and so do the calls of its bot', async (_title, index, code) => {
  const { at, files } = await rewrite({ 'index.js': index });
  expect(at('index.js')).toMatchObject([{ outcome: 'left', code }]);
  expect(at('x.js')).toMatchObject([{ outcome: 'left', code: 'DC-M8' }]);
  expect(at('x.js')[0]?.message).toMatch(/^The ShardingManager at index\.js:\d /);
  expect(files).toMatchObject({ 'index.js': index, 'x.js': call });
  expect(Object.keys(files)).not.toContain('cluster-handlers.js');
});

test('one of two managers that stays keeps the calls as they are, too', async () => {
  const dev = "import('discord.js').then((D) => new D.ShardingManager('./bot.js').spawn());\n";
  const { at } = await rewrite({ 'dev.js': dev });
  expect(at('dev.js')).toMatchObject([{ outcome: 'left', code: 'DC-M3' }]);
  expect(at('index.js')).toMatchObject([{ outcome: 'rewritten' }]);
  expect(at('x.js')).toMatchObject([{ outcome: 'left', code: 'DC-M8' }]);
});

test('a mention that builds nothing does not hold back a bot whose manager moves', async () => {
  const { at } = await rewrite({ 'y.js': "export { ShardingManager } from 'discord.js';\n" });
  expect(at('y.js')).toMatchObject([{ outcome: 'left', code: 'DC-M3' }]);
  expect(at('x.js')).toMatchObject([{ outcome: 'rewritten' }]);
});

test('neither does one that is only compared with', async () => {
  const { at } = await rewrite({ 'index.js': null, 'y.js': 'f(manager instanceof this.discord.ShardingManager);\n' });
  expect(at('y.js')).toMatchObject([{ outcome: 'left', code: 'DC-M3' }]);
  expect(at('x.js')).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-H2' }]);
});

test('the name of the class as text is not a manager', async () => {
  const { at } = await rewrite({ 'index.js': null, 'y.js': "log('ShardingManager');\n" });
  expect(at('y.js')).toMatchObject([{ outcome: 'left', code: 'DC-S7' }]);
  expect(at('x.js')).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-H2' }]);
});
