/** loop-lag: how late the event loop is. */
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Every so often the event loop is looked at, in ms. A delay is seen when it falls on a look, and by up to so much too short:
 * what hangs a bot shows, and an idle process is woken ten times a second and not more.
 */
const resolutionMs = 100;

/**
 * Watches the event loop of this thread, from its first use on, by a timer of libuv's that runs no JavaScript.
 *
 * @see https://nodejs.org/api/perf_hooks.html#perf_hooksmonitoreventloopdelayoptions
 */
export class LoopLag {
  #histogram: IntervalHistogram | undefined;

  /** The lag since it was asked for the last time, in ms; zeros before there is anything to say. */
  take(): { readonly lagMs: number; readonly maxLagMs: number } {
    if (this.#histogram === undefined) {
      this.#histogram = monitorEventLoopDelay({ resolution: resolutionMs });
      this.#histogram.enable();
    }
    const { count, mean, max } = this.#histogram;
    this.#histogram.reset();
    return count === 0 ? { lagMs: 0, maxLagMs: 0 } : { lagMs: lagOf(mean), maxLagMs: lagOf(max) };
  }
}

/** The histogram holds the time between two looks, in ns. */
const lagOf = (ns: number): number => Math.max(0, Math.round((ns / 1e6 - resolutionMs) * 100) / 100);
