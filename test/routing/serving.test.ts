/** test/routing/serving: the calls that a node's own peer works on. */
import { describe, expect, test } from 'vitest';
import { Line } from '../../src/routing/line.ts';
import { Serving } from '../../src/routing/serving.ts';
import { stubLink } from '../rpc/stub-link.ts';
import { a, answerTo, b, callOf, cancelOf, self } from './frames.ts';

const serving = (): Serving => new Serving(({ id, incarnation }, caller) => `${caller}/${incarnation}/${id}`);
const line = (): Line => new Line(stubLink().link);
const later = (): void => undefined;

describe('a call', () => {
  test('that is answered later has its way back, once', () => {
    const [calls, via] = [serving(), line()];
    calls.give(callOf(a, self), via, later);
    expect(calls.answered(answerTo(callOf(a, self)))?.via).toBe(via);
    expect(calls.answered(answerTo(callOf(a, self)))).toBeUndefined();
  });

  test('that is answered while it is given has its way back too, and nothing of it is kept', () => {
    const [calls, via] = [serving(), line()];
    const ways: unknown[] = [];
    calls.give(callOf(a, self), via, (call) => ways.push(calls.answered(answerTo(call))?.via));
    expect(ways).toStrictEqual([via]);
    expect(calls.takeBy(() => true)).toStrictEqual([]);
  });

  test('that is given while another is has its own way back', () => {
    const [calls, outer, inner] = [serving(), line(), line()];
    const ways: unknown[] = [];
    calls.give(callOf(a, self, 1), outer, (call) => {
      calls.give(callOf(b, self, 1), inner, (nested) => ways.push(calls.answered(answerTo(nested))?.via));
      calls.give(callOf(b, self, 2), inner, later);
      ways.push(calls.answered(answerTo(call))?.via);
    });
    expect(ways).toStrictEqual([inner, outer]);
    expect(calls.takeBy(() => true).map(({ from, id }) => [from, id])).toStrictEqual([[b, 2]]);
  });

  test('that is given up is forgotten, and its answer has no way back', () => {
    const calls = serving();
    calls.give(callOf(a, self), line(), later);
    expect(calls.forget(cancelOf(callOf(b, self)))).toBe(false);
    expect(calls.forget(cancelOf(callOf(a, self)))).toBe(true);
    expect(calls.answered(answerTo(callOf(a, self)))).toBeUndefined();
  });
});

test('the calls that came by one line are taken together', () => {
  const [calls, one, other] = [serving(), line(), line()];
  calls.give(callOf(a, self, 1), one, later);
  calls.give(callOf(a, self, 2), one, later);
  calls.give(callOf(b, self, 1), other, later);
  expect(calls.takeBy((via) => via === one).map(({ id }) => id)).toStrictEqual([1, 2]);
  expect(calls.takeBy(() => true).map(({ from }) => from)).toStrictEqual([b]);
});
