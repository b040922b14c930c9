/** test/routing/collector: the answers to a call that was spread for somebody else. */
import { expect, test } from 'vitest';
import { Collector } from '../../src/routing/collector.ts';
import { Line } from '../../src/routing/line.ts';
import type { FrameOf } from '../../src/wire/frame.ts';
import { stubLink } from '../rpc/stub-link.ts';
import { a, answerTo, b, c, callOf, gathered, membersIn, membersOf, self } from './frames.ts';

const call = callOf(a, [b, c, 'cluster:3'], 8);
const big = Buffer.alloc(256 * 1024);

/** A collector for the call, and what it sends. */
function collecting() {
  const via = new Line(stubLink().link);
  const sent: FrameOf<'reply'>[] = [];
  const collector = new Collector({ self, call, via, send: (line, reply) => line === via && sent.push(reply) });
  return { collector, sent };
}

test('sends one reply with the answers of all, once the last is there', () => {
  const { collector, sent } = collecting();
  expect(collector.take(answerTo(call, c))).toBe(true);
  expect(collector.take(gathered(call, b, membersOf(b)))).toBe(true);
  expect(sent).toStrictEqual([]);
  expect(collector.take(answerTo(call, 'cluster:3'))).toBe(false);
  expect(sent).toStrictEqual([gathered(call, self, membersOf(c, b, 'cluster:3'))]);
});

test('takes a member’s first answer only, and none of a node that was not asked', () => {
  const { collector, sent } = collecting();
  for (const from of [b, b, a, c, 'cluster:3'] as const) collector.take(answerTo(call, from));
  expect(sent).toHaveLength(1);
  expect(membersIn(sent[0])).toStrictEqual(membersOf(b, c, 'cluster:3'));
});

test('sends what is there when it is told to, and each answer once', () => {
  const { collector, sent } = collecting();
  collector.flush();
  collector.take(answerTo(call, b));
  collector.flush();
  collector.flush();
  collector.take(answerTo(call, c));
  collector.take(answerTo(call, 'cluster:3'));
  expect(sent.map((reply) => membersIn(reply).length)).toStrictEqual([1, 2]);
});

test('does not wait for the rest with many bytes', () => {
  const { collector, sent } = collecting();
  const heavy = { kind: 'value', body: { format: 'v8', data: big } } as const;
  expect(collector.take({ ...answerTo(call, b), outcome: heavy })).toBe(false);
  expect(sent.map((reply) => membersIn(reply).length)).toStrictEqual([1]);
  expect(collector.take(answerTo(call, c))).toBe(true);
});
