/** test/routing/linger: answers that wait a moment for those that come with them. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Collector } from '../../src/routing/collector.ts';
import { Linger } from '../../src/routing/linger.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const counting = () => {
  const flush = vi.fn();
  return { flush, collector: { flush } as unknown as Collector };
};

test('flushes all that wait by one timer, a moment later, each once', () => {
  const linger = new Linger();
  const [one, other] = [counting(), counting()];
  linger.add(one.collector);
  linger.add(one.collector);
  vi.advanceTimersByTime(10);
  linger.add(other.collector);
  expect(vi.getTimerCount()).toBe(1);
  expect(one.flush).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20);
  expect([one.flush.mock.calls.length, other.flush.mock.calls.length]).toStrictEqual([1, 1]);
  expect(vi.getTimerCount()).toBe(0);
});

test('starts again for what comes later', () => {
  const linger = new Linger();
  const { flush, collector } = counting();
  for (let round = 1; round <= 2; round++) {
    linger.add(collector);
    vi.advanceTimersByTime(50);
    expect(flush).toHaveBeenCalledTimes(round);
  }
});
