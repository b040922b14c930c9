/** rpc/deadlines: one timer for all calls that wait. */

/** Timers are never finer than this, so that a thousand calls cost a handful of wakes. In ms. */
const grainMs = 10;

/** Watches many deadlines with one unref'd timer. */
export class Deadlines {
  readonly #expire: (now: number) => number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;

  /** @param expire - settles what is due at `now` (epoch ms) and gives the next deadline, if any is left */
  constructor(expire: (now: number) => number | undefined) {
    this.#expire = expire;
  }

  /** Makes sure that the sweep runs no later than just after `at` (epoch ms). */
  watch(at: number): void {
    if (at >= this.#dueAt) return;
    this.clear();
    this.#dueAt = at;
    this.#timer = setTimeout(() => this.#sweep(), Math.max(grainMs, at - Date.now() + 1));
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
    const next = this.#expire(Date.now());
    if (next !== undefined) this.watch(next);
  }
}
