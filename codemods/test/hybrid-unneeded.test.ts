/** When a bot has moved whole, what package.json need not name any more is said. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { run } from './command.ts';
import { type Files, project } from './project.ts';

const manifest =
  '{ "name": "bot", "dependencies": { "discord.js": "^14.28.1", "discord-hybrid-sharding": "^2.2.0" } }\n';

const bot: Files = {
  'package.json': manifest,
  'index.js':
    "const { ClusterManager } = require('discord-hybrid-sharding');\nnew ClusterManager('./bot.js').spawn();\n",
  'bot.js':
    "const { Client } = require('discord.js');\nconst { ClusterClient } = require('discord-hybrid-sharding');\nconst client = new Client({ intents: [] });\nclient.cluster = new ClusterClient(client);\nclient.login();\n",
  'x.js': 'f(client.cluster.broadcastEval((c) => c.ws.ping));\n',
};

const said =
  /No file of the bot imports discord-hybrid-sharding any more: once it runs, take that out of package\.json\./;

test('a bot of discord-hybrid-sharding that has moved whole is told that nothing imports that', async () => {
  const { stdout } = await run(project(bot), '.');
  expect(stdout).toMatch(said);
  expect((await migrate({ paths: ['.'], cwd: project(bot) })).noLongerNeeded).toEqual(['package.json']);
});

interface Row {
  readonly title: string;
  readonly files: Files;
  readonly paths?: readonly string[];
}

const rows: readonly Row[] = [
  { title: 'a call is left', files: { 'y.js': 'f(client.cluster.broadcastEval(jobs[name]));\n' } },
  {
    title: 'a file was not given that imports it',
    files: { 'more/tool.js': "const { getInfo } = require('discord-hybrid-sharding');\nf(getInfo());\n" },
    paths: ['index.js', 'bot.js', 'x.js'],
  },
  { title: 'an import of it stays', files: { 'y.js': "f(require('discord-hybrid-sharding').version);\n" } },
  { title: 'a text says its name', files: { 'y.js': "const names = ['discord-hybrid-sharding'];\n" } },
];

test.each(rows)('nothing of the kind is said when $title', async ({ files, paths = ['.'] }) => {
  const report = await migrate({ paths, cwd: project({ ...bot, ...files }) });
  expect(report.noLongerNeeded).toBeUndefined();
});

test('files that were not given and do not import it are searched, and are no obstacle', async () => {
  const cwd = project({ ...bot, 'more/tool.js': 'exports.a = 1; // of discord-hybrid-sharding\n' });
  const report = await migrate({ paths: ['index.js', 'bot.js', 'x.js'], cwd });
  expect(report.noLongerNeeded).toEqual(['package.json']);
});
