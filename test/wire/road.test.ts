/** test/wire/road: both ends of a frame's way as one number. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Address } from '../../src/wire/address.ts';
import { packAddress, packRoad, roadFrom, roadTo, unpackAddress } from '../../src/wire/road.ts';
import { addresses } from './frames.ts';

/** What users may make of an id that is none. */
const odd: fc.Arbitrary<Address> = fc.oneof(
  fc.double().map((id): Address => `cluster:${id}`),
  fc.integer().map((id): Address => `cluster:${id}`),
  fc
    .constantFrom('', ' 1', '1 ', '01', '1e3', '0x1', '-0', '+1', '1.5', 'NaN', 'Infinity', '-1', 'local')
    .map((id) => `cluster:${id}` as Address),
  fc.string().map((id) => `cluster:${id}` as Address),
);

describe('a number for an address', () => {
  test('stands for this very address, whatever is in it', () => {
    fc.assert(
      fc.property(fc.oneof(addresses, odd), (address) => {
        const packed = packAddress(address);
        if (packed === undefined) return;
        expect(unpackAddress(packed)).toBe(address);
        expect(Number.isInteger(packed) && packed >= 0 && packed < 0x7ffe).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is there for the own manager and for the clusters of one host', () => {
    const near: readonly Address[] = ['host:local', 'cluster:0', 'cluster:1', 'cluster:32764'];
    expect(near.map(packAddress)).toStrictEqual([0, 1, 2, 32_765]);
  });

  test.each(['cluster:-1', 'cluster:1.5', 'cluster:01', 'cluster:1e3', 'cluster:32765', 'host:eu-1'] as const)(
    'is not there for %s',
    (address) => expect(packAddress(address)).toBeUndefined(),
  );
});

describe('a road', () => {
  const ends = fc.tuple(fc.oneof(addresses, odd), fc.oneof(addresses, odd, fc.array(addresses, { maxLength: 3 })));

  test('leads back to both of its ends, whatever was asked before', () => {
    fc.assert(
      fc.property(fc.array(ends, { maxLength: 20 }), (asked) => {
        for (const [from, to] of asked) {
          const road = packRoad(from, to);
          if (road === undefined) continue;
          expect([roadFrom(road), roadTo(road)]).toStrictEqual([from, to]);
          // 31 bits: the engine keeps it without a box.
          expect(road).toBeLessThan(2 ** 30);
        }
      }),
    );
  });

  test('is not there to many nodes, nor to or from another host', () => {
    expect(packRoad('cluster:0', ['cluster:1'])).toBeUndefined();
    expect(packRoad('cluster:0', 'host:eu-1')).toBeUndefined();
    expect(packRoad('host:eu-1', 'cluster:0')).toBeUndefined();
    expect(packRoad('cluster:0', 'cluster:1')).toBeDefined();
  });
});
