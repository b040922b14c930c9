import { expect, test } from 'vitest';
import { askAll, placesOf } from '../../compat/fleet-plan.ts';

const order = [3, 1, 0, 2];
const clusters = [[2, 3], [0], [1]].map((shards) => ({ shards, places: placesOf(shards, order) }));
const ask = async ({ shards }: { readonly shards: readonly number[] }) => shards.map((id) => `of ${id}`);

test('answers stand in the order of the shards, not of the clusters', async () => {
  expect(await askAll(clusters, 'shards', ask)).toEqual(['of 3', 'of 1', 'of 0', 'of 2']);
});

test('answers of clusters stand in the order of the clusters', async () => {
  expect(await askAll(clusters, 'cluster', async ({ shards }) => [shards.length])).toEqual([2, 1, 1]);
});

test('a shard that is in no order has no answer', async () => {
  const some = [{ shards: [0, 1], places: placesOf([0, 1], [1]) }];
  expect(await askAll(some, 'shards', ask)).toEqual(['of 1']);
});

test('the first failure is thrown at once, and all were asked', async () => {
  const asked: (readonly number[])[] = [];
  const call = askAll(clusters, 'shards', ({ shards }) => {
    asked.push(shards);
    return shards.length === 1 ? Promise.reject(new Error(`no ${shards}`)) : new Promise<never>(() => undefined);
  });
  await expect(call).rejects.toThrow('no 0');
  expect(asked).toEqual([[2, 3], [0], [1]]);
});
