/** Names in messages. */
import { expect, test } from 'vitest';
import { listed } from '../src/wording/listed.ts';

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
  [['a', 'b, c'], 'a and b, c'],
])('names are listed as in a sentence: %j', (names, text) => {
  expect(listed(names)).toBe(text);
});
