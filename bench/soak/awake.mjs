/** bench/soak/awake: a clock that stands still while its event loop does. */

/** Time between two looks, in ms. */
const tickMs = 20;
/** No more than this is counted for a look that came late, in ms. */
const mostMs = 5 * tickMs;

/**
 * Deadlines are held against this clock: a cluster that was stopped, or whose loop was blocked, cannot settle anything
 * meanwhile, and that is no fault of the requests.
 */
export class AwakeClock {
  #now = 0;
  #seenAt = performance.now();
  #timer = setInterval(() => this.#look(), tickMs);

  /** Ms this event loop has run. */
  get now() {
    return this.#now;
  }

  stop() {
    clearInterval(this.#timer);
  }

  #look() {
    const at = performance.now();
    this.#now += Math.min(mostMs, at - this.#seenAt);
    this.#seenAt = at;
  }
}
