import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Deadlines } from '../../src/rpc/deadlines.ts';
import { steadyNow } from '../../src/wire/clock.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Deadlines that note when they were swept; `next` is what is still watched then. */
function sweeps(next: (now: number) => number | undefined = () => undefined) {
  const at: number[] = [];
  const deadlines = new Deadlines((now) => {
    at.push(now);
    return next(now);
  });
  return { at, deadlines };
}

describe('a deadline', () => {
  test('is swept once, just after it, never before', () => {
    const { at, deadlines } = sweeps();
    const due = steadyNow() + 500;
    deadlines.watch(due);
    vi.advanceTimersByTime(500);
    expect(at).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(at).toEqual([due + 1]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([5, 0, -1_000])('%i ms away waits for the grain of 10 ms', (awayMs) => {
    const { at, deadlines } = sweeps();
    deadlines.watch(steadyNow() + awayMs);
    vi.advanceTimersByTime(9);
    expect(at).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(at).toHaveLength(1);
  });

  test('further away than any timer is not swept at once, but in steps', () => {
    const due = steadyNow() + 2 ** 31 + 1_000;
    const { at, deadlines } = sweeps((now) => (now < due ? due : undefined));
    deadlines.watch(due);
    vi.advanceTimersByTime(2 ** 31 - 2);
    expect(at).toEqual([]);
    vi.advanceTimersByTime(2_000);
    expect(at).toHaveLength(2);
    expect(at[1]).toBeGreaterThanOrEqual(due);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('many deadlines', () => {
  test('share one timer, which goes by the earliest', () => {
    const { at, deadlines } = sweeps();
    const now = steadyNow();
    for (const awayMs of [300, 900, 100, 200]) deadlines.watch(now + awayMs);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(101);
    expect(at).toEqual([now + 101]);
  });

  test('are watched on when the sweep leaves some', () => {
    const now = steadyNow();
    const left = [now + 200, now + 400];
    const { at, deadlines } = sweeps(() => left.shift());
    deadlines.watch(now + 100);
    vi.advanceTimersByTime(1_000);
    expect(at).toEqual([now + 101, now + 201, now + 401]);
  });
});

test('the timer stays for the next call, and keeps no process up', () => {
  const started = vi.spyOn(globalThis, 'setTimeout');
  const { deadlines } = sweeps();
  const now = steadyNow();
  deadlines.watch(now + 100);
  deadlines.watch(now + 150);
  expect(started).toHaveBeenCalledTimes(1);
  const [timer] = started.mock.results.map(({ value }) => value as NodeJS.Timeout);
  expect(timer?.hasRef()).toBe(false);
});

test('after clear nothing is swept, and a later deadline is watched again', () => {
  const { at, deadlines } = sweeps();
  deadlines.watch(steadyNow() + 50);
  deadlines.clear();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(100);
  expect(at).toEqual([]);
  deadlines.watch(steadyNow() + 500);
  vi.advanceTimersByTime(501);
  expect(at).toHaveLength(1);
});
