/** discord-hybrid-sharding up to 1.3 takes the arguments that start clusters in an order, later ones by name. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Files, project, read } from './project.ts';

const manager =
  "const { Manager } = require('discord-hybrid-sharding');\nconst manager = new Manager('./bot.js', { totalShards: 4 });\n";
const bot =
  "const { Client } = require('discord.js');\nconst Cluster = require('discord-hybrid-sharding');\nconst client = new Client({ intents: [] });\nclient.cluster = new Cluster.Client(client);\nclient.login();\n";

async function run(range: string, line: string, more: Files = {}) {
  const all: Files = {
    'package.json': JSON.stringify({ name: 'bot', dependencies: { 'discord-hybrid-sharding': range } }),
    // Not installed, whatever stands above.
    'node_modules/discord-hybrid-sharding/package.json': '{}',
    'index.js': `${manager}${line}\n`,
    'bot.js': bot,
    ...more,
  };
  const root = join(
    project(Object.fromEntries(Object.entries(all).map(([path, text]) => [`bot/${path}`, text]))),
    'bot',
  );
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const files = read(root);
  expect(files['index.js']).toContain("require('shardlift/compat/hybrid')");
  expect((await migrate({ paths: ['.'], cwd: root })).files).toEqual([]);
  const notes = sites.flatMap(({ code, file, message }) => (code === 'DC-M19' ? [`${file}: ${message}`] : []));
  return { files, line: files['index.js']?.split('\n').at(-2), notes };
}

test.each([
  ['1.3.1', "manager.spawn('auto', 5500, 30000);", "manager.spawn({ amount: 'auto', delay: 5500, timeout: 30000 });"],
  [
    '~1.1.1',
    'manager.spawn(undefined, undefined, -1);',
    'manager.spawn({ amount: undefined, delay: undefined, timeout: -1 });',
  ],
  ['>=1.1 <1.4', 'manager.spawn(n);', 'manager.spawn({ amount: n });'],
  ['1.3.1', 'manager.respawnAll(5500, 500);', 'manager.respawnAll({ clusterDelay: 5500, respawnDelay: 500 });'],
])('%s: the arguments get their names: %s', async (range, before, after) => {
  expect(await run(range, before)).toMatchObject({ line: after, notes: [] });
});

test('of a client, and in files that say nothing else of sharding', async () => {
  const again = 'exports.again = (client) => client.cluster.respawnAll(5000, 500);\n';
  const start = "require('./made').manager.spawn(2, 7000);\n";
  const made = `${manager}exports.manager = manager;\n`;
  const { files, notes } = await run('1.3.1', 'manager.spawn();', {
    'again.js': again,
    'start.js': start,
    'made.js': made,
  });
  expect(files['again.js']).toContain('client.cluster.respawnAll({ clusterDelay: 5000, respawnDelay: 500 });');
  expect(files['start.js']).toContain('.manager.spawn({ amount: 2, delay: 7000 });');
  expect(notes).toEqual([]);
});

test.each([
  ['^1.3.0', "manager.spawn('auto', 5500);"],
  ['>=1', 'manager.respawnAll(5500, 500);'],
  ['1.3.1', 'manager.spawn(1, 2, 3, 4);'],
  ['1.3.1', 'manager.spawn(...list);'],
  ['1.3.1', 'manager.clusters.forEach((one) => one.respawn(500));'],
])('%s: they stay and are said: %s', async (range, line) => {
  const said = await run(range, line);
  expect(said.line).toBe(line);
  expect(said.notes).toEqual([
    expect.stringMatching(
      /^index\.js: At index\.js:3 .* discord-hybrid-sharding up to 1\.3 .* respawnAll\(\{ clusterDelay,/,
    ),
  ]);
});

test.each([
  ['^1.4.3', "manager.spawn('auto', 5500);"],
  ['^2.1.0', 'manager.spawn(4);'],
  ['latest', 'manager.spawn(4);'],
  ['^1.3.0', 'manager.spawn({ amount: 4 });'],
  ['^1.3.0', 'const start = { amount: 4 }; manager.spawn(start);'],
  ['1.3.1', 'manager.spawn();'],
  ['1.3.1', "manager.on('clusterCreate', (cluster) => cluster.spawn(30000));"],
])('%s: nothing is said of %s', async (range, line) => {
  expect(await run(range, line)).toMatchObject({ line, notes: [] });
});
