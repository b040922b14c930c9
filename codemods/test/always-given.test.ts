/** What methods of discord.js always give is there: no `?? null`, and no word about it. */
import { beforeAll, expect, test } from 'vitest';
import { migrate, type Report } from '../src/index.ts';
import { cjsBot, project, read, tsBotWith } from './project.ts';

/** Functions, and whether what they give is sure to be there. */
const rows: readonly (readonly [fn: string, isThere: boolean])[] = [
  ["(c) => c.user.setActivity('x')", true],
  ["(c) => { return c.user.setPresence({ status: 'idle' }); }", true],
  ["(c) => c.user.setStatus('idle')", true],
  ['(c) => c.user.setAFK(true)', true],
  ["(c) => { const { user } = c; return user.setActivity('x'); }", true],
  ["async (c) => await c.user.setActivity('x')", true],
  ["async (c) => await c.user.setUsername('x')", true],
  ["async (c) => await c.channels.cache.get('1').send('x')", true],
  ["async (c) => { const channel = await c.channels.fetch('1'); return await channel.send('x'); }", true],
  ["async (c) => await (await c.users.fetch('1')).send('x')", true],
  ["async (c) => await c.guilds.cache.get('1').members.cache.get('2').kick()", true],
  ["async (c) => await c.guilds.cache.get('1').members.cache.get('2').setNickname('x')", true],
  ["async (c) => await c.guilds.cache.get('1').leave()", true],
  ["async (c) => { const guild = c.guilds.cache.get('1'); return await guild.leave(); }", true],
  ["async (c) => { const m = await c.channels.cache.get('1').messages.fetch('2'); return await m.reply('x'); }", true],
  ["async (c) => { const m = await c.channels.cache.get('1').messages.fetch('2'); return await m.pin(); }", true],
  ["async (c) => await c.guilds.cache.get('1').roles.cache.get('2').delete()", true],
  ["async (c) => { const { guilds } = c; return await guilds.cache.get('1').setName('x'); }", true],
  ['async (c) => { for (const guild of c.guilds.cache.values()) return await guild.leave(); return 1; }', true],
  ['async (c) => { for (const [id, guild] of c.guilds.cache) return await guild.leave(); return 1; }', true],
  ['async (c) => { for (const [, g] of c.guilds.cache.filter((x) => x.ok)) return await g.leave(); return 1; }', true],
  ['async (c) => { for (const [, g] of c.guilds.cache.entries()) return await g.leave(); return 1; }', true],
  ['async (c) => await Promise.all([...c.guilds.cache].map(async ([, guild]) => await guild.leave()))', true],
  ["async (c) => { const u = c.users.cache.get('1') ?? await c.users.fetch('1'); return await u.send('x'); }", true],
  ["async (c) => await (c.users.cache.get('1') || await c.users.fetch('1')).send('x')", true],
  ["async (c) => { const g = c.ok ? c.guilds.cache.get('1') : null; return await g.leave(); }", true],
  ["async (c) => await (c.ok && c.guilds.cache.get('1')).leave()", true],
  ["async (c) => await c.guilds.cache.get('1').edit({ name: 'x' })", true],
  ["async (c) => await c.guilds.cache.get('1').roles.cache.get('2').setColor('Red')", true],
  ["async (c) => { const g = await c.guilds.fetch('1'); return await (await g.members.fetch('2')).timeout(1); }", true],
  ["async (c) => await (await c.guilds.cache.get('1').roles.create({ name: 'x' })).edit({})", true],
  ['(c) => { const bot = c; const me = bot.user; return me.setAFK(true); }', true],
  // The `user` of something else is not discord.js's own.
  ["async (c) => { const user = await c.db.findUser(); return user.setStatus('x'); }", false],
  ["(c) => { const user = c.steam.user; return user.setPresence('x'); }", false],
  ["(c) => c.steam.user.setStatus('x')", false],
  ["(c) => { for (const user of c.accounts) return user.setStatus('x'); return 1; }", false],
  ["(c) => c.accounts.map((x) => x.user.setStatus('x')).length > 0 && c.accounts[0].user.setStatus('x')", false],
  ["(c) => { let { user } = c; user = c.steam; return user.setStatus('x'); }", false],
  // Other libraries have `members`, `users` and `guilds` too.
  ['async (c) => { const doc = await c.models.members.create({ id: 1 }); return await doc.ban(); }', false],
  ["async (c) => await c.store.guilds.create('1').delete()", false],
  ["async (c) => { const row = await c.prisma.users.create({}); return row.setName('x'); }", false],
  ["async (c) => { const m = await c.db.members.fetch('1'); return await m.delete(); }", false],
  ["async (c) => await c.mongo.collection('x').guilds.cache.get('1').delete()", false],
  ["async (c) => { let g = c.guilds.cache.get('1'); g = c.store.guild; return await g.delete(); }", false],
  ["async (c) => { const u = c.users.cache.get('1') ?? c.store.user; return await u.send('x'); }", false],
  ["async (c) => { const u = c.users.cache.get('1') ?? c.channels.cache.get('1'); return await u.leave(); }", false],
  ['async (c) => { for (const [id] of c.guilds.cache) return await id.leave(); return 1; }', false],
  ['async (c) => { for (const [, row] of c.store.guilds.cache) return await row.leave(); return 1; }', false],
  ['async (c) => { for (const [, x] of c.guilds.cache.values()) return await x.leave(); return 1; }', false],
  // What is no longer in the cache when the answer arrives, or only a part of itself, gives nothing.
  [
    "async (c) => { const t = await c.channels.fetch('1', { cache: false }); return await t.setArchived(true); }",
    false,
  ],
  ["async (c) => await c.channels.cache.get('1').setName('x')", false],
  ["async (c) => await c.channels.cache.get('1').edit({ name: 'x' })", false],
  ["async (c) => await c.guilds.cache.get('1').channels.cache.get('2').setTopic('x')", false],
  ["async (c) => await c.channels.cache.get('1').threads.cache.get('2').pin()", false],
  ["async (c) => { const m = await c.channels.cache.get('1').messages.fetch('2'); return await m.react('x'); }", false],
  // Where it may not be reached, or nothing says whose method it is.
  ["(c) => c.user?.setActivity('x')", false],
  ["async (c) => await c.channels.cache.get('1')?.send('x')", false],
  ["async (c) => await c.mailer.send('x')", false],
  ["(c) => c.player.setActivity('x')", false],
  ["async (c) => await c.guilds.cache.get('1').setPrefix('x')", false],
  ["async (c) => await (await c.guilds.cache.get('1').setPrefix('x')).delete()", false],
  // A voice channel of discord.js 12 gave nothing for it, and a manager gives nothing for what it removes.
  ["async (c) => await c.channels.cache.get('1').leave()", false],
  ["async (c) => await c.guilds.cache.get('1').roles.delete('2')", false],
  ["async (c) => await c.user.setActivity('x').catch(console.error)", false],
];

let report: Report;
let handlers = '';
beforeAll(async () => {
  const files = rows.map(([fn], i) => [
    `x${i}.js`,
    `module.exports = (client) => client.shard.broadcastEval(${fn});\n`,
  ]);
  const root = project({ ...cjsBot, ...Object.fromEntries(files) });
  report = await migrate({ paths: ['.'], cwd: root });
  handlers = read(root)['cluster-handlers.js'] ?? '';
});

test.each(rows.map(([fn, isThere], i) => [fn, isThere, i] as const))('%s: %s', (fn, isThere, i) => {
  const site = report.sites.find(({ file }) => file === `x${i}.js`);
  expect(site?.outcome).not.toBe('left');
  const isKept = handlers.includes(`${site?.handler}: ${fn},\n`);
  expect(isKept && site?.code !== 'DC-W6').toBe(isThere);
});

/** Setters of channels and `react` promise something that may be nothing, which is filled once it is there. */
test.each([
  "(c) => c.channels.cache.get('1').setName('x')",
  "(c) => c.channels.cache.get('1').setTopic('x')",
  "(c) => c.channels.cache.get('1').setRateLimitPerUser(5)",
  "(c) => c.channels.cache.get('1').edit({ name: 'x' })",
  "(c) => c.guilds.cache.get('1').channels.cache.get('2').setParent('x')",
  "(c) => c.channels.cache.get('1').messages.cache.get('2').react('x')",
])('%s gives null for nothing', async (fn) => {
  const root = project({ ...cjsBot, 'x.js': `module.exports = (client) => client.shard.broadcastEval(${fn});\n` });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.find(({ file }) => file === 'x.js')).toMatchObject({ outcome: 'rewritten' });
  expect(read(root)['cluster-handlers.js']).toContain(`${fn}.then((one) => one ?? null),\n`);
});

test('a setter of its own that a bot gives its channels is no promise', async () => {
  const fn = "(c) => c.channels.cache.get('1').setPrefix('x')";
  const root = project({ ...cjsBot, 'x.js': `module.exports = (client) => client.shard.broadcastEval(${fn});\n` });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.find(({ file }) => file === 'x.js')).toMatchObject({ code: 'DC-W6' });
  expect(read(root)['cluster-handlers.js']).toContain(`${fn},\n`);
});

/** The same where types say what has the method, without `strict`. */
const typedRows: readonly (readonly [fn: string, isThere: boolean])[] = [
  ["async (c) => await (await c.guilds.fetch('1')).setName('x')", true],
  ["async (c) => await (await (await c.guilds.fetch('1')).members.fetch('2')).kick()", true],
  ["(c) => c.user.setStatus('idle')", true],
  ["async (c) => await (await c.fetchWebhook('1')).delete()", false],
  ["async (c) => (await c.fetchWebhook('1')).delete()", false],
  ["async (c) => await (await (await c.guilds.fetch('1')).autoModerationRules.fetch('2')).delete()", false],
  ["async (c) => await ((await c.channels.fetch('1', { cache: false })) as ThreadChannel).setArchived(true)", false],
  ["async (c) => await ((await c.channels.fetch('1')) as ThreadChannel).pin()", false],
  ["async (c) => await (await ((await c.channels.fetch('1')) as TextChannel).messages.fetch('2')).react('x')", false],
];

test.each(typedRows)('in TypeScript, %s: %s', async (fn, isThere) => {
  const root = project({
    ...tsBotWith({ strict: false }),
    'src/x.ts': `import type { Client, TextChannel, ThreadChannel } from 'discord.js';

export const f = async (client: Client): Promise<number> =>
  (await client.shard.broadcastEval(${fn})).filter((one: unknown) => one !== null).length;
`,
  });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const site = sites.find(({ file }) => file === 'src/x.ts');
  expect(site?.outcome).not.toBe('left');
  const isKept = Object.values(read(root)).some((text) => text.includes(`${site?.handler}: ${fn},\n`));
  expect(isKept && site?.code !== 'DC-W6').toBe(isThere);
});
