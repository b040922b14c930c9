/** compat/lost-call: calls whose answer never comes. Whoever waits for one is told; nobody else may come to harm by it. */
import { isUnsentResult } from '../src/extend.ts';
import { isShardliftError } from '../src/index.ts';

/**
 * Does nothing but hand a call out, so that it ends nobody when its answer is lost and nobody waits for it: the bot dies
 * under it, or what it gave cannot be sent.
 *
 * With discord.js such a call never settles. Here it rejects, and Node ends a process for a rejection that nobody catches:
 * a shard that is told to exit by a call without `await` would take its manager along, and that all other shards; a bot
 * whose arrow gives the timer that it sets would end itself. Other failures stay loud, as they are with discord.js. Who
 * does wait and catches nothing is on his own.
 *
 * @see https://nodejs.org/api/process.html#event-unhandledrejection
 */
export function survivable<T>(ask: () => Promise<T>): Promise<T> {
  const call = ask().then(undefined, (error: unknown) => {
    // Accepted loss: the reason, where nobody holds the promise. A death is an event of the shard, the result is nobody's.
    if (isLost(error)) call.catch(() => undefined);
    throw error;
  });
  return call;
}

/** By its code: a bot gets the error of its manager by name, code and text. */
function isLost(error: unknown): boolean {
  if (isShardliftError(error, 'LINK_CLOSED') || isShardliftError(error, 'NO_ROUTE')) return true;
  return isUnsentResult(error) || (error instanceof Error && 'code' in error && error.code === 'ShardingNoChildExists');
}
