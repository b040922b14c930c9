/** cluster/starting: one start of a cluster, from its first child to its end one way or the other. */
import { ReadyDeadline } from './ready-deadline.ts';

/** A start under way: those who wait for it, and how long it may make no progress. */
export class Starting {
  /** Resolves when every shard is ready. */
  readonly promise: Promise<void>;
  /** Why the bot that it started can be asked nothing, once that is known. */
  unreachable: string | undefined;
  #settle: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;
  #deadline: ReadyDeadline | undefined;
  #readyAt: number | undefined;

  constructor() {
    this.promise = new Promise<void>((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // spawn() hands the promise out; a restart nobody waits for must not become an unhandled rejection.
    this.promise.catch(() => undefined);
  }

  /** How long all its shards have been ready, in ms; 0 while they are not. */
  get readyForMs(): number {
    return this.#readyAt === undefined ? 0 : Date.now() - this.#readyAt;
  }

  /** Limits the time without progress, in ms, from now on. */
  limit(timeoutMs: number, onLate: () => void): void {
    this.#deadline = new ReadyDeadline(timeoutMs, onLate);
  }

  /** A step forward; each counts once. */
  progress(step: string): void {
    this.#deadline?.progress(step);
  }

  /** A shard stands in the identify queue, or left it: that time does not count. */
  identifyQueue(change: 'entered' | 'left', shard: number): void {
    if (change === 'entered') this.#deadline?.hold();
    else this.#deadline?.release(`turn of ${shard}`);
  }

  /** All its shards are ready. */
  becameReady(): void {
    this.#readyAt ??= Date.now();
    this.succeed();
  }

  /** It came up, or nobody is to wait until it does. */
  succeed(): void {
    this.#deadline?.end();
    this.#settle?.resolve();
  }

  /** It did not come up. */
  fail(error: Error): void {
    this.#deadline?.end();
    this.#settle?.reject(error);
  }
}
