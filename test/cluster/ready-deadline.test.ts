/** test/cluster/ready-deadline: time without progress runs, time in the identify queue does not. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ReadyDeadline } from '../../src/cluster/ready-deadline.ts';

let expire: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  expire = vi.fn<() => void>();
});
afterEach(() => void vi.useRealTimers());

const passed = (ms: number): number => {
  vi.advanceTimersByTime(ms);
  return vi.mocked(expire).mock.calls.length;
};

describe('a start', () => {
  test('that makes no progress expires once, at the deadline', () => {
    new ReadyDeadline(1_000, expire);
    expect(passed(999)).toBe(0);
    expect(passed(1)).toBe(1);
    expect(passed(10_000)).toBe(1);
  });

  test('that moves on has the whole time again', () => {
    const deadline = new ReadyDeadline(1_000, expire);
    passed(900);
    deadline.progress('a');
    expect(passed(999)).toBe(0);
    expect(passed(1)).toBe(1);
  });

  test('has the whole time again for a step once, however often it is taken', () => {
    const deadline = new ReadyDeadline(1_000, expire);
    deadline.progress('a');
    expect(passed(900)).toBe(0);
    deadline.progress('a');
    expect(passed(100)).toBe(1);
  });

  test.each([null, Number.POSITIVE_INFINITY, 2 ** 31])('with a deadline of %s waits for ever', (timeoutMs) => {
    const deadline = new ReadyDeadline(timeoutMs, expire);
    deadline.progress('a');
    deadline.hold();
    deadline.release('turn of 0');
    expect(vi.getTimerCount()).toBe(0);
    expect(passed(1e9)).toBe(0);
  });

  test('that ended leaves no timer, whatever is reported later', () => {
    const deadline = new ReadyDeadline(1_000, expire);
    deadline.hold();
    deadline.end();
    deadline.release('turn of 0');
    deadline.progress('a');
    expect(vi.getTimerCount()).toBe(0);
    expect(passed(10_000)).toBe(0);
  });

  test('that expired does not expire again when late news comes', () => {
    const deadline = new ReadyDeadline(1_000, expire);
    passed(1_000);
    deadline.progress('a');
    expect(passed(10_000)).toBe(1);
  });
});

describe('the identify queue', () => {
  test('stops the time', () => {
    const deadline = new ReadyDeadline(1_000, expire);
    deadline.hold();
    expect(passed(100_000)).toBe(0);
    deadline.release('turn of 0');
    expect(passed(999)).toBe(0);
    expect(passed(1)).toBe(1);
  });

  test('stops the time until the last shard has left it', () => {
    const deadline = new ReadyDeadline(1_000, expire);
    deadline.hold();
    deadline.hold();
    deadline.release('turn of 0');
    deadline.progress('a');
    expect(passed(100_000)).toBe(0);
    deadline.release('turn of 1');
    expect(passed(1_000)).toBe(1);
  });

  test('of a shard that identifies over and over stops the time, and does not start it over', () => {
    const deadline = new ReadyDeadline(1_000, expire);
    deadline.hold();
    deadline.release('turn of 0');
    expect(passed(600)).toBe(0);
    deadline.hold();
    expect(passed(5_000)).toBe(0);
    deadline.release('turn of 0');
    expect(passed(399)).toBe(0);
    expect(passed(1)).toBe(1);
  });

  test('cannot be left more often than entered', () => {
    const deadline = new ReadyDeadline(1_000, expire);
    deadline.release('turn of 0');
    deadline.hold();
    expect(passed(100_000)).toBe(0);
  });
});
