/** Which names of an edited JavaScript file have to be asked for again. */
import { expect, test } from 'vitest';
import { touchedNames } from '../src/verify/touched-names.ts';

const before = 'const a = b(c);\nlater(a);\n';
const edit = (from: string, text: string) => {
  const start = before.indexOf(from);
  return { start, end: start + from.length, text };
};

test('names that an edit wrote or took away are asked for, others are not', () => {
  const asked = touchedNames(before, [edit('b(c)', 'd({ e })')]);
  expect(['b', 'c', 'd', 'e'].every(asked)).toBe(true);
  expect(['a', 'later'].some(asked)).toBe(false);
});

test('names that Node knows are never missing', () => {
  const asked = touchedNames(null, []);
  expect(['console', 'require', 'Promise'].some(asked)).toBe(false);
  expect(asked('anything')).toBe(true);
});

test.each([
  ['opens a scope that another edit closes', [edit('const', 'f(() => { const'), edit(';\nlater', '; });\nlater')]],
  ['closes one and opens another', [edit(';\nlater', '; } else {\nlater')]],
])('every name is asked for where an edit %s', (_, splices) => {
  expect(touchedNames(before, splices)('a')).toBe(true);
});
