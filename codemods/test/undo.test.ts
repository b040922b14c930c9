/** Undo: a run is taken back byte for byte, without any version control. */
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate, undo } from '../src/index.ts';
import { fixture, project, read } from './project.ts';

const sources = (root: string) =>
  Object.fromEntries(Object.entries(read(root)).filter(([file]) => !file.startsWith('.dc-migrate')));

test('every file is as it was, and created files are gone', async () => {
  const root = fixture('cjs-bot');
  const before = sources(root);
  const { files } = await migrate({ paths: ['.'], cwd: root });
  expect(sources(root)).not.toEqual(before);
  const undone = undo(root);
  expect(sources(root)).toEqual(before);
  expect(undone.files.map(({ file }) => file).sort()).toEqual(files.map(({ file }) => file).sort());
  expect(undone.files).toContainEqual({ file: 'cluster-handlers.js', change: 'removed' });
});

test('a byte order mark, CRLF and the file mode come back', async () => {
  const text = "\uFEFFconst { ShardingManager } = require('discord.js');\r\nnew ShardingManager('./bot.js');";
  const root = project({ 'index.js': text });
  const path = join(root, 'index.js');
  chmodSync(path, 0o755);
  await migrate({ paths: ['.'], cwd: root });
  expect(readFileSync(path, 'utf8')).toContain('shardlift/compat');
  undo(root);
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(statSync(path).mode & 0o777).toBe(0o755);
});

test('a file somebody changed since stays, and so do all others, unless forced', async () => {
  const root = fixture('cjs-bot');
  const before = sources(root);
  await migrate({ paths: ['.'], cwd: root });
  const path = join(root, 'index.js');
  writeFileSync(path, `${readFileSync(path, 'utf8')}// mine\n`);
  const after = sources(root);
  expect(() => undo(root)).toThrow(/index\.js changed since/);
  expect(sources(root)).toEqual(after);
  undo(root, undefined, true);
  expect(sources(root)).toEqual(before);
});

test('runs are undone newest first, and a run nobody knows is named', async () => {
  const root = fixture('cjs-bot');
  await migrate({ paths: ['events'], cwd: root });
  const between = sources(root);
  await migrate({ paths: ['.'], cwd: root });
  undo(root);
  expect(sources(root)).toEqual(between);
  expect(() => undo(root, 'never')).toThrow(/no run never to undo: known are/);
  undo(root);
  expect(() => undo(root)).toThrow(/there is none here/);
});

test('a dry run and a run without changes leave no journal', async () => {
  const root = project({ 'index.js': 'run();\n' });
  await migrate({ paths: ['.'], cwd: root });
  expect(Object.keys(read(root))).toEqual(['index.js']);
  const bot = fixture('cjs-bot');
  const before = read(bot);
  await migrate({ paths: ['.'], cwd: bot, dryRun: true });
  expect(read(bot)).toEqual(before);
});
