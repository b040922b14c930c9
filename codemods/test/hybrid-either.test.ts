/** What is the manager of discord-hybrid-sharding in one process and the client of a cluster in another. */
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, type Files, project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const from = "'discord-hybrid-sharding'";
const dependencies = { 'discord.js': '^14.28.1', 'discord-hybrid-sharding': '^2.2.0' };

const ask = 'broadcastEval((c, { id }) => c.guilds.cache.has(id), { context: { id } })';
const choice = 'client instanceof ClusterManager ? client : client.cluster';

const typed = {
  'package.json': `${JSON.stringify({ name: 'bot', type: 'module', dependencies })}\n`,
  'tsconfig.json': tsBot['tsconfig.json'] ?? null,
  'src/index.ts': `import { ClusterManager } from ${from};\n\nawait new ClusterManager('dist/bot.js').spawn();\n`,
  'src/bot.ts': [
    `import { ClusterClient } from ${from};`,
    "import { Client } from 'discord.js';",
    '',
    'export class Bot extends Client {',
    '  cluster = new ClusterClient(this);',
    '}',
    '',
  ].join('\n'),
} satisfies Files;

const head = `import { ClusterManager } from ${from};\nimport type { Bot } from './bot.js';\n\n`;
const found = (body: string): string =>
  `${head}export async function has(client: Bot | ClusterManager, id: string) {\n${body}}\n`;

test.each([
  ['chosen in the call', found(`  return (await (${choice}).${ask}).includes(true);\n`), `(${choice}).ipc.`],
  ['by a name', found(`  const either = ${choice};\n  return (await either.${ask}).includes(true);\n`), 'either.ipc.'],
])('is asked as it stands in TypeScript: %s', async (_title, text, start) => {
  const root = project({ ...typed, 'src/has.ts': text });
  const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.map(({ outcome, message }) => ({ outcome, message }))).not.toContainEqual(
    expect.objectContaining({ outcome: 'left' }),
  );
  expect(summary.verified).toBe(true);
  expect(read(root)['src/has.ts']).toContain(start);
});

const untyped = {
  ...cjsBot,
  'package.json': `${JSON.stringify({ name: 'bot', dependencies })}\n`,
  'index.js': `const { ClusterManager } = require(${from});\nnew ClusterManager('./bot.js').spawn();\n`,
  'bot.js': [
    "const { Client } = require('discord.js');",
    `const { ClusterClient } = require(${from});`,
    'const client = new Client({ intents: [] });',
    'client.cluster = new ClusterClient(client);',
    'client.login();',
    '',
  ].join('\n'),
};

test('is asked as it stands in JavaScript', async () => {
  const text = `const { ClusterManager } = require(${from});\nexports.has = async (client, id) => (await (${choice}).${ask}).includes(true);\n`;
  const root = project({ ...untyped, 'has.js': text });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.find(({ file, method }) => file === 'has.js' && method === 'broadcastEval')).toMatchObject({
    outcome: 'rewritten',
  });
  expect(read(root)['has.js']).toContain(`(${choice}).ipc.`);
});

test('is no proof where something else may stand there, too', async () => {
  const text = `const { ClusterManager } = require(${from});\nexports.has = async (client, id) => (await (client instanceof ClusterManager ? client : client.rabbit).${ask}).includes(true);\n`;
  const root = project({ ...untyped, 'has.js': text });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.find(({ file, method }) => file === 'has.js' && method === 'broadcastEval')).toMatchObject({
    outcome: 'left',
    code: 'DC-S3',
  });
});
