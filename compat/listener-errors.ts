/** compat/listener-errors: where it goes what listeners of a Shard throw. */
import { throwLater } from '../src/extend.ts';
import type { GroupedShard } from './grouped-shard.ts';

/** Takes what a listener of a Shard threw. */
export type Thrown = (error: unknown, shard: GroupedShard) => void;

/** It is the uncaught exception that it is with every emitter. */
export const uncaught: Thrown = (error) => throwLater(error);

/** An `error` of the Shard, as of a start that nobody asked for; uncaught where nobody listens for it. */
export const asShardError: Thrown = (error, shard) => {
  process.nextTick(() => shard.emit('error', error));
};

/**
 * Does something during which listeners are told, and finishes it.
 *
 * @throws the first that a listener threw. discord.js stops at it; those after it are lost, and mostly the same
 */
export function throwingFirst(tell: (thrown: Thrown) => void): void {
  const errors: unknown[] = [];
  tell((error) => void errors.push(error));
  if (errors.length > 0) throw errors[0];
}
