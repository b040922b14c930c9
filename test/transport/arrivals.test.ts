/** test/transport/arrivals: what comes in on a line is given once, in order, to one reader, until the line ends. */
import { expect, test } from 'vitest';
import { Arrivals } from '../../src/transport/arrivals.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { castOf } from '../conformance/far-end.ts';

const methods = (frames: readonly Frame[]): unknown[] => frames.map((frame) => 'method' in frame && frame.method);

test('frames that come before a reader wait for it, and are counted as read when it gets them', () => {
  const read: number[] = [];
  const heard: Frame[] = [];
  const arrivals = new Arrivals((bytes) => void read.push(bytes));
  arrivals.deliver(castOf('a'), 1);
  arrivals.deliver(castOf('b'), 2);
  expect(read).toStrictEqual([]);
  arrivals.receive((frame) => void heard.push(frame));
  arrivals.deliver(castOf('c'), 3);
  expect([methods(heard), read]).toStrictEqual([
    ['a', 'b', 'c'],
    [1, 2, 3],
  ]);
});

test('frames that came before the end are given after it, and none that come later', () => {
  const heard: Frame[] = [];
  const arrivals = new Arrivals();
  arrivals.deliver(castOf('a'), 0);
  arrivals.down('the socket closed');
  arrivals.deliver(castOf('b'), 0);
  arrivals.receive((frame) => void heard.push(frame));
  expect(methods(heard)).toStrictEqual(['a']);
});

test('a reader that closes the line hears nothing more of what waited', () => {
  const heard: Frame[] = [];
  const arrivals = new Arrivals();
  for (const method of ['a', 'b']) arrivals.deliver(castOf(method), 0);
  arrivals.receive((frame) => {
    heard.push(frame);
    arrivals.shut('enough');
  });
  expect(methods(heard)).toStrictEqual(['a']);
});

test('the first reason is the one that is told, and nothing can be sent any more', async () => {
  const arrivals = new Arrivals();
  expect(() => arrivals.assertOpen('far')).not.toThrow();
  expect([arrivals.down('first'), arrivals.down('second'), arrivals.shut('third')]).toStrictEqual([true, false, false]);
  await expect(arrivals.closed).resolves.toBe('first');
  const details = { peer: 'far', reason: 'first' };
  expect(() => arrivals.assertOpen('far')).toThrow(expect.objectContaining({ code: 'LINK_CLOSED', details }));
});
