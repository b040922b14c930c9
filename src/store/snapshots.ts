/** store/snapshots: keeps a store's values over a restart of its process. */
import { messageOf, ShardliftError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { longestTimerMs } from '../wire/clock.ts';
import type { SetRequest } from './engine.ts';
import type { MemoryEngine } from './memory-engine.ts';
import { readWhole, replaceWhole, setAside, UnreadFile } from './snapshot-file.ts';
import { NewerSnapshot, readSnapshot, type Snapshot, snapshotPieces } from './snapshot-format.ts';

/** What is kept where, and how often. */
export interface SnapshotSetup {
  readonly engine: MemoryEngine;
  readonly file: string;
  /** Least time between two writes, in ms; infinite writes at the end only. */
  readonly everyMs: number;
  readonly logger: Logger;
}

/** Reads the snapshot at once; writes it at intervals and at the end, each time only if something changed. */
export class Snapshots {
  readonly #setup: SnapshotSetup;
  #writtenAt: number;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  /** A file that cannot be read, or neither used nor set aside, is not overwritten. */
  #barred = false;

  constructor(setup: SnapshotSetup) {
    this.#setup = setup;
    this.#load();
    this.#writtenAt = setup.engine.changes;
    if (setup.everyMs > longestTimerMs) return;
    this.#timer = setInterval(() => void this.write(), setup.everyMs);
    this.#timer.unref();
  }

  /** Writes what changed; one write at a time. Never rejects: what goes wrong is logged, and tried again next time. */
  write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** Writes for the last time. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.write();
  }

  async #write(): Promise<void> {
    const { engine, file, logger } = this.#setup;
    const { changes } = engine;
    if (this.#barred || changes === this.#writtenAt) return;
    const entries = engine.entries().map(({ value: { key, body }, ttlMs }) => ({ key, body, ttlMs }));
    try {
      await replaceWhole(file, snapshotPieces({ savedAt: Date.now(), entries }));
      this.#writtenAt = changes;
    } catch (error) {
      logger.error(`${sentence(file, error)} The values are in memory only until it can be written.`);
    }
  }

  #load(): void {
    const { file, logger } = this.#setup;
    try {
      const bytes = readWhole(file);
      if (bytes !== undefined) this.#take(readSnapshot(bytes));
    } catch (error) {
      logger.error(`${sentence(file, error)} ${this.#putAway(error)} The store starts empty.`);
    }
  }

  #putAway(error: unknown): string {
    const { file } = this.#setup;
    // A disk or a right that fails for now says nothing against the values: they may be all there.
    if (error instanceof UnreadFile) {
      this.#barred = true;
      return 'It stays as it is, and nothing is written over it: mend that, then start the manager again.';
    }
    try {
      return `It was set aside as ${setAside(file, error instanceof NewerSnapshot ? 'newer' : 'corrupt')}.`;
    } catch (reason) {
      this.#barred = true;
      return `It cannot be set aside either (${messageOf(reason)}), so it stays, and nothing is written.`;
    }
  }

  /** The time the process was down counts: a value does not live longer for it. */
  #take({ savedAt, entries }: Snapshot): void {
    const passedMs = Math.max(0, Date.now() - savedAt);
    for (const { key, body, ttlMs } of entries) {
      const leftMs = ttlMs === null ? null : ttlMs - passedMs;
      if (leftMs === null || leftMs > 0) this.#put({ ...body, key, ttlMs: leftMs, when: 'always' });
    }
  }

  #put(request: SetRequest): void {
    try {
      this.#setup.engine.set(request);
    } catch (error) {
      // The store may hold less than it did when this was written. The others are as good as before.
      this.#setup.logger.warn(`The snapshot ${this.#setup.file} holds a value that is left out: ${messageOf(error)}`);
    }
  }
}

const sentence = (file: string, error: unknown): string =>
  new ShardliftError('SNAPSHOT_FILE', { file, reason: messageOf(error) }).message;
