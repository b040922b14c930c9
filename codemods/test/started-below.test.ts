/** The file of a manager below a folder that cannot be read. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, type Files, project, read } from './project.ts';

const hole = '$' + '{base}';

async function rewrite(path: string, files: Files = {}) {
  const manager = `const { ShardingManager } = require('discord.js');\nconst { base } = require('./places');\nnew ShardingManager(${path}).spawn();\n`;
  const call = 'f(client.shard.broadcastEval((c) => c.ws.ping));\n';
  const bot = { 'bot.js': null, 'run/bot.js': String(cjsBot['bot.js']), 'places.js': 'exports.base = __dirname;\n' };
  const root = project({ ...cjsBot, 'index.js': manager, 'x.js': call, ...bot, ...files });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  return { codes: sites.map(({ code }) => code), files: read(root) };
}

test.each([[`\`${hole}/run/bot.js\``], ["base + '/run/bot.js'"]])('%s is the one file that fits', async (path) => {
  const { codes, files } = await rewrite(path);
  expect(codes).toEqual([null, null]);
  expect(files['run/cluster-handlers.js']).toContain('wsPing:');
  expect(files['index.js']).toContain("handlers: './cluster-handlers.js'");
});

test.each([
  ['what only ends like a name', `\`${hole}bot.js\``, {}],
  ['a file that is not there', `\`${hole}/far/bot.js\``, {}],
  [
    'two that fit',
    `\`${hole}/run/bot.js\``,
    {
      'index.js': null,
      'app/index.js': `const { ShardingManager } = require('discord.js');\nconst { base } = require('../places');\nnew ShardingManager(\`${hole}/run/bot.js\`).spawn();\n`,
      'app/run/bot.js': String(cjsBot['bot.js']),
    },
  ],
] as const)('%s says nothing', async (_title, path, files) => {
  const { codes, files: after } = await rewrite(path, files);
  expect(codes.filter((code) => code !== null)).toMatchObject([expect.stringMatching(/^DC-H[12]$/)]);
  expect(Object.values(after).join('')).not.toContain('hybrid:');
});
