/** rules/manager-reasons: the rows about the manager, its import and the handlers file. */
import { leastDiscord } from '../project/discord-version.ts';
import { type Reason, row } from './reason.ts';

/** Part of the table of reasons. */
export const managerReasons = {
  // M: the manager and imports
  'DC-M3': row(
    'todo',
    'import not plain',
    '{method} is taken from discord.js in a way that cannot be swapped ({what}). Import it from shardlift/compat by hand.',
  ),
  'DC-M5': row(
    'todo',
    'manager of another library',
    '{method} here is the one of {owner}, which has options, events and classes of its own, so it was left. Build the manager with ShardingManager of shardlift/compat before you start the bot again: only its clusters answer client.cluster.',
  ),
  'DC-M4': row('info', 'still right', '{method} from discord.js stays as it is; nothing to do.'),
  'DC-M6': row(
    'note',
    'stays a ShardingManager',
    'The manager stays the ShardingManager of shardlift/compat: --core cannot move {what}. Change that by hand and run dc-migrate --core again, or leave it: both work.',
  ),
  'DC-M7': row(
    'note',
    'told of clusters',
    'shardCreate is clusterCreate now. It comes once per cluster, and what it brings is a Cluster: its id counts clusters, and its shards lists the shards in it. Check the code that takes it for a shard.',
  ),
  'DC-M8': row(
    'todo',
    'manager stays',
    'The ShardingManager at {where} stays the one of discord.js, whose clients have no client.cluster, so this call was left as it is. Import that manager from shardlift/compat first, and run dc-migrate again.',
  ),
  'DC-M9': row(
    'todo',
    'discord.js too old',
    '{file} {what}. What dc-migrate writes needs discord.js {least} or later, and shardlift does not bring it: move the bot to that as well (npm install discord.js@14; the rest of its code may have to change for it) before you start it again.',
    { file: 'package.json', what: 'asks for an older discord.js, or has one installed', least: leastDiscord },
  ),
  'DC-M13': row(
    'todo',
    'manager not among the paths',
    'The {what} at {where} is not among the given paths and stays the one of {owner}, so what belongs to it here was left as it was. Run dc-migrate on the whole bot, that file included.',
  ),
  'DC-M15': row(
    'todo',
    'manager of the class stays',
    'The ShardingManager at {where} stays the one of discord.js and may get here, so this import of its class stays with it. Import that manager from shardlift/compat first, and run dc-migrate again.',
  ),
  'DC-M19': row(
    'note',
    'arguments in an order',
    'At {where} shards are started, or may be, and the arguments stay as they are. {library} took them in an order, and from now on they are taken by name: spawn({ amount, delay, timeout }), respawnAll({ {part}Delay, respawnDelay, timeout }), {part}.respawn({ delay, timeout }). Where they are given in an order, write them so, or they count for nothing.',
    { library: 'discord.js 11 and 12', part: 'shard' },
  ),
  // H: the handlers file
  'DC-H1': row(
    'todo',
    'entry not found',
    'The file that starts the bot was not found{why}, so there is no place for the handlers file. Name it with --entry path/to/bot and run again.',
    { why: '' },
  ),
  'DC-H2': row(
    'todo',
    'handlers not wired',
    'The handlers file could not be wired into the manager ({what}). {advice}. Until then no rewritten call gets an answer.',
  ),
  'DC-H3': row(
    'todo',
    'handlers file not readable',
    '{path} exists, but nothing can be added to it: {what}. Mend that (handlers = defineHandlers({ ... }) at its top level, with names that can be read), or name another file with --handlers.',
  ),
  'DC-H4': row(
    'todo',
    'no place beside the client',
    'The handler cannot be written beside the client ({what}). Run dc-migrate without --inline, or register it by hand with client.cluster.ipc.handle(name, (data, { client }) => ...).',
  ),
  'DC-H5': row(
    'note',
    'starts other files too',
    'The manager chooses the file it starts ({what}). The handlers file is looked for from the folder of the file that is started: check that {path} leads to it from each of them.',
  ),
  'DC-H6': row(
    'note',
    'names that cannot be read',
    'Handlers are registered under names that cannot be read ({where}). Where one of them is the name of a new handler, no cluster starts (DUPLICATE_HANDLER). Compare them, or write these names out.',
  ),
  'DC-H7': row(
    'todo',
    'global hidden in the handlers file',
    'The function reads {names} from the global object, and {path}, where its handler would stand, has something else of that name. Give that another name, or write globalThis in front of the global, and run dc-migrate again.',
  ),
} as const satisfies Record<string, Reason>;
