/** routing/linger: lets answers wait a moment for those that come with them. */
import type { Collector } from './collector.ts';

/** Longest that an answer waits for the rest, in ms: a caller's deadline finds all that came before it. */
const lingerMs = 20;

/** Flushes collectors that wait for a slow member, all by one timer. */
export class Linger {
  readonly #waiting = new Set<Collector>();
  #timer: NodeJS.Timeout | undefined;

  /** Sends what a collector holds, a moment later. */
  add(collector: Collector): void {
    this.#waiting.add(collector);
    this.#timer ??= setTimeout(() => this.#flush(), lingerMs).unref();
  }

  #flush(): void {
    this.#timer = undefined;
    const collectors = [...this.#waiting];
    this.#waiting.clear();
    for (const collector of collectors) collector.flush();
  }
}
