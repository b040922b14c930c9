import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startInSequence } from '../../compat/start-sequence.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Starts that take 10 s each, and when they began, in s. */
function starts(count: number) {
  const begun: number[] = [];
  const zero = Date.now();
  const start = async (): Promise<void> => {
    begun.push((Date.now() - zero) / 1_000);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
  };
  return { begun, list: Array.from({ length: count }, () => start) };
}

test('starts run side by side, a pause apart', async () => {
  const { begun, list } = starts(3);
  const all = startInSequence(list, { delayMs: 1_000, oneByOne: () => false });
  await vi.runAllTimersAsync();
  await all;
  expect(begun).toEqual([0, 1, 2]);
});

test('what is found out during a start makes those to come wait for all that run', async () => {
  const { begun, list } = starts(4);
  const all = startInSequence(list, { delayMs: 1_000, oneByOne: () => begun.length > 1 });
  await vi.runAllTimersAsync();
  await all;
  expect(begun).toEqual([0, 1, 11, 21]);
});
