/** compat/lost-call: calls whose bot died. Whoever waits for one is told; nobody else may come to harm by it. */
import { isShardliftError } from '../src/index.ts';

/**
 * Does nothing but hand a call out, so that it ends nobody when a bot dies under it and nobody waits for it.
 *
 * With discord.js such a call never settles. Here it rejects, and Node ends a process for a rejection that nobody catches:
 * a shard that is told to exit by a call without `await` would take its manager along, and that all other shards. Other
 * failures stay loud, as they are with discord.js. Who does wait and catches nothing is on his own.
 *
 * @see https://nodejs.org/api/process.html#event-unhandledrejection
 */
export function survivable<T>(ask: () => Promise<T>): Promise<T> {
  const call = ask().then(undefined, (error: unknown) => {
    // Accepted loss: the reason, where nobody holds the promise. The death itself is an event of the shard.
    if (isLost(error)) call.catch(() => undefined);
    throw error;
  });
  return call;
}

/** By its code: a bot gets the error of its manager by name, code and text. */
function isLost(error: unknown): boolean {
  if (isShardliftError(error, 'LINK_CLOSED') || isShardliftError(error, 'NO_ROUTE')) return true;
  return error instanceof Error && 'code' in error && error.code === 'ShardingNoChildExists';
}
