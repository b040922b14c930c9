/** Names of handlers: from what the function does, or what its author calls it; never from values. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project } from './project.ts';

const rows: readonly (readonly [name: string, body: string])[] = [
  ['guildsCacheSize', 'f(await client.shard.broadcastEval((c) => c.guilds.cache.size));'],
  ['emitUpdateCache', "client.shard.broadcastEval((c, id) => c.emit('updateCache', id), { context: 1 });"],
  ['emitX', "client.shard.broadcastEval((c) => c.emit('x²'));"],
  ['emitGrüßeDich', "client.shard.broadcastEval((c) => c.emit('grüße dich'));"],
  ['emitदुनिया', "client.shard.broadcastEval((c) => c.emit('दुनिया'));"],
  // Written as two characters, a letter and its accent.
  ['emitCafe\u0301Noir', "client.shard.broadcastEval((c) => c.emit('cafe\u0301 noir'));"],
  ['emitX', "client.shard.broadcastEval((c) => c.emit('\u0301x'));"],
  ['emit1', "client.shard.broadcastEval((c) => c.emit('1\uFE0F\u20E3'));"],
  [`emit${'𝒜'.repeat(36)}`, `client.shard.broadcastEval((c) => c.emit('${'𝒜'.repeat(50)}'));`],
  ['emit7', "client.shard.broadcastEval((c) => c.emit('7'));"],
  ['emit', 'client.shard.broadcastEval((c, { name }) => c.emit(name), { context: { name } });'],
  ['oldest', 'const oldest = (c) => c.guilds.cache.first().name;\nf(await client.shard.broadcastEval(oldest));'],
  ['memory', 'f({ memory: await client.shard.broadcastEval(() => process.memoryUsage().rss) });'],
  ['report', 'f({ content: await client.shard.broadcastEval(() => process.memoryUsage().rss) });'],
  ['report', 'client.shard.broadcastEval((c) => { c.mode = 2; });'],
  ['report', 'const mc = () => client.shard.broadcastEval(() => process.memoryUsage().rss);\nf(mc);'],
  ['playersValuesMap', 'f(await client.shard.broadcastEval((c) => [...c.players.values()].map((p) => p.id)));'],
  ['report', 'class A { register() { return client.shard.broadcastEval(() => process.memoryUsage().rss); } }'],
  ['allWsPing', 'f(await client.shard.broadcastEval((c) => c.shard.broadcastEval((d) => d.ws.ping)));'],
  [
    'guildMemberCount',
    'f(await client.shard.broadcastEval((c) => c.guilds.cache.map((g) => g.memberCount).reduce((a, b) => a + b, 0)));',
  ],
  [
    'guildsCacheMapReduce',
    'f(await client.shard.broadcastEval((c) => c.guilds.cache.map((g) => g).reduce((a, b) => a + b.memberCount, 0)));',
  ],
  [
    'allGuildsCacheSize',
    "f(await client.shard.broadcastEval(async (c) => await c.shard.fetchClientValues('guilds.cache.size')));",
  ],
];

/** In a file whose name says when it runs. */
const inReady: typeof rows = [
  ['setMode', 'client.shard.broadcastEval((c) => { if (c.shard.ids.includes(1)) c.setMode(2); });'],
  ['setMode', 'client.shard.broadcastEval((c) => { c.mode = 2; });'],
  ['setStatsHits', 'client.shard.broadcastEval((c) => { c.stats.hits++; });'],
  ['setStatsHits', 'client.shard.broadcastEval((c) => { delete c.stats.hits; });'],
  [
    'guildLeave',
    "client.shard.broadcastEval(async (c) => { const g = c.guilds.cache.get('1'); if (!g) return; await g.leave(); });",
  ],
  [
    'channelSend',
    "client.shard.broadcastEval((c) => { try { c.channels.cache.get('1')?.send('x'); console.log('x'); } catch { console.log('y'); } });",
  ],
  ['userSend', "client.shard.broadcastEval(async (c) => (await c.users.fetch('1')).send('x'));"],
  [
    'guildsCacheFirstMemberCount',
    'const mc = await client.shard.broadcastEval((c) => { return c.guilds.cache.first().memberCount; });',
  ],
  [
    'fetchUser',
    "client.shard.broadcastEval((c) => { c.users.fetch('1').then((u) => u.send('x')).catch(() => null); });",
  ],
  ['channelSend', "client.shard.broadcastEval((c) => c.guilds.cache.get('1').channels.cache.get('2').send('x'));"],
  ['managerPlayerSkip', "client.shard.broadcastEval((c) => c.manager.players.get('1').skip());"],
  ['ready', 'const mc = await client.shard.broadcastEval((c) => { const n = 1; return n; });'],
  ['ready', 'const getValue = () => client.shard.broadcastEval(() => process.memoryUsage().rss);\nf(getValue);'],
  ['ready', 'client.shard.broadcastEval((c) => { const n = n2, n2 = n; n.x(); });'],
  [
    'allWsPing',
    'client.shard.broadcastEval((c) => { const pings = c.shard.broadcastEval((d) => d.ws.ping); return pings; });',
  ],
];

const named = [
  ...rows.map((row) => [...row, 'report.js'] as const),
  ...inReady.map((row) => [...row, 'ready.js'] as const),
];

test.each(named)('a handler is called %s', async (name, body, path) => {
  const root = project({ ...cjsBot, [path]: `${body}\n` });
  const { sites } = await migrate({ paths: ['.'], cwd: root, dryRun: true });
  expect(sites.find((one) => one.file === path)?.handler).toBe(name);
});
