/** The transform: as jscodeshift runs it, and as a function. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { isParallelWorker } from '../src/jscodeshift/parallel.ts';
import { Runs } from '../src/jscodeshift/runs.ts';
import { buildOnce } from './built.ts';
import { cjsBot, fixture, fixtureFiles, project, read } from './project.ts';

const bin = join(dirname(createRequire(import.meta.url).resolve('jscodeshift/package.json')), 'bin/jscodeshift.js');
const transformFile = join(import.meta.dirname, '../dist/jscodeshift.cjs');
const everything = ['index.js', 'bot.js', 'commands', 'events'];

// jscodeshift is a process of its own that loads two compilers.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
buildOnce();

function jscodeshift(cwd: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, '--no-babel', '-t', transformFile, ...args], {
    cwd,
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

test('the README starts jscodeshift as these tests do, so that Babel does not compile the compiler first', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const commands = readme.match(/^ {4}npx jscodeshift .*$/gm) ?? [];
  expect(commands).toHaveLength(1);
  expect(commands[0]).toContain(' --run-in-band --no-babel -t node_modules/dc-migrate/dist/jscodeshift.cjs ');
});

describe('jscodeshift', () => {
  test('in band gives what dc-migrate gives, and changes nothing when it runs again', async () => {
    const [mine, its] = [fixture('cjs-bot'), fixture('cjs-bot')];
    await migrate({ paths: ['.'], cwd: its });
    const { said } = jscodeshift(mine, '--run-in-band', ...everything);
    expect(read(mine)).toEqual(read(its));
    expect(said).toContain('left DC-C1: ');
    expect(said).toContain('0 errors');
    jscodeshift(mine, '--run-in-band', ...everything);
    expect(read(mine)).toEqual(read(its));
  });

  test('in parallel changes nothing and says how to start it', () => {
    const root = fixture('cjs-bot');
    const before = read(root);
    const { said } = jscodeshift(root, '--cpus=2', ...everything);
    expect(read(root)).toEqual(before);
    expect(said).toContain('run it again with --run-in-band');
    expect(said).not.toContain(' 0 errors');
  });

  test('told to write nothing writes nothing, not even the handlers file', () => {
    const root = fixture('cjs-bot');
    const before = read(root);
    const { said } = jscodeshift(root, '--run-in-band', '--dry', ...everything);
    expect(read(root)).toEqual(before);
    expect(said).toContain('rewritten-with-note');
  });

  test('says which options of dc-migrate it does not take', () => {
    const root = fixture('cjs-bot');
    const { said } = jscodeshift(root, '--run-in-band', '--dry', '--idioms', '--core', '--fix-captures', ...everything);
    expect(said.match(/do nothing in jscodeshift/g)).toHaveLength(1);
    expect(said).toContain(
      'dc-migrate: --idioms, --core, --fix-captures do nothing in jscodeshift, which takes --legacy, --fixCaptures, --entry and --handlers; npx dc-migrate takes all.',
    );
    expect(jscodeshift(root, '--run-in-band', '--dry', '--fixCaptures=true', ...everything).said).not.toContain(
      'do nothing',
    );
  });

  test('names the files that have to change and were not among those it was given', () => {
    const root = fixture('cjs-bot');
    const { said } = jscodeshift(root, '--run-in-band', 'commands', 'events');
    expect(said).toContain('these files have to change too, run jscodeshift on them as well: index.js');
    expect(read(root)['cluster-handlers.js']).toContain('defineHandlers');
  });
});

describe('files of packages', () => {
  /** The bot in a folder, with a package of its own that mentions sharding. */
  function botWithPackage() {
    const root = join(fixture('cjs-bot'), 'bot');
    const library = join(root, 'node_modules/lib');
    mkdirSync(library, { recursive: true });
    for (const [path, text] of Object.entries(fixtureFiles('cjs-bot'))) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    writeFileSync(join(library, 'package.json'), '{ "name": "lib" }\n');
    writeFileSync(join(library, 'index.js'), 'client.shard.broadcastEval((c) => c.ws.ping);\n');
    return root;
  }

  test('are passed over in silence beside the bot', () => {
    const root = botWithPackage();
    const { said } = jscodeshift(root, '--run-in-band', '.');
    expect(said).toContain('0 errors');
    expect(said).not.toContain('node_modules');
    expect(readFileSync(join(root, 'index.js'), 'utf8')).toContain('shardlift/compat');
  });

  test('are said to be left alone in one line where nothing else was given', () => {
    const { said } = jscodeshift(botWithPackage(), '--run-in-band', '--dry', 'node_modules/lib/index.js');
    expect(said).toContain('0 errors');
    expect(said.split('\n').filter((line) => line.includes('node_modules'))).toEqual([
      'dc-migrate: node_modules/lib/index.js is in node_modules, and packages are not migrated. Name the files and folders of the bot itself.',
    ]);
  });
});

describe('a run', () => {
  const call = 'f(client.shard.broadcastEval((c) => [c.isReady(), id]));\n';
  const bot = () => project({ ...cjsBot, 'x.js': `const id = 1;\r\n${call}`, 'y.js': call });

  test('takes the options of dc-migrate, and keeps line ends', () => {
    const root = bot();
    const run = new Runs().of(join(root, 'x.js'), call, { fixCaptures: true, handlers: 'lib/own.js' });
    const after = run?.take(join(root, 'x.js'))?.after;
    expect(after).toContain("const id = 1;\r\nf(client.cluster.ipc.requestAllShards('x', { id })");
    expect(readFileSync(join(root, 'lib/own.js'), 'utf8')).toContain('x: (c, { id }) => [c.isReady(), id],');
  });

  test('is one for all files of a package, and another one when a file comes again', () => {
    const root = bot();
    const runs = new Runs();
    const of = (name: string) => runs.of(join(root, name), call, { dry: true });
    const first = of('x.js');
    first?.take(join(root, 'x.js'));
    expect(of('y.js')).toBe(first);
    expect(of('x.js')).not.toBe(first);
  });

  test('is none for a file that mentions nothing', () => {
    expect(new Runs().of(join(bot(), 'z.js'), 'module.exports = 1;\n', {})).toBeNull();
  });

  test('writes no file in a dry run', () => {
    const root = bot();
    new Runs().of(join(root, 'x.js'), call, { dry: true, fixCaptures: true });
    expect(existsSync(join(root, 'cluster-handlers.js'))).toBe(false);
  });

  test('refuses a file that is not what it planned for', async () => {
    const { transform } = await import('../src/jscodeshift/index.ts');
    const root = project({ ...cjsBot, 'x.js': 'f(client.shard.broadcastEval((c) => c.ws.ping));\n' });
    const api = { report: () => undefined, stats: () => undefined };
    const file = { path: join(root, 'x.js'), source: `${call}// edited\n` };
    expect(() => transform(file, api, { dry: true })).toThrow(expect.objectContaining({ code: 'FILE_CHANGED' }));
  });
});

test.each([
  ['/x/node_modules/jscodeshift/src/Worker.js', true],
  ['C:\\x\\node_modules\\jscodeshift\\src\\Worker.js'.replaceAll('\\', '/'), true],
  ['/x/node_modules/jscodeshift/bin/jscodeshift.js', false],
  ['/x/node_modules/other/src/Worker.js', false],
])("%s is one of jscodeshift's workers: %s", (main, expected) => {
  expect(isParallelWorker(['node', main])).toBe(expected);
});
