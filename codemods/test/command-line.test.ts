/** The command line: what it refuses, what it tells of itself, and what it says to do next. */
import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { run } from './command.ts';
import { cjsBot, project, read, tsBot } from './project.ts';

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
  version: string;
};
const call = 'f(client.shard.broadcastEval((c) => c.ws.ping));\n';

test('--version prints the version, also without a path', async () => {
  expect(await run(project(cjsBot), '--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

test('SARIF names the version and where the tool is from, and no placeholder of a sentence', async () => {
  const root = project({ ...cjsBot, 'x.js': 'const id = 1;\nf(client.shard.broadcastEval(() => id));\n' });
  const { stdout } = await run(root, '.', '--format', 'sarif');
  const { driver } = JSON.parse(stdout).runs[0].tool;
  expect(driver).toMatchObject({ version, informationUri: 'https://www.npmjs.com/package/dc-migrate' });
  expect(driver.rules[0]).toMatchObject({ id: 'DC-C1', help: { text: 'npx dc-migrate explain DC-C1' } });
  expect(driver.rules[0].fullDescription.text).toMatch(
    /^For example: The function uses `prefix` \(line 3\) from outside/,
  );
});

test('explain fills in no placeholder', async () => {
  expect((await run(project({}), 'explain', 'T2')).stdout).not.toMatch(/[{<]\w+[}>]/);
});

test('a link that leads out of the given paths is said not to be followed, once', async () => {
  const root = project({ ...cjsBot, 'bot/x.js': call, 'shared/y.js': call, 'shared/notes.txt': 'x' });
  symlinkSync(join(root, 'shared'), join(root, 'bot/shared'));
  symlinkSync(join(root, 'shared/y.js'), join(root, 'bot/y.js'));
  for (const [target, link] of [
    ['shared/notes.txt', 'notes.txt'],
    ['nowhere', 'gone'],
    ['bot/x.js', 'same.js'],
    ['.', 'whole'],
    ['node_modules', 'node_modules'],
  ] as const)
    symlinkSync(join(root, target), join(root, 'bot', link));
  const { stderr } = await run(root, 'bot', '-n');
  expect(stderr.match(/is a link and was not followed/g)).toHaveLength(2);
  expect(stderr).toMatch(/bot\/shared is a link and .* give that path as well: shared$/m);
  expect(stderr).toMatch(/bot\/y\.js is a link and .* give that path as well: shared\/y\.js$/m);
  expect((await run(root, '.', '-n')).stderr).not.toContain('is a link');
});

describe('refused as usage is', () => {
  test('an entry that is not there', async () => {
    const root = project({ ...cjsBot, 'x.js': call });
    const { status, stderr } = await run(root, '.', '--entry', 'nope.js');
    expect(status).toBe(4);
    expect(stderr).toContain('There is no file or folder ');
    expect(read(root)['x.js']).toBe(call);
  });

  test('an entry that is a folder', async () => {
    const files = { ...cjsBot, 'commands/x.js': call };
    const root = project(files);
    const { status, stderr } = await run(root, '.', '--entry', 'commands');
    expect(status).toBe(4);
    expect(stderr).toMatch(/^dc-migrate: --entry takes a file, and this is a folder: commands\.\n/);
    expect(read(root)).toEqual(files);
    const named = project({ ...files, 'commands.js': 'login();\n' });
    expect((await run(named, '.', '-n', '--entry', 'commands')).status).toBe(0);
  });

  test('a handlers file where handlers stand beside the client', async () => {
    const root = project({ ...cjsBot, 'x.js': call });
    const before = read(root);
    const { status, stderr } = await run(root, '.', '--inline', '--handlers', 'h.cjs');
    expect(status).toBe(4);
    expect(stderr).toMatch(/^dc-migrate: --inline writes no handlers file, so there is none to name with --handlers\./);
    expect(read(root)).toEqual(before);
    await expect(migrate({ paths: ['.'], cwd: root, inline: true, handlers: 'h.js' })).rejects.toMatchObject({
      code: 'BAD_USAGE',
    });
  });

  test.each([
    [['.', '--entry', 'nope.js']],
    [['nowhere']],
    [['x.js/y.js']],
    [['.', '--entry', 'x.js/bot.js']],
    [['.', '--inline', '--handlers', 'h.js']],
    [['.', '--report', 'no-such-folder/b.html']],
  ])('leaving no report behind: %o', async (args) => {
    const root = project({ ...cjsBot, 'x.js': call, 'old.md': 'old\n' });
    const before = read(root);
    const reports = ['--json', 'j.json', '--report', 'a.md', '--report', 'old.md'];
    expect((await run(root, ...reports, ...args)).status).toBeGreaterThanOrEqual(4);
    expect(read(root)).toEqual(before);
  });

  test('a handlers file that is no script', async () => {
    const root = project({ ...cjsBot, 'x.js': call });
    const { status, stderr } = await run(root, '.', '--handlers', 'h.txt');
    expect(status).toBe(4);
    expect(stderr).toContain('--handlers takes a file that ends in .js');
  });

  test.each(['h', 'h/', 'h.js/', '.js', 'h.json', 'h.d.ts', 'h.d.mts', 'commands.js'])(
    'a handlers file that nothing could load: %s',
    async (name) => {
      const root = project({ ...cjsBot, 'x.js': call, 'commands.js/x.js': '' });
      const before = read(root);
      const { status, stderr } = await run(root, '.', '--handlers', name);
      expect(status).toBe(4);
      expect(stderr).toMatch(/^dc-migrate: --handlers takes a file/);
      expect(read(root)).toEqual(before);
      await expect(migrate({ paths: ['.'], cwd: root, handlers: name })).rejects.toMatchObject({
        code: 'BAD_USAGE',
      });
    },
  );

  test.each([
    ['node_modules/h.js', 'of the bot’s sources'],
    ['.git/h.js', 'of the bot’s sources'],
    ['dist/h.js', 'of the bot’s sources'],
    ['gen/h.js', 'of the bot’s sources'],
    ['lib/h.ts', 'of JavaScript here'],
  ])('a handlers file that would be lost, or not loaded: %s', async (name, words) => {
    const root = project({ ...cjsBot, 'x.js': call, '.gitignore': 'gen/\n', 'dist/.keep': '' });
    execFileSync('git', ['init', '-q'], { cwd: root });
    const before = read(root);
    const { status, stderr } = await run(root, '.', '--handlers', name);
    expect(status).toBe(4);
    expect(stderr).toContain(`--handlers takes a file ${words}`);
    expect(read(root)).toEqual(before);
  });

  test('a handlers file beside a bot in a folder of output is none', async () => {
    const root = project({
      'package.json': cjsBot['package.json'] ?? null,
      'dist/index.js': cjsBot['index.js'] ?? null,
      'dist/bot.js': cjsBot['bot.js'] ?? null,
      'dist/x.js': call,
    });
    expect((await run(root, 'dist', '--handlers', 'dist/h.js')).status).toBe(0);
  });
});

test('an option that is almost one is bad usage that names it', async () => {
  const { status, stderr } = await run(project(cjsBot), '.', '--dryrun');
  expect(status).toBe(4);
  expect(stderr.split('\n')[0]).toBe('dc-migrate: There is no option --dryrun. Did you mean --dry-run?');
  expect((await run(project(cjsBot), '.', '--nope')).stderr).toMatch(/^dc-migrate: There is no option --nope\.\n/);
});

test('--report may be given for both pages, which say of what files their lines are', async () => {
  const root = project({ ...cjsBot, 'x.js': call });
  const { stdout } = await run(root, '.', '--report', 'a.md', '--report', 'b.html');
  const said = 'Lines and columns are those of the files as they were before the run.';
  for (const page of ['a.md', 'b.html']) expect(read(root)[page]).toContain(said);
  for (const page of ['a.md', 'b.html'])
    expect(read(root)[page]).toMatch(/ UTC\. .*dc-migrate \. --report a\.md --report b\.html/);
  expect(stdout).toContain(said);
  expect((await run(project({ ...cjsBot, 'x.js': call }), '.', '-n')).stdout).not.toContain(said);
});

test('a folder without code is named', async () => {
  const { status, stderr } = await run(project({ ...cjsBot, 'docs/a.md': '' }), 'docs', 'package.json', 'bot.js');
  expect(status).toBe(0);
  expect(stderr).toContain('there is no JavaScript or TypeScript in docs.');
  expect(stderr).toContain('there is no JavaScript or TypeScript in package.json.');
  expect(stderr).not.toContain('in bot.js');
});

test.each(['.', './', '..', '../..'])(
  'a folder without code that is given as %s is named by its path',
  async (given) => {
    const cwd = realpathSync(join(project({ 'a/b/x.md': '' }), 'a/b'));
    const { stderr } = await run(cwd, given);
    expect(stderr).toBe(`dc-migrate: there is no JavaScript or TypeScript in ${resolve(cwd, given)}.\n`);
  },
);

test.each([
  ['does not parse', '{ "compilerOptions": { "strict": true, }'],
  ['extends what is not there', '{ "extends": "./nope.json", "compilerOptions": { "skipLibCheck": true } }'],
])('a tsconfig.json that %s is a warning beside the result', async (_title, config) => {
  const text =
    "import type { Client } from 'discord.js';\nexport const f = (c: Client) => c.shard!.broadcastEval((x) => x.ws.ping);\n";
  const root = project({ ...tsBot, 'tsconfig.json': config, 'src/x.ts': text });
  const { stdout, stderr } = await run(root, 'src', '-n');
  expect(stderr).not.toContain('could not be read whole');
  expect(stdout).toContain('First: tsconfig.json could not be read whole (');
  const { stderr: beside } = await run(root, 'src', '-n', '--format', 'json');
  expect(beside).toContain('dc-migrate: tsconfig.json could not be read whole (');
});

test('an entry is taken by the name it is compiled to', async () => {
  const root = project({ ...cjsBot, 'index.js': null, 'bot.js': null, 'src/bot.js': 'login();\n', 'x.js': call });
  expect((await run(root, '.', '--entry', 'dist/bot.js')).status).toBe(0);
  expect(Object.keys(read(root))).toContain('src/cluster-handlers.js');
});

describe('what to do next', () => {
  const calls = {
    'x.js': call,
    'y.js': 'f(client.shard.broadcastEval((c) => c.nope()), client.shard.broadcastEval(g));\n',
  };

  test('begins with the handlers that are not wired, and --strict exits with 2', async () => {
    const index =
      "const { ShardingManager } = require('discord.js');\nnew ShardingManager('./bot.js', options()).spawn();\n";
    const root = project({ ...cjsBot, 'x.js': call, 'index.js': index });
    const { status, stdout } = await run(root, '.', '--strict');
    expect(status).toBe(2);
    expect(stdout).toContain('\nFirst: wire the handlers file, see DC-H2 above');
    expect(stdout).toContain('\nThen: install dependencies (shardlift is in package.json now), run');
    expect(stdout).not.toContain('mean something slightly different');
  });

  test('names the package where no package.json can', async () => {
    const { stdout } = await run(project({ ...cjsBot, 'package.json': null, 'x.js': call }), '.');
    expect(stdout).toContain('\nNext: npm install shardlift (no package.json names it), run your tests');
    expect(stdout).not.toContain('in package.json now');
  });

  describe('in a second run, which leaves package.json alone,', () => {
    const second = async (root: string): Promise<string> => {
      await run(root, '.');
      writeFileSync(join(root, 'x.js'), call);
      const { stdout } = await run(root, '.');
      expect(stdout).toMatch(/ edit {2}x\.js\n/);
      return stdout;
    };

    test('asks to install what package.json names where it is not there', async () => {
      const stdout = await second(project(cjsBot));
      expect(stdout).toContain('\nNext: install dependencies (shardlift is in package.json), run your tests');
    });

    test('says nothing of that where shardlift is installed', async () => {
      const below = Object.entries(cjsBot).map(([path, text]) => [`bot/${path}`, text]);
      const installed = { 'bot/node_modules/shardlift/package.json': '{ "name": "shardlift" }\n' };
      const root = project({ ...Object.fromEntries(below), ...installed });
      expect(await second(join(root, 'bot'))).toContain('\nNext: run your tests, restart the bot.\n');
    });
  });

  test('begins with the manager that was left, and promises nothing of calls before', async () => {
    const index = "import('discord.js').then((D) => new D.ShardingManager('./bot.js').spawn());\n";
    const own = "const { ShardingManager } = require('discord.js');\nnew ShardingManager('./bot.js').spawn();\n";
    const { stdout } = await run(project({ ...cjsBot, ...calls, 'index.js': index, 'own.js': own }), '.');
    expect(stdout).toContain('\nFirst: move the ShardingManager that was left');
    expect(stdout).not.toContain('keep working through shardlift/compat');
  });

  test('says of calls that were left that they keep working, where they do', async () => {
    const { stdout } = await run(project({ ...cjsBot, ...calls }), '.');
    expect(stdout).toContain('\nNext: install dependencies');
    expect(stdout).toContain('\nCalls that were left keep working through shardlift/compat');
  });
});

test.each(['node_modules', './node_modules/', 'node_modules/discord.js/src', 'a/../node_modules/x.js'])(
  'packages are not migrated: %s',
  async (path) => {
    const { status, stderr } = await run(project(cjsBot), 'index.js', path);
    expect(status).toBe(4);
    expect(stderr).toContain(`dc-migrate: ${path} is in node_modules, and packages are not migrated.`);
  },
);
