/** Runs on a part of a bot: the manager, or what it starts, is in a file that was not named. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { run } from '../src/run/run.ts';
import { run as command } from './command.ts';
import { cjsBot, type Files, project, read, tsBot } from './project.ts';

async function rewrite(files: Files, path: string) {
  const root = project(files);
  const report = await migrate({ paths: [path], cwd: root });
  return { report, files: read(root) };
}

/** A manager that a job is handed, typed by its class. */
const job: Files = {
  ...tsBot,
  'src/index.ts':
    "import { ShardingManager } from 'discord.js';\nimport { Job } from './jobs/job.js';\n\nconst manager = new ShardingManager('dist/bot.js');\nawait new Job(manager).run();\n",
  'src/jobs/job.ts':
    "import type { ShardingManager } from 'discord.js';\n\nexport class Job {\n  constructor(private readonly manager: ShardingManager) {}\n  run = () => this.manager.broadcastEval((c) => c.ws.ping);\n}\n",
};

const hybrid: Files = {
  'package.json': '{ "name": "bot", "dependencies": { "discord.js": "14", "discord-hybrid-sharding": "2" } }\n',
  'main/manager.js':
    "const { ClusterManager } = require('discord-hybrid-sharding');\nnew ClusterManager(file(), { totalShards: 2 }).spawn();\n",
  'clients/client.js':
    "const { Client } = require('discord.js');\nconst { ClusterClient } = require('discord-hybrid-sharding');\nconst client = new Client({ intents: [] });\nclient.cluster = new ClusterClient(client);\nclient.login();\n",
  'clients/x.js': 'f(client.cluster.broadcastEval((c) => c.ws.ping));\n',
};

describe('a manager outside of the given paths that stays', () => {
  test('keeps the code that it is handed to as it is', async () => {
    const { report, files } = await rewrite(job, 'src/jobs');
    expect(report.sites.map(({ method, outcome, code }) => [method, outcome, code])).toEqual([
      ['ShardingManager', 'left', 'DC-M13'],
      ['broadcastEval', 'left', 'DC-M13'],
    ]);
    expect(report.sites[1]?.message).toMatch(/^The manager at src\/index\.ts:1 is not among the given paths/);
    expect(report.files).toEqual([]);
    expect(files['src/jobs/job.ts']).toBe(job['src/jobs/job.ts']);
  });

  test('keeps it when its class is extended there', async () => {
    const index =
      "import { ShardingManager } from 'discord.js';\nimport { Job } from './jobs/job.js';\n\nclass Own extends ShardingManager {}\nawait new Job(new Own('dist/bot.js')).run();\n";
    const { report } = await rewrite({ ...job, 'src/index.ts': index }, 'src/jobs');
    expect(report.sites.map(({ code }) => code)).toEqual(['DC-M13', 'DC-M13']);
  });

  test('keeps the manager of discord-hybrid-sharding where the client stays', async () => {
    const { report, files } = await rewrite({ ...hybrid, 'main/x.js': hybrid['clients/x.js'] ?? null }, 'main');
    expect(report.sites.map(({ file, code }) => [file, code])).toEqual([
      ['main/manager.js', 'DC-M13'],
      ['main/x.js', 'DC-M13'],
    ]);
    expect(report.sites[0]?.message).toMatch(/^The client at clients\/client\.js:2 is not among the given paths/);
    expect(files['main/manager.js']).toBe(hybrid['main/manager.js']);
  });

  test.each([
    [
      'a class of its own',
      "const { ClusterClient } = require('discord-hybrid-sharding');\nclass My extends ClusterClient {}\nclient.cluster = new My(client);\n",
    ],
    [
      'a module that is loaded there',
      "client.cluster = new (require('discord-hybrid-sharding').ClusterClient)(client);\n",
    ],
    ['a module in a name', "const hs = require('discord-hybrid-sharding');\nclient.cluster = new hs.Client(client);\n"],
  ])('keeps that manager where the client is of %s', async (_title, client) => {
    const { report, files } = await rewrite({ ...hybrid, 'clients/client.js': client }, 'main');
    expect(report.sites.map(({ file, code }) => [file, code])).toEqual([['main/manager.js', 'DC-M13']]);
    expect(files['main/manager.js']).toBe(hybrid['main/manager.js']);
  });

  test('keeps a bot of discord-hybrid-sharding as it is', async () => {
    const { report, files } = await rewrite(hybrid, 'clients');
    expect(report.sites.map(({ file, code }) => [file, code])).toEqual([
      ['clients/client.js', 'DC-M13'],
      ['clients/x.js', 'DC-M13'],
    ]);
    expect(report.sites[0]?.message).toMatch(/^The manager at main\/manager\.js:1 .* of discord-hybrid-sharding,/);
    expect(files['clients/client.js']).toBe(hybrid['clients/client.js']);
  });

  test.each([
    ['moved already', job['src/index.ts']?.replace("'discord.js'", "'shardlift/compat'") ?? ''],
    ['only named', "import type { ShardingManager } from 'discord.js';\nexport type M = ShardingManager;\n"],
  ])('keeps nothing when it is %s', async (_title, index) => {
    const { report } = await rewrite({ ...job, 'src/index.ts': index }, 'src/jobs');
    expect(report.sites.map(({ outcome }) => outcome)).not.toContain('left');
  });

  test('is not looked for in other packages', async () => {
    const inner = { 'tools/package.json': '{ "name": "tools" }\n', 'tools/index.ts': job['src/index.ts'] ?? '' };
    const { report } = await rewrite({ ...job, ...inner, 'src/index.ts': null }, 'src/jobs');
    expect(report.sites.map(({ outcome }) => outcome)).not.toContain('left');
  });
});

describe('a manager outside of the given paths that could not move with them', () => {
  const call = 'f(client.shard.broadcastEval((c) => c.ws.ping));\n';

  test.each([
    ['does not parse', "const { ShardingManager } = require('discord.js');\nnew ShardingManager('./bot.js').spawn(;\n"],
    [
      'is taken by import()',
      "import('discord.js').then(({ ShardingManager }) => new ShardingManager('./bot.js').spawn());\n",
    ],
  ])('keeps the calls as they are when its file %s', async (_title, index) => {
    const { report, files } = await rewrite({ ...cjsBot, 'index.js': index, 'lib/x.js': call }, 'lib');
    expect(report.sites).toMatchObject([{ outcome: 'left', code: 'DC-M8' }]);
    expect(report.sites[0]?.message).toMatch(/^The ShardingManager at index\.js:\d /);
    expect(files['lib/x.js']).toBe(call);
  });

  test('keeps nothing where it moves', async () => {
    const { report } = await rewrite({ ...cjsBot, 'lib/x.js': call }, 'lib');
    expect(report.sites).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-H2' }]);
  });
});

describe('handlers that are not wired', () => {
  const call = 'f(client.shard.broadcastEval((c) => c.ws.ping));\n';

  const bot = { ...cjsBot, 'lib/x.js': call };
  const saidOf = async (root: string, ...args: readonly string[]) =>
    (await migrate({ paths: args, cwd: root })).sites.find(({ code }) => code === 'DC-H2')?.message;

  test('name the file of the manager that was not given, in a command that wires them', async () => {
    const root = project(bot);
    const said = await saidOf(root, 'lib');
    expect(said).toContain('(the manager at index.js:3 is not among the given paths)');
    expect(said).toContain('Run dc-migrate again with its file, too (npx dc-migrate lib index.js). Until then');
    expect(said).not.toContain('Build');
    const { stdout } = await command(root, 'lib', 'index.js');
    expect(stdout).not.toContain('DC-H2');
    expect(read(root)['index.js']).toContain("handlers: './cluster-handlers.js'");
  });

  test('name the options of the run as well, as they are typed', async () => {
    const root = project({ ...bot, 'my lib/y.js': call });
    const paths = ['my lib', 'lib/x.js'];
    const { sites } = await migrate({ paths, cwd: root, legacy: true, handlers: 'src/own.js', dryRun: true });
    expect(sites[0]?.message).toContain(
      'too (npx dc-migrate --legacy --handlers src/own.js "my lib" lib/x.js index.js). Until',
    );
  });

  test('name the whole bot where many paths were given', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `lib/${name}.js`);
    const root = project({ ...bot, ...Object.fromEntries(names.map((name) => [name, call])) });
    expect(await saidOf(root, ...names)).toContain('too (npx dc-migrate .). Until then');
  });

  describe('name the folders of many paths', () => {
    const many = (folder: string) => [1, 2, 3, 4, 5].map((n) => `${folder}/a${n}.js`);
    const calls = (folder: string): Files => Object.fromEntries(many(folder).map((path) => [path, call]));
    const member = (folder: string, files: Files): Files =>
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`packages/${folder}/${path}`, text]));
    const workspace = { 'package.json': '{ "name": "ws", "workspaces": ["packages/*"] }\n' };

    test('that are not below the working folder', async () => {
      const root = project({ ...cjsBot, ...calls('sub'), 'tool/x.js': '' });
      const cwd = join(root, 'tool');
      const paths = many('../sub');
      const { sites } = await migrate({ paths, cwd, dryRun: true });
      expect(sites[0]?.message).toContain('too (npx dc-migrate ..). Until then');
    });

    test('that are of one package, and leave the others of the workspace alone', async () => {
      const root = project({ ...workspace, ...member('bot', { ...cjsBot, ...calls('lib') }), ...member('b', cjsBot) });
      expect(await saidOf(root, ...many('packages/bot/lib'))).toContain('too (npx dc-migrate packages/bot). Until');
    });

    test('that are of several packages, one for each', async () => {
      const { 'index.js': _, ...bot } = cjsBot;
      const index =
        "const { ShardingManager } = require('discord.js');\nnew ShardingManager(require('node:path').join(__dirname, '../bot/bot.js')).spawn();\n";
      const start = {
        'package.json': '{ "name": "start", "dependencies": { "discord.js": "14" } }\n',
        'index.js': index,
      };
      const root = project({
        ...workspace,
        ...member('bot', { ...bot, ...calls('lib') }),
        ...member('start', start),
        ...member('other', cjsBot),
      });
      expect(await saidOf(root, ...many('packages/bot/lib'))).toContain(
        'too (npx dc-migrate packages/bot/lib packages/start/index.js). Until',
      );
    });
  });

  test('name paths that a shell would change as it takes them', async () => {
    const root = project({ ...bot, 'a$HOME/c.js': call, '-c.js': call });
    const said = await saidOf(root, 'a$HOME/c.js', './-c.js');
    expect(said).toContain("too (npx dc-migrate 'a$HOME/c.js' ./-c.js index.js). Until then");
  });

  test('name a manager whose file looks like an option', async () => {
    const root = project({ ...bot, 'index.js': null, '-index.js': cjsBot['index.js'] ?? null });
    expect(await saidOf(root, 'lib')).toContain('too (npx dc-migrate lib ./-index.js). Until then');
  });

  test('do so where the manager has moved before', async () => {
    const root = project(bot);
    await migrate({ paths: ['index.js'], cwd: root });
    expect(await saidOf(root, 'lib')).toContain('npx dc-migrate lib index.js');
    expect(await saidOf(root, 'lib', 'index.js')).toBeUndefined();
    expect(read(root)['index.js']).toContain("handlers: './cluster-handlers.js'");
  });

  test('name the manager whose bot file is not known, and what its options need', async () => {
    const { report } = await rewrite(hybrid, '.');
    const manager = report.sites.find(({ file }) => file === 'main/manager.js');
    expect(manager).toMatchObject({ outcome: 'rewritten-with-note', code: 'DC-H2' });
    expect(manager?.message).toContain('(the file that the manager at main/manager.js:2 starts is not known)');
    expect(manager?.message).toContain("or add hybrid: { handlers: './cluster-handlers.js' } to its options;");
    expect(manager?.message).toContain('taken to be clients/client.js.');
  });
});

test('a diff of files outside of the working folder names all of them from the folder they share', async () => {
  const root = project({ ...cjsBot, 'lib/x.js': 'f(client.shard.broadcastEval((c) => c.ws.ping));\n' });
  const { diff, report } = await run({ paths: ['.'], cwd: `${root}/lib`, dryRun: true });
  expect(diff.match(/^(?:---|\+\+\+) .*$/gm)).toEqual(
    ['lib/x.js', 'cluster-handlers.js', 'package.json'].flatMap((file) => [
      file === 'cluster-handlers.js' ? '--- /dev/null' : `--- a/${file}`,
      `+++ b/${file}`,
    ]),
  );
  expect(report.files.map(({ file }) => file)).toContain('../cluster-handlers.js');
});
