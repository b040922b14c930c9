/** test/conformance/store-model: a store does what a plain map with times does, whatever it is told in whatever order. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import type { Holding } from './store.ts';

/** The store as it should be: a map, and a clock. */
class Model {
  now = 0;
  readonly values = new Map<string, { readonly value: unknown; readonly endsAt: number }>();

  get(key: string): unknown {
    const held = this.values.get(key);
    return held === undefined || held.endsAt <= this.now ? undefined : held.value;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: unknown, ttlMs: number | null): void {
    this.values.set(key, { value, endsAt: ttlMs === null ? Number.POSITIVE_INFINITY : this.now + ttlMs });
  }

  left(key: string): number | null | undefined {
    if (!this.has(key)) return undefined;
    const { endsAt } = this.values.get(key) as { endsAt: number };
    return endsAt === Number.POSITIVE_INFINITY ? null : endsAt - this.now;
  }

  keys(): string[] {
    return [...this.values.keys()].filter((key) => this.has(key)).sort();
  }
}

interface Real {
  readonly holding: Holding;
  /** Each step is done by another of those who share the store. */
  next(): Store;
}

type Step = fc.AsyncCommand<Model, Real>;

const step = (name: string, run: (model: Model, store: Store, real: Real) => Promise<void>): Step => ({
  check: () => true,
  run: (model, real) => run(model, real.next(), real),
  toString: () => name,
});

const key = fc.constantFrom('a', 'b', 'c');
const value = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom<unknown>('text', 'more', null, 5n, { a: 1, b: [2] }, { b: [2], a: 1 }, new Date(1)),
);
const ttl = fc.option(fc.integer({ min: -1, max: 40 }));
/** What gives equality between values here: the model holds them as they were given. */
const alike = (a: unknown, b: unknown): boolean => {
  try {
    expect(a).toStrictEqual(b);
    return true;
  } catch {
    // Not alike: that is the answer.
    return false;
  }
};

const steps: fc.Arbitrary<Step>[] = [
  fc.tuple(key, value, ttl).map(([k, v, ttlMs]) =>
    step(`set ${k} ${String(v)} ${ttlMs}`, async (model, store) => {
      await store.set(k, v, { ttlMs });
      model.set(k, v, ttlMs);
    }),
  ),
  fc.tuple(key, value, ttl).map(([k, v, ttlMs]) =>
    step(`setIfAbsent ${k} ${String(v)} ${ttlMs}`, async (model, store) => {
      expect(await store.setIfAbsent(k, v, { ttlMs })).toBe(!model.has(k));
      if (!model.has(k)) model.set(k, v, ttlMs);
    }),
  ),
  fc.tuple(key, fc.option(value, { nil: undefined }), value).map(([k, expected, v]) =>
    step(`compareAndSet ${k} ${String(expected)} ${String(v)}`, async (model, store) => {
      const fits = alike(model.get(k), expected);
      expect(await store.compareAndSet(k, expected, v)).toBe(fits);
      if (fits) model.set(k, v, null);
    }),
  ),
  fc.tuple(key, fc.integer({ min: -3, max: 3 }), ttl).map(([k, by, ttlMs]) =>
    step(`increment ${k} ${by} ${ttlMs}`, async (model, store) => {
      const before = model.get(k) ?? (model.has(k) ? 'null' : 0);
      if (typeof before !== 'number') {
        await expect(store.increment(k, by)).rejects.toMatchObject({ code: 'NOT_A_NUMBER' });
        return;
      }
      const left = model.left(k);
      expect(await store.increment(k, by, { ttlMs })).toBe(before + by);
      model.set(k, before + by, left === undefined ? ttlMs : left);
    }),
  ),
  fc.tuple(key, ttl).map(([k, ttlMs]) =>
    step(`touch ${k} ${ttlMs}`, async (model, store) => {
      expect(await store.touch(k, ttlMs)).toBe(model.has(k));
      if (model.has(k)) model.set(k, model.get(k), ttlMs);
    }),
  ),
  fc.tuple(key, value, ttl).map(([k, v, ttlMs]) =>
    step(`getOrSet ${k} ${String(v)} ${ttlMs}`, async (model, store) => {
      expect(await store.getOrSet(k, () => v, { ttlMs })).toStrictEqual(model.has(k) ? model.get(k) : v);
      if (!model.has(k)) model.set(k, v, ttlMs);
    }),
  ),
  key.map((k) =>
    step(`delete ${k}`, async (model, store) => {
      expect(await store.delete(k)).toBe(model.has(k));
      model.values.delete(k);
    }),
  ),
  fc.constant(
    step('clear', async (model, store) => {
      expect(await store.clear()).toBe(model.keys().length);
      model.values.clear();
    }),
  ),
  fc.integer({ min: 1, max: 30 }).map((ms) =>
    step(`${ms} ms pass`, async (model, _store, { holding }) => {
      model.now += ms;
      holding.advance(ms);
    }),
  ),
  key.map((k) =>
    step(`look at ${k}`, async (model, store) => {
      expect([await store.get(k), await store.has(k), await store.ttl(k)]).toStrictEqual([
        model.get(k),
        model.has(k),
        model.left(k),
      ]);
      expect([(await store.keys()).sort(), await store.size()]).toStrictEqual([model.keys(), model.keys().length]);
    }),
  ),
];

/** The part of the conformance suite that compares with the model. */
export function describeModel(make: () => Holding): void {
  test('does what the model does', async () => {
    const property = fc.asyncProperty(fc.commands(steps, { maxCommands: 60, size: '+1' }), async (commands) => {
      const holding = make();
      let turn = 0;
      const next = (): Store => holding.stores[turn++ % holding.stores.length] as Store;
      await fc.asyncModelRun(() => ({ model: new Model(), real: { holding, next } }), commands);
      expect((await holding.stores[0].stats()).entries).toBe((await holding.stores[0].keys()).length);
    });
    await fc.assert(property, { numRuns: 100 });
  });
}
