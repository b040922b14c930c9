/** test/wire/head: which head a frame gets, and that it says all of the frame but the body. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyBody } from '../../src/wire/body.ts';
import { ByteReader, ByteWriter } from '../../src/wire/bytes.ts';
import type { Frame, FrameOf } from '../../src/wire/frame.ts';
import { bodyOf, type HeadKind, headKindOf, layouts } from '../../src/wire/head.ts';
import { encodeValue } from '../../src/wire/value.ts';
import { frames, readable } from './frames.ts';

const body = encodeValue('x');
const key = { id: 7, incarnation: 1_700_000_000_000 };
const call: FrameOf<'call'> = {
  kind: 'call',
  ...key,
  from: 'cluster:0',
  to: 'cluster:1',
  method: 'm',
  budgetMs: 5,
  body,
};
const cast: FrameOf<'cast'> = { kind: 'cast', from: 'cluster:0', to: 'cluster:1', method: 'm', body };
const reply: FrameOf<'reply'> = {
  kind: 'reply',
  ...key,
  from: 'cluster:1',
  to: 'cluster:0',
  outcome: { kind: 'value', body },
};

const mostId = 0xffff_ffff;
const fault = { name: 'Error', message: 'm' };

/** Its head to bytes and back, with its own body put in again. */
function through(frame: Frame): { readonly frame: Frame; readonly written: number; readonly read: number } {
  const layout = layouts[headKindOf(frame)];
  const bytes = layout.bytes(frame as never);
  const out = new ByteWriter(bytes);
  layout.write(frame as never, out);
  const reader = new ByteReader(out.bytes);
  return { frame: layout.read(reader)(bodyOf(frame)), written: out.at - bytes, read: reader.at - bytes };
}

describe('a head', () => {
  test.each<readonly [string, HeadKind, Frame]>([
    ['a call', 'call', call],
    ['a call with the largest id of 32 bits', 'call', { ...call, id: mostId }],
    ['a call with an id beyond', 'text', { ...call, id: mostId + 1 }],
    ['a call on its 127th hop that waits', 'call', { ...call, hops: 127, wait: true }],
    ['a call on its 128th hop', 'text', { ...call, hops: 128 }],
    ['a method of 255 bytes', 'call', { ...call, method: 'm'.repeat(255) }],
    ['a method of 256 bytes in 128 letters', 'text', { ...call, method: 'é'.repeat(128) }],
    ['a cast', 'cast', cast],
    ['a cast on its 128th hop', 'text', { ...cast, hops: 128 }],
    ['a value', 'value', reply],
    ['a value for an id beyond 32 bits', 'text', { ...reply, id: mostId + 1 }],
    ['a failure', 'text', { ...reply, outcome: { kind: 'failure', by: 'route', fault } }],
    ['a cancel', 'text', { kind: 'cancel', ...key, from: 'cluster:0', to: 'cluster:1' }],
  ])('of %s is laid out as %s, and nothing is lost on the border', (_what, kind, frame) => {
    expect(headKindOf(frame)).toBe(kind);
    expect(through(frame)).toStrictEqual({ frame, written: 0, read: 0 });
  });

  test('takes the bytes it said it would, and gives the frame back', () => {
    const ofOne = frames.filter((frame) => frame.kind !== 'reply' || frame.outcome.kind !== 'gathered');
    fc.assert(
      fc.property(ofOne, (frame) => {
        const { written, read, frame: back } = through(frame);
        expect([written, read]).toStrictEqual([0, 0]);
        expect(readable(back)).toStrictEqual(readable(frame));
      }),
      { numRuns: 300 },
    );
  });

  test('does not carry what counts on this side only', () => {
    expect(through({ ...cast, hops: 200, vital: true }).frame).not.toHaveProperty('vital', true);
    expect(through({ ...cast, vital: true }).frame).toStrictEqual(cast);
  });

  test('of a call without a deadline says so', () => {
    expect(through({ ...call, budgetMs: null }).frame).toStrictEqual({ ...call, budgetMs: null });
    expect(through({ ...call, budgetMs: 0 }).frame).toStrictEqual({ ...call, budgetMs: 0 });
  });

  test('is not written by the body: a frame that has none has the empty one', () => {
    expect(bodyOf(call)).toBe(body);
    expect(bodyOf(reply)).toBe(body);
    expect(bodyOf({ ...reply, outcome: { kind: 'failure', by: 'route', fault } })).toBe(emptyBody);
    expect(bodyOf({ kind: 'bye', from: 'cluster:0', reason: 'r' })).toBe(emptyBody);
  });
});
