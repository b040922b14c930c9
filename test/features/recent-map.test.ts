import { expect, test } from 'vitest';
import { RecentMap } from '../../src/features/recent-map.ts';

const filled = (atLeast: number, keys: readonly number[]): RecentMap<number, string> => {
  const map = new RecentMap<number, string>(atLeast);
  for (const key of keys) map.set(key, `value ${key}`);
  return map;
};

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

test('the entries used last are kept, as many as was said', () => {
  const map = filled(8, range(0, 100));
  expect(range(92, 100).map((key) => map.get(key))).toEqual(range(92, 100).map((key) => `value ${key}`));
  expect(map.get(0)).toBeUndefined();
});

test('there are never more than twice as many', () => {
  const map = new RecentMap<number, number>(8);
  for (const key of range(0, 1_000)) {
    map.set(key, key);
    map.get(key - 7);
    expect(map.size).toBeLessThanOrEqual(16);
  }
});

test('finding an entry is a use of it', () => {
  const map = filled(4, [0]);
  for (const key of range(1, 50)) {
    map.set(key, 'other');
    expect(map.get(0)).toBe('value 0');
  }
  expect(map.get(1)).toBeUndefined();
});

test('a newer value takes the place of the older, also of one that was long there', () => {
  const map = filled(2, [1, 2, 3]);
  map.set(1, 'newer');
  expect([map.get(1), map.get(2), map.get(3), map.size]).toEqual(['newer', undefined, 'value 3', 2]);
});
