/** hybrid/spawn-queue: the queue of the first starts, under discord-hybrid-sharding's names. */
import type { ManagerQueue } from '../../src/index.ts';
import type { ClusterManagerOptions } from './options.ts';

/** How clusters are started for the first time. */
export interface QueueOptions {
  /** Whether `spawn` starts them by itself; else {@link Queue.next} starts each. What it is when `spawn` comes to start them counts. */
  auto: boolean;
  /** Means nothing here: the pause between two clusters is `delay` of `spawn`. */
  timeout?: number | undefined;
}

/** The clusters that were not started yet. */
export class Queue {
  readonly options: QueueOptions;
  readonly #queue: ManagerQueue;

  constructor(queue: ManagerQueue, { auto = true, timeout }: NonNullable<ClusterManagerOptions['queue']> = {}) {
    this.#queue = queue;
    this.options = { auto, timeout };
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
