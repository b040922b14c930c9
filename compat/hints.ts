/** compat/hints: what a manager says once, however often it is so. */
import { isShardliftError, type Logger } from '../src/index.ts';
import type { GroupedShard } from './grouped-shard.ts';

type Subject = 'a plain bot' | 'respawns of siblings' | 'SHARDS';

/** How long a restart is one of just now, in ms. */
const recentMs = 60_000;

/** The hints of one manager. */
export class Hints {
  readonly #logger: () => Pick<Logger, 'warn'>;
  readonly #said = new Set<Subject>();

  constructor(logger: () => Pick<Logger, 'warn'>) {
    this.#logger = logger;
  }

  /** Whether it was so. */
  has(subject: Subject): boolean {
    return this.#said.has(subject);
  }

  once(subject: Subject, text: string): void {
    if (!this.#said.has(subject)) this.#logger().warn(text);
    this.#said.add(subject);
  }
}

/** Of one cluster: who had it restarted last. */
export class RespawnLoop {
  readonly #hints: Hints;
  #last: { readonly shard: number; readonly at: number } | undefined;

  constructor(hints: Hints) {
    this.#hints = hints;
  }

  /** A shard has its cluster restarted: n times in a row, if a program goes through all shards one by one. */
  restartedBy(shard: number): void {
    const last = this.#last;
    this.#last = { shard, at: Date.now() };
    if (last === undefined || last.shard === shard || Date.now() - last.at >= recentMs) return;
    const agoS = Math.round((Date.now() - last.at) / 1_000);
    const text =
      `respawn() of shard ${shard} restarts the process that respawn() of shard ${last.shard}, which shares it, restarted ` +
      `${agoS} s ago. manager.respawnAll() restarts each process once.`;
    this.#hints.once('respawns of siblings', text);
  }
}

/** Says why a bot does not start that takes the list of its shards for a number. */
export function hintAtShards(hints: Hints, error: unknown, { shards, value }: ShardsVariable): void {
  if (shards.length < 2 || !isShardliftError(error, 'CLUSTER_DIED')) return;
  const words = `${error.details.stderr} ${error.details.reason} ${error.cause instanceof Error ? error.cause.stack : ''}`;
  if (!/ClientInvalidProvidedShards|None of the provided shards were valid/.test(words)) return;
  const text =
    `The bot gives its client shards that are none. In a process of several shards the variable SHARDS is a list, here ` +
    `${value}, and no number. Leave the option \`shards\` of the client out, and read \`client.shard.ids\` instead of SHARDS; ` +
    'or use hybrid.shardsPerCluster: 1.';
  hints.once('SHARDS', text);
}

/** What a cluster has in its environment. */
interface ShardsVariable {
  readonly shards: readonly GroupedShard[];
  readonly value: unknown;
}
