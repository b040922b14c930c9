/** rules/process-reasons: the rows about what several shards of one process share. */
import { type Reason, row } from './reason.ts';

/** Part of the table of reasons. */
export const processReasons = {
  // P: what belongs to a process, not to a shard
  'DC-P1': row(
    'note',
    'process-bound',
    'The function reads a fact of the process ({names}). Several shards share one process now, and {how}. Check what the result is used for.',
  ),
  'DC-P2': row(
    'note',
    'process-bound member',
    '{what} {names}, which {live} once per process and not once per shard; {how}. Check that this is what you want.',
    { live: 'lives' },
  ),
  'DC-P3': row(
    'note',
    'users overlap',
    'A user seen by several shards is cached once per process now, so {counts} smaller than before. For the number of members, add up guild.memberCount.',
  ),
  'DC-P4': row(
    'note',
    'done once for each shard',
    'The function does something to its client or its process ({names}). Several shards share one now, and {how}.',
  ),
  'DC-P5': row(
    'note',
    'several shards at client.shard.ids',
    'Several shards share one process now, and what tells which they are (client.shard.ids, client.options.shards, process.env.SHARDS) has all of them ({places}). Where the shard of a guild is meant, take guild.shardId; where a process should do something once, ask for one shard (client.shard.ids.includes(0)).',
  ),
  'DC-P6': row(
    'note',
    'users of one shard',
    'The function looks for users ({names}). Of the shards of one process a single one has a cached user, by the id of that user, and no longer each whose guilds have it, so it may not be found beside a guild, a channel or a shard. Look in guild.members, or ask client.users.fetch(id), which takes what the process has.',
  ),
  'DC-P7': row(
    'note',
    'the id of one of several shards',
    'The function compares {names} as the id of its shard. Several shards share one process now, and that is the id of one of them: for the others nothing is done or found. Ask for the shards that the handler runs for: c.shard.ids.includes(guild.shardId), c.shard.ids.includes(0).',
  ),
} as const satisfies Record<string, Reason>;
