/** hybrid/spawn-queue: the queue of the first starts, under discord-hybrid-sharding's names. */
import type { ManagerQueue } from '../../src/index.ts';

/** The clusters that were not started yet. */
export class Queue {
  readonly #queue: ManagerQueue;

  constructor(queue: ManagerQueue) {
    this.#queue = queue;
  }

  /** Nothing is started until {@link resume}. */
  get paused(): boolean {
    return this.#queue.stopped;
  }

  /** `queue: { auto: false }`: starts the next cluster. @throws ShardliftError `QUEUE_AUTO`, and what the start fails with */
  async next(): Promise<number | undefined> {
    return this.#queue.next();
  }

  /** Starts no further cluster until {@link resume}. */
  stop(): this {
    this.#queue.stop();
    return this;
  }

  /** Goes on where {@link stop} left off. */
  resume(): this {
    this.#queue.resume();
    return this;
  }
}
