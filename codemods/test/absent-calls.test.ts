/** Calls of discord-hybrid-sharding that shardlift/compat/hybrid does not have are named where the import moves. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Files, project, read } from './project.ts';

const manager =
  "const { ClusterManager } = require('discord-hybrid-sharding');\nconst manager = new ClusterManager('./bot.js');\n";
const bot =
  "const { Client } = require('discord.js');\nconst { ClusterClient } = require('discord-hybrid-sharding');\nconst client = new Client({ intents: [] });\nclient.cluster = new ClusterClient(client);\nclient.login();\n";

const files = (more: Files, index = 'manager.spawn();\n'): Files => ({
  'package.json': JSON.stringify({ name: 'bot', dependencies: { 'discord-hybrid-sharding': '^2.1.0' } }),
  'index.js': manager + index,
  'bot.js': bot,
  ...more,
});

async function notesOf(all: Files, paths: readonly string[] = ['.']) {
  const root = project(all);
  const { sites } = await migrate({ paths, cwd: root });
  expect(read(root)['bot.js']).toContain('shardlift/compat/hybrid');
  return sites.flatMap(({ code, file, message }) => (code === 'DC-M18' ? [`${file}: ${message}`] : []));
}

test.each([
  ['by a text', "exports.f = (client) => client.cluster.evalOnManager('this.totalClusters');\n"],
  ['by a function', 'exports.f = (client) => client.cluster.evalOnManager((m) => m.totalClusters);\n'],
  ['in brackets', "exports.f = (client) => client.cluster['evalOnManager']('1');\n"],
  ['by its name', 'exports.f = (client) => { const { evalOnManager } = client.cluster; return evalOnManager; };\n'],
])('the manager is asked %s', async (_title, text) => {
  const [note, more] = await notesOf(files({ 'x.js': text }));
  expect(note).toMatch(/^index\.js: .*no evalOnManager: .* here: x\.js:1\. Use manager\.hybrid\.ipc\.handle/);
  expect(more).toBe(undefined);
});

test('clusters that are made one by one are named, also in files that are not given', async () => {
  const index = 'for (const id of [0, 1]) manager.createCluster(id, [id], 2);\nmanager.spawn();\n';
  const [first, second] = await notesOf(files({ 'x.js': 'exports.f = (m) => m.evalOnManager(1);\n' }, index), [
    'index.js',
    'bot.js',
  ]);
  expect(first).toMatch(/no evalOnManager.* x\.js:1\./);
  expect(second).toBe(undefined);
  const [made] = await notesOf(files({}, index));
  expect(made).toMatch(/^index\.js: .*no createCluster: .* index\.js:3\. Use spawn\(\)/);
});

test('nothing is said of a bot without them, or of other things', async () => {
  const text = "// evalOnManager\nexports.f = (aws) => aws.ecs.createCluster({ name: 'evalOnManager' });\n";
  expect(await notesOf(files({ 'x.js': text }))).toEqual([]);
});
