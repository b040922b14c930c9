/** Versions 1 of discord-hybrid-sharding call their classes Client and Manager. */
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { compat } from './managed-bot.ts';
import { type Files, project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const from = "'discord-hybrid-sharding'";
const now = "'shardlift/compat/hybrid'";
const dependencies = { 'discord.js': '^14.28.1', 'discord-hybrid-sharding': '^1.5.2' };

const typings = `declare module ${from} {
  import { Client as DiscordClient } from 'discord.js';
  export class Client {
    constructor(client: DiscordClient);
    broadcastEval<T>(fn: (client: DiscordClient) => T): Promise<T[]>;
  }
  export class Manager {
    constructor(file: string, options?: object);
    spawn(): Promise<Map<number, unknown>>;
    broadcastEval<T>(fn: (client: DiscordClient) => T): Promise<T[]>;
  }
  export class Cluster {
    broadcastEval<T>(fn: (client: DiscordClient) => T): Promise<T[]>;
  }
}
`;

const bot = {
  'package.json': `${JSON.stringify({ name: 'bot', type: 'module', dependencies })}\n`,
  'tsconfig.json': (tsBot['tsconfig.json'] ?? '').replace('"include":["src"]', '"include":["src","vendor"]'),
  'vendor/discord-hybrid-sharding/typings.d.ts': typings,
  'src/index.ts': `import { Manager } from ${from};\n\nexport const manager = new Manager('dist/bot.js');\nawait manager.spawn();\n`,
  'src/bot.ts': `import { Client as Fleet } from ${from};\nimport { Client } from 'discord.js';\n\nexport class Bot extends Client {\n  fleet!: Fleet;\n}\nexport const bot = new Bot({ intents: [] });\nbot.fleet = new Fleet(bot);\n`,
} satisfies Files;

test.each([
  [
    'the client',
    "import type { Bot } from './bot.js';\nexport const f = (bot: Bot) => bot.fleet.broadcastEval((c) => c.ws.ping);\n",
  ],
  ['the manager', "import { manager } from './index.js';\nexport const f = manager.broadcastEval((c) => c.ws.ping);\n"],
])('by its type %s is known', async (_title, text) => {
  const root = project({ ...bot, 'src/x.ts': text });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.map(({ code, outcome }) => code ?? outcome)).toEqual(['rewritten', 'rewritten', 'rewritten']);
  const files = read(root);
  expect(files['src/x.ts']).toContain(".ipc.requestAll('wsPing').valuesOrThrow()");
  expect(files['src/index.ts']).toContain(`import { Manager } from ${now};`);
});

test('another class of the library is none of them, nor is a Client of discord.js', async () => {
  const text = `import type { Cluster } from ${from};
import { Client } from 'discord.js';
class Own extends Client { broadcastEval(fn: (client: Client) => unknown) { return fn(this); } }
export const f = (cluster: Cluster, own: Own) => [cluster.broadcastEval((c) => c.ws.ping), own.broadcastEval((c) => c.ws.ping)];
`;
  const root = project({ ...bot, 'src/x.ts': text });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  const codes = sites.filter(({ method }) => method === 'broadcastEval').map(({ code }) => code);
  // The first is the declaration.
  expect(codes).toEqual(['DC-S5', 'DC-S1', 'DC-S1']);
});

test.each([
  ['a written type', 'export const f = (manager: Manager) => manager.broadcastEval((c) => c.ws.ping);'],
  ['an imported type', `export const f = (x: import(${from}).Manager) => x.broadcastEval((c) => c.ws.ping);`],
])('without its typings the manager is known by %s', async (_title, line) => {
  const files = { ...bot, 'tsconfig.json': tsBot['tsconfig.json'] ?? null };
  const root = project({ ...files, 'src/x.ts': `import type { Manager } from ${from};\n${line}\n` });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.find(({ method }) => method === 'broadcastEval')?.code).toBe(null);
});

test('a class of the bot on it is wired where it is built', async () => {
  const lib = `const { Manager } = require(${from});\nclass Fleet extends Manager {}\nmodule.exports = { Fleet };\n`;
  const root = project({
    'package.json': `${JSON.stringify({ name: 'bot', dependencies })}\n`,
    'lib/fleet.js': lib,
    'index.js': "const { Fleet } = require('./lib/fleet');\nnew Fleet('./bot.js').spawn();\n",
    'bot.js': `const { Client } = require(${from});\nclient.cluster = new Client(client);\n`,
    'x.js': 'f(client.cluster.broadcastEval((c) => c.ws.ping));\n',
  });
  await migrate({ paths: ['.'], cwd: root });
  expect(read(root)['index.js']).toContain("new Fleet('./bot.js', { hybrid: { handlers: './cluster-handlers.js' } })");
});

test('that an earlier run has moved is wired by a later one', async () => {
  const root = project({
    'package.json': `${JSON.stringify({ name: 'bot', dependencies: { ...dependencies, shardlift: '*' } })}\n`,
    'index.js': `${compat.replace('ShardingManager', 'Manager').replace("compat'", "compat/hybrid'")}new Manager('./bot.js').spawn();\n`,
    'bot.js': `const { Client } = require(${now});\nclient.cluster = new Client(client);\n`,
    'x.js': 'f(client.cluster.broadcastEval((c) => c.ws.ping));\n',
  });
  await migrate({ paths: ['.'], cwd: root });
  expect(read(root)['index.js']).toContain("{ hybrid: { handlers: './cluster-handlers.js' } }");
});

const plain = {
  'bot/index.js': `const { Manager } = require(${from});\nnew Manager('./bot.js').spawn();\n`,
  'bot/bot.js': `const { Client } = require('discord.js');\nconst hybrid = require(${from});\nconst client = new Client({ intents: [] });\nclient.cluster = new hybrid.Client(client);\nclient.login();\n`,
} satisfies Files;
const asks = (before: string, after: string): string =>
  `${before}bot.cluster.broadcastEval((c) => c.ws.ping, { cluster: 0 })${after};\n`;

test.each([
  ['^1.5.2', { version: '1.5.3' }, 'x.js', 'rewritten', "requestTo(0, 'wsPing')"],
  ['^1.5.2', { version: '1.7.5' }, 'x.js', 'rewritten', "requestTo(0, 'wsPing').then((value) => [value])"],
  ['~1.6.2', {}, 'x.js', 'rewritten', "requestTo(0, 'wsPing')"],
  ['^2.0.0', {}, 'x.js', 'rewritten', "requestTo(0, 'wsPing').then((value) => [value])"],
  // Either may be there.
  ['^1.5.2', {}, 'x.js', 'DC-W12', "requestTo(0, 'wsPing').then((value) => [value])"],
  ['^1.5.2', {}, 'x.ts', 'rewritten', "requestTo(0, 'wsPing')"],
  // Typed code that fights the declarations takes a list.
  ['^1.5.2', {}, 'cast.ts', 'DC-W12', "requestTo(0, 'wsPing').then((value) => [value])"],
  ['^1.5.2', {}, 'kept.ts', 'DC-W12', "requestTo(0, 'wsPing').then((value) => [value])"],
  ['^1.5.2', {}, 'apart.ts', 'DC-W12', "requestTo(0, 'wsPing').then((value) => [value])"],
])('for one cluster %s with %j installed gives %s: %s %s', async (range, installed, file, becomes, written) => {
  const dependencies = { 'discord.js': '^14.28.1', 'discord-hybrid-sharding': range };
  const typed =
    "import type { Client as Fleet } from 'discord-hybrid-sharding';\nexport const f = async (bot: { cluster: Fleet }) ";
  const uses: Readonly<Record<string, string>> = {
    'x.js': asks('exports.f = (bot) => ', ''),
    'x.ts': asks(`${typed}=> `, ''),
    'cast.ts': asks(`${typed}=> (await `, ') as unknown as number[]'),
    'kept.ts': `${asks(`${typed}=> {\n  const n = await `, '')}  return (n as unknown as number[])[0];\n};\n`,
    'apart.ts': `${asks(`${typed}=> {\n  const [n]: any = await `, '')}  return n;\n};\n`,
  };
  const root = project({
    ...plain,
    'bot/package.json': JSON.stringify({ name: 'bot', dependencies }),
    'bot/node_modules/discord-hybrid-sharding/package.json': JSON.stringify(installed),
    [`bot/${file}`]: uses[file] ?? null,
  });
  const { sites } = await migrate({ paths: ['bot'], cwd: root });
  const call = sites.find(({ method }) => method === 'broadcastEval');
  expect(call?.code ?? call?.outcome).toBe(becomes);
  const text = read(root)[`bot/${file}`] ?? '';
  expect(text).toContain(`bot.cluster.ipc.${written}`);
  expect(text.includes('.then(')).toBe(written.includes('.then('));
});
