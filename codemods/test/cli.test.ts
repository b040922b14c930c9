/** The command line: what it prints, writes and ends with. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { describe, expect, test, vi } from 'vitest';
import { main } from '../src/command/main.ts';
import type { Report } from '../src/index.ts';
import { buildOnce } from './built.ts';
import { bin, run, start } from './command.ts';
import { fixture, project, read } from './project.ts';

// Some runs are processes of their own that load a compiler.
vi.setConfig({ testTimeout: 120_000 });

buildOnce();

describe('dc-migrate', () => {
  test('as a process rewrites a bot, prints a line per site, no progress into a pipe, and exits with 0', () => {
    const root = fixture('cjs-bot');
    const { status, stdout, stderr } = start(root, ['.', '--force']);
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain('commands/info/stats.js:7:4  done  fetchClientValues: ');
    expect(stdout).toContain('commands/ping.js:6:9  left DC-C1  broadcastEval: ');
    expect(stdout).toContain('8 found = 5 rewritten + 2 rewritten with a note + 1 left');
    expect(read(root)['cluster-handlers.js']).toContain('guildsCacheSize: (client) => client.guilds.cache.size,');
  });

  test('as a process ends quietly when nobody reads on, and has written its files all the same', async () => {
    const root = fixture('cjs-bot');
    const unread = spawn(process.execPath, [bin, '.', '--force'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    unread.stdout.destroy();
    let said = '';
    unread.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const [status] = await once(unread, 'close');
    expect({ status, said }).toEqual({ status: 0, said: '' });
    const other = fixture('cjs-bot');
    await run(other, '.');
    expect(read(root)).toEqual(read(other));
  });

  test('every rewritten file of a CommonJS bot is JavaScript Node accepts', async () => {
    const root = fixture('cjs-bot');
    await run(root, '.');
    for (const [file, text] of Object.entries(read(root)).filter(([name]) => name.endsWith('.js'))) {
      // A module of CommonJS is the body of a function.
      expect(() => compileFunction(text, ['exports', 'require', 'module'], { filename: file })).not.toThrow();
    }
  });

  test.each(['--dry-run', '-n', '-d'])('%s writes nothing and prints a diff that git can apply', async (flag) => {
    const root = fixture('cjs-bot');
    const before = read(root);
    const { status, stdout } = await run(root, '.', flag);
    expect(status).toBe(0);
    expect(read(root)).toEqual(before);
    const patch = stdout.slice(0, stdout.indexOf('\n\ncommands/') + 1);
    const applied = spawnSync('git', ['apply', '-'], { cwd: root, input: patch, encoding: 'utf8' });
    expect(applied.stderr).toBe('');
    const patched = read(root);
    const other = fixture('cjs-bot');
    await run(other, '.');
    expect(patched).toEqual(read(other));
  });

  test('--json writes the report', async () => {
    const root = fixture('cjs-bot');
    await run(root, '.', '--json', 'report.json');
    const report = JSON.parse(readFileSync(join(root, 'report.json'), 'utf8')) as Report;
    expect(Object.keys(report)).toEqual(['version', 'sites', 'files', 'summary']);
    expect(report.version).toBe(1);
    expect(report.summary).toEqual({
      found: 8,
      rewritten: 5,
      rewrittenWithNote: 2,
      left: 1,
      verified: true,
      checked: { types: 0, names: 5, ownerTyped: 0, unchecked: 0 },
    });
    expect(report.files).toContainEqual({ file: 'cluster-handlers.js', change: 'created' });
    expect(report.files).toContainEqual({ file: 'index.js', change: 'edited' });
    expect(report.sites[1]).toEqual({
      file: 'commands/info/stats.js',
      line: 8,
      column: 4,
      method: 'broadcastEval',
      receiver: 'interaction.client.shard',
      outcome: 'rewritten',
      code: null,
      message: 'Asks the handler guildMemberCount through requestAllShards.',
      handler: 'guildMemberCount',
      assumptions: [
        {
          code: 'DC-A1',
          what: ['interaction.client'],
          message: expect.stringContaining('taken for a client of discord.js by its name'),
        },
      ],
    });
  });

  test('--entry and --handlers name the place of the handlers', async () => {
    const root = project({ 'start.js': 'login();\n', 'x.js': 'f(client.shard.broadcastEval((c) => c.ws.ping));\n' });
    expect((await run(root, '.', '--entry', 'start.js', '--handlers', 'lib/h.js')).status).toBe(0);
    expect(read(root)['lib/h.js']).toContain('wsPing: ');
  });

  test('uncommitted changes are a warning, which --force silences', async () => {
    const root = fixture('cjs-bot');
    execFileSync('git', ['init', '-q'], { cwd: root });
    expect((await run(root, 'events')).stderr).toContain('uncommitted changes');
    expect((await run(root, 'commands', '--force')).stderr).toBe('');
  });

  test('files that git ignores are not looked at', async () => {
    const root = project({ '.gitignore': 'generated/\n', 'generated/x.js': 'a.shard.broadcastEval((c) => 1);\n' });
    execFileSync('git', ['init', '-q'], { cwd: root });
    expect((await run(root, '.')).stdout).toContain('0 found');
  });

  test('an ignored folder is looked at when it is named itself', async () => {
    const root = project({ '.gitignore': 'scratch/\n', 'scratch/x.js': 'a.shard.broadcastEval((c) => 1);\n' });
    execFileSync('git', ['init', '-q'], { cwd: root });
    expect((await run(root, 'scratch', '-n')).stdout).toContain('1 found');
  });

  test('no paths and unknown options are bad usage: 4, with the usage', async () => {
    const root = project({});
    for (const args of [[], ['.', '--wat']]) {
      const { status, stderr } = await run(root, ...args);
      expect(status).toBe(4);
      expect(stderr).toContain('Usage: dc-migrate <paths...>');
    }
  });

  test('a report that cannot be written is told before any file is changed: 5', async () => {
    const root = project({ 'index.js': "const { ShardingManager } = require('discord.js');\n" });
    const { status, stderr } = await run(root, '.', '--json', 'no-such-folder/report.json');
    expect(status).toBe(5);
    expect(stderr).toMatch(/Writing no-such-folder\/report\.json failed .*Every file is as it was before/);
    expect(read(root)['index.js']).toContain("require('discord.js')");
  });

  test('--check writes nothing and says with 1 that there is something to do', async () => {
    const root = fixture('cjs-bot');
    const before = read(root);
    expect((await run(root, '.', '--check')).status).toBe(1);
    expect(read(root)).toEqual(before);
    await run(root, '.', '--fix-captures');
    expect((await run(root, '.', '--check')).status).toBe(0);
  });

  test('--strict says with 2 that a call asks for work', async () => {
    expect((await run(fixture('cjs-bot'), '.', '--strict')).status).toBe(2);
    expect((await run(fixture('cjs-bot'), '.', '--strict', '--fix-captures')).status).toBe(0);
  });

  test('undo takes the newest run back and is bad usage when there is none', async () => {
    const root = fixture('cjs-bot');
    const before = read(root);
    const { stdout } = await run(root, '.');
    expect(stdout).toMatch(/\nTo take it back: npx dc-migrate undo \d{8}-\d{6}/);
    expect((await run(root, 'undo')).status).toBe(0);
    expect(read(root)).toEqual(before);
    expect((await run(root, 'undo')).status).toBe(4);
  });

  test('explain prints the page of a code, with and without its prefix', async () => {
    const root = project({});
    expect((await run(root, 'explain', 'DC-C1')).stdout).toContain('captured variable');
    expect((await run(root, 'explain', 'c1')).stdout).toBe((await run(root, 'explain', 'DC-C1')).stdout);
    expect((await run(root, 'explain', 'DC-Z9')).status).toBe(4);
  });

  test('doctor lists the calls that throw today and writes nothing', async () => {
    const root = fixture('cjs-bot');
    const before = read(root);
    const { status, stdout } = await run(root, 'doctor', '.');
    expect(status).toBe(1);
    expect(stdout).toContain('commands/ping.js:6:9  DC-C1');
    expect(stdout).toMatch(/\d of 7 calls throw today\./);
    expect(read(root)).toEqual(before);
  });

  test.each(['report.md', 'report.html'])('--report writes %s with every site and every diff', async (file) => {
    const root = fixture('cjs-bot');
    await run(root, '.', '--report', file);
    const text = readFileSync(join(root, file), 'utf8');
    expect(text).toContain('commands/ping.js:6');
    expect(text).toContain('DC-C1');
    expect(text).toContain('requestAllShards');
    expect(text.includes('=> c.')).toBe(file === 'report.md');
    expect(text).not.toMatch(/(src|href)="http/);
  });

  test('--format json, github and sarif print the report and nothing else', async () => {
    const root = fixture('cjs-bot');
    const report = JSON.parse((await run(root, '.', '-n', '--format', 'json')).stdout) as Report;
    const noted = report.sites.filter((site) => site.code !== null);
    const github = (await run(root, '.', '-n', '--format', 'github')).stdout;
    expect(github).toContain('::warning file=commands/ping.js,line=6,col=9,title=DC-C1::');
    expect(github.trim().split('\n')).toHaveLength(noted.length + 1);
    const sarif = JSON.parse((await run(root, '.', '-n', '--format', 'sarif')).stdout);
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs[0].results).toHaveLength(noted.length);
    expect((await run(root, '.', '--format', 'xml')).status).toBe(4);
  });

  test('a path that is not there is named: 4', async () => {
    const { status, stderr } = start(project({}), ['nowhere']);
    expect(status).toBe(4);
    expect(stderr).toContain('nowhere');
  });

  test('on a terminal says what it is at, step by step', async () => {
    const lines: string[] = [];
    await main(['.', '-n'], {
      cwd: fixture('cjs-bot'),
      out: () => undefined,
      error: (text) => lines.push(text),
      outIsShown: false,
      errorIsShown: true,
    });
    expect(lines.join('')).toMatch(
      /looking for files.*\n.*reading \d files.*\n.*planning 8 places.*\n.*checking the result in \d files\n/,
    );
  });

  test('a read-only file stops the run before anything is written, and says what to do: 5', async () => {
    const root = fixture('cjs-bot');
    chmodSync(join(root, 'index.js'), 0o444);
    const before = read(root);
    const { status, stderr } = await run(root, '.');
    expect(status).toBe(5);
    expect(stderr).toMatch(/index\.js is read-only\. Nothing was written; make it writable/);
    expect(read(root)).toEqual(before);
    expect(readdirSync(root)).not.toContain('.dc-migrate');
  });

  test('a report in the working folder and one elsewhere are written where they were asked for', async () => {
    const root = fixture('cjs-bot');
    await run(root, '.', '-n', '--json', join(root, 'events/a.json'), '--report', 'events/b.md');
    expect(JSON.parse(read(root)['events/a.json'] ?? '').version).toBe(1);
    expect(read(root)['events/b.md']).toContain('(../commands/ping.js');
  });
});
