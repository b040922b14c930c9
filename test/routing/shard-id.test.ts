/** test/routing/shard-id: which shard a guild belongs to. */
import { expect, test } from 'vitest';
import { clusterIdOfShard, shardIdOfGuild } from '../../src/routing/shard-id.ts';

test('a guild belongs to its snowflake without the low 22 bits, modulo the shards', () => {
  // The first three by hand: (id >> 22) % total.
  expect(shardIdOfGuild('0', 16)).toBe(0);
  expect(shardIdOfGuild(String(1n << 22n), 16)).toBe(1);
  expect(shardIdOfGuild(String((17n << 22n) + 4_194_303n), 16)).toBe(1);
  expect(shardIdOfGuild('41771983423143937', 1)).toBe(0);
});

test('every guild has one shard within the total, also past the integers a number holds', () => {
  for (let n = 0n; n < 500n; n++) {
    const id = (2n ** 63n + n * 7_919n * 4_194_304n).toString();
    const shard = shardIdOfGuild(id, 48);
    expect(shard).toBe(Number((BigInt(id) / 4_194_304n) % 48n));
  }
});

test('a shard belongs to the cluster whose list it is in, shard 0 as well, and to none otherwise', () => {
  const plan = [[4, 5], [0], [1, 2, 3]];
  expect([0, 1, 5].map((shard) => clusterIdOfShard(plan, shard))).toEqual([1, 2, 0]);
  expect(() => clusterIdOfShard(plan, 6)).toThrow(expect.objectContaining({ code: 'UNKNOWN_TARGET' }));
});
