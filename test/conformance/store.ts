/** test/conformance/store: what every store does, wherever its values are. */
import { describe, expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { describeComputing } from './store-computing.ts';
import { describeModel } from './store-model.ts';

/** A store under test, seen from several places, with a clock that only the test moves. */
export interface Holding {
  readonly stores: readonly [Store, Store, ...Store[]];
  /** Lets time pass, in ms. */
  advance(ms: number): void;
}

const cycle: Record<string, unknown> = { name: 'cycle' };
cycle.self = cycle;

const values: readonly (readonly [name: string, value: unknown])[] = [
  ['text', 'zwölf €'],
  ['a number', 12.5],
  ['minus zero', -0],
  ['not a number', Number.NaN],
  ['null', null],
  ['a bigint', 2n ** 70n],
  ['a date', new Date(5)],
  ['a map', new Map([[1, { set: new Set(['a']) }]])],
  ['bytes', Uint8Array.of(0, 255, 123)],
  ['an object', { list: [1, 'two', { deep: true }], '': null }],
  ['an object with itself in it', cycle],
  ['quotes without end', '"\\'.repeat(200_000)],
  ['a long list of dates', Array.from({ length: 5_000 }, (_none, day) => new Date(day * 86_400_000))],
];

const badKeys: readonly unknown[] = ['', 'x'.repeat(1_025), 'a\0b', 5, null, undefined, {}, ['a']];

type Make = () => Holding;

/** Runs the conformance suite of stores over one place where values are. */
export function describeStore(name: string, make: Make): void {
  describe(`a store in ${name}`, () => {
    describeValues(make);
    describeTime(make);
    describeNumbers(make);
    describeConditions(make);
    describeNamespaces(make);
    describeComputing(make);
    describeModel(make);
  });
}

function describeValues(make: Make): void {
  test.each(values)('keeps %s as it is, for all who look', async (_name, value) => {
    const { stores } = make();
    await stores[0].set('k', value);
    for (const store of stores) expect(await store.get('k')).toStrictEqual(value);
  });

  test('has nothing under a key that was not set, and undefined under one that was set to it', async () => {
    const [store] = make().stores;
    expect([await store.get('k'), await store.has('k')]).toStrictEqual([undefined, false]);
    await store.set('k', undefined);
    expect([await store.get('k'), await store.has('k')]).toStrictEqual([undefined, true]);
  });

  test('gives copies, so that nobody changes what others see', async () => {
    const { stores } = make();
    const [one, other] = stores;
    const mine = { list: [1], bytes: Uint8Array.of(1) };
    await one.set('k', mine);
    mine.list.push(2);
    const seen = (await one.get<typeof mine>('k')) as typeof mine;
    seen.list.push(3);
    seen.bytes[0] = 9;
    expect(await one.get('k')).toStrictEqual({ list: [1], bytes: Uint8Array.of(1) });
    expect(await other.get('k')).toStrictEqual({ list: [1], bytes: Uint8Array.of(1) });
  });

  test('gives things with toJSON as their result', async () => {
    const [store] = make().stores;
    await store.set('k', { guild: { toJSON: () => ({ id: '1' }) } });
    expect(await store.get('k')).toStrictEqual({ guild: { id: '1' } });
  });

  test('refuses what cannot travel and what is too large, and keeps what was there', async () => {
    const [store] = make().stores;
    await store.set('k', 'before');
    const bad = store.set('k', { run: () => 1 });
    await expect(bad).rejects.toMatchObject({ code: 'UNSERIALISABLE', details: { path: 'value.run' } });
    const details = { key: 'k', bytes: 9_000_002, maxBytes: expect.any(Number) };
    await expect(store.set('k', 'x'.repeat(9_000_000))).rejects.toMatchObject({ code: 'VALUE_TOO_LARGE', details });
    expect(await store.get('k')).toBe('before');
  });

  test.each(badKeys)('refuses the key %o, in every method', async (bad) => {
    const [store] = make().stores;
    const key = bad as string;
    const attempts = [
      ...[store.get(key), store.set(key, 1), store.has(key), store.delete(key), store.ttl(key), store.touch(key, 1)],
      ...[
        store.increment(key),
        store.setIfAbsent(key, 1),
        store.compareAndSet(key, 1, 2),
        store.getOrSet(key, () => 1),
      ],
    ];
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: 'INVALID_KEY' });
    expect(() => store.namespace(key)).toThrow(expect.objectContaining({ code: 'INVALID_KEY' }));
  });

  test('takes every other key, those of objects too', async () => {
    const [store] = make().stores;
    const keys = ['__proto__', 'constructor', ' ', '0', 'ключ', '\ud800', 'x'.repeat(1_024), 'a:b', 'a/b', '*'];
    for (const [n, key] of keys.entries()) await store.set(key, n);
    expect(await Promise.all(keys.map((key) => store.get(key)))).toStrictEqual([...keys.keys()]);
    expect((await store.keys()).sort()).toStrictEqual([...keys].sort());
  });

  test('deletes one value, or all', async () => {
    const [store, other] = make().stores;
    for (const key of ['a', 'b', 'c']) await store.set(key, key);
    expect([await store.delete('a'), await other.delete('a')]).toStrictEqual([true, false]);
    expect([await other.size(), (await other.keys()).sort()]).toStrictEqual([2, ['b', 'c']]);
    expect([await other.clear(), await other.clear(), await store.size()]).toStrictEqual([2, 0, 0]);
  });

  test('counts what it holds and how it is used', async () => {
    const { stores, advance } = make();
    const [store] = stores;
    await store.set('short', 1, { ttlMs: 10 });
    await store.set('long', 'four');
    await store.get('short');
    await store.get('nothing');
    await store.has('nothing');
    advance(10);
    expect(await store.stats()).toStrictEqual({
      ...{ entries: 1, bytes: 128 + 4 + 6, hits: 1, misses: 1 },
      ...{ evictions: 0, expired: 1 },
    });
  });
}

function describeTime(make: Make): void {
  test('forgets a value when its time is over, and not before', async () => {
    const { stores, advance } = make();
    const [store, other] = stores;
    await store.set('k', 'v', { ttlMs: 1_000 });
    expect(await other.ttl('k')).toBe(1_000);
    advance(999);
    expect([await other.get('k'), await other.ttl('k')]).toStrictEqual(['v', 1]);
    advance(1);
    expect([await other.get('k'), await other.has('k'), await other.ttl('k')]).toStrictEqual([
      undefined,
      false,
      undefined,
    ]);
    expect([await store.keys(), await store.size(), await store.delete('k')]).toStrictEqual([[], 0, false]);
  });

  test.each([
    ['ttlMs', { ttlMs: 50 }],
    ['ttl, the older name', { ttl: 50 }],
    ['a number', 50],
  ])('takes the time to live as %s', async (_name, options) => {
    const [store] = make().stores;
    await store.set('k', 1, options);
    await store.setIfAbsent('absent', 1, options);
    await store.compareAndSet('swap', undefined, 1, options);
    await store.increment('sum', 1, options);
    await store.getOrSet('made', () => 1, options);
    for (const key of ['k', 'absent', 'swap', 'sum', 'made']) expect([key, await store.ttl(key)]).toEqual([key, 50]);
  });

  test.each([undefined, null, Number.POSITIVE_INFINITY])(
    'keeps a value for ever with the time to live %o',
    async (ttlMs) => {
      const { stores, advance } = make();
      await stores[0].set('k', 'v', { ttlMs } as object);
      advance(1e12);
      expect([await stores[1].get('k'), await stores[1].ttl('k')]).toStrictEqual(['v', null]);
    },
  );

  test.each([0, -1, Number.NEGATIVE_INFINITY])('with the time to live %o has nothing afterwards', async (ttlMs) => {
    const [store] = make().stores;
    await store.set('k', 'before');
    await store.set('k', 'v', { ttlMs });
    expect([await store.get('k'), await store.has('k'), await store.size()]).toStrictEqual([undefined, false, 0]);
  });

  test('gives a value that is set again a time of its own', async () => {
    const { stores, advance } = make();
    const [store] = stores;
    await store.set('k', 1, { ttlMs: 100 });
    await store.set('k', 2);
    advance(1_000);
    expect([await store.get('k'), await store.ttl('k')]).toStrictEqual([2, null]);
    await store.set('k', 3, { ttlMs: 10 });
    await store.set('k', 4, { ttlMs: 100 });
    advance(50);
    expect(await store.ttl('k')).toBe(50);
  });

  test('gives a value a new time when it is touched', async () => {
    const { stores, advance } = make();
    const [store, other] = stores;
    await store.set('k', 'v', { ttlMs: 100 });
    expect([await other.touch('k', 500), await store.ttl('k')]).toStrictEqual([true, 500]);
    advance(400);
    expect([await other.touch('k', null), await store.ttl('k')]).toStrictEqual([true, null]);
    expect([await other.touch('k', 0), await store.has('k')]).toStrictEqual([true, false]);
    expect(await other.touch('k', 500)).toBe(false);
    await expect(other.touch('k', undefined as never)).rejects.toMatchObject({ code: 'INVALID_OPTION' });
  });

  test.each([
    ['ttlMs', { ttlMs: Number.NaN }],
    ['ttlMs', { ttl: '500' }],
    ['tll', { tll: 500 }],
    ['leaseMs', { leaseMs: 500 }],
    ['timeoutMs', { timeout: 'soon' }],
  ])('refuses a wrong option by its name: %s in %o', async (option, options) => {
    const [store] = make().stores;
    const refused = store.set('k', 1, options as object);
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_OPTION', details: { option } });
    expect(await store.has('k')).toBe(false);
  });

  test('takes the deadline of a read as a number, and under its older name', async () => {
    const [store] = make().stores;
    await store.set('k', 1, { ttl: 1_000, timeout: 5_000 });
    expect([await store.get('k', 5_000), await store.has('k', { timeout: 5_000 })]).toStrictEqual([1, true]);
  });
}

function describeNumbers(make: Make): void {
  test('adds to a number, and to 0 where there is none', async () => {
    const [store, other] = make().stores;
    expect([await store.increment('n'), await other.increment('n', 5), await store.increment('n', -0.5)]).toEqual([
      1, 6, 5.5,
    ]);
    expect(await other.get('n')).toBe(5.5);
  });

  test('loses no addition, however many add at once', async () => {
    const { stores } = make();
    const sums = await Promise.all(
      Array.from({ length: 300 }, (_none, n) => stores[n % stores.length]?.increment('n')),
    );
    expect(sums.sort((a, b) => Number(a) - Number(b))).toStrictEqual(Array.from({ length: 300 }, (_none, n) => n + 1));
  });

  test('lets a number keep its time when it is added to', async () => {
    const { stores, advance } = make();
    const [store] = stores;
    await store.increment('n', 1, { ttlMs: 100 });
    advance(60);
    expect([await store.increment('n', 1, { ttlMs: 100 }), await store.ttl('n')]).toStrictEqual([2, 40]);
    advance(40);
    expect(await store.increment('n')).toBe(1);
    expect(await store.ttl('n')).toBe(null);
  });

  test.each([
    ['5', 'a string'],
    [null, 'null'],
    [undefined, 'undefined'],
    [5n, 'a bigint'],
    [{ n: 1 }, 'an object'],
    [[1], 'a value of type Array'],
    [new Date(0), 'a value of type Date'],
  ])('refuses to add to %o, names its kind and keeps it', async (value, received) => {
    const [store] = make().stores;
    await store.set('n', value);
    const details = { key: 'n', received };
    await expect(store.increment('n')).rejects.toMatchObject({ code: 'NOT_A_NUMBER', details });
    expect(await store.get('n')).toStrictEqual(value);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, '1', null])('refuses to add %o', async (by) => {
    const [store] = make().stores;
    await expect(store.increment('n', by as number)).rejects.toMatchObject({ details: { option: 'by' } });
    expect(await store.has('n')).toBe(false);
  });
}

function describeConditions(make: Make): void {
  test('writes where nothing is for one of all who try', async () => {
    const { stores, advance } = make();
    const tries = stores.map((store, n) => store.setIfAbsent('lock', n, { ttlMs: 100 }));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    expect(await stores[0].setIfAbsent('lock', 'again')).toBe(false);
    advance(100);
    expect(await stores[1].setIfAbsent('lock', 'again')).toBe(true);
  });

  test('swaps a value for one of all who try', async () => {
    const { stores } = make();
    await stores[0].set('k', { owner: 'nobody', at: 1 });
    const tries = stores.map((store, n) => store.compareAndSet('k', { at: 1, owner: 'nobody' }, { owner: n, at: 2 }));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    expect(await stores[0].get('k')).toMatchObject({ at: 2 });
  });

  test('expects undefined where nothing is', async () => {
    const [store] = make().stores;
    expect(await store.compareAndSet('k', 1, 2)).toBe(false);
    expect(await store.compareAndSet('k', undefined, 2)).toBe(true);
    expect(await store.compareAndSet('k', undefined, 3)).toBe(false);
    await store.set('k', undefined);
    expect(await store.compareAndSet('k', undefined, 3)).toBe(true);
  });

  test.each(values)('finds %s equal to what it gave of it, and different from anything else', async (_name, value) => {
    const [store, other] = make().stores;
    await store.set('k', value);
    expect(await other.compareAndSet('k', { something: 'else' }, 'wrong')).toBe(false);
    expect(await other.compareAndSet('k', await other.get('k'), 'right')).toBe(true);
    expect(await store.get('k')).toBe('right');
  });

  test('tells like from alike', async () => {
    const [store] = make().stores;
    const pairs = [
      [0, -0],
      [1, '1'],
      [null, undefined],
      [[], {}],
      [{ a: 1 }, { a: 2 }],
      [
        { a: 1, b: 22 },
        { a: 11, b: 2 },
      ],
    ];
    for (const [there, expected] of pairs) {
      await store.set('k', there);
      expect([there, expected, await store.compareAndSet('k', expected, 'swapped')]).toStrictEqual([
        there,
        expected,
        false,
      ]);
    }
  });

  test('finds the same number equal in each of its forms', async () => {
    const [store] = make().stores;
    // A field that once held a fraction keeps whole numbers in another form, and v8 writes what it finds.
    const field = { n: 0.5, at: new Date(0) };
    field.n = 5;
    await store.set('k', field);
    expect(await store.compareAndSet('k', { n: 5, at: new Date(0) }, 'swapped')).toBe(true);
  });
}

function describeNamespaces(make: Make): void {
  test('keeps namespaces apart, from each other and from the store around them', async () => {
    const [store, other] = make().stores;
    const all = [
      store,
      store.namespace('a'),
      store.namespace('a').namespace('b'),
      store.namespace('a:b'),
      other.namespace('b'),
    ];
    for (const [n, space] of all.entries())
      for (const key of ['a', 'b', 'a:b', 'b:a']) await space.set(key, `${n}${key}`);
    for (const [n, space] of all.entries()) {
      expect(await space.get('a:b')).toBe(`${n}a:b`);
      expect([await space.size(), (await space.keys()).sort()]).toStrictEqual([4, ['a', 'a:b', 'b', 'b:a']]);
    }
    expect(await other.namespace('a').clear()).toBe(4);
    expect(await Promise.all(all.map((space) => space.size()))).toStrictEqual([4, 0, 4, 4, 4]);
    expect(await store.clear()).toBe(4);
    expect(await Promise.all(all.map((space) => space.size()))).toStrictEqual([0, 0, 4, 4, 4]);
    expect((await store.stats()).entries).toBe(12);
  });

  test('has all of the store in a namespace', async () => {
    const { stores, advance } = make();
    const space = stores[0].namespace('cooldowns');
    const same = stores[1].namespace('cooldowns');
    expect([await space.increment('n', 2, { ttlMs: 10 }), await same.ttl('n'), await stores[1].has('n')]).toEqual([
      2,
      10,
      false,
    ]);
    expect([await same.setIfAbsent('n', 1), await same.compareAndSet('n', 2, 3)]).toStrictEqual([false, true]);
    expect(await same.getOrSet('m', () => 'made', { ttlMs: 5 })).toBe('made');
    advance(5);
    expect([await space.has('m'), await space.touch('n', 1), await space.delete('n')]).toStrictEqual([
      false,
      true,
      true,
    ]);
  });

  test('names a key of a namespace with it', async () => {
    const space = make().stores[0].namespace('economy').namespace('eu');
    await space.set('coins', 'many');
    await expect(space.increment('coins')).rejects.toMatchObject({ details: { key: 'economy / eu / coins' } });
    await expect(space.set('x'.repeat(1_014), 1)).rejects.toMatchObject({ code: 'INVALID_KEY' });
  });
}
