/** test/routing/held: frames that wait until the line they are for is open. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Held } from '../../src/routing/held.ts';
import { a, b, c, callOf, cancelOf, castOf } from './frames.ts';

const most = 4_096;

beforeEach(() => {
  vi.spyOn(performance, 'now').mockReturnValue(1_000);
});
afterEach(() => {
  vi.restoreAllMocks();
});

test('gives what waited for a node in order, once, and nothing of others', () => {
  const held = new Held();
  held.start(b);
  held.start(c);
  const frames = [callOf(a, b), castOf(a, b), cancelOf(callOf(a, b))];
  for (const frame of frames) held.add(b, frame);
  held.add(c, castOf(a, c));
  expect(held.nodes).toStrictEqual([b, c]);
  expect(held.take(b)).toStrictEqual(frames);
  expect(held.take(b)).toStrictEqual([]);
  expect([held.has(b), held.has(c)]).toStrictEqual([false, true]);
});

test('gives a call with what is left of its deadline', () => {
  const held = new Held();
  held.start(b);
  held.add(b, callOf(a, b, 1));
  held.add(b, { ...callOf(a, b, 2), budgetMs: null });
  held.add(b, { ...callOf(a, b, 3), budgetMs: 100 });
  vi.mocked(performance.now).mockReturnValue(1_300);
  expect(held.take(b)).toMatchObject([{ budgetMs: 700 }, { budgetMs: null }, { budgetMs: 0 }]);
});

test('keeps nothing for a node that nothing waits for', () => {
  const held = new Held();
  held.add(b, castOf(a, b));
  expect(held.has(b)).toBe(false);
  expect(held.take(b)).toStrictEqual([]);
});

test('keeps what was said, not what becomes of it', () => {
  const held = new Held();
  held.start(b);
  const value = { count: 1 };
  held.add(b, { ...castOf(a, b), body: { format: 'plain', data: value } });
  value.count = 2;
  expect(held.take(b)).toMatchObject([{ body: { format: 'json', data: '{"count":1}' } }]);
});

test('refuses more frames than it has room for, but never a cancel', () => {
  const held = new Held();
  held.start(b);
  for (let id = 1; id <= most; id++) held.add(b, callOf(a, b, id));
  const details = { to: b, waiting: most, max: most, unit: 'messages' };
  const tooMany = expect.objectContaining({ code: 'TOO_MANY_WAITING', details });
  expect(() => held.add(b, castOf(a, b))).toThrow(tooMany);
  held.add(b, cancelOf(callOf(a, b, 1)));
  expect(held.take(b)).toHaveLength(most + 1);
});

test('refuses more bytes than it has room for, and has room again once they were taken', () => {
  const held = new Held();
  const max = 16 * 1024 * 1024;
  const heavy = { ...castOf(a, b), body: { format: 'v8', data: Buffer.alloc(8 * 1024 * 1024) } } as const;
  for (let round = 1; round <= 2; round++) {
    held.start(b);
    held.add(b, heavy);
    held.add(b, heavy);
    const details = { to: b, waiting: max, max, unit: 'bytes' };
    expect(() => held.add(b, castOf(a, b))).toThrow(expect.objectContaining({ code: 'TOO_MANY_WAITING', details }));
    held.take(b);
  }
});
