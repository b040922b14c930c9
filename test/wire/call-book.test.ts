/** test/wire/call-book: calls of several callers. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Address } from '../../src/wire/address.ts';
import { CallBook, type Called } from '../../src/wire/call-book.ts';

const callers: readonly Address[] = ['cluster:0', 'cluster:1', 'host:local'];
const anyCall: fc.Arbitrary<Called> = fc.record({
  from: fc.constantFrom(...callers),
  incarnation: fc.integer({ min: 1, max: 3 }),
  // Numbers that share places in tables of any size, and those beyond 32 bits, too.
  id: fc.oneof(
    fc.integer({ min: 1, max: 200 }),
    fc.nat({ max: 8 }).map((n) => n * 2 ** 29 + 1),
  ),
});
const nameOf = ({ from, incarnation, id }: Called): string => `${from}/${incarnation}/${id}`;

test('holds what a Map by caller, incarnation and number holds', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), anyCall), { maxLength: 300 }), (steps) => {
      const book = new CallBook<Called>();
      const map = new Map<string, Called>();
      for (const [adds, call] of steps) {
        if (adds) {
          book.add(call);
          map.set(nameOf(call), call);
        } else {
          expect(book.take(call, call.from)).toBe(map.get(nameOf(call)));
          map.delete(nameOf(call));
        }
        expect(book.get(call, call.from)).toBe(map.get(nameOf(call)));
      }
      const ofFirst = ({ incarnation }: Called): boolean => incarnation === 1;
      expect(new Set(book.takeAll(ofFirst))).toStrictEqual(new Set([...map.values()].filter(ofFirst)));
      const rest = [...map.values()].filter((call) => !ofFirst(call));
      expect(new Set(book.takeAll(() => true))).toStrictEqual(new Set(rest));
      expect(book.takeAll(() => true)).toStrictEqual([]);
    }),
    { numRuns: 60 },
  );
});
