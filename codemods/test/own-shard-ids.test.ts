/** A member of the bot's own that holds the id of its shard: of several shards in one process it is the id of one. */
import { expect, test } from 'vitest';
import { migrateAll } from './batch.ts';

const around = (fn: string, taken = 'r.find((x) => x !== null)'): string =>
  `module.exports = async (client, f) => { const r = await client.shard.broadcastEval(${fn}, { context: { n: 1 } }); f(${taken}); };`;

/** A function, and what it is noted to compare. */
const rows: readonly (readonly [fn: string, names: string | null])[] = [
  [
    'async (c) => { const guild = c.guilds.cache.get("1"); if (!guild || guild.shardId !== c.shardId) return; await guild.leave(); }',
    'client.shardId',
  ],
  ['(c) => c.guilds.cache.filter((g) => g.shardId === c.mine).map((g) => g.name)', 'client.mine'],
  ['(c) => { const g = c.guilds.cache.get("1"); return g?.shard.id === c.number ? g.name : null; }', 'client.number'],
  ['(c) => (c.shardID === 0 ? c.user.id : null)', 'client.shardID'],
  ['(c, { n }) => (n == c.shard_id ? c.user.id : null)', 'client.shard_id'],
  ['(c) => (Number(c.shardid) > 1 ? c.user.id : null)', 'client.shardid'],
  ['(c) => { const { myShardId } = c; return myShardId === 0 ? c.user.id : null; }', 'client.myShardId'],
  [
    '(c) => { const id = c.shardId; switch (id) { case 0: return c.user.id; default: return null; } }',
    'client.shardId',
  ],
  ['(c) => ([0, 1].includes(c.shardId) ? c.user.id : null)', 'client.shardId'],
  ['(c) => (c.mode === 0 ? c.user.id : null)', null],
  ['(c) => (c.shardId === undefined ? c.user.id : null)', null],
  ['(c) => c.shardId', null],
  ['(c) => c.guilds.cache.get("1")?.shardId === 0 ? c.user.id : null', null],
  ['(c, { n }) => (c.shard.ids.includes(n) ? c.user.id : null)', null],
];

test('is told of where it is compared', async () => {
  const all = await migrateAll(rows.map(([fn]) => around(fn)));
  const said = all.map(({ sites: [site] }) =>
    site?.code === 'DC-P7' ? (/compares (\S+) as/.exec(site.message)?.[1] ?? '') : null,
  );
  expect(said.map((one, i) => [rows[i]?.[0], one])).toEqual(rows);
});

test('is no member that is done once for each shard, unless it is read beside', async () => {
  const [first, other, given] = await migrateAll([
    around('async (c) => { if (c.shardId === 0) await c.channels.cache.get("1")?.send("x"); }'),
    around('(c) => (c.shardId === 0 ? c.jobs.length : null)'),
    around('(c) => (c.shardId === 0 ? c.shardId : null)', 'r'),
  ]);
  expect(first?.sites[0]?.message).not.toContain('lives once per process');
  expect(other?.sites[0]?.message).toContain('The results hold client.jobs, which lives once per process');
  expect(given?.sites[0]?.message).toContain('The results hold client.shardId, which lives once per process');
});

test('is none that a class of clients takes of the shard it is asked for', async () => {
  const own =
    "const { Client } = require('discord.js');\nclass Bot extends Client { get shardId() { return this.shard.ids[0]; } }\n";
  const [getter] = await migrateAll([own + around('(c) => (c.shardId === 0 ? c.user.id : null)')]);
  expect(getter?.sites.map(({ code }) => code)).not.toContain('DC-P7');
});
