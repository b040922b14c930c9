/** test/cluster/plan: every shard lives in exactly one cluster, neighbours together, as even as they go. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxDefaultShards, type PlanRequest, planClusters } from '../../src/cluster/plan.ts';

const shardIds = fc
  .uniqueArray(fc.nat({ max: 5_000 }), { minLength: 1, maxLength: 300 })
  .map((ids) => ids.sort((a, b) => a - b));
const count = fc.integer({ min: 1, max: 400 });
const requests: fc.Arbitrary<PlanRequest> = fc.oneof(
  fc.record({ shards: shardIds, parallelism: count }),
  fc.record({ shards: shardIds, parallelism: count, shardsPerCluster: count }),
  fc.record({ shards: shardIds, parallelism: count, totalClusters: count }),
  fc.record({ shards: shardIds, parallelism: count, shardsPerCluster: count, totalClusters: count }),
);

const sizes = (plan: readonly (readonly number[])[]): number[] => plan.map((shards) => shards.length);
const range = (length: number): number[] => Array.from({ length }, (_none, id) => id);

describe('any plan', () => {
  test('holds every shard once, in order, so that a cluster holds neighbours', () => {
    fc.assert(
      fc.property(requests, (request) => {
        expect(planClusters(request).flat()).toEqual(request.shards);
      }),
    );
  });

  test('has no empty cluster', () => {
    fc.assert(
      fc.property(requests, (request) => {
        expect(Math.min(...sizes(planClusters(request)))).toBeGreaterThan(0);
      }),
    );
  });
});

describe('shardsPerCluster', () => {
  test('fills every cluster but the last', () => {
    fc.assert(
      fc.property(shardIds, count, count, (shards, shardsPerCluster, totalClusters) => {
        const plan = planClusters({ shards, shardsPerCluster, totalClusters, parallelism: 1 });
        const filled = sizes(plan).slice(0, -1);
        expect(filled).toEqual(filled.map(() => shardsPerCluster));
        expect(plan.at(-1)?.length).toBeLessThanOrEqual(shardsPerCluster);
      }),
    );
  });

  test('goes before totalClusters', () => {
    const plan = planClusters({ shards: range(9), shardsPerCluster: 4, totalClusters: 9, parallelism: 2 });
    expect(plan).toEqual([[0, 1, 2, 3], [4, 5, 6, 7], [8]]);
  });

  test('of 1 gives each shard a cluster of its own', () => {
    expect(planClusters({ shards: [2, 5, 7], shardsPerCluster: 1, parallelism: 8 })).toEqual([[2], [5], [7]]);
  });
});

describe('totalClusters', () => {
  test('is met exactly, except that no cluster is empty, and sizes differ by at most one', () => {
    fc.assert(
      fc.property(shardIds, count, (shards, totalClusters) => {
        const plan = planClusters({ shards, totalClusters, parallelism: 1 });
        expect(plan.length).toBe(Math.min(shards.length, totalClusters));
        expect(Math.max(...sizes(plan)) - Math.min(...sizes(plan))).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('with neither', () => {
  test('a cluster never has more than 16 shards, and there are no fewer clusters than cores or shards', () => {
    fc.assert(
      fc.property(shardIds, count, (shards, parallelism) => {
        const plan = planClusters({ shards, parallelism });
        expect(Math.max(...sizes(plan))).toBeLessThanOrEqual(maxDefaultShards);
        expect(plan.length).toBeGreaterThanOrEqual(Math.min(parallelism, shards.length));
      }),
    );
  });

  test.each([
    [1, 8, [1]],
    [4, 2, [2, 2]],
    [5, 2, [3, 2]],
    [64, 2, [16, 16, 16, 16]],
    [33, 2, [11, 11, 11]],
  ])('%i shards on %i cores make clusters of %j', (total, parallelism, expected) => {
    expect(sizes(planClusters({ shards: range(total), parallelism }))).toEqual(expected);
  });
});
