/** Who is asked where numbers of the whole stand behind other names. */
import { expect, test } from 'vitest';
import { migrateAll } from './batch.ts';

const sum = 'r.reduce((a, b) => a + b, 0)';

/** Numbers of the whole behind other names: a sum of parts, or a list of all, is another one where they are used. */
const wholes: readonly (readonly [title: string, fn: string, use: string, target: string])[] = [
  [
    'rows with the number of all',
    '(c) => { const total = c.guilds.cache.size; return c.guilds.cache.map((g) => ({ id: g.id, total })); }',
    'r.flat()',
    'requestAllShards',
  ],
  [
    'rows with the number of all, taken out',
    '(c) => { const { guilds } = c; const total = guilds.cache.size; return guilds.cache.map((g) => ({ id: g.id, total })); }',
    'r.flat()',
    'requestAllShards',
  ],
  [
    'rows with the number of those that are chosen',
    '(c) => { const l = c.guilds.cache.filter((g) => g.large); const n = l.size; return c.guilds.cache.map((g) => [g.id, n]); }',
    'r.flat()',
    'requestAllShards',
  ],
  [
    'rows that are collected with the number of all',
    '(c) => { const n = c.guilds.cache.size; const l = []; for (const g of c.guilds.cache.values()) l.push({ id: g.id, n }); return l; }',
    'r.flat()',
    'requestAllShards',
  ],
  [
    'rows with names of what each of them is',
    '(c) => { const l = []; for (const g of c.guilds.cache.values()) { const { id } = g; const n = g.memberCount; l.push({ id, n }); } return l; }',
    'r.flat()',
    'requestAll',
  ],
  [
    'rows with what is the same everywhere',
    '(c) => { const me = c.user.id; return c.guilds.cache.map((g) => ({ id: g.id, me })); }',
    'r.flat()',
    'requestAll',
  ],
  [
    'rows that are counted',
    '(c) => { let i = 0; return c.guilds.cache.map((g) => ({ id: g.id, i: i++ })); }',
    'r.flat()',
    'requestAllShards',
  ],
  [
    'rows with their place',
    '(c) => [...c.guilds.cache.values()].map((g, i) => [g.id, i])',
    'r.flat()',
    'requestAllShards',
  ],
  ['rows with their key', '(c) => c.guilds.cache.map((g, key) => [key, g.name])', 'r.flat()', 'requestAll'],
  ['rows with the whole', '(c) => c.guilds.cache.map((g, _, all) => [g.id, all.size])', 'r.flat()', 'requestAllShards'],
  [
    'a number that has a limit',
    '(c) => { const { guilds } = c; const n = guilds.cache.size; return Math.min(n, Number(process.env.MAX ?? 5)); }',
    sum,
    'requestAllShards',
  ],
  [
    'a number of the process behind a test',
    '(c) => { const g = c.guilds; const { cache } = g; return cache.size > 10 ? process.pid : 0; }',
    sum,
    'requestAllShards',
  ],
  [
    'a number of the bot behind a test',
    '(c) => { const n = c.guilds.cache.size; return n > 100 ? c.stats.big : 0; }',
    sum,
    'requestAllShards',
  ],
  [
    'a number that another takes the place of',
    '(c) => { if (c.guilds.cache.size > 100) return 0; return c.guilds.cache.size; }',
    sum,
    'requestAllShards',
  ],
  [
    'a number that another takes the place of, by another name',
    '(c) => { const { size } = c.guilds.cache; if (size > 100) return 0; return c.guilds.cache.size; }',
    sum,
    'requestAllShards',
  ],
  [
    'a number that one of them takes the place of',
    '(c, { id }) => { if (c.guilds.cache.has(id)) return 0; return c.guilds.cache.size; }',
    sum,
    'requestAllShards',
  ],
  [
    'a number that one of them takes the place of, by a name',
    '(c, { id }) => { const g = c.guilds.cache.get(id); if (g) return 0; return c.guilds.cache.size; }',
    sum,
    'requestAllShards',
  ],
  [
    'rows that one of them takes the place of',
    '(c, { id }) => { if (c.guilds.cache.has(id)) return []; return c.guilds.cache.map((g) => g.name); }',
    'r.flat()',
    'requestAllShards',
  ],
  [
    'a number up to one of them',
    '(c, { id }) => { let n = 0; for (const g of c.guilds.cache.values()) { n++; if (g.id === id) break; } return n; }',
    sum,
    'requestAllShards',
  ],
  [
    'a number up to a number',
    '(c) => { let i = 0; let n = 0; for (const g of c.guilds.cache.values()) { if (i++ < 5) n++; } return n; }',
    sum,
    'requestAllShards',
  ],
  [
    'a number of those that something is known of',
    '(c) => { let n = 0; for (const g of c.guilds.cache.values()) { if (c.channels.cache.has(g.systemChannelId)) n++; } return n; }',
    sum,
    'requestAll',
  ],
  [
    'a number of all or none, as one of them is there',
    '(c, { id }) => c.guilds.cache.filter(() => c.guilds.cache.has(id)).size',
    sum,
    'requestAllShards',
  ],
  [
    'rows with one of them, by a name',
    '(c, { id }) => { const one = c.guilds.cache.get(id); return c.guilds.cache.map((g) => [g.id, one?.name]); }',
    'r.flat()',
    'requestAllShards',
  ],
  [
    'a sum with one of them',
    "(c) => c.guilds.cache.reduce((n, g) => n + (c.guilds.cache.get('1')?.memberCount ?? g.memberCount), 0)",
    sum,
    'requestAllShards',
  ],
  [
    'a number of those that one of them is there for',
    '(c, { id }) => { let n = 0; for (const g of c.guilds.cache.values()) { if (c.channels.cache.has(id)) n++; } return n; }',
    sum,
    'requestAllShards',
  ],
  [
    'rows with one that each of them names',
    '(c) => c.guilds.cache.map((g) => { const { systemChannelId: id } = g; return c.channels.cache.get(id)?.name; })',
    'r.flat()',
    'requestAll',
  ],
  [
    'a sum with one that each of them names',
    '(c) => c.guilds.cache.reduce((n, { systemChannelId }) => n + (c.channels.cache.has(systemChannelId) ? 1 : 0), 0)',
    sum,
    'requestAll',
  ],
  [
    'a number that is none before the bot is ready',
    '(c) => { if (!c.isReady()) return 0; return c.guilds.cache.size; }',
    sum,
    'requestAll',
  ],
  [
    'rows with their place, by a function',
    '(c) => { function row(g, i) { return [g.id, i]; } return [...c.guilds.cache.values()].map(row); }',
    'r.flat()',
    'requestAllShards',
  ],
  [
    'rows with their place, by a constant',
    '(c) => { const row = (g, ...more) => [g.id, more]; return [...c.guilds.cache.values()].map(row); }',
    'r.flat()',
    'requestAllShards',
  ],
  [
    'rows with their place, by arguments',
    '(c) => [...c.guilds.cache.values()].map(function (g) { return [g.id, arguments[1]]; })',
    'r.flat()',
    'requestAllShards',
  ],
  [
    'rows of what nothing is known of',
    '(c) => [...c.guilds.cache.values()].map(c.row)',
    'r.flat()',
    'requestAllShards',
  ],
  [
    'rows by a function of one',
    '(c) => { function row(g) { return g.id; } return [...c.guilds.cache.values()].map(row); }',
    'r.flat()',
    'requestAll',
  ],
  ['rows as texts', '(c) => [...c.guilds.cache.keys()].map(String)', 'r.flat()', 'requestAll'],
  ['a number of a name', '(c) => { const { guilds } = c; const n = guilds.cache.size; return n; }', sum, 'requestAll'],
  ['a local name of the process', '(c) => { const process = { n: 1 }; return process.n; }', sum, 'requestAllShards'],
  ['a local name of its machine', '(c) => { const os = 3; return os; }', sum, 'requestAllShards'],
  ['the machine', "(c) => { const os = require('os'); return os.freemem(); }", sum, 'requestAll'],
  [
    'two things by two ids, searched',
    "(c) => c.guilds.cache.has('1') && c.users.cache.has('2')",
    'f(r.some(Boolean))',
    'requestAllShards',
  ],
  [
    'a thing behind the guard of another, searched',
    "(c) => { const g = c.guilds.cache.get('1'); if (!g) return null; return c.guilds.cache.get('2')?.name ?? 'other'; }",
    'f(r.find(Boolean))',
    'requestAllShards',
  ],
  [
    'a message to one thing of what another is called, searched',
    "async (c) => { const g = c.guilds.cache.get('1'); const log = c.channels.cache.get('2'); if (!g || !log) return false; await log.send(g.name); return true; }",
    'f(r.some(Boolean))',
    'requestAllShards',
  ],
  [
    'one thing that is asked for twice, searched',
    "(c) => (c.guilds.cache.has('1') ? c.guilds.cache.get('1').name : null)",
    'f(r.find(Boolean))',
    'requestAll',
  ],
  [
    'a thing that another one names, searched',
    "(c) => { const g = c.guilds.cache.get('1'); return g ? c.channels.cache.get(g.afkChannelId)?.name : null; }",
    'f(r.find(Boolean))',
    'requestAll',
  ],
  [
    'a sum that begins with the first, where a shard may have none',
    '(c) => c.guilds.cache.map((g) => g.channels.cache.size).reduce((a, b) => a + b)',
    'f(r.reduce((a, b) => a + b, 0))',
    'requestAllShards',
  ],
];

test.each(wholes)('%s', async (_title, fn, use, target) => {
  const [only] = await migrateAll([`const r = await client.shard.broadcastEval(${fn}); f(${use});`]);
  expect(only?.text).toContain(`client.cluster.ipc.${target}('`);
});
