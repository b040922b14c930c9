import { describe, expect, test } from 'vitest';
import { Line } from '../../src/routing/line.ts';
import { addressed, passed, tooManyHops } from '../../src/routing/passing.ts';
import { stubLink } from '../rpc/stub-link.ts';
import { a, b, c, callOf, castOf } from './frames.ts';

const via = new Line(stubLink().link);
const frames = [
  ['a call', callOf(a, b)],
  ['a call without a deadline', { ...callOf(a, b), budgetMs: null }],
  ['a call that waits', { ...callOf(a, b), wait: true }],
  ['a call that was passed on', { ...callOf(a, b), hops: 3 }],
  ['a call that was passed on and waits', { ...callOf(a, b), hops: 3, wait: true }],
  ['a call that always passes', { ...callOf(a, b), vital: true }],
  ['a call with all of it', { ...callOf(a, b), hops: 3, vital: true, wait: true }],
  ['a cast', castOf(a, b)],
  ['a cast that was passed on', { ...castOf(a, b), hops: 3 }],
  ['a cast that always passes', { ...castOf(a, b), vital: true }],
] as const;

describe.each(frames)('%s', (_what, frame) => {
  test('for another destination keeps everything else, its body unread', () => {
    const before = structuredClone({ ...frame, body: undefined });
    expect(addressed(frame, c)).toStrictEqual({ ...frame, to: c });
    expect(addressed(frame, [b, c])).toStrictEqual({ ...frame, to: [b, c] });
    expect(addressed(frame, c).body).toBe(frame.body);
    expect({ ...frame, body: undefined }).toStrictEqual(before);
  });

  test('that came by a line is one hop further, and otherwise the same', () => {
    const hops = 'hops' in frame ? 4 : 1;
    expect(passed(frame, via)).toStrictEqual({ ...frame, hops });
    expect(passed(frame, via).body).toBe(frame.body);
  });

  test('that starts here has made no hop', () => {
    expect(passed(frame, undefined)).toBe(frame);
  });
});

test('a frame that went too far is told with where it was to go, and how often it was passed on', () => {
  const error = tooManyHops({ ...callOf(a, b), hops: 9 });
  expect(error).toMatchObject({ code: 'TOO_MANY_HOPS', details: { to: b, hops: 9 } });
});
