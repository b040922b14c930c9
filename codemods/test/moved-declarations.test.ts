/** A declaration file of the bot's own that takes something of the old libraries moves with the bot. */
import { describe, expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Files, project, read, tsBot, tsBotWith } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const from = "'discord-hybrid-sharding'";
const dependencies = { 'discord.js': '^14.28.1', 'discord-hybrid-sharding': '^2.2.0' };
const manifest = `${JSON.stringify({ name: 'bot', type: 'module', dependencies })}\n`;

const bot = {
  'package.json': manifest,
  'tsconfig.json': tsBot['tsconfig.json'] ?? null,
  'src/index.ts': `import { ClusterManager } from ${from};\n\nawait new ClusterManager('dist/bot.js').spawn();\n`,
  'src/bot.ts': `import { Client } from 'discord.js';\nimport { ClusterClient, getInfo } from ${from};\n\nconst client = new Client({ intents: [], shards: getInfo().SHARD_LIST });\nclient.cluster = new ClusterClient(client);\nclient.cluster.broadcastEval((c) => c.guilds.cache.size).then((r) => console.log(r.length));\nawait client.login();\n`,
} satisfies Files;

const declared = (type = 'ClusterClient<Client>', head = `import { ClusterClient } from ${from};\n`) =>
  `${head}declare module 'discord.js' {\n  interface Client {\n    cluster: ${type};\n  }\n}\n`;

test.each([
  ['an import', declared()],
  ['a type that is imported where it stands', `export {};\n${declared(`import(${from}).ClusterClient<Client>`, '')}`],
])('%s moves with those of the code', async (_title, text) => {
  const root = project({ ...bot, 'src/types.d.ts': text });
  const { sites, summary } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.filter(({ outcome }) => outcome === 'left')).toEqual([]);
  expect(sites.map(({ file }) => file)).toContain('src/types.d.ts');
  expect(read(root)['src/types.d.ts']).toBe(text.replace('discord-hybrid-sharding', 'shardlift/compat/hybrid'));
  expect([summary.verified, summary.checked.types]).toEqual([true, 4]);
});

const app = (head: string, type: string) => `${head}\nexport interface App {\n  manager: ${type};\n}\n`;

test.each([
  [
    'by its name',
    "import type { ShardingManager } from 'discord.js';",
    "import type { ShardingManager } from 'shardlift/compat';",
    'ShardingManager',
  ],
  [
    'by that of the module',
    "import type * as Discord from 'discord.js';",
    "import type { ShardingManager } from 'shardlift/compat';",
    'Discord.ShardingManager',
  ],
])('one of a ShardingManager moves: %s', async (_title, head, moved, type) => {
  const root = project({ ...tsBot, 'src/app.d.ts': app(head, type) });
  await migrate({ paths: ['src'], cwd: root });
  expect(read(root)['src/app.d.ts']).toContain(app(moved, 'ShardingManager'));
});

test('an import of its client that stays keeps all of the bot', async () => {
  const text = declared(undefined, `import { Child, ClusterClient } from ${from};\nexport type Process = Child;\n`);
  const files = { ...bot, 'src/types.d.ts': text };
  const root = project(files);
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.map(({ file, code }) => `${file} ${code}`)).toContain('src/types.d.ts DC-M11');
  expect(read(root)).toEqual(files);
});

describe('an error that its new import brings', () => {
  const text = `import type { ClusterClient } from ${from};\nimport type { Client } from 'discord.js';\n\nexport type Waiting = ClusterClient<Client>['promise'];\n`;
  const files = { ...bot, 'src/types.d.ts': declared(), 'src/kinds.d.ts': text };

  test('keeps it where the project has its declarations checked', async () => {
    const root = project({ ...files, 'tsconfig.json': tsBotWith({ skipLibCheck: false })['tsconfig.json'] ?? null });
    const { sites } = await migrate({ paths: ['src'], cwd: root });
    expect(sites.map(({ file, code }) => `${file} ${code}`)).toContain('src/kinds.d.ts DC-V1');
    expect(read(root)['src/kinds.d.ts']).toBe(text);
  });

  test('counts for nothing where nobody sees it', async () => {
    const root = project(files);
    const { sites } = await migrate({ paths: ['src'], cwd: root });
    expect(sites.map(({ outcome }) => outcome)).not.toContain('left');
  });
});

test('a bot of JavaScript has its declarations moved', async () => {
  const plain = (text: string | null) => (text ?? '').replaceAll('dist/', 'src/');
  const files = {
    'package.json': manifest,
    'src/index.js': plain(bot['src/index.ts']),
    'src/bot.js': plain(bot['src/bot.ts']),
    'types.d.ts': declared(),
  };
  const root = project(files);
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.map(({ outcome }) => outcome)).not.toContain('left');
  const after = read(root);
  expect(Object.keys(after)).toContain('src/cluster-handlers.js');
  expect(after['types.d.ts']).toContain("from 'shardlift/compat/hybrid'");
});

test.each([
  ['beside the TypeScript it is made of', 'src/made.d.ts', { 'src/made.ts': 'export const made = 1;\n' }, {}],
  ['in the folder that the sources are compiled into', 'output/src/types.d.ts', {}, { outDir: 'output' }],
  ['in the folder of declarations', 'kinds/types.d.ts', {}, { declarationDir: 'kinds' }],
])('one that a compiler made stays: %s', async (_title, path, more, options) => {
  const config = tsBotWith(options)['tsconfig.json'] ?? null;
  const root = project({ ...bot, 'tsconfig.json': config, 'src/types.d.ts': declared(), ...more, [path]: declared() });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.map(({ file }) => file)).not.toContain(path);
  expect(sites.map(({ outcome }) => outcome)).not.toContain('left');
  expect(read(root)[path]).toBe(declared());
});

test.each([
  [
    'has a method of such a name',
    "declare module 'discord.js' {\n  interface Client {\n    broadcastEval(text: string): void;\n  }\n}\n",
  ],
  [
    'declares a class of its own',
    "import { Client } from 'discord.js';\nexport declare class ShardingManager extends Client {}\n",
  ],
])('one that takes nothing of them is not looked at: it %s', async (_title, text) => {
  const root = project({ ...tsBot, 'src/types.d.ts': text });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.map(({ file }) => file)).not.toContain('src/types.d.ts');
});

const shim = (module: string, body: string) => `declare module '${module}' {\n${body}}\n`;

describe('what a file says of another package stays, since that takes what it took', () => {
  const poster =
    "  import { Client, ShardingManager, ShardingManagerOptions } from 'discord.js';\n" +
    '  export function AutoPoster(client: Client | ShardingManager, o: ShardingManagerOptions): void;\n';
  const manager = `import { ShardingManager } from 'discord.js';\n\nnew ShardingManager('dist/bot.js');\n`;

  test.each([
    ['in a file of its own', shim('topgg-autoposter', poster)],
    ['in a file that is a module', `${shim('topgg-autoposter', poster)}export {};\n`],
  ])('%s', async (_title, text) => {
    const files = { ...tsBot, 'src/index.ts': manager, 'src/topgg.d.ts': text };
    const root = project(files);
    const { sites } = await migrate({ paths: ['src'], cwd: root });
    expect(sites.map(({ file, code }) => `${file} ${code}`)).toContain('src/topgg.d.ts DC-S1');
    expect(read(root)['src/topgg.d.ts']).toBe(text);
    expect(read(root)['src/index.ts']).toContain('shardlift/compat');
  });

  test('but what stands around it moves', async () => {
    const own = "import type { ShardingManager, ShardingManagerOptions } from 'discord.js';\n";
    const rest = 'export interface App {\n  manager: ShardingManager;\n  options: ShardingManagerOptions;\n}\n';
    const root = project({ ...tsBot, 'src/app.d.ts': `${own}${rest}${shim('topgg-autoposter', poster)}` });
    await migrate({ paths: ['src'], cwd: root });
    const moved = read(root)['src/app.d.ts'];
    expect(moved).toMatch(/^import type \{[^}]*\bShardingManager\b[^}]*\} from 'shardlift\/compat';\n/);
    expect(moved).toContain(poster);
  });

  test('and so does what is added to a package in a module', async () => {
    const text = `export {};\n${shim('@sapphire/pieces', `  interface Container {\n    cluster: import(${from}).ClusterClient;\n  }\n`)}`;
    const root = project({ ...bot, 'src/types.d.ts': declared(), 'src/pieces.d.ts': text });
    await migrate({ paths: ['src'], cwd: root });
    expect(read(root)['src/pieces.d.ts']).toBe(text.replace('discord-hybrid-sharding', 'shardlift/compat/hybrid'));
  });

  test('and a file of the bot itself is no other package', async () => {
    const text = `import { ClusterClient } from ${from};\n${shim('./bot.js', '  interface Own {\n    cluster: ClusterClient;\n  }\n')}`;
    const root = project({ ...bot, 'src/types.d.ts': declared(), 'src/own.d.ts': text });
    await migrate({ paths: ['src'], cwd: root });
    expect(read(root)['src/own.d.ts']).toBe(text.replace('discord-hybrid-sharding', 'shardlift/compat/hybrid'));
  });
});

describe('the types of discord-hybrid-sharding that a bot writes', () => {
  const types = '  export interface Message {\n    mood: string;\n  }\n';
  const added = `import ${from};\n${shim('discord-hybrid-sharding', types)}`;
  const whole = `type Manager = import(${from}).ClusterManager;\n${shim('discord-hybrid-sharding', types)}`;

  test('move where they add to it', async () => {
    const root = project({ ...bot, 'src/types.d.ts': declared(), 'src/more.d.ts': added });
    await migrate({ paths: ['src'], cwd: root });
    expect(read(root)['src/more.d.ts']).toBe(added.replaceAll('discord-hybrid-sharding', 'shardlift/compat/hybrid'));
  });

  test('stay where they stand for it: they would hide those of shardlift', async () => {
    const root = project({ 'package.json': manifest, 'src/index.js': bot['src/index.ts'], 'src/shim.d.ts': whole });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    const site = sites.find(({ file, line }) => file === 'src/shim.d.ts' && line === 2);
    expect(site).toMatchObject({ outcome: 'left', code: 'DC-S5', message: expect.stringContaining('Nothing to do.') });
    expect(read(root)['src/shim.d.ts']).toContain(shim('discord-hybrid-sharding', types));
  });
});

test.each([
  ['// Generated by dts-bundle-generator v9.5.1', false],
  ['/* eslint-disable */\n/** @generated */', false],
  ['// This file is auto-generated.', false],
  ['/**\n * Automatically generated\n */', false],
  ['// DO NOT EDIT', false],
  ['// Types of what is generated, with a manager.', true],
  ['', true],
])('one that a program writes stays: %s', async (head, isMoved) => {
  const text = `${head}\n${app("import type { ShardingManager } from 'discord.js';\n// DO NOT EDIT", 'ShardingManager')}`;
  const root = project({ ...tsBot, 'src/app.d.ts': text });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.map(({ file }) => file).includes('src/app.d.ts')).toBe(isMoved);
  expect(read(root)['src/app.d.ts'] !== text).toBe(isMoved);
});
