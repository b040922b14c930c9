/** Several managers, and managers that choose what they start: each of them gets the handlers file, or a note says so. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, type Files, project, read } from './project.ts';

const head = "const { ShardingManager } = require('discord.js');\n";
const wired = "{ hybrid: { handlers: './cluster-handlers.js' } }";

async function rewrite(index: string, more: Files = {}) {
  const root = project({
    ...cjsBot,
    'index.js': head + index,
    'x.js': 'f(client.shard.broadcastEval((c) => c.ws.ping));\n',
    ...more,
  });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  return { sites, manager: sites.find(({ file }) => file === 'index.js'), text: read(root)['index.js'] };
}

test('every manager whose bot file is known gets the handlers file', async () => {
  const { text, manager } = await rewrite(
    "new ShardingManager(__filename).spawn();\nnew ShardingManager('./bot.js', undefined).spawn();\n",
  );
  expect(text).toContain(`new ShardingManager(__filename, ${wired})`);
  expect(text).toContain(`new ShardingManager('./bot.js', ${wired})`);
  expect(manager).toMatchObject({ outcome: 'rewritten', code: null });
});

test('one whose bot file is not known is named by its line', async () => {
  const { text, manager } = await rewrite(
    "new ShardingManager('./bot.js').spawn();\nnew ShardingManager(file()).spawn();\n",
  );
  expect(text).toContain('new ShardingManager(file())');
  expect(manager).toMatchObject({ outcome: 'rewritten-with-note', code: 'DC-H2' });
  expect(manager?.message).toContain('the file that the manager at index.js:3 starts is not known');
});

test('one whose bot file cannot be read is told of --entry, with which a run wires it', async () => {
  const bot = {
    ...cjsBot,
    'index.js': `${head}new ShardingManager(file()).spawn();\n`,
    'x.js': 'f(client.shard.broadcastEval((c) => c.ws.ping));\n',
  };
  const { sites } = await migrate({ paths: ['.'], cwd: project(bot), dryRun: true });
  const message = sites.find(({ code }) => code === 'DC-H2')?.message;
  expect(message).toContain(
    "the file that the manager at index.js:2 starts is not known). Name that file with --entry path/to/bot and run dc-migrate again, or add hybrid: { handlers: './cluster-handlers.js' } to its options;",
  );
  expect(message).not.toContain('Build');
  const root = project(bot);
  await migrate({ paths: ['.'], cwd: root });
  expect((await migrate({ paths: ['.'], cwd: root, entry: 'bot.js' })).summary.left).toBe(0);
  expect(read(root)['index.js']).toContain(`new ShardingManager(file(), ${wired})`);
});

test.each([
  ['new ShardingManager(options.file, { totalShards: 2 }).spawn();', true],
  ['new ShardingManager(options.file, ...rest).spawn();', false],
  ["new ShardingManager('./nowhere.js').spawn();", false],
  ["new ShardingManager('./bot.js').spawn();\nnew ShardingManager(file()).spawn();", false],
  ["new ShardingManager('./bot.js', options()).spawn();", false],
])('--entry is named only where it helps: %s', async (line, isNamed) => {
  const { manager } = await rewrite(`${line}\n`);
  expect(manager?.code).toBe('DC-H2');
  expect(manager?.message.includes('--entry')).toBe(isNamed);
});

test('one of a test keeps nobody from an answer', async () => {
  const { text, manager } = await rewrite("new ShardingManager('./bot.js').spawn();\n", {
    'test/manager.test.js': `${head}new ShardingManager(file());\n`,
  });
  expect(text).toContain(`new ShardingManager('./bot.js', ${wired})`);
  expect(manager).toMatchObject({ outcome: 'rewritten', code: null });
});

test('a class that hands on what it is given is no manager of its own', async () => {
  const { text, sites } = await rewrite('', {
    'index.js': "const Sharder = require('./sharder');\nnew Sharder('./bot.js').spawn();\n",
    'sharder.js': `${head}module.exports = class Sharder extends ShardingManager {\n  constructor(file, options) {\n    super(file, options);\n  }\n};\n`,
    'y.js': 'f((await client.shard.fetchClientValues("users.cache.size")).reduce((a, b) => a + b, 0));\n',
  });
  expect(text).toContain(`new Sharder('./bot.js', ${wired})`);
  // The class is what this run moves, so what the new manager brings about is said there.
  expect(sites.map(({ file, code }) => [file, code])).toEqual([
    ['sharder.js', 'DC-P3'],
    ['x.js', null],
    ['y.js', null],
  ]);
});

describe('a manager that chooses between', () => {
  test('two names of one bot file is wired', async () => {
    const { text, manager } = await rewrite(
      "new ShardingManager(dev ? './bot.js' : path.join(__dirname, 'bot.js')).spawn();\n",
    );
    expect(text).toContain(`, ${wired})`);
    expect(manager).toMatchObject({ outcome: 'rewritten' });
  });

  test('files of one folder is wired', async () => {
    const file = "new ShardingManager(dev ? './dev.js' : './bot.js'";
    const { text, manager } = await rewrite(`${file}).spawn();\n`, { 'dev.js': "require('./bot.js');\n" });
    expect(text).toContain(`${file}, ${wired})`);
    expect(manager).toMatchObject({ outcome: 'rewritten' });
  });

  test.each(["process.env.BOT ?? './bot.js'", "process.env.BOT || './bot.js'", "dev ? './dev/bot.js' : './bot.js'"])(
    'a known file and another is wired, with a note: %s',
    async (file) => {
      const { text, manager } = await rewrite(`const file = ${file};\nnew ShardingManager(file).spawn();\n`);
      expect(text).toContain(`new ShardingManager(file, ${wired})`);
      expect(manager).toMatchObject({ outcome: 'rewritten-with-note', code: 'DC-H5' });
    },
  );
});
