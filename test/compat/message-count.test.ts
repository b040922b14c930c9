import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MessageCount } from '../../compat/message-count.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('who waits for a number of messages goes on when they have come, each at its own', async () => {
  const count = new MessageCount();
  const log: string[] = [];
  void count.reached(1).then(() => log.push('one'));
  void count.reached(2).then(() => log.push('two'));
  count.add();
  await Promise.resolve();
  expect(log).toEqual(['one']);
  count.add();
  await Promise.resolve();
  expect(log).toEqual(['one', 'two']);
  expect(await count.reached(2)).toBeNull();
});

test('a message that is lost is not waited for longer than a second', async () => {
  const lost = new MessageCount().reached(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await lost).toBeNull();
});

test('a message that was lost is waited for once: later ones are counted from there', async () => {
  const count = new MessageCount();
  const log: string[] = [];
  void count.reached(1);
  await vi.advanceTimersByTimeAsync(1_000);
  void count.reached(1).then(() => log.push('the same again'));
  void count.reached(2).then(() => log.push('the next'));
  await vi.advanceTimersByTimeAsync(0);
  expect(log).toEqual(['the same again']);
  count.add();
  await vi.advanceTimersByTimeAsync(20);
  expect(log).toEqual(['the same again', 'the next']);
  void count.reached(3).then(() => log.push('the third'));
  count.add();
  await vi.advanceTimersByTimeAsync(0);
  expect(log).toContain('the third');
});

/** A count whose first message was given up after its second. */
async function withLateMessage(): Promise<{ readonly count: MessageCount; readonly log: string[] }> {
  const count = new MessageCount();
  void count.reached(1);
  await vi.advanceTimersByTimeAsync(1_000);
  return { count, log: [] };
}

test('a message that comes late is not taken for the next', async () => {
  const { count, log } = await withLateMessage();
  count.add();
  void count.reached(2).then(() => log.push('the next'));
  await vi.advanceTimersByTimeAsync(500);
  expect(log).toEqual([]);
  count.add();
  await vi.advanceTimersByTimeAsync(0);
  expect(log).toEqual(['the next']);
});

test('a message that comes late does not end the wait for the next, which is behind it', async () => {
  const { count, log } = await withLateMessage();
  void count.reached(2).then(() => log.push('the next'));
  count.add();
  await vi.advanceTimersByTimeAsync(5);
  expect(log).toEqual([]);
  count.add();
  await vi.advanceTimersByTimeAsync(0);
  expect(log).toEqual(['the next']);
});

test('a lost message that was taken for a late one costs one more second, and no third', async () => {
  const { count, log } = await withLateMessage();
  // The second: nobody waits for it, so it may be the first.
  count.add();
  void count.reached(2).then(() => log.push('the second'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(log).toEqual(['the second']);
  count.add();
  void count.reached(3).then(() => log.push('the third'));
  await vi.advanceTimersByTimeAsync(0);
  expect(log).toEqual(['the second', 'the third']);
});
