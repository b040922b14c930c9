/** test/transport/either-link: frames reach the far end once, whichever of two lines it takes. */
import { expect, test } from 'vitest';
import { type Candidate, EitherLink } from '../../src/transport/either-link.ts';
import type { Link } from '../../src/transport/link.ts';
import { memoryPair } from '../../src/transport/memory.ts';
import { defaultMaxFrameBytes } from '../../src/wire/codec.ts';
import { encodeValue } from '../../src/wire/value.ts';
import { castOf } from '../conformance/far-end.ts';

/** One line of two, with its far end and what happened to it. */
interface Side {
  readonly candidate: Candidate;
  readonly far: Link;
  readonly heard: string[];
  dropped: number;
  /** Shows the sign that this line is taken. */
  show(): void;
}

function side(name: string): Side {
  const [near, far] = memoryPair('near', name);
  let show: () => void = () => undefined;
  const sign = new Promise<void>((resolve) => {
    show = resolve;
  });
  const one: Side = { candidate: { link: near, sign, drop: () => one.dropped++ }, far, heard: [], dropped: 0, show };
  return one;
}

/** Lets the far end of a line read; before that it is as if nobody had opened it. */
const read = ({ far, heard }: Side): void => far.receive((frame) => heard.push((frame as { method: string }).method));

const sides = () => {
  const [first, second] = [side('first'), side('second')];
  return { first, second, link: new EitherLink(first.candidate, second.candidate) };
};

/** Everything under way has arrived. */
const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('frames go out on the first line at once, and once only when that is taken', async () => {
  const { first, second, link } = sides();
  read(first);
  link.send(castOf('a'));
  await quiet();
  expect(first.heard).toStrictEqual(['a']);
  first.show();
  await quiet();
  link.send(castOf('b'));
  await quiet();
  read(second);
  expect([first.heard, second.heard]).toStrictEqual([['a', 'b'], []]);
  expect([first.dropped, second.dropped]).toStrictEqual([0, 1]);
});

test('frames sent before the second line is taken arrive there, in order and as they were', async () => {
  const { first, second, link } = sides();
  const bodies: unknown[] = [];
  second.far.receive((frame) => bodies.push(frame));
  const body = encodeValue(new Set(['before']));
  link.send(castOf('a', body));
  const sent = structuredClone(castOf('a', body));
  if (body.format === 'v8') body.data.fill(0);
  link.send(castOf('b'));
  second.show();
  await quiet();
  link.send(castOf('c'));
  await quiet();
  expect(bodies).toMatchObject([sent, { method: 'b' }, { method: 'c' }]);
  expect([first.dropped, second.dropped]).toStrictEqual([1, 0]);
});

test.each(['first', 'second'] as const)('a frame on the %s line takes it', async (which) => {
  const both = sides();
  read(both.first);
  read(both.second);
  both[which].far.send(castOf('hello'));
  await quiet();
  both.link.send(castOf('a'));
  await quiet();
  expect(both[which].heard).toStrictEqual(['a']);
});

test('frames that come before there is a reader are kept', async () => {
  const { second, link } = sides();
  second.far.send(castOf('early'));
  await quiet();
  const heard: unknown[] = [];
  link.receive((frame) => heard.push(frame));
  expect(heard).toMatchObject([{ method: 'early' }]);
});

test.each([
  ['first', 'second'],
  ['second', 'first'],
] as const)('when the %s closes the %s is taken', async (lost, left) => {
  const both = sides();
  read(both[left]);
  both[lost].far.close('gone');
  await quiet();
  both.link.send(castOf('a'));
  await quiet();
  expect(both[left].heard).toStrictEqual(['a']);
  both[left].far.close('gone too');
  await expect(both.link.closed).resolves.toBe('gone too');
  const closed = { code: 'LINK_CLOSED', details: { peer: 'first', reason: 'gone too' } };
  expect(() => both.link.send(castOf('b'))).toThrow(expect.objectContaining(closed));
});

test('a frame sent while the first has just closed waits for the second', async () => {
  const { first, second, link } = sides();
  read(second);
  first.candidate.link.close('a moment ago');
  link.send(castOf('a'));
  await quiet();
  expect(second.heard).toStrictEqual(['a']);
});

test('a frame over the cap is refused and sent on neither line', async () => {
  const { second, link } = sides();
  read(second);
  const huge = castOf('echo', encodeValue('x'.repeat(defaultMaxFrameBytes + 1)));
  expect(() => link.send(huge)).toThrow(expect.objectContaining({ code: 'FRAME_TOO_LARGE' }));
  second.show();
  await quiet();
  expect(second.heard).toStrictEqual([]);
});

test.each(['first', 'second'] as const)(
  'closed while undecided, tells the far end on the %s when that is taken, after the frames',
  async (which) => {
    const both = sides();
    read(both[which]);
    both.link.send(castOf('a'));
    both.link.close('we are done');
    await expect(both.link.closed).resolves.toBe('we are done');
    expect(() => both.link.send(castOf('b'))).toThrow(expect.objectContaining({ code: 'LINK_CLOSED' }));
    both[which].show();
    await expect(both[which].far.closed).resolves.toBe('we are done');
    expect(both[which].heard).toStrictEqual(['a']);
  },
);

test('closed from here, hears nothing more', async () => {
  const { first, link } = sides();
  const heard: unknown[] = [];
  link.receive((frame) => heard.push(frame));
  link.close('we are done');
  first.far.send(castOf('late'));
  await quiet();
  expect(heard).toStrictEqual([]);
});
