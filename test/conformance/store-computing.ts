/** test/conformance/store-computing: what every store does for values that are computed. */
import { describe, expect, test } from 'vitest';
import type { Holding } from './store.ts';

/** A computation that ends when the test says so, and counts how often it was begun. */
export class Work {
  begun = 0;
  readonly #ends: ((value: unknown) => void)[] = [];
  #wake: () => void = () => undefined;

  readonly run = (): Promise<unknown> => {
    this.begun += 1;
    const done = new Promise((resolve) => this.#ends.push(resolve));
    this.#wake();
    return done;
  };

  /** Waits until it was begun so often. */
  async began(times = 1): Promise<void> {
    while (this.begun < times) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Ends one of its runs: with a value, or by throwing an error. */
  end(outcome: unknown, run = 0): void {
    this.#ends[run]?.(outcome instanceof Error ? Promise.reject(outcome) : outcome);
  }
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;

/** The part of the conformance suite that is about `getOrSet`. */
export function describeComputing(make: () => Holding): void {
  describe('that computes', () => {
    /** All ask for one key; each of them has asked when it returns. */
    const askAll = async ({ stores }: Holding, work: Work, options?: object): Promise<Promise<unknown>[]> => {
      const asked = [...stores, ...stores].map((store) => store.getOrSet('k', work.run, options));
      // What fails is looked at by the test, later.
      for (const ask of asked) ask.catch(() => undefined);
      await work.began();
      // A call that is answered after them has them all under way.
      await Promise.all(stores.map((store) => store.has('k')));
      return asked;
    };

    test('does so once for all who ask, and keeps the value', async () => {
      const holding = make();
      const work = new Work();
      const asked = await askAll(holding, work, { ttlMs: 100 });
      work.end({ at: new Date(7) });
      for (const value of await Promise.all(asked)) expect(value).toStrictEqual({ at: new Date(7) });
      expect(work.begun).toBe(1);
      expect(await holding.stores[1].getOrSet('k', work.run)).toStrictEqual({ at: new Date(7) });
      expect([work.begun, await holding.stores[0].ttl('k')]).toStrictEqual([1, 100]);
      holding.advance(100);
      expect(await holding.stores[1].getOrSet('k', () => 'anew')).toBe('anew');
    });

    test('does so for each key by itself', async () => {
      const [store, other] = make().stores;
      const work = new Work();
      const waiting = store.getOrSet('slow', work.run);
      await work.began();
      expect(await other.getOrSet('quick', () => 1)).toBe(1);
      expect(await other.namespace('n').getOrSet('slow', () => 2)).toBe(2);
      work.end(3);
      expect(await waiting).toBe(3);
    });

    test('tells all who asked what was thrown, with its cause, and keeps nothing', async () => {
      const holding = make();
      const work = new Work();
      const asked = await askAll(holding, work);
      const down = Object.assign(new RangeError('no connection', { cause: new Error('port closed') }), {
        code: 'E_DB',
      });
      work.end(down);
      for (const ask of asked) {
        const error = await ask.catch((thrown: unknown) => thrown as Error);
        expect(error).toMatchObject({ code: 'COMPUTE_FAILED', details: { key: 'k', message: 'no connection' } });
        expect((error as Error).cause).toMatchObject({
          name: 'RangeError',
          code: 'E_DB',
          cause: { message: 'port closed' },
        });
      }
      expect([work.begun, await holding.stores[0].has('k')]).toStrictEqual([1, false]);
      expect(await holding.stores[1].getOrSet('k', () => 'better')).toBe('better');
    });

    test('tells all who asked when the value cannot be kept', async () => {
      const holding = make();
      const work = new Work();
      const asked = await askAll(holding, work);
      work.end(() => 1);
      const codes = await Promise.all(
        asked.map((ask) => ask.catch((error: Error) => [codeOf(error), codeOf(error.cause)])),
      );
      expect(codes).toStrictEqual(asked.map(() => ['COMPUTE_FAILED', 'UNSERIALISABLE']));
    });

    test('refuses to wait for itself, also by way of another key', async () => {
      const [store] = make().stores;
      const itself = { code: 'COMPUTES_ITSELF', details: { key: 'k' } };
      const direct = store.getOrSet('k', () => store.getOrSet('k', () => 1));
      await expect(direct).rejects.toMatchObject({ code: 'COMPUTE_FAILED', cause: itself });
      const byAnother = store.getOrSet('k', () => store.getOrSet('other', () => store.getOrSet('k', () => 1)));
      await expect(byAnother).rejects.toMatchObject({ code: 'COMPUTE_FAILED', cause: { cause: itself } });
    });

    test('lets a computation ask for other keys, for what it wrote itself, and again when it is over', async () => {
      const [store, other] = make().stores;
      let later: Promise<unknown> | undefined;
      let goOn: () => void = () => undefined;
      const over = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      const computed = await store.getOrSet('k', async () => {
        later = over.then(() => store.getOrSet('k', () => 'anew'));
        await store.set('k', 'written');
        const inside = [await store.getOrSet('k', () => 1), await store.namespace('n').getOrSet('k', () => 2)];
        return [...inside, await store.getOrSet('l', () => 3)];
      });
      expect([computed, await store.namespace('n').get('k'), await other.get('l')]).toStrictEqual(['written', 2, 3]);
      await other.delete('k');
      goOn();
      expect(await later).toBe('anew');
    });

    test('takes a function that throws at once as well', async () => {
      const [store, other] = make().stores;
      const thrower = (): never => {
        throw new Error('at once');
      };
      await expect(store.getOrSet('k', thrower)).rejects.toMatchObject({ code: 'COMPUTE_FAILED' });
      expect(await other.getOrSet('k', () => undefined)).toBeUndefined();
      expect(await store.getOrSet('k', thrower)).toBeUndefined();
    });

    test('gives a value that is over at once to all who wait for it, and keeps nothing', async () => {
      const holding = make();
      const work = new Work();
      const asked = await askAll(holding, work, { ttlMs: 0 });
      work.end('once');
      expect(await Promise.all(asked)).toStrictEqual(asked.map(() => 'once'));
      expect([work.begun, await holding.stores[0].has('k')]).toStrictEqual([1, false]);
    });

    test('takes what is written meanwhile for the value', async () => {
      const holding = make();
      const work = new Work();
      const asked = await askAll(holding, work);
      await holding.stores[1].set('k', 'written');
      work.end('computed from what was there before');
      expect(await Promise.all(asked)).toStrictEqual(asked.map(() => 'written'));
      expect(await holding.stores[0].get('k')).toBe('written');
    });

    test.each([
      ['deleted', (holding: Holding) => holding.stores[1].delete('k')],
      ['cleared', (holding: Holding) => holding.stores[1].clear()],
    ])('computes anew when the key is %s meanwhile', async (_how, remove) => {
      const holding = make();
      const work = new Work();
      const asked = await askAll(holding, work);
      await remove(holding);
      await work.began(2);
      work.end('out of date');
      work.end('fresh', 1);
      expect(await Promise.all(asked)).toStrictEqual(asked.map(() => 'fresh'));
      expect([work.begun, await holding.stores[0].get('k')]).toStrictEqual([2, 'fresh']);
    });

    test('lets the next who waits compute when the first takes longer than its lease; the first to end counts', async () => {
      const holding = make();
      const [store, other] = holding.stores;
      const work = new Work();
      const slow = store.getOrSet('k', work.run, { leaseMs: 1_000 });
      await work.began();
      holding.advance(999);
      const next = other.getOrSet('k', work.run);
      await other.has('k');
      expect(work.begun).toBe(1);
      holding.advance(1);
      await work.began(2);
      const waits = store.getOrSet('k', work.run);
      work.end('first');
      expect(await Promise.all([slow, waits])).toStrictEqual(['first', 'first']);
      work.end('second', 1);
      expect([await next, await store.get('k'), work.begun]).toStrictEqual(['first', 'first', 2]);
    });

    test('lets who comes after the lease compute at once when nobody waited', async () => {
      const holding = make();
      const [store, other] = holding.stores;
      const work = new Work();
      const slow = store.getOrSet('k', work.run, { leaseMs: 1_000 });
      await work.began();
      holding.advance(1_000);
      expect(await other.getOrSet('k', () => 'quick')).toBe('quick');
      work.end('slow');
      expect(await slow).toBe('quick');
    });

    test('hears of a failure only when nobody computes any more', async () => {
      const holding = make();
      const [store, other] = holding.stores;
      const work = new Work();
      const slow = store.getOrSet('k', work.run, { leaseMs: 1_000 });
      await work.began();
      holding.advance(1_000);
      const next = other.getOrSet('k', work.run);
      await work.began(2);
      const waits = other.getOrSet('k', work.run);
      work.end(new Error('no connection'));
      await expect(slow).rejects.toMatchObject({ code: 'COMPUTE_FAILED' });
      work.end('second', 1);
      expect(await Promise.all([next, waits])).toStrictEqual(['second', 'second']);
    });

    test('gives up waiting by deadline and by signal; the others wait on', async () => {
      const { stores } = make();
      const work = new Work();
      const first = stores[0].getOrSet('k', work.run);
      await work.began();
      const control = new AbortController();
      const late = stores[1].getOrSet('k', work.run, { timeoutMs: 30 });
      const given = stores[1].getOrSet('k', work.run, { signal: control.signal });
      const waits = stores[1].getOrSet('k', work.run, { timeoutMs: null });
      await expect(late).rejects.toMatchObject({ code: 'CALL_TIMEOUT', details: { timeoutMs: 30 } });
      control.abort();
      await expect(given).rejects.toMatchObject({ code: 'CALL_ABORTED' });
      work.end('value');
      expect([await first, await waits, work.begun]).toStrictEqual(['value', 'value', 1]);
    });
  });
}
