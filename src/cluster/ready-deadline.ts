/** cluster/ready-deadline: how long a start may make no progress. Time queued at the identify gate does not count. */
import { longestTimerMs } from '../wire/clock.ts';

/** Shards beyond the first get this much more time each, in ms: one bucket lets one shard in every 5 s. */
export const perShardMs = 6_500;
/** Longest time without progress while a cluster starts, in ms. */
export const defaultReadyTimeoutMs = 30_000;

/** The longest time without progress for a cluster of so many shards, in ms. */
export const startLimitMs = (timeoutMs: number, shards: number): number => timeoutMs + (shards - 1) * perShardMs;

/** A timer that starts over with each step forward and stands still while the cluster waits for its turn. */
export class ReadyDeadline {
  readonly #timeoutMs: number | null;
  readonly #expire: () => void;
  #timer: NodeJS.Timeout | undefined;
  #queued = 0;
  #over = false;

  /** @param timeoutMs - longest time without progress; `null` waits for ever */
  constructor(timeoutMs: number | null, expire: () => void) {
    // Infinity, say: a timer that long would fire at once.
    this.#timeoutMs = timeoutMs !== null && timeoutMs > longestTimerMs ? null : timeoutMs;
    this.#expire = () => {
      // Late news of a cluster that is being ended must not wind the timer up again.
      this.end();
      expire();
    };
    this.progress();
  }

  /** Something moved: the time starts over. */
  progress(): void {
    clearTimeout(this.#timer);
    if (this.#over || this.#timeoutMs === null || this.#queued > 0) return;
    this.#timer = setTimeout(this.#expire, this.#timeoutMs);
  }

  /** A shard stands in the queue of the identify gate. */
  hold(): void {
    this.#queued++;
    clearTimeout(this.#timer);
  }

  /** A shard left that queue. */
  release(): void {
    this.#queued = Math.max(0, this.#queued - 1);
    this.progress();
  }

  /** Ready or dead: the deadline is no more. */
  end(): void {
    this.#over = true;
    clearTimeout(this.#timer);
  }
}
