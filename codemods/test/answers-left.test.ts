/** Calls to one cluster that stay as they are, in a bot whose discord-hybrid-sharding gave them the value itself. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Files, project } from './project.ts';

const bot = (range: string): Files => ({
  'package.json': JSON.stringify({ name: 'bot', dependencies: { 'discord-hybrid-sharding': range } }),
  'node_modules/discord-hybrid-sharding/package.json': '{}',
  'index.js': "const { Manager } = require('discord-hybrid-sharding');\nnew Manager('./bot.js').spawn();\n",
  'bot.js':
    "const { Client } = require('discord.js');\nconst hybrid = require('discord-hybrid-sharding');\nconst client = new Client({ intents: [] });\nclient.cluster = new hybrid.Client(client);\nclient.login();\n",
});

const below = (files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`bot/${path}`, text]));

async function notesOf(range: string, files: Files, paths: readonly string[] = ['bot']) {
  const root = project(below({ ...bot(range), ...files }));
  const { sites } = await migrate({ paths, cwd: root });
  return sites.filter(({ code }) => code === 'DC-W13').map(({ file, message }) => `${file}: ${message}`);
}

const left = (options: string, before = 'return ', after = ''): string =>
  `exports.f = async (client, fn, o) => { ${before}client.cluster.broadcastEval(fn, ${options})${after}; };\n`;

test.each([
  ['one cluster', '~1.5.2', left('{ cluster: 0 }')],
  ['one that may be', '^1.5.2', left('{ cluster: 0 }')],
  ['a shard', '~1.5.2', left('{ shard: 0 }')],
  ['a guild', '~1.5.2', left('{ guildId: o }')],
  ['options that cannot be read', '~1.5.2', left('o')],
  ['options with more in them', '~1.5.2', left('{ ...o }')],
  ['a value of a client', '~1.5.2', 'exports.f = (client, path) => client.cluster.fetchClientValues(path, 0);\n'],
  ['a text', '~1.5.2', "exports.f = (client) => client.cluster.broadcastEval('this.ws.ping', { cluster: 0 });\n"],
  [
    'the method itself',
    '~1.5.2',
    'exports.f = (client) => { const ask = client.cluster.broadcastEval; return ask; };\n',
  ],
  ['one by a name', '~1.5.2', `const one = { cluster: 0 }; ${left('one')}`],
  ['a name that is changed', '~1.5.2', `const one = { timeout: 5 }; one.cluster = 0; ${left('one')}`],
  ['a test', '~1.5.2', left('{ cluster: 0 }', 'if (await ', ') return 1')],
])('%s with %s that stays is named at the import', async (_title, range, text) => {
  const [note, more] = await notesOf(range, { 'x.js': text });
  expect(note).toMatch(/^bot\/index\.js: .* from now on: x\.js:1\./);
  expect(more).toBe(undefined);
});

test.each([
  ['everybody', '~1.5.2', left('{ timeout: 5 }')],
  ['several', '~1.5.2', left('{ cluster: [0, 1] }')],
  ['nobody by name', '~1.5.2', left('{ shard: null, cluster: null }')],
  ['everybody by a name', '~1.5.2', `const all = { timeout: 5 };\n${left('all')}`],
  [
    "discord.js's own shards",
    '~1.5.2',
    'exports.f = async (client, fn) => client.shard.broadcastEval(fn, { shard: 0 });\n',
  ],
  ['something else', '~1.5.2', 'exports.f = async (redis, fn) => redis.broadcastEval(fn, { cluster: 0 });\n'],
  ['one that gave a list before', '^1.7.0', left('{ cluster: 0 }')],
  ['one that nobody looks at', '~1.5.2', left('{ cluster: 0 }', 'await ')],
  [
    'one that is rewritten',
    '~1.5.2',
    'exports.f = (client) => client.cluster.broadcastEval((c) => c.ws.ping, { cluster: 0 });\n',
  ],
])('%s with %s is not', async (_title, range, text) => {
  expect(await notesOf(range, { 'x.js': text })).toEqual([]);
});

test('a file that is not given is named as well', async () => {
  const paths = ['bot/index.js', 'bot/bot.js'];
  const [note] = await notesOf('~1.5.2', { 'x.js': `\n${left('{ cluster: 0 }')}` }, paths);
  expect(note).toMatch(/: x\.js:2\./);
});

test.each([
  ['compiled', 'build/x.js', left('{ cluster: 0 }')],
  ["asks discord.js's own shards", 'x.js', left('{ shard: 0 }').replace('cluster', 'shard')],
  ['asks something else', 'x.js', left('{ cluster: 0 }').replace('client.cluster', 'o.redis')],
])('one that is %s is not', async (_title, path, text) => {
  const tsconfig = { 'tsconfig.json': '{ "compilerOptions": { "outDir": "build" } }' };
  expect(await notesOf('~1.5.2', { ...tsconfig, [path]: text }, ['bot/index.js', 'bot/bot.js'])).toEqual([]);
});

test('a file of another package is not', async () => {
  const other = { 'packages/other/package.json': '{"name":"other"}', 'packages/other/x.js': left('{ cluster: 0 }') };
  expect(await notesOf('~1.5.2', other, ['bot/index.js', 'bot/bot.js'])).toEqual([]);
});

test('nothing is said where the import stays', async () => {
  const text =
    "const { Client, Child } = require('discord-hybrid-sharding');\nclient.cluster = new Client(client);\nf(Child);\n";
  expect(await notesOf('~1.5.2', { 'x.js': left('{ cluster: 0 }'), 'bot.js': text })).toEqual([]);
});
