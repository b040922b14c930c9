/** store/nesting: finds a computation that asks for the value it is to give, and would wait for itself. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Reach } from './engine.ts';

/** A value that is being computed, and the one whose computation asked for it. */
interface Computation {
  readonly reach: Reach;
  readonly key: string;
  readonly around: Computation | undefined;
  /** What was set going by a computation and outlives it (a timer, say) may ask again. */
  over: boolean;
}

const current = new AsyncLocalStorage<Computation>();
/** Computations under way. */
let running = 0;

/** Whether the caller is part of a computation of this key that is not over yet. */
export function isWithin(reach: Reach, key: string): boolean {
  for (let at = current.getStore(); at !== undefined; at = at.around) {
    if (!at.over && at.reach === reach && at.key === key) return true;
  }
  return false;
}

/**
 * Runs a computation, with all that it calls, so that {@link isWithin} knows of it.
 *
 * Node 20 follows every promise of the process for as long as such a storage is in use, so it is put away when nothing is
 * being computed: https://nodejs.org/docs/latest-v20.x/api/async_context.html#asynclocalstoragedisable
 */
export async function runWithin<T>(
  { reach, key }: { readonly reach: Reach; readonly key: string },
  compute: () => T | Promise<T>,
): Promise<T> {
  const computation: Computation = { reach, key, around: current.getStore(), over: false };
  running += 1;
  try {
    return await current.run(computation, compute);
  } finally {
    computation.over = true;
    running -= 1;
    if (running === 0) current.disable();
  }
}
