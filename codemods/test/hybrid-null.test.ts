/** The answer of one cluster was a list of one, made by JSON: `undefined` in it was `null`. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Files, project, read } from './project.ts';

const bot = (range: string): Files => ({
  'package.json': JSON.stringify({ name: 'bot', dependencies: { 'discord-hybrid-sharding': range } }),
  'node_modules/discord-hybrid-sharding/package.json': '{}',
  'index.js':
    "const { ClusterManager } = require('discord-hybrid-sharding');\nnew ClusterManager('./bot.js').spawn();\n",
  'bot.js':
    "const { Client } = require('discord.js');\nconst { ClusterClient } = require('discord-hybrid-sharding');\nconst client = new Client({ intents: [] });\nclient.cluster = new ClusterClient(client);\nclient.login();\n",
});

const below = (files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`bot/${path}`, text]));

async function handlersOf(range: string, use: string, options = '{ cluster: 0, context: { id } }') {
  const x = `exports.f = async (client, id) => { ${use.replace('CALL', `client.cluster.broadcastEval((c, { id }) => c.guilds.cache.get(id)?.name, ${options})`)} };\n`;
  const root = project(below({ ...bot(range), 'x.js': x }));
  const { sites } = await migrate({ paths: ['bot'], cwd: root });
  expect(sites.find(({ file }) => file === 'bot/x.js')?.outcome).toMatch(/^rewritten/);
  return read(root)['bot/cluster-handlers.js'] ?? '';
}

test.each([
  ['taken out', 'const [n] = await CALL; return n === null;'],
  ['by its place', 'const r = await CALL; return r[0] === null;'],
  ['handed on', 'return await CALL;'],
])('a list of one that is %s has null', async (_title, use) => {
  expect(await handlersOf('^2.1.0', use)).toContain('?.name ?? null');
});

test('a shard is asked alike', async () => {
  const use = 'const [n] = await CALL; return n === null;';
  expect(await handlersOf('^2.1.0', use, '{ shard: 0, context: { id } }')).toContain('?.name ?? null');
});

test.each([
  ['tested', '^2.1.0', 'const [n] = await CALL; return n ? 1 : 2;'],
  ['no list', '~1.5.2', 'const n = await CALL; return n === null;'],
])('an answer that is %s stays as it is', async (_title, range, use) => {
  expect(await handlersOf(range, use)).not.toContain('?? null');
});

test.each([
  ['a list', '{ cluster: [0, 1] }', '', 'DC-R9'],
  ['a list by its name', '{ cluster: ids }', 'const ids = [0, 1]; ', 'DC-R9'],
  ['its own cluster', '{ cluster: client.cluster.id }', '', null],
  ['anything', '{ cluster: id }', '', 'DC-R8'],
])('%s that is asked', async (_title, options, before, code) => {
  const x = `exports.f = async (client, id) => { ${before}return client.cluster.broadcastEval((c) => c.ws.ping, ${options}); };\n`;
  const root = project(below({ ...bot('^2.1.0'), 'x.js': x }));
  const { sites } = await migrate({ paths: ['bot'], cwd: root });
  expect(sites.find(({ file }) => file === 'bot/x.js')).toMatchObject({ code });
});
