/** rules/hybrid-reasons: the rows about discord-hybrid-sharding, where it differs from discord.js. */
import { type Reason, row } from './reason.ts';

/** Part of the table of reasons. */
export const hybridReasons = {
  'DC-D9': row(
    'todo',
    'text of discord-hybrid-sharding',
    'Every cluster evaluates this text, as discord-hybrid-sharding does, and goes on doing so. Run dc-migrate with --legacy to turn it into a handler, or write it as a function of the client, (client) => ...',
  ),
  'DC-R9': row(
    'todo',
    'several at once',
    '{what} names several at once, and a request goes to one or to all. Write one call for each and put the answers together, or leave it: it keeps working.',
  ),
  'DC-M10': row(
    'info',
    'manager of hybrid-sharding',
    'The manager stays a ClusterManager as discord-hybrid-sharding has it, from shardlift/compat/hybrid: --core moves those of discord.js only. Nothing to do.',
  ),
  'DC-M11': row(
    'todo',
    'name that is not there',
    'shardlift/compat/hybrid has no {names}, so this stays the import of discord-hybrid-sharding. docs/from-hybrid-sharding.md of shardlift says what to use instead; for the default, write import * as. Then run dc-migrate again.',
  ),
  'DC-M14': row(
    'todo',
    'handed on to others',
    'This file hands discord-hybrid-sharding on, and not everybody who takes names from it there is known, since {why}. shardlift/compat/hybrid does not have all of them (docs/from-hybrid-sharding.md of shardlift lists those), so this import stays. Where nobody needs them, change it to shardlift/compat/hybrid by hand; then run dc-migrate again.',
  ),
  'DC-M12': row(
    'todo',
    'discord-hybrid-sharding stays',
    '{what} at {where} {does} discord-hybrid-sharding, whose managers and clients understand only each other: its client.cluster knows no named handlers. So this was left as it was. See the reason there, and run dc-migrate again.',
  ),
  'DC-M18': row(
    'note',
    'part that is not there',
    'shardlift/compat/hybrid has no {name}: from now on it {does}. It is used here: {where}. Use {instead} (docs/from-hybrid-sharding.md of shardlift).',
  ),
  'DC-M16': row(
    'note',
    'other half not seen',
    'No {half} of discord-hybrid-sharding was seen, and its managers and clients understand those of shardlift as little as the other way round. Where this bot has one in code that was not read, move it as well: give dc-migrate its path, or import it from shardlift/compat/hybrid by hand.',
  ),
  'DC-M17': row(
    'todo',
    'other half not seen, stays',
    'No {half} of discord-hybrid-sharding was seen: {why}. Managers and clients understand only each other, so what belongs to this bot was left as it was. Give dc-migrate the path of the {half} as well, or import both from shardlift/compat/hybrid by hand.',
  ),
} as const satisfies Record<string, Reason>;
