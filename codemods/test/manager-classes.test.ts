/** The class of a manager, whatever way a file takes it out of discord.js. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read } from './project.ts';

const call = 'f(client.shard.broadcastEval((c) => c.ws.ping));\n';

async function rewrite(index: string, core = false) {
  const root = project({ ...cjsBot, 'index.js': index, 'x.js': call });
  const { sites } = await migrate({ paths: ['.'], cwd: root, core });
  return { text: read(root)['index.js'], sites };
}

const wired = "'./bot.js', { hybrid: { handlers: './cluster-handlers.js' } }";

test.each([
  [
    "const ShardingManager = require('discord.js').ShardingManager;\nnew ShardingManager('./bot.js').spawn();\n",
    `const ShardingManager = require('shardlift/compat').ShardingManager;\nnew ShardingManager(${wired}).spawn();\n`,
  ],
  [
    "var Manager = require('discord.js').ShardingManager;\nnew Manager('./bot.js').spawn();\n",
    `var Manager = require('shardlift/compat').ShardingManager;\nnew Manager(${wired}).spawn();\n`,
  ],
  [
    "new (require('discord.js').ShardingManager)('./bot.js').spawn();\n",
    `new (require('shardlift/compat').ShardingManager)(${wired}).spawn();\n`,
  ],
  [
    "const { ShardingManager } = require('discord.js');\nconst Manager = ShardingManager;\nnew Manager('./bot.js').spawn();\n",
    `const { ShardingManager } = require('shardlift/compat');\nconst Manager = ShardingManager;\nnew Manager(${wired}).spawn();\n`,
  ],
])('is known, and the manager wired: %s', async (before, after) => {
  const { text, sites } = await rewrite(before);
  expect(text).toBe(after);
  expect(sites.map(({ method, code }) => [method, code])).toEqual([
    ['ShardingManager', null],
    ['broadcastEval', null],
  ]);
});

test('is known where a variable takes it out of all of discord.js', async () => {
  const { text, sites } = await rewrite(
    "const Discord = require('discord.js');\nconst Manager = Discord.ShardingManager;\nnew Manager('./bot.js').spawn();\n",
  );
  expect(text).toContain(`new Manager(${wired})`);
  expect(sites.map(({ code }) => code)).toEqual([null, null]);
});

test('of a manager that is asked itself', async () => {
  const { text } = await rewrite(
    "const Manager = require('discord.js').ShardingManager;\nconst m = new Manager('./bot.js');\nm.fetchClientValues('ws.ping').then(f);\n",
  );
  expect(text).toContain("m.ipc.requestAllShards('wsPing').valuesOrThrow().then(f);");
});

test('with --core it stays, and says so', async () => {
  const { sites } = await rewrite(
    "const ShardingManager = require('discord.js').ShardingManager;\nnew ShardingManager('./bot.js').spawn();\n",
    true,
  );
  expect(sites[0]).toMatchObject({ outcome: 'rewritten-with-note', code: 'DC-M6' });
  expect(sites[0]?.message).toContain('index.js:1');
});
