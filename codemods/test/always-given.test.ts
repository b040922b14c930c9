/** What methods of discord.js always give is there: no `?? null`, and no word about it. */
import { beforeAll, expect, test } from 'vitest';
import { migrate, type Report } from '../src/index.ts';
import { cjsBot, project, read } from './project.ts';

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
  ["async (c) => { const m = await c.channels.cache.get('1').messages.fetch('2'); return await m.react('x'); }", true],
  ["async (c) => await c.guilds.cache.get('1').roles.cache.get('2').delete()", true],
  // Where it may not be reached, or nothing says whose method it is.
  ["(c) => c.user?.setActivity('x')", false],
  ["async (c) => await c.channels.cache.get('1')?.send('x')", false],
  ["async (c) => await c.mailer.send('x')", false],
  ["(c) => c.player.setActivity('x')", false],
  ["async (c) => await c.guilds.cache.get('1').setPrefix('x')", false],
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
