/** What a package says of itself and of what it depends on. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { versionMajor } from '../src/package-info.ts';

// Nothing is installed above this folder.
const home = mkdtempSync(join(tmpdir(), 'dc-packages-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

let count = 0;

function packageWith(asked: string | null, installed: string | null): string {
  const folder = join(home, String(count++));
  const write = (path: string, manifest: object): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), JSON.stringify(manifest));
  };
  write('package.json', asked === null ? {} : { devDependencies: { typescript: asked } });
  if (installed !== null) write('node_modules/typescript/package.json', { version: installed });
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
