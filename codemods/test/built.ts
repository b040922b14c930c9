/** test/built: the package as it is published, built once for all test files of a run. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll } from 'vitest';

const codemods = join(import.meta.dirname, '..');

const newest = (folder: string): number =>
  Math.max(
    ...readdirSync(join(codemods, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );

function isBuilt(): boolean {
  const doors = ['cli.mjs', 'eslint.mjs', 'jscodeshift.cjs'];
  const times = doors.map((door) => statSync(join(codemods, 'dist', door), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Math.min(...times) > newest('src');
}

/** Builds the package before the tests of a file, if a source is newer than what is built. */
export function buildOnce(): void {
  beforeAll(() => {
    if (!isBuilt()) execFileSync('npm', ['run', 'build'], { cwd: codemods, stdio: 'ignore' });
  }, 120_000);
}
