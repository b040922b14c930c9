/** A bot whose client has a `cluster` of its own: nothing is rewritten to it, and the report says where it is. */
import { describe, expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, type Files, project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const ask = 'broadcastEval((c) => c.ws.ping)';
const calls = `exports.a = (client) => client.shard.${ask};
exports.b = ({ client: { shard } }) => shard.${ask};
exports.c = (interaction) => interaction.client.shard.fetchClientValues('ws.ping');
`;

async function outcomes(files: Files, paths = ['.']) {
  const root = project(files);
  const { sites } = await migrate({ paths, cwd: root });
  const asked = sites.filter(({ method }) => method !== 'ShardingManager');
  return { sites: asked, codes: asked.map(({ outcome, code }) => code ?? outcome), after: read(root) };
}

const discord = "const { Client } = require('discord.js');\n";

test.each([
  ['put there', 'module.exports = (client) => {\n  client.cluster = process.env.NAME;\n};\n', 2],
  ['put there by its name in a text', "module.exports = (bot) => { bot['cluster'] ??= {}; };\n", 1],
  [
    "Node's own module",
    "const cluster = require('cluster');\nmodule.exports = (x) => { x.client.cluster = cluster; };\n",
    2,
  ],
  ['set in a class', `${discord}class Bot extends Client { constructor() { super({}); this.cluster = 1; } }\n`, 2],
  ['a field', `const D = require('discord.js');\nclass Bot extends D.Client {\n  cluster = null;\n}\n`, 3],
  [
    'a getter of a class of a framework',
    "import { SapphireClient } from '@sapphire/framework';\nclass A extends SapphireClient { get cluster() { return 1; } }\n",
    2,
  ],
  ['assigned', `${discord}const client = new Client({});\nObject.assign(client, { cluster: 1 });\n`, 3],
  ['defined', `${discord}Object.defineProperty(Client.prototype, 'cluster', { value: 1 });\n`, 2],
])('a `cluster` that is %s leaves the calls of all clients', async (_title, text, line) => {
  const { sites, codes, after } = await outcomes({ ...cjsBot, 'calls.js': calls, 'lib/own.js': text });
  expect(codes).toEqual(['DC-R10', 'DC-R10', 'DC-R10']);
  expect(sites[0]?.message).toContain(`(lib/own.js:${line})`);
  expect(after['calls.js']).toBe(calls);
});

test.each([
  [
    'of something else',
    'module.exports = (redis, config) => { redis.cluster = 1; config.client.name.cluster = 2; };\n',
  ],
  ['that is only read', 'module.exports = (client) => client.cluster?.id ?? client.cluster === 1;\n'],
  [
    'of a client of another library',
    "const { MongoClient } = require('mongodb');\nconst client = new MongoClient();\nclient.cluster = 1;\nclass A extends MongoClient { cluster = 1; }\n",
  ],
  [
    'of a class that is no client',
    'class A extends Base { static cluster = 1; cluster = 2; f() { this.cluster = 3; } }\n',
  ],
  [
    'of shardlift',
    "import { getCluster } from 'shardlift';\nexport const f = (client) => { client.cluster = getCluster(client); };\n",
  ],
])('a `cluster` %s says nothing', async (_title, text) => {
  const { codes } = await outcomes({ ...cjsBot, 'calls.js': calls, 'lib/own.js': text });
  expect(codes).toEqual(['rewritten', 'rewritten', 'rewritten']);
});

test('the calls of a manager are rewritten all the same', async () => {
  const own = 'module.exports = (client) => { client.cluster = 1; };\n';
  const manager = `${String(cjsBot['index.js']).replace('new', 'const m = new').replace('.spawn()', '')}m.spawn();\nm.${ask};\n`;
  const { codes, after } = await outcomes({ ...cjsBot, 'index.js': manager, 'calls.js': calls, 'own.js': own });
  expect(codes).toEqual(['DC-R10', 'DC-R10', 'DC-R10', 'rewritten']);
  expect(after['index.js']).toContain("m.ipc.requestAllShards('wsPing')");
});

test('beside the client nothing is registered with a `cluster` of the bot', async () => {
  const bot = `${discord}const client = new Client({ intents: [] });\nclient.cluster = 1;\nclient.login();\n`;
  const index = `${String(cjsBot['index.js']).replace('new', 'const m = new').replace('.spawn()', '')}m.${ask};\n`;
  const root = project({ ...cjsBot, 'bot.js': bot, 'index.js': index });
  const { sites } = await migrate({ paths: ['.'], cwd: root, inline: true });
  expect(sites.find(({ method }) => method === 'broadcastEval')).toMatchObject({ outcome: 'left', code: 'DC-H4' });
  expect(read(root)['bot.js']).toBe(bot);
});

describe('in TypeScript', () => {
  const own =
    "import { Client } from 'discord.js';\nexport class Bot extends Client<true> {\n  readonly cluster: string = 'eu';\n}\n";
  const typed = (type: string): string =>
    `import type { Client } from 'discord.js';\nimport type { Bot } from './own.js';\nexport const f = (bot: ${type}) => bot.shard!.${ask};\n`;

  test('the class that has it is named, whatever the client is typed as', async () => {
    const files = { ...tsBot, 'src/own.ts': own, 'src/x.ts': typed('Bot'), 'src/y.ts': typed('Client<true>') };
    const { sites, codes } = await outcomes(files, ['src']);
    expect(codes).toEqual(['DC-R10', 'DC-R10']);
    expect(sites[0]?.message).toContain('(src/own.ts:3)');
  });

  test('what declarations add to the class of discord.js counts', async () => {
    const added =
      "import 'discord.js';\ndeclare module 'discord.js' {\n  interface Client {\n    cluster: string;\n  }\n}\n";
    const { sites, codes } = await outcomes(
      { ...tsBot, 'src/own.d.ts': added, 'src/x.ts': typed('Client').replace(/import.*own.*\n/, '') },
      ['src'],
    );
    expect(codes).toEqual(['DC-R10']);
    expect(sites[0]?.message).toContain('(src/own.d.ts:4)');
  });
});

test.each([
  ['set', `${discord}const myBot = new Client({});\nmyBot.cluster = { id: 3 };\n`],
  ['assigned', `${discord}const discordBot = new Client({});\nObject.assign(discordBot, { cluster: 1 });\n`],
  ['of its class', `${discord}class A extends Client {}\nconst musicClient = new A({});\nmusicClient.cluster ??= 1;\n`],
])('a `cluster` of a client of any name: %s', async (_title, text) => {
  const { codes } = await outcomes({ ...cjsBot, 'calls.js': calls, 'lib/own.js': text });
  expect(codes).toEqual(['DC-R10', 'DC-R10', 'DC-R10']);
});

test.each([
  ['of several clients', 'module.exports = (clients) => { clients.cluster = 1; };\n'],
  [
    'of a client of something else',
    'module.exports = (redisClient, dbClient) => { redisClient.cluster = dbClient.cluster = 1; };\n',
  ],
])('a `cluster` %s leaves nothing', async (_title, text) => {
  const { codes } = await outcomes({ ...cjsBot, 'calls.js': calls, 'lib/own.js': text });
  expect(codes).not.toContain('DC-R10');
});

test('a `cluster` that another package of the bot gives its client leaves the calls', async () => {
  const needs = '"dependencies":{"discord.js":"^14.16.0"}';
  const { codes, sites, after } = await outcomes({
    'package.json': `{"name":"b","private":true,"workspaces":["packages/*"],${needs}}`,
    'packages/bot/package.json': `{"name":"@b/bot",${needs}}`,
    'packages/bot/index.js':
      "const { ShardingManager } = require('discord.js');\nnew ShardingManager('./bot.js', { token: 'x' }).spawn();\n",
    'packages/bot/bot.js': `${discord}const client = new Client({ intents: [] });\nclient.cluster = { id: 3 };\nrequire('@b/commands')(client);\nclient.login();\n`,
    'packages/commands/package.json': `{"name":"@b/commands","main":"index.js",${needs}}`,
    'packages/commands/index.js': calls,
  });
  expect(codes).toEqual(['DC-R10', 'DC-R10', 'DC-R10']);
  expect(sites[0]?.message).toContain('packages/bot/bot.js:3');
  expect(after['packages/commands/index.js']).toBe(calls);
});
