/** Calls that a rewrite would break: each was rewritten in silence once. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { migrateAll } from './batch.ts';
import { cjsBot, type Files, project, read } from './project.ts';

const ask = 'const f = async (client) => g(await client.shard.broadcastEval((c) => c.ws.ping));\n';
const esm: Files = {
  'package.json': JSON.stringify({ name: 'bot', type: 'module', dependencies: { 'discord.js': '^14.28.1' } }),
  'index.js': "import { ShardingManager } from 'discord.js';\n\nnew ShardingManager('./bot.js').spawn();\n",
  'bot.js': "import { Client } from 'discord.js';\n\nnew Client({ intents: [] }).login();\n",
};

async function rewrite(files: Files) {
  const root = project(files);
  const report = await migrate({ paths: ['.'], cwd: root });
  return { after: read(root), of: (path: string) => report.sites.filter(({ file }) => file === path) };
}

describe('a client whose cluster is something else', () => {
  const own: readonly (readonly [title: string, file: string])[] = [
    ['by its class', "class Bot extends Client { constructor() { super(); this.cluster = 'eu'; } }\n"],
    ['by a field', 'class Bot extends Discord.Client { cluster = process.env.NAME; }\n'],
    ['by a getter', "class Bot extends Client { get cluster() { return 'eu'; } }\n"],
    ['from outside', "client.cluster = require('cluster');\n"],
  ];
  test.each(own)('is asked as before: %s', async (_title, text) => {
    const { of, after } = await rewrite({ ...cjsBot, 'own.js': text, 'x.js': ask });
    expect(of('x.js')).toMatchObject([{ outcome: 'left', code: 'DC-S7' }]);
    expect(of('x.js')[0]?.message).toContain('own.js:1');
    expect(after['x.js']).toBe(ask);
  });

  test.each([
    ['a node of another thing', 'redis.cluster = 1; if (client.cluster === 2) f();\n'],
    ['shardlift itself', 'client.cluster = new ClusterClient(client); bot.cluster = getCluster(bot);\n'],
  ])('is none: %s', async (_title, text) => {
    const { of } = await rewrite({ ...cjsBot, 'own.js': text, 'x.js': ask });
    expect(of('x.js')).toMatchObject([{ outcome: 'rewritten' }]);
  });
});

test('a client of another library in the same package is not discord.js', async () => {
  const text =
    "const { Client } = require('eris');\nconst bot = new Client('x');\nconst f = async () => bot.shard.broadcastEval((c) => c.guilds.size);\n";
  const { of, after } = await rewrite({ ...cjsBot, 'x.js': text });
  expect(of('x.js')).toMatchObject([{ outcome: 'left', code: 'DC-S3' }]);
  expect(after['x.js']).toBe(text);
});

describe('a function that runs inside discord.js', () => {
  const call = (fn: string): string =>
    `export const f = async (client) => g(await client.shard.broadcastEval(${fn}));\n`;

  test('has a require there, and none in the handlers file of an ES module', async () => {
    const fn = "(c) => require('os').loadavg()[0] + c.ws.ping";
    const module = await rewrite({ ...esm, 'x.js': call(fn) });
    expect(module.of('x.js')).toMatchObject([{ outcome: 'left', code: 'DC-C5' }]);
    const common = await rewrite({ ...cjsBot, 'x.js': call(fn).replace('export ', '') });
    expect(common.of('x.js')).toMatchObject([{ outcome: 'rewritten' }]);
  });

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

test('an import keeps what it says of its file', async () => {
  const text =
    "import config from '../config.json' with { type: 'json' };\nexport const f = async (client) => g(await client.shard.broadcastEval((c) => config.prefix + c.ws.ping));\n";
  const { after, of } = await rewrite({ ...esm, 'config.json': '{"prefix":"!"}', 'src/x.js': text });
  expect(of('src/x.js')).toMatchObject([{ code: 'DC-I1' }]);
  expect(after['cluster-handlers.js']).toContain("import config from './config.json' with { type: 'json' };\n");
});

test('a handlers file with a spread gets nothing that could take the place of what it spreads', async () => {
  const own =
    "const { defineHandlers } = require('shardlift');\n\nexports.handlers = defineHandlers({ ...require('./more') });\n";
  const { of, after } = await rewrite({ ...cjsBot, 'cluster-handlers.js': own, 'x.js': ask });
  expect(of('x.js')).toMatchObject([{ outcome: 'left', code: 'DC-H3' }]);
  expect(after['cluster-handlers.js']).toBe(own);
});

describe('a function that several shards of one process carry out', () => {
  const rows: readonly (readonly [title: string, line: string, code: string | null])[] = [
    ['listens', 'f(await X((c) => { c.on("error", console.error); return 1; }))', 'DC-P4'],
    ['starts a timer', 'f(await X((c) => { setInterval(() => c.user, 1); return c.guilds.cache.size; }))', 'DC-P4'],
    ['changes the client', 'f(await X((c) => { c.token = null; return c.isReady(); }))', 'DC-P4'],
    ['listens, where nobody looks', 'await X((c) => { c.emit("debug", 1); })', null],
    ['listens to something of its own', 'f(await X((c) => c.guilds.cache.map((g) => g.on("x"))))', null],
    ['sets a presence of its shard', 'await X((c) => { c.user.setActivity("Shard " + c.shard.ids[0]); })', 'DC-P5'],
    [
      'sets a presence with the shard',
      'await X((c) => c.user.setActivity(String(c.guilds.cache.size), { shardId: c.shard.ids[0] }))',
      null,
    ],
    ['sets one presence for all', 'await X((c) => { c.user.setStatus("idle"); })', null],
    [
      'counts in its data',
      'f(await X((c, o) => { o.n += 1; return o.n + c.ws.ping; }, { context: { n: 1 } }))',
      'DC-P6',
    ],
    [
      'empties its data',
      'f(await X((c, { ids }) => { const a = []; while (ids.length) a.push(ids.pop()); return [a, c.ws.ping]; }, { context: { ids: [1] } }))',
      'DC-P6',
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
