/** What stands behind the options of a call to discord-hybrid-sharding never arrived, and is gone with a word. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { project } from './project.ts';

const from = "'discord-hybrid-sharding'";

const bot = {
  'package.json': `${JSON.stringify({ name: 'bot', type: 'commonjs', dependencies: { 'discord.js': '14', 'discord-hybrid-sharding': '2' } })}\n`,
  'index.js': `const { ClusterManager } = require(${from});\nnew ClusterManager('./bot.js').spawn();\n`,
  'bot.js': `const { ClusterClient } = require(${from});\nconst { Client } = require('discord.js');\nconst client = new Client({ intents: [] });\nclient.cluster = new ClusterClient(client);\nclient.login();\n`,
};

test.each([
  ['an object', '{ cluster: 0 }, { word }', 'DC-R12'],
  ['a name', '{ cluster: 0 }, word', 'DC-R12'],
  ['a number', '{ cluster: 0 }, 5000', null],
  ['nothing', '{ cluster: 0 }, undefined', null],
  ['no argument', '{ cluster: 0 }', null],
])('%s', async (_title, given, code) => {
  const x = `module.exports = (word) => client.cluster.broadcastEval((c, d) => c.ws.ping, ${given});\n`;
  const { sites } = await migrate({ paths: ['.'], cwd: project({ ...bot, 'x.js': x }), dryRun: true });
  const site = sites.find(({ file }) => file === 'x.js');
  expect(site?.outcome).not.toBe('left');
  expect(site?.code).toBe(code);
  if (code !== null) expect(site?.message).toMatch(/^The call had (\{ word \}|word) behind its options/);
});
