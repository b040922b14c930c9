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
} as const satisfies Record<string, Reason>;
