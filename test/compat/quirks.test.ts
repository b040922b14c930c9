import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { quirks } from '../../compat/quirks.ts';

const folder = new URL('./', import.meta.url);
const tests = readdirSync(folder)
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  .join('\n');

test.each(quirks.map((quirk) => quirk.name))('a test is named: %s', (name) => {
  // As a title of its own, or as a row of a table of titles.
  expect(tests.includes(`test('${name}'`) || tests.includes(`\n  '${name}': (`)).toBe(true);
});

test('no quirk is listed twice', () => {
  expect(new Set(quirks.map((quirk) => quirk.name)).size).toBe(quirks.length);
});
