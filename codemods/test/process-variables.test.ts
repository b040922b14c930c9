/** Variables that a manager sets for each process of a bot are facts of the process; others are the same everywhere. */
import { expect, test } from 'vitest';
import { migrateAll } from './batch.ts';

const rows: readonly (readonly [fn: string, noted: boolean])[] = [
  ['() => process.env.SHARDS', true],
  ["() => process.env['SHARDS']", true],
  ['() => { const { SHARDS } = process.env; return SHARDS; }', true],
  ['() => { const { SHARDS: mine } = process.env; return mine; }', true],
  ['() => { const { env } = process; return env.SHARDS; }', true],
  ['() => { const { env: { SHARDS } } = process; return SHARDS; }', true],
  ['() => { const env = process.env; return env.SHARDS; }', true],
  ['() => globalThis.process.env.SHARDS', true],
  ['() => process.env', true],
  ['() => ({ ...process.env })', true],
  ['(c, name) => process.env[name]', true],
  ['() => process.env.CLUSTER', true],
  ['() => process.env.SHARD_LIST', true],
  ['() => process.env.NODE_ENV', false],
  ["() => process.env['HOSTNAME']", false],
  ['() => { const { HOSTNAME } = process.env; return HOSTNAME; }', false],
  ['() => process.env.SHARD_COUNT', false],
  ['() => process.env.TOTAL_SHARDS', false],
  ['() => process.env.SHARDING_MANAGER_MODE', false],
];

test('which of them a function reads', async () => {
  const all = await migrateAll(
    rows.map(([fn]) => `module.exports = async (client, f) => f(await client.shard.broadcastEval(${fn}));`),
  );
  const noted = all.map(({ sites }) => sites[0]?.code === 'DC-P1');
  expect(rows.map(([fn], i) => [fn, noted[i]])).toEqual(rows);
});
