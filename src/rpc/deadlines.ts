/** rpc/deadlines: one timer for all calls that wait. */
import { longestTimerMs, steadyNow } from '../wire/clock.ts';

/** Timers are never finer than this, so that a thousand calls cost a handful of wakes. In ms. */
const grainMs = 10;

/**
 * Watches many deadlines with one unref'd timer.
 *
 * The timer stays when the call it was started for is answered: the next call wants one too, and starting and stopping one
 * for each costs more than the call. It finds nothing to do when it fires, and starts no other.
 */
export class Deadlines {
  readonly #expire: (now: number) => number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;

  /** @param expire - settles what is due at `now` ({@link steadyNow}) and gives the next deadline, if any is left */
  constructor(expire: (now: number) => number | undefined) {
    this.#expire = expire;
  }

  /** Makes sure that the sweep runs no later than just after `at` ({@link steadyNow}). */
  watch(at: number): void {
    if (at >= this.#dueAt) return;
    this.clear();
    this.#dueAt = at;
    this.#timer = setTimeout(() => this.#sweep(), Math.min(longestTimerMs, Math.max(grainMs, at - steadyNow() + 1)));
    this.#timer.unref();
  }

  /** Stops the timer; nothing is watched any more. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#dueAt = Number.POSITIVE_INFINITY;
  }

  #sweep(): void {
    this.#timer = undefined;
    this.#dueAt = Number.POSITIVE_INFINITY;
    const next = this.#expire(steadyNow());
    if (next !== undefined) this.watch(next);
  }
}
