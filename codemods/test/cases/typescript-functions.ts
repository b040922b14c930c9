/** test/cases/typescript-functions: which function a call sends, what it takes along, what it may not take. */
import { type Case, lines, stays } from './case.ts';

const client = "import type { Client } from 'discord.js';";

/** Rows 1 to 23 in TypeScript. */
export const functionRows: readonly Case[] = [
  {
    no: 1,
    title: 'a pure arrow function',
    before: lines(
      client,
      'export const counts = (bot: Client) => bot.shard!.broadcastEval((c) => c.guilds.cache.size);',
    ),
    after: lines(
      client,
      "export const counts = (bot: Client) => bot.cluster.ipc.requestAllShards('guildsCacheSize').valuesOrThrow();",
    ),
    handlers: ['  guildsCacheSize: (c) => c.guilds.cache.size,\n'],
    sites: ['rewritten'],
  },
  {
    no: 2,
    title: 'a context taken apart',
    before: lines(
      client,
      'export const tags = (bot: Client, id: string) =>',
      '  bot.shard!.broadcastEval((c, { uid }) => c.users.cache.get(uid)?.tag, { context: { uid: id } });',
    ),
    after: lines(
      client,
      'export const tags = (bot: Client, id: string) =>',
      "  bot.cluster.ipc.requestAllShards('userTag', { uid: id }).valuesOrThrow();",
    ),
    handlers: ['  userTag: (c, { uid }: { uid: string }) => c.users.cache.get(uid)?.tag,\n'],
    sites: ['note DC-W6'],
  },
  {
    no: 3,
    title: 'a context in a variable',
    before: lines(
      client,
      'export const has = (bot: Client, context: { id: string }) =>',
      '  bot.shard!.broadcastEval((c, { id }) => c.guilds.cache.has(id), { context });',
    ),
    after: lines(
      client,
      'export const has = (bot: Client, context: { id: string }) =>',
      "  bot.cluster.ipc.requestAllShards('hasGuild', context).valuesOrThrow();",
    ),
    handlers: ['  hasGuild: (c, { id }: { id: string }) => c.guilds.cache.has(id),\n'],
    sites: ['rewritten'],
  },
  {
    no: 4,
    title: 'options in a variable without a shard',
    before: lines(
      client,
      'export function names(bot: Client, ids: string[]) {',
      '  const options = { context: { ids } };',
      '  return bot.shard!.broadcastEval((c, { ids }) => ids.map((id) => c.guilds.cache.get(id)?.name), options);',
      '}',
    ),
    after: lines(
      client,
      'export function names(bot: Client, ids: string[]) {',
      '  const options = { context: { ids } };',
      "  return bot.cluster.ipc.requestAllShards('names', options.context).valuesOrThrow();",
      '}',
    ),
    handlers: ['  names: (c, { ids }: { ids: string[] }) => ids.map((id) => c.guilds.cache.get(id)?.name),\n'],
    sites: ['note DC-W6'],
  },
  stays(
    4,
    'options that may name a shard',
    lines(
      client,
      'export const ask = (bot: Client, options: { shard: number }) => bot.shard!.broadcastEval((c) => c.ws.ping, options);',
    ),
    'left DC-R3',
  ),
  stays(
    5,
    'a captured variable',
    lines(
      client,
      'export const find = (bot: Client, id: string) => bot.shard!.broadcastEval((c) => c.users.cache.get(id)?.id);',
    ),
    'left DC-C1',
  ),
  stays(
    6,
    'the outer client used inside',
    lines(
      client,
      'export const ids = (bot: Client) => bot.shard!.broadcastEval((c) => [bot.shard!.ids, c.isReady()]);',
    ),
    'left DC-C1',
  ),
  {
    no: 7,
    title: 'a name of the function that shadows an outer one',
    before: lines(
      client,
      'export function knowsItself(bot: Client, id: string) {',
      '  const found = bot.shard!.broadcastEval((c) => {',
      "    const id = c.user?.id ?? '';",
      '    return c.users.cache.has(id);',
      '  });',
      '  return [id, found];',
      '}',
    ),
    after: lines(
      client,
      'export function knowsItself(bot: Client, id: string) {',
      "  const found = bot.cluster.ipc.requestAllShards('knowsItself').valuesOrThrow();",
      '  return [id, found];',
      '}',
    ),
    handlers: [
      lines('  knowsItself: (c) => {', "    const id = c.user?.id ?? '';", '    return c.users.cache.has(id);', '  },'),
    ],
    sites: ['rewritten'],
  },
  {
    no: 8,
    title: 'an import whose name is free in the handlers file',
    before: lines(
      client,
      "import { rounded } from './lib/shared.js';",
      'export const roundedPings = (bot: Client) => bot.shard!.broadcastEval((c) => rounded(c.ws.ping));',
    ),
    after: lines(
      client,
      "export const roundedPings = (bot: Client) => bot.cluster.ipc.requestAllShards('roundedPings').valuesOrThrow();",
    ),
    handlers: ["import { rounded } from './lib/shared.js';\n", '  roundedPings: (c) => rounded(c.ws.ping),\n'],
    sites: ['note DC-I1'],
  },
  {
    no: 8,
    title: 'an import of the same name from elsewhere',
    before: lines(
      client,
      "import { rounded } from './lib/other.js';",
      'export const otherPings = (bot: Client) => bot.shard!.broadcastEval((c) => rounded(c.ws.ping));',
    ),
    after: lines(
      client,
      "export const otherPings = (bot: Client) => bot.cluster.ipc.requestAllShards('otherPings').valuesOrThrow();",
    ),
    handlers: [
      "import { rounded as rounded2 } from './lib/other.js';\n",
      '  otherPings: (c) => rounded2(c.ws.ping),\n',
    ],
    sites: ['note DC-I1'],
  },
  {
    no: 9,
    title: 'an import that the function alone uses',
    before: lines(
      client,
      "import { fixed } from './lib/shared.js';",
      'export const fixedPings = (bot: Client) => bot.shard!.broadcastEval((c) => fixed(c.ws.ping));',
    ),
    after: lines(
      client,
      "export const fixedPings = (bot: Client) => bot.cluster.ipc.requestAllShards('fixedPings').valuesOrThrow();",
    ),
    handlers: ["import { fixed } from './lib/shared.js';\n", '  fixedPings: (c) => fixed(c.ws.ping),\n'],
    sites: ['note DC-I1'],
  },
  {
    no: 10,
    title: 'an import of types alone',
    before: lines(
      client,
      "import type { Wish } from './lib/shared.js';",
      'export const wishes = (bot: Client, context: Wish) =>',
      '  bot.shard!.broadcastEval((c: Client, wish: Wish) => c.users.cache.get(wish.uid)?.username, { context });',
    ),
    after: lines(
      client,
      "import type { Wish } from './lib/shared.js';",
      'export const wishes = (bot: Client, context: Wish) =>',
      "  bot.cluster.ipc.requestAllShards('userUsername', context).valuesOrThrow();",
    ),
    handlers: [
      "import type { Wish } from './lib/shared.js';\n",
      '  userUsername: (c: Client, wish: Wish) => c.users.cache.get(wish.uid)?.username,\n',
    ],
    sites: ['note DC-W6'],
  },
  {
    no: 11,
    title: 'an enum of discord.js',
    before: lines(
      "import { ChannelType, type Client } from 'discord.js';",
      'export const texts = (bot: Client) =>',
      '  bot.shard!.broadcastEval((c) => c.channels.cache.filter((one) => one.type === ChannelType.GuildText).size);',
    ),
    after: lines(
      "import { type Client } from 'discord.js';",
      'export const texts = (bot: Client) =>',
      "  bot.cluster.ipc.requestAllShards('channelsCacheFilterSize').valuesOrThrow();",
    ),
    handlers: ["import { ChannelType } from 'discord.js';\n"],
    sites: ['note DC-I1'],
  },
  stays(
    13,
    'a constant of the module',
    lines(
      client,
      'const limit = 5;',
      'export const large = (bot: Client) => bot.shard!.broadcastEval((c) => c.guilds.cache.size > limit);',
    ),
    'left DC-C1',
  ),
  stays(
    14,
    'a constant that only a type names, and that is not exported',
    lines(
      client,
      "const words = ['a', 'b'] as const;",
      'export const word = (bot: Client) =>',
      '  bot.shard!.broadcastEval((c): (typeof words)[number] | null => (c.isReady() ? "a" : null));',
    ),
    'left DC-G2',
  ),
  {
    no: 15,
    title: '`this` in an arrow function',
    before: lines(
      "import { Client } from 'discord.js';",
      'export class Bot extends Client {',
      '  states() {',
      '    return this.shard!.broadcastEval(() => this.ws.status);',
      '  }',
      '}',
    ),
    after: lines(
      "import { Client } from 'discord.js';",
      'export class Bot extends Client {',
      '  states() {',
      "    return this.cluster.ipc.requestAllShards('wsStatus').valuesOrThrow();",
      '  }',
      '}',
    ),
    handlers: ['  wsStatus: (client) => client.ws.status,\n'],
    sites: ['rewritten'],
  },
  stays(
    15,
    '`this` in an arrow function of a class that has such a member',
    lines(
      client,
      'export class Job {',
      '  tasks = [1];',
      '  constructor(readonly bot: Client) {}',
      '  run() {',
      '    return this.bot.shard!.broadcastEval(() => this.tasks.length);',
      '  }',
      '}',
    ),
    'left DC-T1',
  ),
  {
    no: 17,
    title: 'a function by its name, which moves when nothing else uses it',
    before: lines(
      client,
      'function oldest(c: Client) {',
      '  return c.guilds.cache.sort((a, b) => a.createdTimestamp - b.createdTimestamp).first()?.name;',
      '}',
      '',
      'export const oldestNames = (bot: Client) => bot.shard!.broadcastEval(oldest);',
    ),
    after: lines(
      client,
      '',
      "export const oldestNames = (bot: Client) => bot.cluster.ipc.requestAllShards('oldest').valuesOrThrow();",
    ),
    handlers: ['createdTimestamp - b.createdTimestamp).first()?.name;\n'],
    sites: ['note DC-W6'],
  },
  {
    no: 18,
    title: 'an imported function',
    before: lines(
      client,
      "import { slowest } from './lib/shared.js';",
      'export const slow = (bot: Client) => bot.shard!.broadcastEval(slowest);',
    ),
    after: lines(
      client,
      "export const slow = (bot: Client) => bot.cluster.ipc.requestAllShards('slowest').valuesOrThrow();",
    ),
    handlers: ['  slowest: (...given: Parameters<typeof slowest>) => slowest(...given),\n'],
    sites: ['note DC-I4'],
  },
  stays(
    20,
    'a function that is a parameter',
    lines(client, 'export const each = (bot: Client, fn: (c: Client) => number) => bot.shard!.broadcastEval(fn);'),
    'left DC-D8',
  ),
  {
    no: 23,
    title: 'one of two functions, by a condition',
    before: lines(
      client,
      'const emojis = (c: Client) => c.emojis.cache.size;',
      'const ready = (c: Client) => c.readyTimestamp;',
      'export const either = (bot: Client, full: boolean) => bot.shard!.broadcastEval(full ? emojis : ready);',
    ),
    after: lines(
      client,
      "export const either = (bot: Client, full: boolean) => bot.cluster.ipc.requestAllShards(full ? 'emojis' : 'ready').valuesOrThrow();",
    ),
    sites: ['rewritten'],
  },
  stays(
    23,
    'one of two functions, of which one cannot be known',
    lines(
      client,
      'type Ask = (c: Client) => number;',
      'export const one = (bot: Client, asks: Ask[], full: boolean) =>',
      '  bot.shard!.broadcastEval(full ? asks[0]! : (c) => c.ws.ping);',
    ),
    'left DC-D1',
  ),
];
