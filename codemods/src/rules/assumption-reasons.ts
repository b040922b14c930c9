/** rules/assumption-reasons: the rows about what is taken for granted, since neither the text nor a type proves it. */
import { type Reason, row } from './reason.ts';

/** Part of the table of reasons. */
export const assumptionReasons = {
  // A: what a rewritten call rests on; nothing to do where it holds
  'DC-A1': row(
    'info',
    'a client by its name',
    '{names} is taken for a client of discord.js by its name, or by what is read of it: nothing else says what it is. Where it is something else, take the edit back and give it its type.',
  ),
  'DC-A2': row(
    'info',
    'a result that nothing is known of',
    'Nothing is known of {names} in the results: it is taken for data that JSON does not change, and for no promise where it is tested. Where it may hold a date, a map, a bigint, NaN or undefined, give what JSON made of that; a function or a timer is refused.',
  ),
  'DC-A3': row(
    'info',
    'data that nothing is known of',
    'Nothing is known of {names} in what is handed over: it is taken for data that JSON does not change. Where it may hold a date, a map, a bigint, NaN or undefined, hand over what JSON made of that; a function or a timer is refused.',
  ),
  'DC-A4': row(
    'info',
    'work of the process',
    '{names} gets nothing of the client, so it is taken for work of the process: requestAll does it once per process, and no longer once per shard. Where each shard should do it, ask with requestAllShards.',
  ),
  'DC-A5': row(
    'info',
    'a number that shards count',
    '{names} is taken for a number that events of the shards count up, though nothing shows when that is done. Where each process counts it once, however many shards it has, the sum becomes smaller: ask with requestAllShards there.',
  ),
  'DC-A6': row(
    'info',
    'a guild that is available',
    '{names} is taken to be there. A guild that is not available, while Discord has an outage, lacks it: that was null in a list of results and left out of an object, and is undefined from now on. Where that matters, give null for it (`?? null`).',
  ),
  'DC-A7': row(
    'info',
    'what a bot reads of its own client',
    'What the bot counts of its own client beside its broadcasts ({names}) is that of all shards of its process from now on, where it was that of one shard. This is taken to be meant. Where the number of one shard is shown, or posted together with its id, add up the guilds whose shardId is that id.',
  ),
  'DC-A8': row(
    'info',
    'what a log shows',
    '{names} of a result may be undefined: a log ({use}) shows it as undefined from now on, where JSON left it out. Where a program reads that log, let the function leave it out.',
  ),
  'DC-A9': row(
    'info',
    'a spawn of something else',
    'Nothing tells what spawns at {names}; it is taken for something else than a manager. Where it is one, {library} took its arguments in an order: name them now (`spawn({ amount: 4, delay: 5000 })`).',
    { library: 'discord.js 11 and 12' },
  ),
  'DC-A10': row(
    'info',
    'options of a manager from elsewhere',
    'Nothing tells all options of the manager at {names}. They are taken for such as shardlift/compat/hybrid has. Where clusterList or clusterOptions is among them, remove it: clusters have the numbers 0, 1, 2 and so on, and execArgv, shardArgs or clusterData say the rest.',
  ),
  'DC-A11': row(
    'info',
    'one of the bot by its id',
    'What {names} has by an id is taken to belong to one shard, as a guild does. One process answers for all its shards from now on: where each of them has its own, or an error says that one has none, ask with requestAllShards.',
  ),
  'DC-A12': row(
    'info',
    'a user on some shard',
    'Of the shards of one process a single one has a cached user, by the id of that user, and no longer each whose guilds have it ({names}). It is taken not to matter which of them has the user, or how many. Where it does, look in guild.members.',
  ),
} as const satisfies Record<string, Reason>;
