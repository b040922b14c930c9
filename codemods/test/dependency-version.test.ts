/** Which versions of what it depends on a bot has, or asks for. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hybridAnswer, versionMajor } from '../src/project/dependency-version.ts';

// Nothing is installed above this folder.
const home = mkdtempSync(join(tmpdir(), 'dc-packages-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

let count = 0;

function packageWith(asked: string | null, installed: string | null, name = 'typescript'): string {
  const folder = join(home, String(count++));
  const write = (path: string, manifest: object): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), JSON.stringify(manifest));
  };
  write('package.json', asked === null ? {} : { devDependencies: { [name]: asked } });
  if (installed !== null) write(`node_modules/${name}/package.json`, { version: installed });
  return folder;
}

test.each([
  ['^5.9.3', null, 5],
  ['~4.9', null, 4],
  ['6.x', null, 6],
  ['v5.0.1', null, 5],
  ['6.0.0-beta.1', null, 6],
  ['^5.8 || ~5.9', null, 5],
  // Any of several may be there.
  ['>=4.7', null, null],
  ['<6', null, null],
  ['5 - 6', null, null],
  ['^5 || ^6', null, null],
  ['latest', null, null],
  [null, null, null],
  // What is there is what runs.
  ['>=4.7', '6.0.3', 6],
  ['<6', '5.9.3', 5],
  ['^5.0.0', '6.0.3', 6],
  [null, '5.9.3', 5],
])('of %s with %s installed the major version is %s', (asked, installed, major) => {
  expect(versionMajor('typescript', packageWith(asked, installed))).toBe(major);
});

test.each([
  ['^1.5.2', null, 'either'],
  ['>=1.4', null, 'either'],
  ['~1.5.2', null, 'value'],
  ['1.6.6', null, 'value'],
  ['1.5.3 || ^2.0.0', null, 'either'],
  ['^2.0.0 || ^1.5.2', null, 'either'],
  ['1.5.0 - 2', null, 'either'],
  ['^ 1.5.2', null, 'either'],
  ['^1', null, 'either'],
  ['1.x', null, 'either'],
  ['*', null, 'either'],
  ['1.0.0 - 1.6.6', null, 'value'],
  ['>=1.5.0 <1.7.0', null, 'value'],
  ['<=1.6.6', null, 'value'],
  ['npm:discord-hybrid-sharding@1.5.3', null, 'value'],
  // Another package by this name counts its own versions.
  ['npm:@scope/hybrid@1.6', null, 'either'],
  ['npm:other-sharding@^2.0.0', null, 'either'],
  ['1.7.0-dev.1', null, 'list'],
  ['^1.7.1', null, 'list'],
  ['^2.0.0', null, 'list'],
  // What is there cannot be known.
  ['github:meister03/discord-hybrid-sharding', null, 'either'],
  ['latest', null, 'list'],
  [null, null, 'list'],
  ['^1.5.2', '1.5.3', 'value'],
  ['^1.5.2', '1.7.5', 'list'],
  ['^2.0.0', '2.2.6', 'list'],
])('discord-hybrid-sharding %s with %s installed answers for one cluster with: %s', (asked, installed, answer) => {
  expect(hybridAnswer(packageWith(asked, installed, 'discord-hybrid-sharding'))).toBe(answer);
});
