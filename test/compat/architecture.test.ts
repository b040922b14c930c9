import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('../../compat/', import.meta.url);
const everyFile = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts'));
const files = everyFile.filter((file) => !/[/\\]/.test(file));
const textOf = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const importsOf = (file: string) => [...textOf(file).matchAll(/from '([^']+)'/g)].map(([, path]) => path as string);

test.each(files)('%s imports only the two doors, discord.js, Node and its own room', (file) => {
  const allowed = /^(\.\/[\w-]+\.ts|\.\.\/src\/(index|extend)\.ts|discord\.js|node:[\w/]+)$/;
  expect(importsOf(file).filter((path) => !allowed.test(path))).toEqual([]);
});

test('what is loaded before a bot does not load discord.js itself', () => {
  const reached = new Set(['preload.ts']);
  for (const file of reached) {
    const values = textOf(file).matchAll(/^import (?!type )[^;]*?from '([^']+)'/gms);
    for (const [, path] of values) {
      expect(path, file).not.toBe('discord.js');
      if (path?.startsWith('./')) reached.add(path.slice(2));
    }
  }
  expect(reached.size).toBeGreaterThan(3);
});

test('the room has no circle', () => {
  const uses = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter((path) => path.startsWith('./'))
        .map((path) => path.slice(2)),
    ]),
  );
  const closes = (file: string, path: readonly string[]): boolean =>
    path.includes(file) || (uses.get(file) ?? []).some((next) => closes(next, [...path, file]));
  expect(files.filter((file) => closes(file, []))).toEqual([]);
});

test('files stay within 300 lines', () => {
  expect(files.filter((file) => textOf(file).split('\n').length > 300)).toEqual([]);
});

test.each(everyFile)('%s names the loss wherever it lets a failure go', (file) => {
  const lines = textOf(file).split('\n');
  const silent = lines.flatMap((line, at) => (line.includes('catch(() => undefined)') ? [at] : []));
  const unnamed = silent.filter((at) => !/\/\/ (Accepted loss|Nothing is lost)/.test(lines[at - 1] ?? ''));
  expect(unnamed.map((at) => `${file}:${at + 1}`)).toEqual([]);
});
