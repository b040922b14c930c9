/** cluster/spawn-queue: the order and the pace in which clusters start for the first time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ShardliftError } from '../errors.ts';

/** Who decides when the next cluster starts: the manager (`'auto'`), or calls of `next()` (`'manual'`). */
export type QueueMode = 'auto' | 'manual';

/** The start of one cluster, to come. */
export interface QueuedStart {
  /** The cluster. */
  readonly id: number;
  /** Starts it; settles when it is ready, or has failed. */
  readonly start: () => Promise<void>;
}

interface Entry extends QueuedStart {
  readonly settle: (start: Promise<void> | undefined) => void;
}

/** The clusters of a manager that were not started yet: to hold them back, or in manual mode to start the next. */
export interface ManagerQueue {
  /** Who decides when the next cluster starts. */
  readonly mode: QueueMode;
  /** The clusters that wait to be started, in their order. */
  readonly waiting: readonly number[];
  /** Whether nothing is started until {@link resume}. */
  readonly stopped: boolean;
  /** Starts no further cluster until {@link resume}; those that are starting go on. */
  stop(): void;
  /** Goes on where {@link stop} left off. */
  resume(): void;
  /**
   * Manual mode: starts the next cluster, after {@link resume} when it is stopped.
   *
   * @returns the id of the cluster when it is ready; `undefined` when none was left
   * @throws ShardliftError `QUEUE_AUTO` where the queue starts them by itself, `NOT_SPAWNED` before `spawn`, and what the start fails with
   */
  next(): Promise<number | undefined>;
}

/** The clusters that were not started yet. One that fails does not keep the others from starting. */
export class SpawnQueue implements ManagerQueue {
  readonly #wanted: () => QueueMode;
  #entries: Entry[] = [];
  /** The mode in which the starts were taken; `undefined` until then. */
  #taken: QueueMode | undefined;
  readonly #closing = new AbortController();
  /** While it is stopped: what those wait for who want to start something. */
  #stop: { readonly over: Promise<void>; readonly end: () => void } | undefined;

  /** @param wanted - the mode, asked until the starts are taken */
  constructor(wanted: () => QueueMode) {
    this.#wanted = wanted;
  }

  get mode(): QueueMode {
    return this.#taken ?? this.#wanted();
  }

  get waiting(): readonly number[] {
    return this.#entries.map(({ id }) => id);
  }

  get stopped(): boolean {
    return this.#stop !== undefined;
  }

  stop(): void {
    if (this.stopped || this.#closing.signal.aborted) return;
    let end: () => void = () => undefined;
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#stop = { over, end };
  }

  resume(): void {
    this.#stop?.end();
    this.#stop = undefined;
  }

  async next(): Promise<number | undefined> {
    if (this.mode === 'auto') throw new ShardliftError('QUEUE_AUTO', {});
    if (this.#taken === undefined) throw new ShardliftError('NOT_SPAWNED', { sought: 'A cluster to start' });
    await this.#open();
    const entry = this.#entries.shift();
    if (entry === undefined) return undefined;
    await this.#begin(entry);
    return entry.id;
  }

  /**
   * Takes the starts; in auto mode begins them one after the other, `delayMs` apart at least, without waiting for ready.
   *
   * @returns what the first of them to fail failed with, once all have ended; `undefined` when none did
   */
  async run(starts: readonly QueuedStart[], delayMs: number): Promise<unknown> {
    this.#taken = this.mode;
    const ended = starts.map(
      (one) => new Promise<void>((settle) => void this.#entries.push({ ...one, settle: (start) => settle(start) })),
    );
    if (this.#taken === 'auto') void this.#beginAll(delayMs);
    const failed = (await Promise.allSettled(ended)).find((end) => end.status === 'rejected');
    return failed?.reason;
  }

  /** Forgets those that were not started. */
  close(): void {
    this.#closing.abort();
    for (const { settle } of this.#entries.splice(0)) settle(undefined);
    this.resume();
  }

  async #beginAll(delayMs: number): Promise<void> {
    for (let begun = 0; this.#entries.length > 0; begun++) {
      if (begun > 0 && delayMs > 0) await this.#pause(delayMs);
      await this.#open();
      const entry = this.#entries.shift();
      // Whoever waits for all of them hears of its failure.
      if (entry !== undefined) this.#begin(entry).catch(() => undefined);
    }
  }

  #begin({ start, settle }: Entry): Promise<void> {
    // A listener of the manager may throw while the cluster is made.
    const started = (async () => start())();
    settle(started);
    return started;
  }

  async #open(): Promise<void> {
    while (this.#stop !== undefined) await this.#stop.over;
  }

  async #pause(ms: number): Promise<void> {
    // The accepted loss is the abort's own error: closing has emptied the queue.
    await sleep(ms, undefined, { signal: this.#closing.signal }).catch(() => undefined);
  }
}
