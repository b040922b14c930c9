/** differential/journal: what the shards of a manager emit, in order, in words that are the same for every run. */
import type { Shard, ShardingManager } from 'discord.js';

// Without `message`: discord.js lets its own answers through there, which is a scenario of its own.
const events = ['spawn', 'ready', 'disconnect', 'reconnecting', 'resume', 'death', 'error'] as const;

/** Hears every event of a manager's shards, those of shards that are made later as well. */
function listen(manager: ShardingManager, hear: (shard: Shard, event: string, args: readonly unknown[]) => void): void {
  const follow = (shard: Shard): void => {
    for (const event of events) {
      const heard = (...args: unknown[]): void => hear(shard, event, args);
      (shard as NodeJS.EventEmitter).on(event, heard);
    }
  };
  for (const shard of manager.shards.values()) follow(shard);
  manager.on('shardCreate', (shard) => {
    hear(shard, 'shardCreate', []);
    follow(shard);
  });
}

/** Each event as `2 ready`. */
export function journalOf(manager: ShardingManager): string[] {
  const lines: string[] = [];
  listen(manager, ({ id }, event) => lines.push(`${id} ${event}`));
  return lines;
}

/** Each event with its arguments, as `2 death its child`. */
export function fullJournalOf(manager: ShardingManager): string[] {
  const lines: string[] = [];
  listen(manager, (shard, event, args) => {
    lines.push([shard.id, event, ...args.map((arg) => inWords(shard, arg))].join(' '));
  });
  return lines;
}

/** An argument; a child is called by what it is to the shard at this moment. */
function inWords(shard: Shard, arg: unknown): string {
  if (arg instanceof Error) return `${arg.name} ${String((arg as NodeJS.ErrnoException).code)}`;
  if (typeof arg !== 'object' || arg === null) return String(arg);
  if (arg === shard.process || arg === shard.worker) return 'its child';
  return 'pid' in arg || 'threadId' in arg ? `another ${arg.constructor.name}` : arg.constructor.name;
}
