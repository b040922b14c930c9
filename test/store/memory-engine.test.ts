/** test/store/memory-engine: the store in memory: what every store does, and what it does when it is full. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StoreStats } from '../../src/store/engine.ts';
import { reachInProcess } from '../../src/store/in-process.ts';
import { MemoryEngine, type MemorySetup } from '../../src/store/memory-engine.ts';
import { defaultCaps } from '../../src/store/options.ts';
import { Store } from '../../src/store/store.ts';
import { describeStore } from '../conformance/store.ts';

const open = (setup: MemorySetup = {}) => {
  const engine = new MemoryEngine(setup);
  return { engine, store: new Store(reachInProcess(engine)) };
};

describeStore('memory', () => {
  let now = 5_000;
  const { engine, store } = open({ now: () => now });
  return {
    stores: [store, new Store(reachInProcess(engine)), store],
    advance: (ms) => {
      now += ms;
    },
  };
});

describe('a full store', () => {
  const most = (maxEntries: number) => ({ ...defaultCaps, maxEntries });

  test('lets the least recently used values go, and counts them', async () => {
    const { store } = open({ caps: most(3) });
    for (const key of ['a', 'b', 'c']) await store.set(key, key);
    await store.get('a');
    await store.has('b');
    await store.set('d', 'd');
    expect((await store.keys()).sort()).toStrictEqual(['a', 'c', 'd']);
    await store.touch('c', null);
    await store.increment('n');
    expect((await store.keys()).sort()).toStrictEqual(['c', 'd', 'n']);
    expect(await store.stats()).toMatchObject({ entries: 3, evictions: 2, expired: 0 });
  });

  test('lets values go by their bytes, those of keys counted', async () => {
    const { store } = open({ caps: { ...defaultCaps, maxBytes: 1_000 } });
    for (const key of ['a', 'b', 'c']) await store.set(key, 'x'.repeat(98));
    expect(await store.stats()).toMatchObject({ entries: 3, bytes: 3 * (128 + 1 + 100), evictions: 0 });
    await store.set('k'.repeat(200), 'ü'.repeat(100));
    expect(await store.stats()).toMatchObject({ entries: 3, bytes: 2 * 229 + 128 + 200 + 202, evictions: 1 });
    expect(await store.has('a')).toBe(false);
    await store.set('b', 1);
    await store.clear();
    expect(await store.stats()).toMatchObject({ entries: 0, bytes: 0 });
  });

  test('refuses a value that is larger than all of it, and keeps what it has', async () => {
    const { store } = open({ caps: { ...defaultCaps, maxBytes: 1_000 } });
    await store.set('k', 'before');
    const details = { key: 'k', bytes: 128 + 1 + 1_002, maxBytes: 1_000 };
    await expect(store.set('k', 'x'.repeat(1_000))).rejects.toMatchObject({ code: 'VALUE_TOO_LARGE', details });
    expect([await store.get('k'), (await store.stats()).entries]).toStrictEqual(['before', 1]);
  });

  test('tells all who wait for a computed value that it is too large', async () => {
    const { store } = open({ caps: { ...defaultCaps, maxBytes: 1_000 } });
    const big = () => Promise.resolve('x'.repeat(1_000));
    const asked = await Promise.allSettled([store.getOrSet('k', big), store.getOrSet('k', big)]);
    expect(asked[0]).toMatchObject({ reason: { code: 'VALUE_TOO_LARGE' } });
    expect(asked[1]).toMatchObject({ reason: { code: 'COMPUTE_FAILED', cause: { code: 'VALUE_TOO_LARGE' } } });
    expect(await store.getOrSet('k', () => 'small')).toBe('small');
  });

  test('makes room with what is over before anything that is not', async () => {
    let now = 0;
    const { store } = open({ caps: most(2), now: () => now });
    await store.set('lasts', 1);
    await store.set('ends', 2, { ttlMs: 10 });
    now = 10;
    await store.set('new', 3);
    expect((await store.keys()).sort()).toStrictEqual(['lasts', 'new']);
    expect(await store.stats()).toMatchObject({ evictions: 0, expired: 1 });
  });

  test('says so once', async () => {
    const told: StoreStats[] = [];
    const { store } = open({ caps: most(1), onFull: (stats) => void told.push(stats) });
    for (const key of ['a', 'b', 'c', 'd']) await store.set(key, key);
    expect(told).toMatchObject([{ entries: 1, evictions: 1 }]);
  });

  test('forgets when a value that went would have been over', async () => {
    let now = 0;
    const { store } = open({ caps: most(1), now: () => now });
    await store.set('a', 1, { ttlMs: 10 });
    await store.set('b', 2);
    now = 20;
    expect(await store.stats()).toMatchObject({ entries: 1, evictions: 1, expired: 0 });
  });
});

describe('values that are over', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('leave memory within a second, though nobody looks at them, by one timer for all', async () => {
    const { engine, store } = open();
    for (let n = 0; n < 500; n++) await store.set(`k${n}`, n, { ttlMs: 100 + n });
    await store.set('lasts', 1);
    expect([vi.getTimerCount(), engine.entries().length]).toStrictEqual([1, 501]);
    vi.advanceTimersByTime(1_600);
    expect([vi.getTimerCount(), (await store.stats()).expired]).toStrictEqual([0, 500]);
  });

  test('of a key that is set again and again leave nothing behind', async () => {
    const { store } = open();
    for (let n = 0; n < 10_000; n++) await store.set('hot', n, { ttlMs: 3_600_000 });
    expect((await store.stats()).bytes).toBe(128 + 3 + 4);
    vi.advanceTimersByTime(3_700_000);
    expect(await store.stats()).toMatchObject({ entries: 0, bytes: 0, expired: 1 });
  });
});

test('a value that takes part of a larger piece of memory is held without the rest', () => {
  const { engine } = open();
  const piece = Buffer.alloc(65_536);
  engine.set({ format: 'v8', data: piece.subarray(10, 20), key: 'k', ttlMs: null, when: 'always' });
  const [held] = engine.entries();
  expect(held?.value.body).toMatchObject({ format: 'v8', data: { buffer: { byteLength: 10 } } });
});

test('every write and every removal is a change, a look is none', async () => {
  const { engine, store } = open();
  const changed = async (act: () => Promise<unknown>): Promise<boolean> => {
    const before = engine.changes;
    await act();
    return engine.changes !== before;
  };
  expect(await changed(() => store.set('k', 1))).toBe(true);
  expect(await changed(() => store.increment('k'))).toBe(true);
  expect(await changed(() => store.touch('k', 5_000))).toBe(true);
  expect(await changed(() => store.setIfAbsent('k', 1))).toBe(false);
  expect(await changed(() => store.compareAndSet('k', 9, 1))).toBe(false);
  expect(await changed(() => Promise.all([store.get('k'), store.has('k'), store.keys(), store.ttl('k')]))).toBe(false);
  expect(await changed(() => store.delete('k'))).toBe(true);
  expect(await changed(() => store.clear())).toBe(false);
});
