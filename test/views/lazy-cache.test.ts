import { inspect } from 'node:util';
import { Collection } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Partition } from '../../src/views/partition.ts';
import { settle } from '../../src/views/settle.ts';

const shards = [0, 1, 2];

/** A partition of numbered entries by remainder. */
function partition(count: number) {
  const source = new Collection(Array.from({ length: count }, (_, n) => [`k${n}`, n] as const));
  return { source, whole: new Partition({ source, shards, ownerOf: (n) => n % shards.length }) };
}

function part(count: number, shard = 1): Collection<string, number> {
  return partition(count).whole.part(shard) as Collection<string, number>;
}

/** Everything a Collection can be asked, and what a plain one of the same entries answers. */
const questions: Record<string, (c: Collection<string, number>) => unknown> = {
  size: (c) => c.size,
  spread: (c) => [...c],
  entries: (c) => [...c.entries()],
  keys: (c) => [...c.keys()],
  values: (c) => [...c.values()],
  forEach: (c) => {
    const seen: number[] = [];
    c.forEach((n) => {
      seen.push(n);
    });
    return seen;
  },
  each: (c) => {
    const seen: number[] = [];
    c.each((n) => {
      seen.push(n);
    });
    return seen;
  },
  'new Map': (c) => new Map(c),
  'JSON text': (c) => JSON.stringify(c),
  toJSON: (c) => c.toJSON(),
  map: (c) => c.map((n) => n),
  filter: (c) => [...c.filter((n) => n > 4)],
  find: (c) => c.find((n) => n > 4),
  findKey: (c) => c.findKey((n) => n > 4),
  some: (c) => c.some((n) => n === 7),
  every: (c) => c.every((n) => n % 3 === 1),
  reduce: (c) => c.reduce((a, b) => a + b, 0),
  first: (c) => c.first(2),
  firstKey: (c) => c.firstKey(),
  last: (c) => c.last(),
  lastKey: (c) => c.lastKey(),
  mapValues: (c) => [...c.mapValues((n) => n + 1)],
  random: (c) => c.random(3).toSorted(),
  randomKey: (c) => c.randomKey(3).toSorted(),
  at: (c) => c.at(-1),
  keyAt: (c) => c.keyAt(1),
  hasAll: (c) => [c.hasAll('k1', 'k4'), c.hasAll('k1', 'k2')],
  hasAny: (c) => [c.hasAny('k2', 'k4'), c.hasAny('k2', 'k3')],
  partition: (c) => c.partition((n) => n > 4).map((each) => [...each]),
  clone: (c) => [...c.clone()],
  concat: (c) => [...c.concat(new Collection([['x', 0]]))],
  sorted: (c) => [...c.sorted((a, b) => b - a)],
  flatMap: (c) => [...c.flatMap((n) => new Collection([[`f${n}`, n]]))],
  difference: (c) => [...c.difference(new Collection([['k1', 0]]))],
  equals: (c) => c.equals(c.clone()),
  inspect: (c) => inspect(c),
  get: (c) => [c.get('k1'), c.get('k2'), c.get('none')],
  has: (c) => [c.has('k1'), c.has('k2'), c.has('none')],
};

describe('a part of a cache answers like a plain Collection of the same entries', () => {
  const plain = () => new Collection([1, 4, 7].map((n) => [`k${n}`, n] as const));
  test.each(Object.keys(questions))('%s, asked first', (name) => {
    expect(questions[name]?.(part(9))).toEqual(questions[name]?.(plain()));
  });
});

describe('a part of a cache', () => {
  test('is never empty by mistake, whichever member is asked first', () => {
    const members = Reflect.ownKeys(Collection.prototype).concat(Reflect.ownKeys(Map.prototype));
    const known = new Set<PropertyKey>(['constructor', Symbol.toStringTag]);
    const own = Object.getPrototypeOf(part(0)) as object;
    // Those that read by iterating need no version of their own; they are asked above.
    const isSafe = (key: string | symbol) => Object.hasOwn(own, key) || String(key) in questions;
    for (const key of members) if (!known.has(key)) expect(isSafe(key), String(key)).toBe(true);
  });

  test('arrives whole through structuredClone once its result is settled', () => {
    const cache = part(9);
    const result = { deep: [new Set([{ cache }])], cyclic: {} as object };
    result.cyclic = result;
    expect(structuredClone(cache).size).toBe(0);
    settle(result);
    expect(structuredClone(cache)).toEqual(new Map([1, 4, 7].map((n) => [`k${n}`, n])));
  });

  test('gives pairs that may be written to, and iterators like those of a map', () => {
    const own = part(9);
    for (const pair of own) pair[1] = 0;
    expect([...own.entries()]).toEqual([1, 4, 7].map((n) => [`k${n}`, n]));
    const entries = own.entries();
    expect(entries[Symbol.iterator]()).toBe(entries);
    expect([...entries].length + [...entries].length).toBe(3);
  });

  test('sets and deletes in the whole, and sees what a sibling sets', () => {
    const { source, whole } = partition(3);
    const mine = whole.part(1) as Collection<string, number>;
    mine.set('k4', 4).set('k5', 5);
    expect(source.get('k5')).toBe(5);
    expect([...mine.keys()]).toEqual(['k1', 'k4']);
    expect(whole.part(2)?.get('k5')).toBe(5);
    mine.sweep((n) => n === 4);
    expect([source.has('k4'), source.has('k5'), mine.size]).toEqual([false, true, 1]);
  });

  test('is the same object for the same shard', () => {
    const { whole } = partition(3);
    expect(whole.part(1)).toBe(whole.part(1));
    expect(whole.part(9)).toBeUndefined();
  });
});

test('parts are disjoint, complete and in order, whatever the entries', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string()), fc.integer({ min: 1, max: 9 }), (keys, count) => {
      const source = new Collection(keys.map((key) => [key, key.length]));
      const all = Array.from({ length: count }, (_, shard) => shard);
      const whole = new Partition({ source, shards: all, ownerOf: (length) => length % count });
      const parts = all.map((shard) => [...(whole.part(shard) ?? [])]);
      expect(parts.flat()).toHaveLength(source.size);
      for (const [shard, entries] of parts.entries()) {
        expect(entries).toEqual([...source].filter(([, length]) => length % count === shard));
      }
    }),
    { numRuns: 50 },
  );
});
