import { expect, test } from 'vitest';
import { maxNamed, namedMethod } from '../../src/features/named-method.ts';

test('a name is part of its method and its label in errors', () => {
  expect(namedMethod('count')).toMatchObject({ method: 'ipc:count', limits: { label: 'count' } });
});

test('names made up at run time do not pile up', () => {
  const first = namedMethod('first');
  for (let i = 0; i < maxNamed; i++) namedMethod(`made up ${i}`);
  expect(namedMethod('first')).toBe(first);
  expect(namedMethod('one more')).not.toBe(namedMethod('one more'));
  expect(namedMethod('one more')).toEqual({
    ...first,
    method: 'ipc:one more',
    limits: { ...first.limits, label: 'one more' },
  });
});
