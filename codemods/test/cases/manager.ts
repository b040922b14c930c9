/** test/cases/manager: ShardingManager, its import, its options, and the modules handlers are written in. */
import { type Case, lines, stays } from './case.ts';

const ask = 'manager.broadcastEval((c) => c.ws.ping);';
const asked = "manager.ipc.requestAllShards('wsPing').valuesOrThrow();";
const hybrid = "hybrid: { handlers: './cluster-handlers.js' }";

/** Rows 33 to 37 in CommonJS. */
export const managerRows: readonly Case[] = [
  {
    no: 33,
    title: 'options and events that need nothing',
    before: lines(
      "const { ShardingManager } = require('discord.js');",
      '',
      "const manager = new ShardingManager('./bot.js', {",
      "  totalShards: 'auto',",
      "  mode: 'worker',",
      "  execArgv: ['--trace-warnings'],",
      '});',
      "manager.on('shardCreate', (shard) => shard.on('message', console.log));",
      `module.exports = () => ${ask}`,
      'manager.spawn({ timeout: -1 });',
    ),
    after: lines(
      "const { ShardingManager } = require('shardlift/compat');",
      '',
      "const manager = new ShardingManager('./bot.js', {",
      "  totalShards: 'auto',",
      "  mode: 'worker',",
      "  execArgv: ['--trace-warnings'],",
      `  ${hybrid},`,
      '});',
      "manager.on('shardCreate', (shard) => shard.on('message', console.log));",
      `module.exports = () => ${asked}`,
      'manager.spawn({ timeout: -1 });',
    ),
    handlers: ['  wsPing: (c) => c.ws.ping,\n'],
    sites: ['rewritten', 'rewritten'],
  },
  {
    no: 34,
    title: 'one of several names of an import',
    before: lines(
      '// The shards of the bot.',
      "const { Client, /* below */ ShardingManager, Events } = require('discord.js'); // discord",
      "module.exports = [Client, Events, new ShardingManager('./bot.js')];",
    ),
    after: lines(
      '// The shards of the bot.',
      "const { Client, /* below */ Events } = require('discord.js'); // discord",
      "const { ShardingManager } = require('shardlift/compat');",
      `module.exports = [Client, Events, new ShardingManager('./bot.js', { ${hybrid} })];`,
    ),
    sites: ['rewritten'],
  },
  {
    no: 35,
    title: 'a member of the whole module',
    before: lines(
      "const Discord = require('discord.js');",
      '',
      "module.exports = new Discord.ShardingManager('./bot.js');",
    ),
    after: lines(
      "const Discord = require('discord.js');",
      "const { ShardingManager } = require('shardlift/compat');",
      '',
      `module.exports = new ShardingManager('./bot.js', { ${hybrid} });`,
    ),
    sites: ['rewritten'],
  },
  {
    no: 35,
    title: 'a name of its own',
    before: lines(
      "const { ShardingManager: Shards } = require('discord.js');",
      "module.exports = new Shards('./bot.js', { token: 'x' });",
    ),
    after: lines(
      "const { ShardingManager: Shards } = require('shardlift/compat');",
      `module.exports = new Shards('./bot.js', { token: 'x', ${hybrid} });`,
    ),
    sites: ['rewritten'],
  },
  stays(
    36,
    'an import at run time',
    lines("module.exports = import('discord.js').then(({ ShardingManager }) => ShardingManager);"),
    'left DC-M3',
  ),
];

/** Rows 34 to 38 as ES modules. */
export const moduleRows: readonly Case[] = [
  {
    no: 34,
    title: 'the only name of an import, below a header',
    before: lines('/** The header. */', "import { ShardingManager } from 'discord.js';", 'export { ShardingManager };'),
    after: lines(
      '/** The header. */',
      "import { ShardingManager } from 'shardlift/compat';",
      'export { ShardingManager };',
    ),
    sites: ['rewritten'],
  },
  stays(36, 'a re-export', lines("export { ShardingManager } from 'discord.js';"), 'left DC-M3'),
  {
    no: 38,
    title: 'a handler of an ES module',
    before: lines(
      "import { inspect } from 'node:util';",
      'export const sockets = (client) => client.shard.broadcastEval((c) => inspect(c.ws));',
    ),
    after: lines(
      "import { inspect } from 'node:util';",
      "export const sockets = (client) => client.cluster.ipc.requestAllShards('sockets').valuesOrThrow();",
    ),
    handlers: [
      "import { defineHandlers } from 'shardlift';\n",
      "import { inspect } from 'node:util';\n",
      'export const handlers = defineHandlers({\n',
      '  sockets: (c) => inspect(c.ws),\n',
    ],
    sites: ['note DC-I1'],
  },
];
