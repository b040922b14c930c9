/** Imports and wiring: ShardingManager moves to shardlift/compat, the handlers file into its options. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read, tsBot } from './project.ts';

async function swapped(path: string, text: string) {
  const root = project({
    ...(path.endsWith('.ts') ? tsBot : cjsBot),
    'src/index.ts': null,
    'index.js': null,
    [path]: text,
  });
  const report = await migrate({ paths: ['.'], cwd: root });
  return { text: read(root)[path], report };
}

const esm: readonly (readonly [title: string, before: string, after: string])[] = [
  [
    'the only name',
    "import { ShardingManager } from 'discord.js';",
    "import { ShardingManager } from 'shardlift/compat';",
  ],
  [
    'the last name',
    "import { Client, ShardingManager } from 'discord.js';",
    "import { Client } from 'discord.js';\nimport { ShardingManager } from 'shardlift/compat';",
  ],
  [
    'the first name',
    "import { ShardingManager, Client } from 'discord.js';",
    "import { Client } from 'discord.js';\nimport { ShardingManager } from 'shardlift/compat';",
  ],
  [
    'an alias',
    "import { Client, ShardingManager as SM } from 'discord.js';",
    "import { Client } from 'discord.js';\nimport { ShardingManager as SM } from 'shardlift/compat';",
  ],
  [
    'Shard and ShardClientUtil beside it',
    "import { Shard, Client, ShardClientUtil, ShardingManager } from 'discord.js';",
    "import { Client } from 'discord.js';\nimport { Shard, ShardClientUtil, ShardingManager } from 'shardlift/compat';",
  ],
  [
    'a type',
    "import type { Client, ShardingManager } from 'discord.js';",
    "import type { Client } from 'discord.js';\nimport type { ShardingManager } from 'shardlift/compat';",
  ],
  [
    'an inline type',
    "import { Client, type ShardingManager } from 'discord.js';",
    "import { Client } from 'discord.js';\nimport { type ShardingManager } from 'shardlift/compat';",
  ],
  [
    'comments around',
    "// head\nimport { Client, /* c */ ShardingManager } from 'discord.js'; // tail\n\n\nlet x;",
    "// head\nimport { Client, /* c */ } from 'discord.js'; // tail\nimport { ShardingManager } from 'shardlift/compat';\n\n\nlet x;",
  ],
  [
    'a name per line',
    "import {\n  Client, // client\n  ShardingManager,\n  Events, // events\n} from 'discord.js';",
    "import {\n  Client, // client\n  Events, // events\n} from 'discord.js';\nimport { ShardingManager } from 'shardlift/compat';",
  ],
  [
    'no semicolons, double quotes',
    'import { Client, ShardingManager } from "discord.js"\nconst a = "b"',
    'import { Client } from "discord.js"\nimport { ShardingManager } from "shardlift/compat"\nconst a = "b"',
  ],
  [
    'a namespace',
    "import * as D from 'discord.js';\nnew D.ShardingManager('x');\nlet m: D.ShardingManager;",
    "import { ShardingManager } from 'shardlift/compat';\nnew ShardingManager('x');\nlet m: ShardingManager;",
  ],
];

test.each(esm)('an ESM import moves: %s', async (_title, before, after) => {
  const { text, report } = await swapped('src/x.ts', `${before}\n`);
  expect(text).toBe(`${after}\n`);
  expect(report.sites.every((site) => site.outcome === 'rewritten')).toBe(true);
});

const cjs: readonly (readonly [title: string, before: string, after: string])[] = [
  [
    'the only name',
    "const { ShardingManager } = require('discord.js');",
    "const { ShardingManager } = require('shardlift/compat');",
  ],
  [
    'one of several',
    "const { ShardingManager, Client } = require('discord.js');",
    "const { Client } = require('discord.js');\nconst { ShardingManager } = require('shardlift/compat');",
  ],
  [
    'an alias',
    "var { Client, ShardingManager: SM } = require('discord.js')",
    "var { Client } = require('discord.js')\nvar { ShardingManager: SM } = require('shardlift/compat')",
  ],
  [
    'a member',
    "const D = require('discord.js');\nnew D.ShardingManager('x');",
    "const D = require('discord.js');\nconst { ShardingManager } = require('shardlift/compat');\nnew ShardingManager('x');",
  ],
  [
    'a member beside a class of that name',
    "const D = require('discord.js');\nclass ShardingManager extends D.ShardingManager {}",
    "const D = require('discord.js');\nconst { ShardingManager: ShardliftShardingManager } = require('shardlift/compat');\nclass ShardingManager extends ShardliftShardingManager {}",
  ],
  [
    'a member of require',
    "const M = require('discord.js').ShardingManager;",
    "const M = require('shardlift/compat').ShardingManager;",
  ],
];

test.each(cjs)('a require moves: %s', async (_title, before, after) => {
  const { text } = await swapped('x.js', `${before}\n`);
  expect(text).toBe(`${after}\n`);
});

const untouched: readonly (readonly [code: string, text: string])[] = [
  ['DC-M4', "import { Client, ShardClientUtil } from 'discord.js';"],
  ['DC-M3', "export { ShardingManager } from 'discord.js';"],
  ['DC-M3', "const { ShardingManager } = await import('discord.js');"],
  ['DC-M5', "import { ShardingManager } from 'kurasuta';"],
  ['DC-S1', "import { ShardingManager } from './sharding.js';"],
  ['DC-S5', 'class ShardingManager {}'],
];

test.each(untouched)('%s leaves what cannot be swapped', async (code, before) => {
  const { text, report } = await swapped('src/x.ts', `${before}\n`);
  expect(text).toBe(`${before}\n`);
  expect(report.sites).toMatchObject([{ outcome: 'left', code }]);
});

const call = 'manager.broadcastEval((c) => c.guilds.cache.size);';
const asked = "manager.ipc.requestAll('guildsCacheSize').valuesOrThrow();";
const wired = "handlers: './cluster-handlers.js'";
const options: readonly (readonly [title: string, before: string, after: string])[] = [
  ['no options', "new ShardingManager('./bot.js')", `new ShardingManager('./bot.js', { hybrid: { ${wired} } })`],
  ['empty options', "new ShardingManager('./bot.js', {})", `new ShardingManager('./bot.js', { hybrid: { ${wired} } })`],
  [
    'options on one line',
    "new ShardingManager('./bot.js', { token })",
    `new ShardingManager('./bot.js', { token, hybrid: { ${wired} } })`,
  ],
  [
    'options over lines',
    "new ShardingManager('./bot.js', {\n  token,\n  respawn: true\n})",
    `new ShardingManager('./bot.js', {\n  token,\n  respawn: true,\n  hybrid: { ${wired} }\n})`,
  ],
  [
    'options over lines with a comma at the end',
    "new ShardingManager('./bot.js', {\n  token,\n  respawn: true,\n})",
    `new ShardingManager('./bot.js', {\n  token,\n  respawn: true,\n  hybrid: { ${wired} },\n})`,
  ],
  [
    'hybrid options',
    "new ShardingManager('./bot.js', { hybrid: { shardsPerCluster: 4 } })",
    `new ShardingManager('./bot.js', { hybrid: { shardsPerCluster: 4, ${wired} } })`,
  ],
  [
    'other handlers',
    "new ShardingManager('./bot.js', { hybrid: { handlers: './own.js' } })",
    "new ShardingManager('./bot.js', { hybrid: { handlers: ['./own.js', './cluster-handlers.js'] } })",
  ],
  [
    'a variable',
    "new ShardingManager('./bot.js', config.sharding)",
    `new ShardingManager('./bot.js', { ...config.sharding, hybrid: { ...config.sharding?.hybrid, ${wired} } })`,
  ],
  [
    'a path joined to the folder',
    "new ShardingManager(path.join(__dirname, 'bot.js'))",
    `new ShardingManager(path.join(__dirname, 'bot.js'), { hybrid: { ${wired} } })`,
  ],
  ...[
    "path['join'](__dirname, 'bot.js')",
    "path.posix.join(__dirname, 'bot.js')",
    "require('path').join(__dirname, 'bot.js')",
    "require('path').posix.join(__dirname, 'bot.js')",
    "require(`path`).join(__dirname, 'bot.js')",
    "require( 'node:path' ).resolve('bot.js')",
    "require('path')['join'](__dirname, 'bot.js')",
    "require('path/posix').join(__dirname, 'bot.js')",
  ].map(
    (path) =>
      [
        `a path by ${path}`,
        `new ShardingManager(${path})`,
        `new ShardingManager(${path}, { hybrid: { ${wired} } })`,
      ] as const,
  ),
  [
    'a path in a template',
    `new ShardingManager(\`\${__dirname}/bot.js\`)`,
    `new ShardingManager(\`\${__dirname}/bot.js\`, { hybrid: { ${wired} } })`,
  ],
  [
    'a bot in a folder',
    "new ShardingManager('./src/main.js')",
    `new ShardingManager('./src/main.js', { hybrid: { ${wired} } })`,
  ],
];

test.each(options)('the handlers file is wired into the manager: %s', async (_title, before, after) => {
  const head = (from: string): string => `const { ShardingManager } = require('${from}');\nconst manager = `;
  const root = project({
    ...cjsBot,
    'index.js': `${head('discord.js')}${before};\n${call}\n`,
    'src/main.js': 'login();\n',
  });
  const report = await migrate({ paths: ['.'], cwd: root });
  expect(read(root)['index.js']).toBe(`${head('shardlift/compat')}${after};\n${asked}\n`);
  expect(report.summary.rewritten).toBe(2);
  const folder = before.includes('src/main') ? 'src/' : '';
  expect(Object.keys(read(root))).toContain(`${folder}cluster-handlers.js`);
});

describe('receivers of the manager side', () => {
  test('fields that hold a manager and classes that extend it are proven', async () => {
    const text = `const { ShardingManager } = require('discord.js');
class A { constructor() { this.manager = new ShardingManager('./bot.js'); } all() { return this.manager.fetchClientValues('ws.ping'); } }
class B extends ShardingManager { constructor() { super('./bot.js'); } all() { return this.broadcastEval((c) => c.ws.ping); } }
class C { all() { return this.manager2.broadcastEval((c) => c.ws.ping); } }
`;
    const root = project({ ...cjsBot, 'index.js': text });
    const report = await migrate({ paths: ['.'], cwd: root });
    const after = read(root)['index.js'];
    expect(after).toContain("this.manager.ipc.requestAllShards('wsPing').valuesOrThrow()");
    expect(after).toContain("this.ipc.requestAllShards('wsPing').valuesOrThrow()");
    expect(after).toContain(`super('./bot.js', { hybrid: { ${wired} } })`);
    expect(report.sites.filter((site) => site.outcome === 'left')).toMatchObject([
      { code: 'DC-S3', receiver: 'this.manager2' },
    ]);
  });
});

describe('where the handlers file goes', () => {
  test('without a manager and a file that logs in the calls are left with DC-H1', async () => {
    const root = project({
      ...cjsBot,
      'index.js': null,
      'bot.js': null,
      'x.js': 'f(client.shard.broadcastEval((c) => c.ws.ping));\n',
    });
    const before = read(root);
    const report = await migrate({ paths: ['.'], cwd: root });
    expect(report.sites).toMatchObject([{ outcome: 'left', code: 'DC-H1' }]);
    expect(read(root)).toEqual(before);
  });

  test('without a manager the one file that logs in is the entry, and a note says what to wire', async () => {
    const bot = "require('discord.js');\nclient.login();\n";
    const call = 'f(client.shard.broadcastEval((c) => c.ws.ping));\n';
    const root = project({ ...cjsBot, 'index.js': null, 'bot.js': null, 'src/start.js': bot, 'x.js': call });
    const report = await migrate({ paths: ['.'], cwd: root });
    expect(report.sites).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-H2' }]);
    expect(read(root)['src/cluster-handlers.js']).toContain('wsPing:');
  });

  test('--entry and --handlers name the place; without a manager a note says what to wire', async () => {
    const root = project({ ...cjsBot, 'index.js': null, 'x.js': 'f(client.shard.broadcastEval((c) => c.ws.ping));\n' });
    const report = await migrate({ paths: ['.'], cwd: root, entry: 'bot.js', handlers: 'lib/own.js' });
    expect(report.sites).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-H2' }]);
    expect(report.sites[0]?.message).toContain("'./lib/own.js'");
    expect(read(root)['lib/own.js']).toContain('wsPing:');
  });

  test('a manager in a file that was not named still says where the bot is', async () => {
    const root = project({ ...cjsBot, 'commands/x.js': 'f(client.shard.broadcastEval((c) => c.ws.ping));\n' });
    const report = await migrate({ paths: ['commands'], cwd: root });
    expect(report.sites).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-H2' }]);
    expect(read(root)['cluster-handlers.js']).toContain('wsPing:');
    expect(read(root)['index.js']).toBe(cjsBot['index.js']);
  });

  test('a file of that name without defineHandlers is never overwritten', async () => {
    const own = 'module.exports = {};\n';
    const line = 'f(client.shard.broadcastEval((c) => c.ws.ping));\n';
    const root = project({ ...cjsBot, 'cluster-handlers.js': own, 'x.js': line });
    const report = await migrate({ paths: ['.'], cwd: root });
    expect(report.sites.find((site) => site.file === 'x.js')).toMatchObject({ outcome: 'left', code: 'DC-H3' });
    expect(read(root)).toMatchObject({ 'cluster-handlers.js': own, 'x.js': line });
  });

  test('handlers that exist already are kept, shared and added to', async () => {
    const own =
      "const { defineHandlers } = require('shardlift');\n\nexports.handlers = defineHandlers({\n  ping: (c) => c.ws.ping, // mine\n  userTag: () => null\n});\n";
    const text =
      'f(client.shard.broadcastEval((c) => c.ws.ping));\nf(client.shard.broadcastEval((c, id) => c.users.cache.get(id)?.tag, { context: id }));\n';
    const root = project({ ...cjsBot, 'cluster-handlers.js': own, 'x.js': text });
    await migrate({ paths: ['.'], cwd: root });
    const after = read(root);
    expect(after['x.js']).toBe(
      "f(client.cluster.ipc.requestAllShards('ping').valuesOrThrow());\nf(client.cluster.ipc.requestAllShards('userTag2', id).valuesOrThrow());\n",
    );
    expect(after['cluster-handlers.js']).toContain('  ping: (c) => c.ws.ping, // mine\n  userTag: () => null,\n  /**');
    expect(after['cluster-handlers.js']).toContain('  userTag2: (c, id) => c.users.cache.get(id)?.tag ?? null,\n});\n');
  });
});
