/** compat/watched-shards: notices what users do to `manager.shards`, which is public and writable. */
import { Collection } from 'discord.js';

type Shards<S> = Map<number, S>;

/** Calls `changed` before a collection of shards changes. */
function watchCollection(shards: Shards<unknown>, changed: () => void): void {
  for (const name of ['set', 'delete', 'clear'] as const) {
    const change = Collection.prototype[name] as (...args: unknown[]) => unknown;
    const watched = (...args: unknown[]): unknown => {
      changed();
      return change.apply(shards, args);
    };
    Object.defineProperty(shards, name, { configurable: true, writable: true, value: watched });
  }
}

/** Calls `changed` when the shards of a manager change, or another collection takes their place. */
export function watchShards<S>(manager: { shards: Shards<S> }, changed: () => void): void {
  let { shards } = manager;
  watchCollection(shards, changed);
  Object.defineProperty(manager, 'shards', {
    configurable: true,
    enumerable: true,
    get: () => shards,
    set(next: Shards<S>) {
      shards = next;
      watchCollection(next, changed);
      changed();
    },
  });
}
