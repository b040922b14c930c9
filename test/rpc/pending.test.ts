/** test/rpc/pending: every call settles exactly once. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ShardliftError } from '../../src/errors.ts';
import { Pending, type Waiting } from '../../src/rpc/pending.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const about = (timeoutMs: number | null): Waiting => ({ method: 'a.b', to: 'cluster:1', timeoutMs });

const never = (): never => {
  throw new Error('no timeout was expected');
};

test('a call is settled by the first that speaks, and by nobody after', async () => {
  const pending = new Pending(never);
  const { id, promise } = pending.add(about(1_000));
  expect(pending.resolve(id, 'first')).toBe(true);
  expect(pending.resolve(id, 'second')).toBe(false);
  expect(pending.reject(id, new Error('third'))).toBe(false);
  await expect(promise).resolves.toBe('first');
  expect(pending.size).toBe(0);
});

test('ids are integers that are never used again', () => {
  const pending = new Pending(never);
  const ids = Array.from({ length: 5 }, () => {
    const { id } = pending.add(about(null));
    pending.resolve(id, undefined);
    return id;
  });
  expect(ids).toStrictEqual([1, 2, 3, 4, 5]);
});

test('a call that runs out of time is rejected first and told after', async () => {
  const told: number[] = [];
  const pending: Pending = new Pending((id, waiting) => {
    told.push(id, waiting.timeoutMs ?? -1, pending.size);
  });
  const { id, promise } = pending.add(about(500));
  const settled = expect(promise).rejects.toStrictEqual(
    new ShardliftError('CALL_TIMEOUT', { method: 'a.b', to: 'cluster:1', timeoutMs: 500 }),
  );
  await vi.advanceTimersByTimeAsync(499);
  expect(pending.size).toBe(1);
  await vi.advanceTimersByTimeAsync(12);
  await settled;
  expect(told).toStrictEqual([id, 500, 0]);
});

test('ten thousand calls wait on one timer, and leave no entry and no timer when they time out', async () => {
  const pending = new Pending(() => undefined);
  const results = Array.from({ length: 10_000 }, (_, n) => pending.add(about(1_000 + (n % 500))).promise);
  expect([pending.size, vi.getTimerCount()]).toStrictEqual([10_000, 1]);
  const settled = Promise.allSettled(results);
  await vi.advanceTimersByTimeAsync(1_520);
  expect([pending.size, vi.getTimerCount()]).toStrictEqual([0, 0]);
  expect((await settled).every(({ status }) => status === 'rejected')).toBe(true);
});

test('ten thousand answered calls leave no timer once they would have been due', async () => {
  const pending = new Pending(never);
  const ids = Array.from({ length: 10_000 }, () => pending.add(about(30_000)).id);
  for (const id of ids) pending.resolve(id, undefined);
  expect([pending.size, vi.getTimerCount()]).toStrictEqual([0, 1]);
  await vi.advanceTimersByTimeAsync(30_010);
  expect([pending.size, vi.getTimerCount()]).toStrictEqual([0, 0]);
});

test('a shorter deadline that comes later is met', async () => {
  const pending = new Pending(() => undefined);
  pending.add(about(60_000)).promise.catch(() => undefined);
  const settled = expect(pending.add(about(20)).promise).rejects.toMatchObject({ code: 'CALL_TIMEOUT' });
  await vi.advanceTimersByTimeAsync(40);
  await settled;
  expect([pending.size, vi.getTimerCount()]).toStrictEqual([1, 1]);
});

test.each([
  ['null', null],
  ['infinite', Number.POSITIVE_INFINITY],
])('a deadline that is %s sets no timer', (_, timeoutMs) => {
  const pending = new Pending(never);
  pending.add(about(timeoutMs));
  expect(vi.getTimerCount()).toBe(0);
});

test('a deadline farther than a timer reaches is kept', async () => {
  const pending = new Pending(() => undefined);
  const month = 30 * 24 * 3_600_000;
  const wakes = vi.spyOn(globalThis, 'setTimeout');
  const settled = expect(pending.add(about(month)).promise).rejects.toMatchObject({ code: 'CALL_TIMEOUT' });
  await vi.advanceTimersByTimeAsync(month - 1);
  expect(pending.size).toBe(1);
  expect(wakes.mock.calls.every(([, delay]) => delay !== undefined && delay <= 2 ** 31 - 1)).toBe(true);
  expect(wakes.mock.calls.length).toBeLessThanOrEqual(2);
  await vi.advanceTimersByTimeAsync(20);
  await settled;
});

test.each([
  ['forward', 86_400_000],
  ['back', -86_400_000],
])('setting the clock %s moves no deadline', async (_, by) => {
  const pending = new Pending(() => undefined);
  const settled = expect(pending.add(about(1_000)).promise).rejects.toMatchObject({ code: 'CALL_TIMEOUT' });
  vi.setSystemTime(Date.now() + by);
  await vi.advanceTimersByTimeAsync(990);
  expect(pending.size).toBe(1);
  await vi.advanceTimersByTimeAsync(30);
  expect(pending.size).toBe(0);
  await settled;
});

test('rejecting everything settles each call with an error of its own', async () => {
  const pending = new Pending(never);
  const calls = ['a.x', 'a.y'].map((method) => pending.add({ ...about(1_000), method }).promise);
  let made = 0;
  pending.failAll(() => new Error(String(++made)));
  const results = await Promise.allSettled(calls);
  expect(results.map((result) => (result as PromiseRejectedResult).reason.message)).toStrictEqual(['1', '2']);
  expect([pending.size, vi.getTimerCount()]).toStrictEqual([0, 0]);
});
