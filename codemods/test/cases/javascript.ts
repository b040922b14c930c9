/** test/cases/javascript: CommonJS without types, where only names and places prove anything. */
import { type Case, lines, stays } from './case.ts';

/** The rows in which JavaScript differs from TypeScript. */
export const javascriptRows: readonly Case[] = [
  stays(
    4,
    'options that may name a shard',
    lines('module.exports = (client, options) => client.shard.broadcastEval((c) => c.ws.ping, options);'),
    'left DC-R3',
  ),
  stays(
    9,
    'a module required inside the function, by a path',
    lines("module.exports = (client) => client.shard.broadcastEval((c) => require('./lib')(c));"),
    'left DC-C5',
  ),
  {
    no: 12,
    title: 'a name that only resolves inside discord.js',
    before: lines(
      'module.exports = (client) => client.shard.broadcastEval((c) => c.listenerCount(Events.MessageCreate));',
    ),
    after: lines("module.exports = (client) => client.cluster.ipc.requestAllShards('listenerCount').valuesOrThrow();"),
    handlers: [
      "const { Events } = require('discord.js');\n",
      '  listenerCount: (c) => c.listenerCount(Events.MessageCreate),\n',
    ],
    sites: ['note DC-I2'],
  },
  {
    no: 15,
    title: '`this` in an arrow function',
    before: lines('module.exports = (client) => client.shard.broadcastEval(() => this.voice.adapters.size);'),
    after: lines(
      "module.exports = (client) => client.cluster.ipc.requestAllShards('voiceAdaptersSize').valuesOrThrow();",
    ),
    handlers: ['  voiceAdaptersSize: (client) => client.voice.adapters.size,\n'],
    sites: ['rewritten'],
  },
  stays(
    16,
    '`this` in a function that has its own',
    lines('module.exports = (client) => client.shard.broadcastEval(function () { return this.uptime; });'),
    'left DC-T1',
  ),
  {
    no: 17,
    title: 'a function by its name, which stays when something else uses it',
    before: lines(
      'const status = (c) => c.ws.status;',
      'module.exports = async (client) => [status(client), await client.shard.broadcastEval(status)];',
    ),
    after: lines(
      'const status = (c) => c.ws.status;',
      "module.exports = async (client) => [status(client), await client.cluster.ipc.requestAllShards('status').valuesOrThrow()];",
    ),
    handlers: ['  status: (c) => c.ws.status,\n'],
    sites: ['rewritten'],
  },
  stays(
    19,
    'a method as the function',
    lines(
      'module.exports = class {',
      '  collect() {}',
      '  run(client) {',
      '    return client.shard.broadcastEval(this.collect);',
      '  }',
      '};',
    ),
    'left DC-D2',
  ),
  stays(
    21,
    'a text without --legacy',
    lines("module.exports = (client) => client.shard.broadcastEval('this.guilds.cache.size');"),
    'left DC-D3',
  ),
  stays(
    22,
    'what a user wrote, run as code',
    lines(
      "module.exports = (client, code) => client.shard.broadcastEval(new Function('c', code));",
      'module.exports.more = (client, code) => client.shard.broadcastEval((c, { code }) => eval(code), { context: { code } });',
    ),
    'left DC-D4',
    'left DC-D4',
  ),
  {
    no: 29,
    title: 'the index as the id of a shard',
    before: lines(
      'module.exports = async (client, log) => {',
      '  const pings = await client.shard.broadcastEval((c) => c.ws.ping);',
      '  pings.forEach((ping, shard) => log(shard, ping));',
      '};',
    ),
    after: lines(
      'module.exports = async (client, log) => {',
      "  const pings = await client.cluster.ipc.requestAllShards('wsPing').valuesOrThrow();",
      '  pings.forEach((ping, shard) => log(shard, ping));',
      '};',
    ),
    handlers: ['  wsPing: (c) => c.ws.ping,\n'],
    sites: ['rewritten'],
  },
  stays(
    37,
    'ShardClientUtil, which discord.js keeps',
    lines(
      "const { ShardClientUtil } = require('discord.js');",
      'module.exports = (id, count) => ShardClientUtil.shardIdForGuildId(id, count);',
    ),
    'left DC-M4',
  ),
  {
    no: 39,
    title: 'an untyped client',
    before: lines(
      'module.exports = async (client, uid) => {',
      '  const found = await client.shard.broadcastEval((c, { uid }) => c.users.cache.get(uid)?.tag, { context: { uid } });',
      '  return found.find(Boolean);',
      '};',
    ),
    after: lines(
      'module.exports = async (client, uid) => {',
      "  const found = await client.cluster.ipc.requestAll('userTag', { uid }).valuesOrThrow();",
      '  return found.find(Boolean);',
      '};',
    ),
    handlers: ['  userTag: (c, { uid }) => c.users.cache.get(uid)?.tag,\n'],
    sites: ['rewritten'],
  },
  {
    no: 46,
    title: 'a template literal over lines, whose indent is content',
    before: lines(
      'module.exports = (client) =>',
      '  client.shard.broadcastEval((c) => {',
      '    return `',
      '  guilds: ' + '$' + '{c.guilds.cache.size}',
      '`;',
      '  });',
    ),
    after: lines('module.exports = (client) =>', "  client.cluster.ipc.requestAllShards('c46').valuesOrThrow();"),
    sites: ['rewritten'],
  },
  stays(
    48,
    'mocks in a test',
    lines(
      "vi.spyOn(client.shard, 'broadcastEval');",
      'const shard = { broadcastEval: vi.fn(), fetchClientValues: vi.fn() };',
    ),
    'left DC-S2',
    'left DC-S5',
    'left DC-S5',
  ),
  stays(
    49,
    'a helper a compiler put in',
    lines(
      'var __awaiter = (self, _, P, body) => new Promise((done) => done(body().next().value));',
      'module.exports = (client) =>',
      '  client.shard.broadcastEval((c) => __awaiter(null, void 0, void 0, function* () { return c.ws.ping; }));',
    ),
    'left DC-C1',
  ),
  stays(
    50,
    'a call that was migrated before',
    lines("module.exports = (client) => client.cluster.ipc.requestAllShards('wsPing').valuesOrThrow();"),
  ),
];

/** Rows 5, 6 and 13 with --fix-captures. */
export const captureRows: readonly Case[] = [
  {
    no: 5,
    title: 'a captured variable',
    before: lines('module.exports = (client, id) => client.shard.broadcastEval((c) => c.users.cache.get(id)?.id);'),
    after: lines(
      "module.exports = (client, id) => client.cluster.ipc.requestAllShards('userId', { id }).valuesOrThrow();",
    ),
    handlers: ['  userId: (c, { id }) => c.users.cache.get(id)?.id ?? null,\n'],
    sites: ['note DC-C7'],
  },
  {
    no: 6,
    title: 'the outer client used inside',
    before: lines('module.exports = (client) => client.shard.broadcastEval((c) => [client.ws.ping, c.isReady()]);'),
    after: lines("module.exports = (client) => client.cluster.ipc.requestAllShards('c06').valuesOrThrow();"),
    handlers: ['(c) => [c.ws.ping, c.isReady()],\n'],
    sites: ['note DC-C7'],
  },
  {
    no: 13,
    title: 'a constant of the module',
    before: lines(
      'const limit = 5;',
      'module.exports = (client) => client.shard.broadcastEval((c) => c.guilds.cache.size > limit);',
    ),
    after: lines(
      'const limit = 5;',
      "module.exports = (client) => client.cluster.ipc.requestAllShards('c13', { limit }).valuesOrThrow();",
    ),
    handlers: ['(c, { limit }) => c.guilds.cache.size > limit,\n'],
    sites: ['note DC-C7'],
  },
  stays(
    13,
    'a variable of the module that the function changes',
    lines('let asked = 0;', 'module.exports = (client) => client.shard.broadcastEval((c) => (asked += c.ws.ping));'),
    'left DC-C1',
  ),
];

const hole = '$' + '{id}';

/** Rows 21 and 22 with --legacy. */
export const textRows: readonly Case[] = [
  {
    no: 21,
    title: 'a text that reads the client',
    before: lines("module.exports = (client) => client.shard.broadcastEval('this.guilds.cache.size');"),
    after: lines(
      "module.exports = (client) => client.cluster.ipc.requestAllShards('guildsCacheSize').valuesOrThrow();",
    ),
    handlers: ['  guildsCacheSize: (client) => client.guilds.cache.size,\n'],
    sites: ['rewritten'],
  },
  {
    no: 21,
    title: 'a text with a value between quotes',
    before: lines(`module.exports = (client, id) => client.shard.broadcastEval(\`this.users.cache.has('${hole}')\`);`),
    after: lines(
      "module.exports = (client, id) => client.cluster.ipc.requestAllShards('hasUser', { id: String(id) }).valuesOrThrow();",
    ),
    handlers: ['  hasUser: (client, { id }) => client.users.cache.has(id),\n'],
    sites: ['rewritten'],
  },
  stays(
    22,
    'a text that runs another text',
    lines("module.exports = (client, code) => client.shard.broadcastEval('eval(' + code + ')');"),
    'left DC-D7',
  ),
];
