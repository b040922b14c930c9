/** Calls that a rewrite would break: each was rewritten in silence once. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { migrateAll } from './batch.ts';
import { cjsBot, type Files, project, read } from './project.ts';

async function rewrite(files: Files) {
  const root = project(files);
  const report = await migrate({ paths: ['.'], cwd: root });
  return { after: read(root), of: (path: string) => report.sites.filter(({ file }) => file === path) };
}

describe('a function that runs inside discord.js', () => {
  const call = (fn: string): string =>
    `export const f = async (client) => g(await client.shard.broadcastEval(${fn}));\n`;

  test('finds names of discord.js with and without an import of them', async () => {
    const { of } = await rewrite({
      ...cjsBot,
      'x.js': `const { Events } = require('discord.js');\n${call('(c) => c.listenerCount(Events.MessageCreate)').replace('export ', '')}`,
    });
    expect(of('x.js')).toMatchObject([{ code: 'DC-I2' }]);
  });

  test.each(["process['exit'](0)", 'setTimeout(process.exit, 1)', '{ const { exit } = process; exit(0); }'])(
    'and ends the process is left: %s',
    async (end) => {
      const { of } = await rewrite({ ...cjsBot, 'x.js': call(`(c) => ${end}`).replace('export ', '') });
      expect(of('x.js')).toMatchObject([{ outcome: 'left', code: 'DC-E2' }]);
    },
  );

  test('is a member that may well run, unless it is a method', async () => {
    const x = 'const fns = { ping: (c) => c.ws.ping, pong(c) { return c.ws.ping; } };\n';
    const calls = ['fns.ping', 'fns.pong'].map((fn) =>
      call(fn)
        .replace('export ', '')
        .replace('f =', `${fn.slice(4)} =`),
    );
    const { of } = await rewrite({ ...cjsBot, 'x.js': x + calls.join('') });
    expect(of('x.js').map(({ code }) => code)).toEqual(['DC-D1', 'DC-D2']);
  });
});

describe('a function that several shards of one process carry out', () => {
  const rows: readonly (readonly [title: string, line: string, code: string | null])[] = [
    ['listens', 'f(await X((c) => { c.on("error", console.error); return 1; }))', 'DC-P4'],
    ['starts a timer', 'f(await X((c) => { setInterval(() => c.user, 1); return c.guilds.cache.size; }))', 'DC-P4'],
    ['changes the client', 'f(await X((c) => { c.token = null; return c.isReady(); }))', 'DC-P4'],
    ['listens, where nobody looks', 'await X((c) => { c.emit("debug", 1); })', null],
    ['listens to something of its own', 'f(await X((c) => c.guilds.cache.map((g) => g.on("x"))))', null],
    ['counts in its data', 'f(await X((c, o) => { o.n += 1; return o.n + c.ws.ping; }, { context: { n: 1 } }))', null],
    [
      'empties its data',
      'f(await X((c, { ids }) => { const a = []; while (ids.length) a.push(ids.pop()); return [a, c.ws.ping]; }, { context: { ids: [1] } }))',
      null,
    ],
    [
      'copies its data',
      'f(await X((c, { ids }) => [...ids].sort().concat(c.ws.ping), { context: { ids: [1] } }))',
      null,
    ],
    ['is chosen, and reads its process', 'f(await X(z ? (c) => c.ws.ping : () => process.pid))', 'DC-P1'],
  ];
  test('carries a note where that is something else', async () => {
    const all = await migrateAll(rows.map(([, line]) => line.replace('X(', 'client.shard.broadcastEval(')));
    expect(all.map(({ sites }, i) => [rows[i]?.[0], sites[0]?.code])).toEqual(
      rows.map(([title, , code]) => [title, code]),
    );
  });
});

describe('a function among values', () => {
  const rows: readonly (readonly [line: string, left: boolean])[] = [
    ['f(await X((c) => ({ name: c.user.username, ping: () => c.ws.ping })))', true],
    ['f(await X((c) => [{ run() {} }]))', true],
    [
      'const command = { name: "x", run() {} }; await X((c, { command }) => c.emit(command.name), { context: { command } })',
      true,
    ],
    ['f(await X((c) => ({ name: c.user.username, toJSON: () => ({}) })))', false],
    ['f(await X((c) => c.guilds.cache.map((g) => g.id)))', false],
  ];
  test('leaves the call: a handler is refused with it', async () => {
    const all = await migrateAll(rows.map(([line]) => line.replace('X(', 'client.shard.broadcastEval(')));
    expect(all.map(({ sites }) => sites[0]?.code === 'DC-W8')).toEqual(rows.map(([, left]) => left));
  });
});

describe('a function that takes its time', () => {
  const rows: readonly (readonly [line: string, limit: boolean])[] = [
    ['await X(async (c) => { for (const g of c.guilds.cache.values()) await g.members.fetch(); })', true],
    ['await X((c) => Promise.all(c.guilds.cache.map((g) => g.members.fetch())))', true],
    ['await X(async (c) => { for await (const g of c.guilds.cache.values()) g.leave(); })', true],
    ['await X((c, { ms }) => new Promise((done) => setTimeout(done, ms)), { context: { ms: 1 } })', true],
    ['await X(async (c, { id }) => { await c.users.fetch(id); }, { context: { id } })', false],
    ['await X((c) => { for (const g of c.guilds.cache.values()) g.leave(); })', false],
    ['await X((c) => c.guilds.cache.get("1").members.fetch({ time: 300000 }))', true],
    ['await X((c) => c.channels.cache.get("1").awaitMessages({ max: 1, time: 60_000 }))', true],
    ['await X((c) => c.db.find({ timeout: 5 * 60 * 1000 }))', true],
    ['await X((c) => { const time = 120e3; return c.channels.cache.get("1").awaitMessages({ time }); })', true],
    ['await X((c) => c.channels.cache.get("1").awaitMessages({ max: 1, time: 15_000 }))', false],
    ['await X((c) => c.channels.cache.get("1").send({ time: 2 * 10 }))', false],
    ['await X(async (c) => { const m = await c.api.waitForWSEvent("s", "x", 180_000, () => 1); return m; })', true],
    ['await X((c) => c.api.waitFor("1", "x", 3 * 60 * 1000))', true],
    ['await X((c) => { const ms = 60_000; return c.api.waitFor("1", ms).catch(() => null); })', true],
    ['await X((c) => Promise.race([c.api.waitFor(30_000), c.other()]))', true],
    ['await X(async (c) => { const ask = async () => c.ready && c.api.waitFor(45_000); return ask(); })', true],
    ['await X((c) => c.api.waitFor("1", "x", 29_999))', false],
    ['await X((c) => c.api.waitFor("180000"))', false],
    ['await X(async (c) => { c.api.note(180_000); return c.api.ping(); })', false],
    ['await X((c) => c.channels.cache.get(c.ids.slice(0, 100000))?.send("x"))', false],
    ['await X((c) => c.text.slice(0, 100000))', false],
    ['await X((c) => Math.min(c.guilds.cache.size, 100000))', false],
    ['await X((c) => c.guilds.cache.filter((g) => c.isLarge(g, 50000)).size)', false],
    ['await X(async (c) => { await c.role.setColor(16711680); })', false],
    ['await X(async (c) => { await c.draw(0xff0000); })', false],
    ['await X(async (c) => { await c.member.timeout(600_000, "why"); })', false],
    ['await X(async (c) => { await c.draw(1e12); })', false],
    ['X(async (c) => { try { await c.a(); await c.b(); } catch {} })', true],
    ['setTimeout(() => X(async (c) => { await c.a().catch(() => {}); await c.b().catch(() => {}); }), 5)', true],
    ['X(async (c) => { try { await c.a(); await c.b(); } catch (e) { throw e; } })', false],
    ['X(async (c) => { await c.a(); try { await c.b(); } catch {} })', false],
    ['X(async (c) => { try { await c.a(); } catch {} })', false],
    ['await X(async (c) => { try { await c.a(); await c.b(); } catch {} })', false],
    ['X(async (c) => { try { await c.a(); await c.b(); } catch {} }).catch(() => {})', false],
    ['X(async (c) => { await c.a().catch(); await c.b().catch(undefined); })', false],
    ['X(async (c) => { await c.a().catch((e) => { throw e; }); await c.b().catch(() => {}); })', false],
    ['X(async (c) => { await c.a().then(() => 1, () => 2); await c.b().catch(() => {}); })', true],
    ['await Promise.all(xs.map(() => X(async (c) => { try { await c.a(); await c.b(); } catch {} })))', false],
    ['xs.forEach(() => X(async (c) => { try { await c.a(); await c.b(); } catch {} }))', true],
    ['xs.map(() => X(async (c) => { try { await c.a(); await c.b(); } catch {} }))', true],
    ['Promise.all(xs.map(() => X(async (c) => { try { await c.a(); await c.b(); } catch {} }))).catch(f)', false],
  ];
  test('is waited for without a limit, as before', async () => {
    const all = await migrateAll(rows.map(([line]) => line.replace('X(', 'client.shard.broadcastEval(')));
    expect(all.map(({ text }) => text.includes('{ timeoutMs: null }'))).toEqual(rows.map(([, limit]) => limit));
  });

  test.each([
    ['as before', '', '{ timeoutMs: null }'],
    ['of one cluster', ', { cluster: 0 }', '{ timeoutMs: null }'],
    ['of the cluster of a shard', ', { shard: 0 }', '{ timeoutMs: null }'],
    ['for as long as is written', ', { timeout: 45_000 }', 'undefined, 45_000'],
    ['where the limit is none', ', { timeout: 0 }', '{ timeoutMs: null }'],
    ['where the limit is not given', ', { timeout: undefined }', '{ timeoutMs: null }'],
  ])('is waited for by a bot of discord-hybrid-sharding %s', async (_title, options, limit) => {
    const { after } = await rewrite({
      ...cjsBot,
      'package.json': '{ "name": "bot", "dependencies": { "discord.js": "14", "discord-hybrid-sharding": "2.1.3" } }',
      'index.js':
        "const { ClusterManager } = require('discord-hybrid-sharding');\nnew ClusterManager('./bot.js', { totalShards: 2 }).spawn();\n",
      'bot.js':
        "const { ClusterClient } = require('discord-hybrid-sharding');\nconst { Client } = require('discord.js');\nconst client = new Client({ intents: [] });\nclient.cluster = new ClusterClient(client);\nclient.login();\n",
      'x.js': `module.exports = (client) => client.cluster.broadcastEval((c) => Promise.all(c.jobs.map((job) => job.run()))${options});\n`,
    });
    expect(after['x.js']).toContain('.ipc.request');
    expect(after['x.js']).toContain(limit);
  });
});
