/** cluster/ready-deadline: how long a start may make no progress. Time queued at the identify gate does not count. */
import { longestTimerMs } from '../wire/clock.ts';

/** Shards beyond the first get this much more time each, in ms: one bucket lets one shard in every 5 s. */
export const perShardMs = 6_500;
/** Longest time without progress while a cluster starts, in ms. */
export const defaultReadyTimeoutMs = 30_000;

/** The longest time without progress for a cluster of so many shards, in ms. */
export const startLimitMs = (timeoutMs: number, shards: number): number => timeoutMs + (shards - 1) * perShardMs;

/**
 * A timer that starts over with each step forward and stands still while the cluster waits for its turn.
 *
 * A step counts once: a shard that Discord never makes ready identifies again every 15 s, and would keep the start alive
 * for ever.
 */
export class ReadyDeadline {
  readonly #timeoutMs: number | null;
  readonly #expire: () => void;
  readonly #steps = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #queued = 0;
  #over = false;
  #leftMs: number;
  #runsSince = 0;

  /** @param timeoutMs - longest time without progress; `null` waits for ever */
  constructor(timeoutMs: number | null, expire: () => void) {
    // Infinity, say: a timer that long would fire at once.
    this.#timeoutMs = timeoutMs !== null && timeoutMs > longestTimerMs ? null : timeoutMs;
    this.#leftMs = this.#timeoutMs ?? 0;
    this.#expire = () => {
      // Late news of a cluster that is being ended must not wind the timer up again.
      this.end();
      expire();
    };
    this.#run();
  }

  /** A step forward: the time starts over, unless it was taken before. */
  progress(step: string): void {
    if (this.#steps.has(step)) return;
    this.#steps.add(step);
    this.#leftMs = this.#timeoutMs ?? 0;
    this.#run();
  }

  /** A shard stands in the queue of the identify gate. */
  hold(): void {
    if (this.#queued++ > 0) return;
    clearTimeout(this.#timer);
    this.#leftMs -= performance.now() - this.#runsSince;
  }

  /** A shard left that queue, which is a step forward. */
  release(step: string): void {
    const held = this.#queued > 0;
    this.#queued = Math.max(0, this.#queued - 1);
    if (!this.#steps.has(step)) this.progress(step);
    else if (held) this.#run();
  }

  /** Ready or dead: the deadline is no more. */
  end(): void {
    this.#over = true;
    clearTimeout(this.#timer);
  }

  #run(): void {
    clearTimeout(this.#timer);
    if (this.#over || this.#timeoutMs === null || this.#queued > 0) return;
    this.#runsSince = performance.now();
    this.#timer = setTimeout(this.#expire, Math.max(0, this.#leftMs));
  }
}
