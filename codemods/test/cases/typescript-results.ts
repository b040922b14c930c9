/** test/cases/typescript-results: whom a call asks, what comes back, and what stands around it. */
import { type Case, lines, stays } from './case.ts';

const client = "import type { Client } from 'discord.js';";

/** Rows 24 to 50 in TypeScript. */
export const resultRows: readonly Case[] = [
  {
    no: 24,
    title: 'one shard, with data',
    before: lines(
      client,
      'export const onFirst = (bot: Client, id: string) =>',
      '  bot.shard!.broadcastEval((c, { id }) => c.users.cache.has(id), { shard: 0, context: { id } });',
    ),
    after: lines(
      client,
      'export const onFirst = (bot: Client, id: string) =>',
      "  bot.cluster.ipc.requestToShard(0, 'hasUser', { id });",
    ),
    handlers: ['  hasUser: (c, { id }: { id: string }) => c.users.cache.has(id),\n'],
    // A single shard of a process has each cached user, and it need not be the one that is asked.
    sites: ['note DC-P6'],
  },
  {
    no: 25,
    title: 'a path, with its cast',
    before: lines(
      client,
      'export const sizes = async (bot: Client) =>',
      "  (await bot.shard!.fetchClientValues('channels.cache.size')) as number[];",
    ),
    after: lines(
      client,
      'export const sizes = async (bot: Client) =>',
      "  (await bot.cluster.ipc.requestAllShards('channelsCacheSize').valuesOrThrow()) as number[];",
    ),
    handlers: ['  channelsCacheSize: (client) => client.channels.cache.size,\n'],
    sites: ['rewritten'],
  },
  stays(
    26,
    'a path chosen at run time',
    lines(client, 'export const read = (bot: Client, path: string) => bot.shard!.fetchClientValues(path);'),
    'left DC-D5',
  ),
  {
    no: 27,
    title: 'a path through what may be null',
    before: lines(client, "export const apps = (bot: Client) => bot.shard!.fetchClientValues('application.id');"),
    after: lines(
      client,
      "export const apps = (bot: Client) => bot.cluster.ipc.requestAllShards('applicationId').valuesOrThrow();",
    ),
    handlers: ['  applicationId: (client) => client.application.id,\n'],
    sites: ['rewritten'],
  },
  {
    no: 28,
    title: 'a sum in then',
    before: lines(
      client,
      'export const channels = (bot: Client) =>',
      '  bot.shard!.broadcastEval((c) => c.channels.cache.size).then((all) => all.reduce((a, b) => a + b, 0));',
    ),
    after: lines(
      client,
      'export const channels = (bot: Client) =>',
      "  bot.cluster.ipc.requestAll('channelsCacheSize').valuesOrThrow().then((all) => all.reduce((a, b) => a + b, 0));",
    ),
    sites: ['rewritten'],
  },
  {
    no: 29,
    title: 'the index as the id of a shard',
    before: lines(
      client,
      'export async function pingOf(bot: Client, shard: number) {',
      '  const pings = await bot.shard!.broadcastEval((c) => c.ws.ping);',
      '  return pings[shard];',
      '}',
    ),
    after: lines(
      client,
      'export async function pingOf(bot: Client, shard: number) {',
      "  const pings = await bot.cluster.ipc.requestAllShards('wsPing').valuesOrThrow();",
      '  return pings[shard];',
      '}',
    ),
    handlers: ['  wsPing: (c) => c.ws.ping,\n'],
    sites: ['rewritten'],
  },
  {
    no: 30,
    title: 'the results taken apart',
    before: lines(
      client,
      'export async function firstTwo(bot: Client) {',
      '  const [first, second] = await bot.shard!.broadcastEval((c) => c.guilds.cache.size);',
      '  return { first, second };',
      '}',
    ),
    after: lines(
      client,
      'export async function firstTwo(bot: Client) {',
      "  const [first, second] = await bot.cluster.ipc.requestAllShards('guildsCacheSize').valuesOrThrow();",
      '  return { first, second };',
      '}',
    ),
    sites: ['rewritten'],
  },
  {
    no: 31,
    title: 'two calls in Promise.all',
    before: lines(
      client,
      'export async function totals(bot: Client) {',
      '  const [guilds, members] = await Promise.all([',
      "    bot.shard!.fetchClientValues('guilds.cache.size') as Promise<number[]>,",
      '    bot.shard!.broadcastEval((c) => c.guilds.cache.reduce((sum, guild) => sum + guild.memberCount, 0)),',
      '  ]);',
      '  return guilds.reduce((a, b) => a + b, 0) + members.reduce((a, b) => a + b, 0);',
      '}',
    ),
    after: lines(
      client,
      'export async function totals(bot: Client) {',
      '  const [guilds, members] = await Promise.all([',
      "    bot.cluster.ipc.requestAll('guildsCacheSize').valuesOrThrow() as Promise<number[]>,",
      "    bot.cluster.ipc.requestAll('guildMemberCount').valuesOrThrow(),",
      '  ]);',
      '  return guilds.reduce((a, b) => a + b, 0) + members.reduce((a, b) => a + b, 0);',
      '}',
    ),
    handlers: [
      '  guildMemberCount: (c) => c.guilds.cache.reduce((sum, guild) => sum + (guild.memberCount ?? 0), 0),\n',
    ],
    sites: ['rewritten', 'rewritten'],
  },
  {
    no: 32,
    title: 'a result nobody looks at',
    before: lines(
      client,
      'export async function leave(bot: Client) {',
      '  await bot.shard!.broadcastEval((c) => c.destroy());',
      '}',
    ),
    after: lines(
      client,
      'export async function leave(bot: Client) {',
      "  await bot.cluster.ipc.requestAll('destroy').valuesOrThrow();",
      '}',
    ),
    handlers: ['  destroy: (c) => c.destroy(),\n'],
    sites: ['rewritten'],
  },
  stays(
    32,
    'a function that ends the process',
    lines(client, 'export const end = (bot: Client) => bot.shard!.broadcastEval(() => process.exit());'),
    'left DC-E2',
  ),
  {
    no: 40,
    title: 'a structure of discord.js as the result',
    before: lines(
      client,
      'export const guilds = (bot: Client, id: string) =>',
      '  bot.shard!.broadcastEval(async (c, { id }) => c.guilds.fetch(id), { context: { id } });',
    ),
    after: lines(
      client,
      'export const guilds = (bot: Client, id: string) =>',
      "  bot.cluster.ipc.requestAllShards('fetchGuild', { id }).valuesOrThrow();",
    ),
    handlers: ['  fetchGuild: async (c, { id }: { id: string }) => c.guilds.fetch(id),\n'],
    sites: ['rewritten'],
  },
  {
    no: 41,
    title: 'a Map as the result',
    before: lines(
      client,
      'export const owners = (bot: Client) =>',
      '  bot.shard!.broadcastEval((c) => new Map(c.guilds.cache.map((guild) => [guild.id, guild.ownerId] as const)));',
    ),
    after: lines(
      client,
      'export const owners = (bot: Client) =>',
      "  bot.cluster.ipc.requestAllShards('owners').valuesOrThrow();",
    ),
    handlers: ['  owners: (c) => new Map('],
    sites: ['note DC-W3'],
  },
  stays(
    42,
    'a type parameter inside the function',
    lines(
      client,
      'export function ask<T>(bot: Client) {',
      '  return bot.shard!.broadcastEval((c) => c.ws.ping as unknown as T);',
      '}',
    ),
    'left DC-G1',
  ),
  {
    no: 43,
    title: 'a directive over the function, which moves with it',
    before: lines(
      client,
      'export const odd = (bot: Client) =>',
      '  // @ts-expect-error the bot sets it',
      '  bot.shard!.broadcastEval((c) => c.luckyNumber);',
    ),
    after: lines(
      client,
      'export const odd = (bot: Client) =>',
      "  bot.cluster.ipc.requestAllShards('luckyNumber').valuesOrThrow();",
    ),
    handlers: ['  // @ts-ignore the bot sets it\n  luckyNumber: (c) => c.luckyNumber ?? null,\n'],
    sites: ['note DC-P2'],
  },
  {
    no: 43,
    title: 'a directive over an error that is gone with the call',
    before: lines(
      client,
      'export const one = (bot: Client) =>',
      '  bot.shard!.broadcastEval((c) => c.ws.ping,',
      '  // @ts-ignore older types know no shard',
      '  { shard: 0 });',
    ),
    after: lines(client, 'export const one = (bot: Client) =>', "  bot.cluster.ipc.requestToShard(0, 'wsPing');"),
    sites: ['rewritten'],
  },
  {
    no: 43,
    title: 'a directive over the receiver, which hides nothing any more',
    before: lines(
      client,
      'export async function uptimes(bot: Client): Promise<(number | null)[]> {',
      '  // @ts-expect-error it may be null',
      '  return bot.shard.broadcastEval((c) => c.uptime);',
      '}',
    ),
    after: lines(
      client,
      'export async function uptimes(bot: Client): Promise<(number | null)[]> {',
      "  return bot.cluster.ipc.requestAllShards('uptime').valuesOrThrow();",
      '}',
    ),
    sites: ['rewritten'],
  },
  stays(
    43,
    'a directive over an error that stays',
    lines(
      client,
      'export async function wrong(bot: Client) {',
      '  // @ts-expect-error they are numbers',
      '  const pings: string = await bot.shard!.broadcastEval((c) => c.ws.ping);',
      '  return pings;',
      '}',
    ),
    'left DC-G3',
  ),
  {
    no: 44,
    title: 'an optional chain with a fallback',
    before: lines(
      client,
      'export const ready = async (bot: Client) =>',
      '  (await bot.shard?.broadcastEval((c) => c.isReady())) ?? [];',
    ),
    after: lines(
      client,
      'export const ready = async (bot: Client) =>',
      "  (await bot.cluster?.ipc.requestAllShards('isReady').valuesOrThrow()) ?? [];",
    ),
    handlers: ['  isReady: (c) => c.isReady(),\n'],
    sites: ['rewritten'],
  },
  {
    no: 45,
    title: 'a function another file sends too, under other names',
    before: lines(
      client,
      'export const again = (b: Client) => b.shard!.broadcastEval((x) => /* n */ x.guilds.cache.size);',
    ),
    after: lines(
      client,
      "export const again = (b: Client) => b.cluster.ipc.requestAllShards('guildsCacheSize').valuesOrThrow();",
    ),
    sites: ['rewritten'],
  },
  {
    no: 46,
    title: 'comments inside the function and between the arguments',
    before: lines(
      client,
      'export const busiest = (bot: Client) =>',
      '  bot.shard!.broadcastEval(',
      '    /* every shard */',
      '    (c) => {',
      '      // the largest',
      '      return Math.max(0, ...c.guilds.cache.map((guild) => guild.memberCount)); /* or none */',
      '    },',
      '  );',
    ),
    after: lines(
      client,
      'export const busiest = (bot: Client) =>',
      "  bot.cluster.ipc.requestAllShards(/* every shard */ 'busiest').valuesOrThrow();",
    ),
    handlers: [
      lines(
        '  busiest: (c) => {',
        '    // the largest',
        '    return Math.max(0, ...c.guilds.cache.map((guild) => guild.memberCount)); /* or none */',
        '  },',
      ),
    ],
    sites: ['rewritten'],
  },
  {
    no: 47,
    title: 'a broadcast inside a broadcast',
    before: lines(
      client,
      'export const both = (bot: Client) =>',
      '  bot.shard!.broadcastEval((c) => c.shard!.broadcastEval((d) => d.ws.ping));',
    ),
    after: lines(
      client,
      'export const both = (bot: Client) =>',
      "  bot.cluster.ipc.requestAllShards('allWsPing').valuesOrThrow();",
    ),
    // The type is written: a handler that asks the cluster would otherwise need its own type to find it.
    handlers: ["  allWsPing: (c): Promise<number[]> => c.cluster.ipc.requestAllShards('wsPing').valuesOrThrow(),\n"],
    sites: ['rewritten', 'rewritten'],
  },
  stays(
    50,
    'a call that was migrated before',
    lines(
      client,
      "export const done = (bot: Client) => bot.cluster.ipc.requestAllShards('guildsCacheSize').valuesOrThrow();",
    ),
  ),
];
