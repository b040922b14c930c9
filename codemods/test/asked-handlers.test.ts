/** A handler that the bot asks for is the function of a broadcast, not code beside it; one that nobody asks is the bot's own. */
import { describe, expect, test } from 'vitest';
import { own, rewrite } from './handlers-bot.ts';
import { cjsBot, type Files } from './project.ts';

const reads = 'my: (c) => [c.shard.ids[0], c.guilds.cache.size]';
const there = { 'cluster-handlers.js': own(reads) };

/** What is said of the manager. */
async function saidOf(files: Files, settings: { readonly inline?: boolean } = {}) {
  const { sites } = await rewrite(files, settings);
  const site = sites.find(({ method }) => method === 'ShardingManager');
  return { ids: site?.code === 'DC-P5', counts: site?.assumptions?.some(({ code }) => code === 'DC-A7') ?? false };
}

const ask = (call: string): Files => ({ 'x.js': `exports.x = (client, y) => client.cluster.ipc.${call};\n` });
const wrapped = (wrapper: string, call = "run(client, 'my')", name = '{ run }'): Files => ({
  'run.js': `${wrapper}\n`,
  'x.js': `const ${name} = require('./run');\n\nexports.x = (client) => ${call};\n`,
});

describe('a handler that is asked for one shard sees that alone', () => {
  test.each<readonly [title: string, files: Files]>([
    ['each shard', ask("requestAllShards('my').valuesOrThrow()")],
    ['one shard', ask("requestToShard(0, 'my')")],
    ['one of two', ask("requestAllShards(y ? 'my' : 'other').valuesOrThrow()")],
    ['a name in a const', { 'x.js': "const MY = 'my';\nexports.x = (c) => c.cluster.ipc.requestAllShards(MY);\n" }],
    ['a wrapper', wrapped('exports.run = (client, name) => client.cluster.ipc.requestAllShards(name);')],
    [
      'a wrapper of a wrapper',
      wrapped(
        'const ask = (ipc, name) => ipc.requestAllShards(name);\nexports.run = (client, name) => ask(client.cluster.ipc, name);',
      ),
    ],
    [
      'a method',
      wrapped(
        'exports.Run = class {\n  go(name) { return this.client.cluster.ipc.requestAllShards(name); }\n};',
        "new Run().go('my')",
        '{ Run }',
      ),
    ],
    [
      'a wrapper without a name',
      wrapped(
        'module.exports = (client, name) => client.cluster.ipc.requestAllShards(name);',
        "ask(client, 'my')",
        'ask',
      ),
    ],
    ['another handler', { 'cluster-handlers.js': own(reads, "all: (c) => c.cluster.ipc.requestAllShards('my')") }],
  ])('%s', async (_title, files) => {
    expect(await saidOf({ ...there, ...files })).toEqual({ ids: false, counts: false });
  });

  test.each([
    ['without defineHandlers', `exports.handlers = {\n  ${reads},\n};\n`],
    ['as a method', own('my(c) { return [c.shard.ids[0], c.guilds.cache.size]; }')],
    ['in a function further in', own('my: (c) => [1].map(() => [c.shard.ids[0], c.guilds.cache.size])')],
  ])('%s', async (_title, text) => {
    const files = { 'cluster-handlers.js': text, ...ask("requestAllShards('my').valuesOrThrow()") };
    expect(await saidOf(files)).toEqual({ ids: false, counts: false });
  });

  test('beside the client', async () => {
    const bot =
      "const { Client } = require('discord.js');\nrequire('shardlift');\n\nconst client = new Client({ intents: [] });\nclient.cluster.ipc.handle('my', (_data, { client: c }) => [c.shard.ids[0], c.guilds.cache.size]);\nclient.login();\n";
    expect(await saidOf({ 'bot.js': bot }, { inline: true })).toEqual({ ids: true, counts: true });
    const files = { 'bot.js': bot, ...ask("requestAllShards('my').valuesOrThrow()") };
    expect(await saidOf(files, { inline: true })).toEqual({ ids: false, counts: false });
  });
});

test.each([
  ['each process', ask("requestAll('my').valuesOrThrow()")],
  ['one process', ask("requestTo(0, 'my')")],
  ['the process of a guild', ask("requestToGuild(y, 'my')")],
  ['both', ask("requestAll('my') ?? client.cluster.ipc.requestAllShards('my')")],
])('one that is asked for %s counts that, and has all of its ids', async (_title, files) => {
  expect(await saidOf({ ...there, ...files })).toEqual({ ids: true, counts: false });
});

test.each<readonly [title: string, files: Files]>([
  ['nobody asks for', {}],
  ['is only named by something else', { 'x.js': "exports.x = (bot) => bot.commands.get('my');\n" }],
  ['has the name of data', ask("requestAllShards('other', 'my')")],
])('one that %s is code of the bot', async (_title, files) => {
  expect(await saidOf({ ...there, ...files })).toEqual({ ids: true, counts: true });
});

test('so is what stands beside handlers in their file', async () => {
  const text = `exports.first = (client) => [client.shard.ids[0], client.guilds.cache.size];\n${own('my: (c) => c.ws.ping')}`;
  const files = { 'cluster-handlers.js': text, ...ask("requestAllShards('my').valuesOrThrow()") };
  expect(await saidOf(files)).toEqual({ ids: true, counts: true });
});

describe('a counter of the bot', () => {
  const bot =
    `${cjsBot['bot.js']}client.runs = 0;\nclient.on('interactionCreate', () => { client.runs++; });\n`.replace(
      /new Client\(.*\)/,
      'const client = new Client({ intents: [] });\nclient',
    );
  const sum = {
    'x.js':
      'exports.x = async (client) => (await client.shard.broadcastEval((c) => c.runs)).reduce((a, b) => a + b, 0);\n',
  };

  test('stays one where a handler is called like it', async () => {
    const { calls } = await rewrite({ 'bot.js': bot, ...sum, 'cluster-handlers.js': own('runs: (c) => c.runs * 2') });
    expect(calls).toMatchObject([{ outcome: 'rewritten', handler: 'runs2' }]);
  });

  test('is none where a handler counts it up', async () => {
    const handlers = own('count: (c) => { c.runs++; return null; }');
    const { calls } = await rewrite({ 'bot.js': bot, ...sum, 'cluster-handlers.js': handlers });
    expect(calls).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-P2' }]);
    const inline = "client.cluster.ipc.handle('count', (_data, { client }) => { client.runs++; return null; });\n";
    const beside = await rewrite({ 'bot.js': bot + inline, ...sum });
    expect(beside.calls).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-P2' }]);
  });
});
