/** remote/proxy: what users need of comlink itself. */
import { comlink } from './comlink.ts';
import type { Proxied, ReleaseProxy } from './remote-type.ts';

/**
 * Marks an object or a function that stays where it is when it is given to a remote object, or comes from one: the other
 * side gets a remote one. It is let go when nobody there has it any more. `comlink.proxy` does the same.
 */
export function proxy<T extends object>(object: T): Proxied<T> {
  return comlink().proxy(object);
}

/**
 * The key of the method of a remote object that gives it back: `remote[releaseProxy]()`. `comlink.releaseProxy` does the
 * same; this one is there without loading comlink.
 */
export const releaseProxy: ReleaseProxy = Symbol.for('shardlift.releaseProxy') as never;
