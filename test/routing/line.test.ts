/** test/routing/line: a link with the calls that went out on it. */
import { describe, expect, test } from 'vitest';
import { flyingOf, Line } from '../../src/routing/line.ts';
import type { Address, Destination } from '../../src/wire/address.ts';
import { stubLink } from '../rpc/stub-link.ts';
import { a, answerTo, b, c, callOf, gathered, membersOf, self } from './frames.ts';

const d = 'cluster:3';
const lineWith = (name: number | string, ...destinations: readonly Destination[]): Line => {
  const line = new Line(stubLink().link);
  for (const to of destinations) line.remember(name, flyingOf(callOf(a, to), undefined));
  return line;
};
const left = (line: Line): Destination[] => line.take(() => true).map(({ to }) => to);
const answer = (from: Address) => answerTo(callOf(a, b), from);
const answers = (...from: readonly Address[]) => gathered(callOf(a, [b, c]), self, membersOf(...from));

// A node's own calls go by their number, those of others by a text.
describe.each([1, 'cluster:0/3/1'])('a call by the name %j', (name) => {
  test('is answered by the node that was asked, once', () => {
    const line = lineWith(name, b);
    expect(line.answered(name, answer(c))).toBeUndefined();
    expect(line.answered(name, answers(b))).toBeUndefined();
    expect(line.answered(name, answer(b))).toMatchObject({ id: 1, to: b });
    expect(line.answered(name, answer(b))).toBeUndefined();
    expect(left(line)).toStrictEqual([]);
  });

  test('to many is answered part by part, and forgotten with the last', () => {
    const line = lineWith(name, [b, c]);
    expect(line.answered(name, answers(c))?.missing).toStrictEqual(new Set([b]));
    expect(line.answered(name, answers(b))?.missing).toStrictEqual(new Set());
    expect(line.answered(name, answers(b))).toBeUndefined();
  });

  test('may have several parts on one line, each with its own answer', () => {
    const line = lineWith(name, b, [c, d], a);
    expect(line.answered(name, answer(a))?.to).toBe(a);
    expect(line.answered(name, answers(c))?.to).toStrictEqual([c, d]);
    expect(line.answered(name, answer(b))?.to).toBe(b);
    expect(line.answered(name, answers(d))?.to).toStrictEqual([c, d]);
    expect(left(line)).toStrictEqual([]);
  });

  test('may have its first part forgotten before the others are answered', () => {
    const line = lineWith(name, b, c);
    line.answered(name, answer(b));
    expect(line.answered(name, answer(c))?.to).toBe(c);
  });

  test('that is given up is taken with all its parts', () => {
    const line = lineWith(name, b, [c, d], a);
    expect(line.takeNamed(name, [a, b, c, d]).map(({ to }) => to)).toStrictEqual([b, [c, d], a]);
    expect(left(line)).toStrictEqual([]);
  });

  test('is forgotten by what `remember` gave for it, and no other part is', () => {
    const line = lineWith(name, b);
    line.forget(line.remember(name, flyingOf(callOf(a, c), undefined)));
    expect(left(line)).toStrictEqual([b]);
  });
});

test('takes the calls that a test finds, own and others’', () => {
  const line = new Line(stubLink().link);
  line.remember(1, flyingOf(callOf(self, b, 1), undefined));
  line.remember(2, flyingOf(callOf(self, c, 2), undefined));
  line.remember('cluster:0/3/1', flyingOf(callOf(a, b, 1), undefined));
  line.remember('cluster:0/3/2', flyingOf(callOf(a, c, 2), undefined));
  expect(line.take(({ to }) => to === b).map(({ from }) => from)).toStrictEqual([self, a]);
  expect(left(line)).toStrictEqual([c, c]);
});
