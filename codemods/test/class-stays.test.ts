/** A class of a manager that is only named moves together with every manager that may get there, or not at all. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, type Files, project } from './project.ts';

const job =
  "const { ShardingManager } = require('discord.js');\nexports.total = (it) => (it instanceof ShardingManager ? it.totalShards : 0);\n";
const ask =
  "const { ShardingManager } = require('discord.js');\nexports.ask = (it) => (it instanceof ShardingManager ? it.broadcastEval((c) => c.ws.ping) : 0);\n";
const built = "const { ShardingManager } = require('discord.js');\nnew ShardingManager('./bot.js').spawn();\n";
const bot: Files = { ...cjsBot, 'index.js': null, 'lib/job.js': job };

async function codesOf(files: Files, paths: readonly string[]): Promise<readonly (readonly [string, string])[]> {
  const report = await migrate({ paths, cwd: project(files) });
  return report.sites.map(({ file, outcome, code }) => [file, outcome === 'left' ? (code ?? '') : outcome] as const);
}

const awaited =
  "module.exports = (async () => { const { ShardingManager } = await import('discord.js'); return new ShardingManager('./bot.js'); })();\n";

test('it stays where one of the managers that were given stays', async () => {
  expect(await codesOf({ ...bot, 'index.js': awaited }, ['.'])).toEqual([
    ['index.js', 'DC-M3'],
    ['lib/job.js', 'DC-M15'],
  ]);
});

test('it moves in the file of a manager that moves', async () => {
  const found = await codesOf({ ...bot, 'dev.js': awaited, 'index.js': built }, ['.']);
  expect(found).toEqual([
    ['dev.js', 'DC-M3'],
    ['index.js', 'rewritten'],
    ['lib/job.js', 'DC-M15'],
  ]);
});

describe('it stays where a manager that was not given', () => {
  test.each([
    ['is taken by import()', awaited],
    ['is taken where it is built', "module.exports = new (require('discord.js').ShardingManager)('./bot.js');\n"],
    ['is made by a function', "const { ShardingManager } = require('discord.js');\nmake(ShardingManager);\n"],
    ['is in a file that does not parse', built.replace('.spawn()', '.spawn(')],
  ])('%s', async (_title, index) => {
    expect(await codesOf({ ...bot, 'index.js': index }, ['lib'])).toEqual([['lib/job.js', 'DC-M13']]);
  });

  test('is one of two', async () => {
    const two = { ...bot, 'lib/ask.js': ask, 'a/index.js': built, 'b/index.js': built };
    expect(await codesOf(two, ['a', 'lib'])).toEqual([
      ['a/index.js', 'rewritten'],
      ['lib/ask.js', 'DC-M13'],
      ['lib/ask.js', 'DC-M13'],
      ['lib/job.js', 'DC-M13'],
    ]);
    expect(await codesOf(two, ['.'])).toMatchObject([
      ['a/index.js', 'rewritten'],
      ['b/index.js', 'rewritten'],
      ['lib/ask.js', 'rewritten'],
      {},
      ['lib/job.js', 'rewritten'],
    ]);
  });

  test('is kept on the global object', async () => {
    const files = {
      ...bot,
      'index.js': built.replace('new ', 'global.manager = new ').replace('.spawn()', ''),
      'lib/job.js': 'module.exports = () => global.manager.broadcastEval((c) => c.ws.ping);\n',
    };
    expect(await codesOf(files, ['lib'])).toEqual([['lib/job.js', 'DC-M13']]);
  });
});

describe('a manager of discord-hybrid-sharding that was not given is one that takes its class', () => {
  const client =
    "const { Client } = require('discord.js');\nconst { ClusterClient } = require('discord-hybrid-sharding');\nconst client = new Client({ intents: [] });\nclient.cluster = new ClusterClient(client);\nclient.login();\n";
  test.each([
    [
      'by its name',
      "const hybrid = require('discord-hybrid-sharding');\nconst { ClusterManager } = hybrid;\nnew ClusterManager('./bot.js');\n",
    ],
    [
      'at run time',
      "(async () => { const { ClusterManager } = await import('discord-hybrid-sharding'); new ClusterManager('./bot.js'); })();\n",
    ],
    ['for a function', "const { ClusterManager } = require('discord-hybrid-sharding');\nmake(ClusterManager);\n"],
  ])('%s', async (_title, main) => {
    const files = {
      'package.json': '{ "name": "bot", "dependencies": { "discord.js": "14", "discord-hybrid-sharding": "2" } }\n',
      'main/manager.js': main,
      'clients/client.js': client,
    };
    expect(await codesOf(files, ['clients'])).toEqual([['clients/client.js', 'DC-M13']]);
  });
});

test('it moves where the package has a manager of shardlift already, whatever else lies about', async () => {
  const files = { ...bot, 'index.js': built.replace('discord.js', 'shardlift/compat'), 'build/index.js': built };
  expect(await codesOf(files, ['lib'])).toEqual([['lib/job.js', 'rewritten']]);
});
