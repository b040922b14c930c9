/** test/wire/flat: frames as a port carries them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flatten, frameWeight, unflatten } from '../../src/wire/flat.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { encodeValue } from '../../src/wire/value.ts';
import { frames, readable } from './frames.ts';

const cloned = (frame: Frame): Frame => unflatten(structuredClone(flatten(frame)));

test('every frame arrives as it was sent', () => {
  fc.assert(
    fc.property(frames, (frame) => {
      expect(readable(cloned(frame))).toStrictEqual(readable(frame));
    }),
    { numRuns: 300 },
  );
});

test('a frame weighs the same at both ends', () => {
  fc.assert(
    fc.property(frames, (frame) => {
      expect(frameWeight(cloned(frame))).toBe(frameWeight(frame));
    }),
    { numRuns: 300 },
  );
});

describe('between nodes of one host', () => {
  const road = { from: 'cluster:0', to: 'cluster:1' } as const;
  const body = encodeValue({ a: 1 });

  test('a call is seven values and an answer five, none of them an object of ours', () => {
    const call: Frame = { kind: 'call', id: 1, incarnation: 2, ...road, method: 'a.b', budgetMs: 5, body };
    const reply: Frame = { kind: 'reply', id: 1, incarnation: 2, ...road, outcome: { kind: 'value', body } };
    expect([flatten(call).length, flatten(reply).length]).toStrictEqual([7, 5]);
    for (const flat of [flatten(call), flatten(reply)]) {
      expect(flat.filter((one) => typeof one === 'object')).toStrictEqual([{ a: 1 }]);
    }
  });
});

test.each(['cluster:1', ['cluster:1', 'cluster:2']] as const)(
  'that a frame to %j is vital is the sender’s own concern',
  (to) => {
    const about = { from: 'cluster:0', to, method: 'a.b', body: encodeValue(1) } as const;
    const call: Frame = { kind: 'call', id: 1, incarnation: 2, budgetMs: 5, ...about };
    const cast: Frame = { kind: 'cast', ...about };
    for (const frame of [call, cast]) expect(cloned({ ...frame, vital: true })).toStrictEqual(frame);
  },
);
