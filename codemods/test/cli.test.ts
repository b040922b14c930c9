/** The command line, as a real process on a built package. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Report } from '../src/index.ts';
import { buildOnce } from './built.ts';
import { fixture, project, read } from './project.ts';

const codemods = join(import.meta.dirname, '..');
const bin = join(codemods, 'dist', 'cli.mjs');

// Every run is a process of its own that loads a compiler.
vi.setConfig({ testTimeout: 120_000 });

buildOnce();

function run(cwd: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('dc-migrate', () => {
  test('rewrites a bot, prints a line per site and exits with 0', () => {
    const root = fixture('cjs-bot');
    const { status, stdout } = run(root, '.');
    expect(status).toBe(0);
    expect(stdout).toContain('commands/info/stats.js:7:4  done  fetchClientValues: ');
    expect(stdout).toContain('commands/ping.js:6:9  left DC-C1  broadcastEval: ');
    expect(stdout).toContain('8 found = 5 rewritten + 2 rewritten with a note + 1 left');
    expect(read(root)['cluster-handlers.js']).toContain('guildsCacheSize: (client) => client.guilds.cache.size,');
  });

  test('every rewritten file of a CommonJS bot is JavaScript Node accepts', () => {
    const root = fixture('cjs-bot');
    run(root, '.');
    for (const file of Object.keys(read(root)).filter((name) => name.endsWith('.js'))) {
      const { status, stderr } = spawnSync(process.execPath, ['--check', join(root, file)], { encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(status).toBe(0);
    }
  });

  test.each(['--dry-run', '-n', '-d'])('%s writes nothing and prints a diff that git can apply', (flag) => {
    const root = fixture('cjs-bot');
    const before = read(root);
    const { status, stdout } = run(root, '.', flag);
    expect(status).toBe(0);
    expect(read(root)).toEqual(before);
    const patch = stdout.slice(0, stdout.indexOf('\n\ncommands/') + 1);
    const applied = spawnSync('git', ['apply', '-'], { cwd: root, input: patch, encoding: 'utf8' });
    expect(applied.stderr).toBe('');
    const patched = read(root);
    const other = fixture('cjs-bot');
    run(other, '.');
    expect(patched).toEqual(read(other));
  });

  test('--json writes the report', () => {
    const root = fixture('ts-esm-bot');
    run(root, 'src', '--json', 'report.json');
    const report = JSON.parse(readFileSync(join(root, 'report.json'), 'utf8')) as Report;
    expect(Object.keys(report)).toEqual(['version', 'sites', 'files', 'summary']);
    expect(report.version).toBe(1);
    expect(report.summary).toEqual({ found: 13, rewritten: 8, rewrittenWithNote: 2, left: 3, verified: true });
    expect(report.files).toContainEqual({ file: 'src/cluster-handlers.ts', change: 'created' });
    expect(report.files).toContainEqual({ file: 'src/index.ts', change: 'edited' });
    expect(report.sites[1]).toEqual({
      file: 'src/commands/find.ts',
      line: 13,
      column: 22,
      method: 'broadcastEval',
      receiver: 'interaction.client.shard!',
      outcome: 'rewritten',
      code: null,
      message: 'Asks the handler userTag through requestAll.',
      handler: 'userTag',
    });
  });

  test('--entry and --handlers name the place of the handlers', () => {
    const root = project({ 'start.js': 'login();\n', 'x.js': 'f(client.shard.broadcastEval((c) => c.ws.ping));\n' });
    expect(run(root, '.', '--entry', 'start.js', '--handlers', 'lib/h.js').status).toBe(0);
    expect(read(root)['lib/h.js']).toContain('wsPing: ');
  });

  test('uncommitted changes are a warning, which --force silences', () => {
    const root = fixture('cjs-bot');
    execFileSync('git', ['init', '-q'], { cwd: root });
    expect(run(root, 'events').stderr).toContain('uncommitted changes');
    expect(run(root, 'commands', '--force').stderr).toBe('');
  });

  test('files that git ignores are not looked at', () => {
    const root = project({ '.gitignore': 'generated/\n', 'generated/x.js': 'a.shard.broadcastEval((c) => 1);\n' });
    execFileSync('git', ['init', '-q'], { cwd: root });
    expect(run(root, '.').stdout).toContain('0 found');
  });

  test('an ignored folder is looked at when it is named itself', () => {
    const root = project({ '.gitignore': 'scratch/\n', 'scratch/x.js': 'a.shard.broadcastEval((c) => 1);\n' });
    execFileSync('git', ['init', '-q'], { cwd: root });
    expect(run(root, 'scratch', '-n').stdout).toContain('1 found');
  });

  test('no paths and unknown options are bad usage: 4, with the usage', () => {
    const root = project({});
    for (const args of [[], ['.', '--wat']]) {
      const { status, stderr } = run(root, ...args);
      expect(status).toBe(4);
      expect(stderr).toContain('Usage: dc-migrate <paths...>');
    }
  });

  test('a report that cannot be written is told before any file is changed: 5', () => {
    const root = project({ 'index.js': "const { ShardingManager } = require('discord.js');\n" });
    const { status, stderr } = run(root, '.', '--json', 'no-such-folder/report.json');
    expect(status).toBe(5);
    expect(stderr).toMatch(/Writing no-such-folder\/report\.json failed .*Every file is as it was before/);
    expect(read(root)['index.js']).toContain("require('discord.js')");
  });

  test('--check writes nothing and says with 1 that there is something to do', () => {
    const root = fixture('cjs-bot');
    const before = read(root);
    expect(run(root, '.', '--check').status).toBe(1);
    expect(read(root)).toEqual(before);
    run(root, '.', '--fix-captures');
    expect(run(root, '.', '--check').status).toBe(0);
  });

  test('--strict says with 2 that a call asks for work', () => {
    expect(run(fixture('cjs-bot'), '.', '--strict').status).toBe(2);
    expect(run(fixture('cjs-bot'), '.', '--strict', '--fix-captures').status).toBe(0);
  });

  test('undo takes the newest run back and is bad usage when there is none', () => {
    const root = fixture('cjs-bot');
    const before = read(root);
    const { stdout } = run(root, '.');
    expect(stdout).toMatch(/dc-migrate undo \d{8}-\d{6}/);
    expect(run(root, 'undo').status).toBe(0);
    expect(read(root)).toEqual(before);
    expect(run(root, 'undo').status).toBe(4);
  });

  test('explain prints the page of a code, with and without its prefix', () => {
    const root = project({});
    expect(run(root, 'explain', 'DC-C1').stdout).toContain('captured variable');
    expect(run(root, 'explain', 'c1').stdout).toBe(run(root, 'explain', 'DC-C1').stdout);
    expect(run(root, 'explain', 'DC-Z9').status).toBe(4);
  });

  test('doctor lists the calls that throw today and writes nothing', () => {
    const root = fixture('cjs-bot');
    const before = read(root);
    const { status, stdout } = run(root, 'doctor', '.');
    expect(status).toBe(1);
    expect(stdout).toContain('commands/ping.js:6:9  DC-C1');
    expect(stdout).toMatch(/\d of 7 calls throw today\./);
    expect(read(root)).toEqual(before);
  });

  test.each(['report.md', 'report.html'])('--report writes %s with every site and every diff', (file) => {
    const root = fixture('cjs-bot');
    run(root, '.', '--report', file);
    const text = readFileSync(join(root, file), 'utf8');
    expect(text).toContain('commands/ping.js:6');
    expect(text).toContain('DC-C1');
    expect(text).toContain('requestAllShards');
    expect(text.includes('=> c.')).toBe(file === 'report.md');
    expect(text).not.toMatch(/(src|href)="http/);
  });

  test('--format json, github and sarif print the report and nothing else', () => {
    const root = fixture('cjs-bot');
    const report = JSON.parse(run(root, '.', '-n', '--format', 'json').stdout) as Report;
    const noted = report.sites.filter((site) => site.code !== null);
    const github = run(root, '.', '-n', '--format', 'github').stdout;
    expect(github).toContain('::warning file=commands/ping.js,line=6,col=9,title=DC-C1::');
    expect(github.trim().split('\n')).toHaveLength(noted.length + 1);
    const sarif = JSON.parse(run(root, '.', '-n', '--format', 'sarif').stdout);
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs[0].results).toHaveLength(noted.length);
    expect(run(root, '.', '--format', 'xml').status).toBe(4);
  });

  test('a path that is not there is named: 4', () => {
    const { status, stderr } = run(project({}), 'nowhere');
    expect(status).toBe(4);
    expect(stderr).toContain('nowhere');
  });
});
