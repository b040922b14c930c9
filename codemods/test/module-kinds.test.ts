/** Bots in .cjs, .mjs, .cts and .mts files: each gets a handlers file of its own kind, named as it is at run time. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read, tsBot } from './project.ts';

const manifest = (type: 'module' | 'commonjs'): string =>
  `${JSON.stringify({ name: 'bot', type, dependencies: { 'discord.js': '^14.28.1' } })}\n`;

test.each(['commonjs', 'module'] as const)(
  '.mjs and .cjs files of a bot whose package says "%s" are handled',
  async (type) => {
    const root = project({
      'package.json': manifest(type),
      'index.mjs': "import { ShardingManager } from 'discord.js';\nnew ShardingManager('./bot.mjs').spawn();\n",
      'bot.mjs': "import { Client } from 'discord.js';\nnew Client({ intents: [] }).login();\n",
      'lib/names.mjs': 'export const short = (name) => name.slice(0, 3);\n',
      'lib/a.mjs':
        "import { short } from './names.mjs';\nexport const a = (client) => client.shard.broadcastEval((c) => short(c.user.tag));\n",
      'b.cjs': 'exports.b = (client) => client.shard.broadcastEval((c) => c.ws.ping);\n',
    });
    const report = await migrate({ paths: ['.'], cwd: root });
    const after = read(root);
    expect(report.sites.map((one) => one.outcome)).not.toContain('left');
    expect(after['index.mjs']).toContain("import { ShardingManager } from 'shardlift/compat';");
    expect(after['index.mjs']).toContain("{ hybrid: { handlers: './cluster-handlers.mjs' } }");
    expect(after['cluster-handlers.mjs']).toMatch(
      /^import { defineHandlers } from 'shardlift';\nimport { short } from '.\/lib\/names.mjs';\n/,
    );
    expect(after['b.cjs']).toContain("ipc.requestAllShards('wsPing')");
  },
);

test('a new CommonJS handlers file is strict, as the file of discord.js was that evaluated its functions', async () => {
  const root = project({
    ...cjsBot,
    'a.js':
      'f(client.shard.broadcastEval((c) => { function self() { return this; } return self() === undefined; }));\n',
  });
  await migrate({ paths: ['.'], cwd: root });
  const text = read(root)['cluster-handlers.js'] ?? '';
  expect(text.startsWith("'use strict';\n")).toBe(true);
  const exported: { handlers?: Readonly<Record<string, () => unknown>> } = {};
  new Function('require', 'exports', text)(() => ({ defineHandlers: (all: unknown) => all }), exported);
  expect(Object.values(exported.handlers ?? {}).map((one) => one())).toEqual([true]);
});

test('a CommonJS bot in .cjs files of an ES module package gets CommonJS', async () => {
  const root = project({
    'package.json': manifest('module'),
    'index.cjs': "const { ShardingManager } = require('discord.js');\nnew ShardingManager('./bot.cjs').spawn();\n",
    'bot.cjs': "const { Client } = require('discord.js');\nnew Client({ intents: [] }).login();\n",
    'a.cjs': 'exports.a = (client) => client.shard.broadcastEval((c) => c.ws.ping);\n',
  });
  await migrate({ paths: ['.'], cwd: root });
  const after = read(root);
  expect(after['index.cjs']).toContain("handlers: './cluster-handlers.cjs'");
  expect(after['cluster-handlers.cjs']).toMatch(
    /^'use strict';\n\nconst { defineHandlers } = require\('shardlift'\);\n/,
  );
});

test.each([
  ['m', 'commonjs'],
  ['c', 'module'],
] as const)(
  'a TypeScript bot in .%sts files of a package that says "%s" is handled and checked',
  async (kind, type) => {
    const root = project({
      ...tsBot,
      'package.json': manifest(type),
      'src/index.ts': null,
      'src/bot.ts': null,
      [`src/index.${kind}ts`]: `import { ShardingManager } from 'discord.js';\n\nvoid new ShardingManager('dist/bot.${kind}js').spawn();\n`,
      [`src/bot.${kind}ts`]: "import { Client } from 'discord.js';\n\nvoid new Client({ intents: [] }).login();\n",
      [`src/lib/wish.${kind}ts`]: 'export interface Wish {\n  readonly id: string;\n}\n',
      [`src/lib/make.${kind}ts`]: `import type { Wish } from './wish.${kind}js';\nexport const make = (): Wish => ({ id: '1' });\n`,
      [`src/a.${kind}ts`]: `import type { Client } from 'discord.js';\nimport { make } from './lib/make.${kind}js';\nexport const a = (bot: Client) => bot.shard!.broadcastEval((c, wish) => c.users.cache.has(wish.id), { context: make() });\n`,
    });
    const report = await migrate({ paths: ['src'], cwd: root });
    const after = read(root);
    expect(report.sites.map((one) => one.outcome)).toEqual(['rewritten', 'rewritten']);
    expect(report.summary.verified).toBe(true);
    expect(after[`src/index.${kind}ts`]).toContain(`handlers: './cluster-handlers.${kind}js'`);
    const handlers = after[`src/cluster-handlers.${kind}ts`];
    expect(handlers).toContain(`import type { Wish } from './lib/wish.${kind}js';\n`);
    expect(handlers).toContain('hasUser: (c, wish: Wish) => c.users.cache.has(wish.id),');
  },
);

test.each([
  ["import Cluster from 'discord-hybrid-sharding';", "import * as Cluster from 'shardlift/compat/hybrid';"],
  [
    "import Cluster, { getInfo } from 'discord-hybrid-sharding';",
    "import * as Cluster from 'shardlift/compat/hybrid';\nimport { getInfo } from 'shardlift/compat/hybrid';",
  ],
  ["import { getInfo } from 'discord-hybrid-sharding';", "import { getInfo } from 'shardlift/compat/hybrid';"],
])(
  'a default import of discord-hybrid-sharding brings all names of the drop-in, which has no default: %s',
  async (line, after) => {
    const root = project({
      ...cjsBot,
      'package.json': '{ "name": "bot", "type": "module", "dependencies": { "discord-hybrid-sharding": "^2.2.0" } }\n',
      'index.js': `${line}\nnew Cluster.ClusterManager('./bot.js').spawn();\n`,
      'bot.js': "import { Client } from 'discord.js';\nnew Client({ intents: [] }).login();\n",
    });
    await migrate({ paths: ['.'], cwd: root });
    expect(read(root)['index.js']?.startsWith(`${after}\nnew `)).toBe(true);
  },
);
