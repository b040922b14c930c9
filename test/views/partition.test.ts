import { Collection } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Partition } from '../../src/views/partition.ts';

const shards = [0, 1, 2];

describe('a partition', () => {
  test('gives each part its own entries, in the order of the whole, however the owners are mixed', () => {
    fc.assert(
      // An owner of 3 is a shard nobody asked for.
      fc.property(fc.array(fc.nat({ max: 3 })), (owners) => {
        const source = new Collection(owners.map((owner, n) => [`k${n}`, { owner }] as const));
        for (const read of ['entries', 'keys', 'values'] as const) {
          const whole = new Partition({ source, shards, ownerOf: ({ owner }) => owner });
          for (const shard of shards) {
            const own = source.filter(({ owner }) => owner === shard);
            const part = whole.part(shard);
            expect([...(part?.[read]() ?? [])]).toEqual([...own[read]()]);
            expect(part?.size).toBe(own.size);
          }
        }
      }),
    );
  });

  test('asks for the owner of no entry before somebody reads', () => {
    let asked = 0;
    const source = new Map([['a', 1]]);
    const whole = new Partition({ source, shards, ownerOf: () => asked++ });
    whole.part(1);
    expect(asked).toBe(0);
  });

  test('has ended for good once its entries are through', () => {
    const source = new Map([['a', 0]]);
    const pairs = new Partition({ source, shards, ownerOf: (n) => n }).part(0)?.entries();
    expect(pairs?.next().value).toEqual(['a', 0]);
    expect([pairs?.next().done, pairs?.next().done]).toEqual([true, true]);
  });
});
