/** test/features/result-collection: an entry for everybody, the answers and the failures told apart. */
import { describe, expect, test } from 'vitest';
import { ShardliftError } from '../../src/errors.ts';
import { ResultCollection, type ResultEntry, ResultPromise } from '../../src/features/result-collection.ts';

const ok = <T>(id: number, value: T): ResultEntry<T> => ({ id, ok: true, value });
const dead = new ShardliftError('NO_ROUTE', { to: 'cluster:1' });
const failed = (id: number, error: Error = dead): ResultEntry<never> => ({ id, ok: false, clusterId: id, error });

const whole = new ResultCollection([ok(0, 10), ok(1, 20), ok(2, 12)]);
const holed = new ResultCollection<number>([ok(0, 10), failed(1), ok(2, 12), failed(3, new Error('late'))]);
const early = new ResultCollection<number>([ok(0, 10), { id: 1, ok: true, value: 3, starting: true }]);
const empty = new ResultCollection<number>([]);

describe('a collection', () => {
  test('counts answers and failures', () => {
    expect([whole.size, whole.successCount, whole.errorCount, whole.allOk()]).toEqual([3, 3, 0, true]);
    expect([holed.size, holed.successCount, holed.errorCount, holed.allOk()]).toEqual([4, 2, 2, false]);
    expect([empty.size, empty.allOk()]).toEqual([0, true]);
  });

  test('is not whole while somebody in it was starting, whose answer counts all the same', () => {
    expect([early.size, early.successCount, early.errorCount, early.sum()]).toEqual([2, 2, 0, 13]);
    expect([early.allOk(), early.starting(), whole.starting(), holed.starting()]).toEqual([false, [1], [], []]);
  });

  test('gives the answers and the failures in order', () => {
    expect(holed.values()).toEqual([10, 12]);
    expect(holed.errors()).toEqual([
      { id: 1, clusterId: 1, error: dead },
      { id: 3, clusterId: 3, error: new Error('late') },
    ]);
    expect(whole.errors()).toEqual([]);
  });

  test('can be walked, the dead included', () => {
    expect([...holed].map((entry) => [entry.id, entry.ok])).toEqual([
      [0, true],
      [1, false],
      [2, true],
      [3, false],
    ]);
  });

  test('gives one answer by id', () => {
    expect(holed.get(0)).toBe(10);
    expect(holed.get(1)).toBeUndefined();
    expect(holed.get(99)).toBeUndefined();
  });

  test('throws the first failure with the ids of all, and the failure as cause', () => {
    expect(() => holed.throwIfError()).toThrow(
      expect.objectContaining({
        code: 'PARTIAL_RESULT',
        details: { failed: [1, 3], of: 4, message: dead.message },
        cause: dead,
      }),
    );
    expect(() => holed.valuesOrThrow()).toThrow(expect.objectContaining({ code: 'PARTIAL_RESULT' }));
    expect(whole.throwIfError()).toBe(whole);
    expect(whole.valuesOrThrow()).toEqual([10, 20, 12]);
  });

  test('sums what came', () => {
    expect(whole.sum()).toBe(42);
    expect(holed.sum()).toBe(22);
    expect(empty.sum()).toBe(0);
    expect(new ResultCollection([ok(0, { n: 1 }), ok(1, { n: 2 })]).sum(({ n }) => n)).toBe(3);
  });

  test('sums no answer that is no number, unless told what to take of it', () => {
    const untold = new ResultCollection<unknown>([ok(0, 1), ok(1, 'one')]);
    const details = { option: 'pick of sum()', received: 'of type string for the answer of 1' };
    expect(() => untold.sum()).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', details: expect.objectContaining(details) }),
    );
    expect(untold.sum((value) => (typeof value === 'number' ? value : 0))).toBe(1);
    expect(new ResultCollection<unknown>([ok(0, 1), ok(1, 2)]).sum()).toBe(3);
  });

  test('finds the first answer that is one, a falsy one too', () => {
    const sparse = new ResultCollection<number | null | undefined>([
      failed(0),
      ok(1, null),
      ok(2, undefined),
      ok(3, 0),
    ]);
    expect(sparse.first()).toBe(0);
    expect(new ResultCollection([ok(0, null)]).first()).toBeUndefined();
    expect(holed.find((value, id) => value > 10 && id === 2)).toBe(12);
    expect(holed.find((value) => value > 100)).toBeUndefined();
  });

  test('maps the answers with their ids', () => {
    expect(holed.map((value, id) => `${id}:${value}`)).toEqual(['0:10', '2:12']);
  });

  test('lays arrays out flat, one level deep', () => {
    expect(new ResultCollection([ok(0, [1, 2]), failed(1), ok(2, [3])]).flat()).toEqual([1, 2, 3]);
    expect(new ResultCollection<string>([ok(0, 'a')]).flat()).toEqual(['a']);
    expect(new ResultCollection([ok(0, [[1], [2]])]).flat()).toEqual([[1], [2]]);
  });
});

describe('a promise of one', () => {
  const promised = (entries: readonly ResultEntry<number>[]) => ResultPromise.of(Promise.resolve(entries));

  test('is awaited into the collection', async () => {
    expect(await promised([ok(0, 1)])).toBeInstanceOf(ResultCollection);
  });

  test('carries the common ends', async () => {
    expect(await promised([...holed]).values()).toEqual([10, 12]);
    expect(await promised([...whole]).valuesOrThrow()).toEqual([10, 20, 12]);
    expect(await promised([...whole]).sum()).toBe(42);
    expect(await promised([...whole]).sum((value) => value * 2)).toBe(84);
    await expect(promised([...holed]).valuesOrThrow()).rejects.toMatchObject({ code: 'PARTIAL_RESULT' });
  });

  test('works as any promise does: what follows is a plain one', async () => {
    const next = promised([ok(0, 1)]).then((results) => results.size);
    expect(next).toBeInstanceOf(Promise);
    expect(next).not.toBeInstanceOf(ResultPromise);
    expect(await next).toBe(1);
    expect(await Promise.all([promised([ok(0, 1)]).sum(), promised([ok(0, 2)]).sum()])).toEqual([1, 2]);
  });

  test('rejects when the entries do', async () => {
    const entries = Promise.reject(new Error('no plan'));
    await expect(ResultPromise.of<number>(entries)).rejects.toThrow('no plan');
  });
});
