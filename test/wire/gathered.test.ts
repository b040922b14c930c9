/** test/wire/gathered: the answers of many nodes in one frame of bytes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Gathered } from '../../src/wire/frame.ts';
import { type GatheredReply, packGathered, unpackGathered } from '../../src/wire/gathered.ts';
import { addresses, gathered, readable } from './frames.ts';

const replies = fc.record(
  {
    kind: fc.constant('reply' as const),
    id: fc.oneof(fc.nat(), fc.integer({ min: 0, max: 2 ** 40 })),
    incarnation: fc.oneof(fc.nat(), fc.constant(1_700_000_000_000)),
    from: addresses,
    to: addresses,
    outcome: gathered,
  },
  { noNullPrototype: true },
) as fc.Arbitrary<GatheredReply & { readonly outcome: Gathered }>;

test('all answers arrive as they were sent, in their order, after as many bytes as are wanted', () => {
  fc.assert(
    fc.property(replies, fc.nat({ max: 20 }), (reply, lead) => {
      const bytes = packGathered(reply, lead);
      expect(readable(unpackGathered(bytes.subarray(lead)))).toStrictEqual(readable(reply));
    }),
    { numRuns: 200 },
  );
});

test('bytes that end too early throw a RangeError, wherever they are cut', () => {
  fc.assert(
    fc.property(replies, (reply) => {
      const bytes = packGathered(reply, 0);
      for (let end = 0; end < bytes.length; end++) {
        expect(() => unpackGathered(bytes.subarray(0, end))).toThrow(RangeError);
      }
    }),
    { numRuns: 25 },
  );
});

test('bytes of somebody else throw or are read', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      try {
        const { outcome } = unpackGathered(Buffer.from(bytes));
        expect(outcome.members.length).toBeLessThanOrEqual(bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('an answer whose bytes are of no known kind is an error, not an empty answer', () => {
  const reply: GatheredReply = {
    kind: 'reply',
    id: 1,
    incarnation: 1,
    from: 'host:local',
    to: 'cluster:0',
    outcome: {
      kind: 'gathered',
      members: [{ from: 'cluster:1', outcome: { kind: 'value', body: { format: 'none' } } }],
    },
  };
  const bytes = packGathered(reply, 0);
  // The last five bytes: what the member's bytes are, and how many.
  bytes.writeUInt8(9, bytes.length - 5);
  expect(() => unpackGathered(bytes)).toThrow(RangeError);
});
