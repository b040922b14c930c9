/** A cached user is one of a single shard of a process: what looks for users beside what else the shards divide is told. */
import { beforeAll, expect, test } from 'vitest';
import { type Migrated, migrateAll } from './batch.ts';

const rows: readonly (readonly [title: string, call: string, said: boolean])[] = [
  ['a guild and a user carry DC-P6', '((c, { g, u }) => c.guilds.cache.has(g) && c.users.cache.has(u))', true],
  [
    'a message to a channel that names a user carries DC-P6',
    "((c, { g, u }) => { const ch = c.channels.cache.get(g); if (!ch) return false; ch.send('hi ' + c.users.cache.get(u)?.username); return true; })",
    true,
  ],
  [
    'the owners of guilds carry DC-P6',
    '((c) => c.guilds.cache.map((g) => c.users.cache.get(g.ownerId)?.username))',
    true,
  ],
  ['a user with the shard carries DC-P6', '((c, { u }) => (c.users.cache.has(u) ? c.shard.ids[0] : null))', true],
  ['a user of one shard carries DC-P6', '((c) => c.users.cache.get("1")?.username, { shard: 0 })', true],
  ['a user by the id carries no note', '((c, { u }) => c.users.cache.get(u)?.username)', false],
  ['a member of a guild carries no note', '((c, { g, u }) => c.guilds.cache.get(g)?.members.cache.get(u)?.id)', false],
  [
    'a user that is fetched carries no note',
    '(async (c, { g, u }) => c.guilds.cache.has(g) && (await c.users.fetch(u)).id)',
    false,
  ],
];

let all: readonly Migrated[] = [];
beforeAll(async () => {
  all = await migrateAll(
    rows.map(([, call]) => `module.exports = async (client, f) => { f(await client.shard.broadcastEval${call}); };`),
  );
});

test.each(rows.map(([title, , said], i) => ({ title, said, i })))('$title', ({ said, i }) => {
  const message = all[i]?.sites.map((one) => one.message).join(' ') ?? '';
  expect(all[i]?.sites.map(({ outcome }) => outcome)).not.toContain('left');
  expect(message.includes('The function looks for users')).toBe(said);
});
