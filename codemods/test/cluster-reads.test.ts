/** Code that looks at `client.cluster`: no client of discord.js had one, every client of shardlift's managers has. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, type Files, project } from './project.ts';

const call = 'f(client.shard.broadcastEval((c) => c.ws.ping));\n';

async function sites(files: Files, paths = ['.']) {
  const root = project({ ...cjsBot, 'calls.js': call, ...files });
  return (await migrate({ paths, cwd: root })).sites;
}

test.each([
  ['for an id', 'exports.id = (client) => client.cluster?.id ?? client.shard?.ids[0] ?? 0;\n'],
  ['as a test', "exports.m = ({ client }) => (client.cluster ? 'cluster' : client.shard ? 'shard' : 'single');\n"],
  ['instead of a shard', 'exports.s = (interaction) => interaction.client.cluster ?? interaction.client.shard;\n'],
  ['in quotes', "exports.s = (client) => 'cluster' in client && client['cluster'];\n"],
  ['in a pattern', 'const { cluster, user } = client;\nf(cluster, user);\n'],
  ['in a pattern of a parameter', 'exports.f = ({ client: { cluster } }) => cluster;\n'],
  [
    'of itself',
    "const { Client } = require('discord.js');\nclass Bot extends Client { get n() { return this.cluster?.id; } }\n",
  ],
])('is noted once, at the manager, with its place: %s', async (_title, text) => {
  const found = await sites({ 'lib/x.js': text });
  const line = text.split('\n').findIndex((one) => one.includes('cluster')) + 1;
  expect(found.map(({ file, code }) => [file, code])).toEqual([
    ['calls.js', null],
    ['index.js', 'DC-R11'],
  ]);
  expect(found[1]).toMatchObject({ outcome: 'rewritten-with-note' });
  expect(found[1]?.message).toContain(`(lib/x.js:${line})`);
});

test('names every line that looks at it', async () => {
  const found = await sites({
    'a.js': 'f(client.cluster);\nf(client.cluster?.id, client.cluster);\n',
    'b.js': 'if (bot.cluster) g();\n',
  });
  expect(found.at(-1)?.message).toContain('(a.js:1, a.js:2, b.js:1)');
});

test.each([
  ['of something else', 'f(redis.cluster.nodes, config.cluster, { cluster: 1 });\n'],
  ["that is shardlift's by what is asked of it", "f(client.cluster.ipc.requestAll('x'));\n"],
  ['in a file of shardlift', "require('shardlift');\nf(client.cluster.id);\n"],
  ['in a comment', '// client.cluster\nf();\n'],
])('a `cluster` %s says nothing', async (_title, text) => {
  expect((await sites({ 'x.js': text })).map(({ code }) => code)).toEqual([null, null]);
});

test('is no news where the bot sets it, or uses discord-hybrid-sharding', async () => {
  const own = await sites({ 'x.js': 'client.cluster = 1;\nf(client.cluster);\n' });
  expect(own.map(({ code }) => code)).toEqual(['DC-R10', null]);
  const manifest = '{ "name": "bot", "dependencies": { "discord.js": "14", "discord-hybrid-sharding": "2" } }\n';
  const hybrid = await sites({ 'package.json': manifest, 'x.js': 'f(client.cluster.id);\n' });
  expect(hybrid.map(({ code }) => code)).not.toContain('DC-R11');
});

test('is noted at the calls where the manager is not among the given paths', async () => {
  const found = await sites({ 'x.js': 'f(client.cluster?.id);\n' }, ['calls.js']);
  expect(found[0]?.message).toContain('(x.js:1)');
});

test('a method that is only asked for there is no call of today', async () => {
  const found = await sites({ 'x.js': 'if (client.cluster?.broadcastEval) f();\n' });
  expect(found.at(-1)).toMatchObject({ file: 'x.js', outcome: 'left', code: 'DC-S6' });
});
