import { expect, test } from 'vitest';
import { Patience } from '../../src/cluster/patience.ts';

test('a start that took too long is said once: a later failure of another kind is not its doing', () => {
  const patience = new Patience({ shards: [0], readyTimeoutMs: 1_000 });
  patience.begin();
  expect(patience.takeRemark()).toBeUndefined();
  patience.gaveUp();
  expect(patience.takeRemark()).toBe('That start was given up after 1 s; the next one may take 2 s.');
  expect([patience.limitMs, patience.takeRemark()]).toEqual([2_000, undefined]);
});

test('whoever asks for a start has the patience he asks for, and one that came up leaves none behind', () => {
  const patience = new Patience({ shards: [0], readyTimeoutMs: 1_000 });
  patience.gaveUp();
  patience.gaveUp();
  expect(patience.limitMs).toBe(4_000);
  patience.fulfilled();
  expect(patience.limitMs).toBe(1_000);
  patience.gaveUp();
  patience.ask(500);
  expect(patience.limitMs).toBe(500);
  patience.ask(null);
  expect(patience.limitMs).toBeNull();
});
