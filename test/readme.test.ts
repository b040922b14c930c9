/** test/readme: what a newcomer copies out of the README is JavaScript that the oldest Node we support reads. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const readme = readFileSync('README.md', 'utf8');
const examples = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, code = '']) => [code.split('\n')[0], code] as const);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shardlift-readme-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('there are examples', () => {
  expect(examples.length).toBeGreaterThan(3);
});

test.each(examples)('the example that starts with %s is read by Node', (_first, code) => {
  const file = join(folder, 'example.mjs');
  writeFileSync(file, code);
  const { status, stderr } = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});
