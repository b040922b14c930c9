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
  await vi.advanceTimersByTimeAsync(0);
  expect(log).toEqual(['the same again', 'the next']);
});
