/** compat/group-start: one start of a cluster, which its shards may ask for one by one as if each had a process. */
import type { ChildProcess } from 'node:child_process';
import type { Worker } from 'node:worker_threads';

/** Who asks for a start, and how. */
export interface StartParts<S> {
  /** `respawn`: what ran before is ended first, and its shards are taken along. */
  readonly kind: 'spawn' | 'respawn';
  /** The shard that asks; left out, all of them do. */
  readonly by?: S | undefined;
  /** All shards of the cluster. */
  readonly shards: readonly S[];
}

/** A start under way or done, until its child dies. The shards that have not asked for it may join it, each once. */
export class GroupStart<S> {
  readonly kind: 'spawn' | 'respawn';
  /** Resolves when all shards are ready, rejects when it fails, whatever a listener throws. */
  readonly end: Promise<void>;
  /** The child it came to. */
  child: ChildProcess | Worker | undefined;
  readonly #others: Set<S>;
  #settle: (run: Promise<void>) => void = () => undefined;
  #tell: (error: unknown) => void = () => undefined;
  #outcome: Promise<void>;
  #underWay = true;

  constructor({ kind, by, shards }: StartParts<S>) {
    this.kind = kind;
    this.#others = new Set(by === undefined ? [] : shards.filter((shard) => shard !== by));
    this.end = quiet((resolve, reject) => {
      this.#settle = (run) => void run.then(resolve, reject);
    });
    this.#outcome = this.#nextOutcome();
  }

  /** What whoever asks now hears of it: its end, or before that what a listener throws from now on. */
  get outcome(): Promise<void> {
    return this.#outcome;
  }

  /** Neither up nor failed yet. */
  get underWay(): boolean {
    return this.#underWay;
  }

  /** Whether a shard may ask for it yet. */
  mayJoin(shard: S): boolean {
    return this.#others.has(shard);
  }

  /** A shard asks for it, too. @returns whether it may */
  join(shard: S): boolean {
    return this.#others.delete(shard);
  }

  /** Begins. Only now, so that listeners who hear of the child find the start it came from. */
  run(start: () => Promise<void>): void {
    const run = start();
    const over = (): void => {
      this.#underWay = false;
    };
    // Ahead of those who wait for its end.
    run.then(over, over);
    this.#settle(run);
  }

  /** Those who have asked are told that it failed, unless they have been told how it went. What came of it runs on. */
  fail(error: unknown): void {
    this.#tell(error);
    // Whoever asks later asks for what goes on.
    this.#outcome = this.#nextOutcome();
  }

  #nextOutcome(): Promise<void> {
    return quiet((resolve, reject) => {
      this.#tell = reject;
      this.end.then(resolve, reject);
    });
  }

  /** A replaced Shard has a successor, which has not asked. */
  replace(old: S, successor: S): void {
    this.#others.delete(old);
    this.#others.add(successor);
  }
}

/** A promise that nobody has to wait for. */
function quiet(executor: ConstructorParameters<typeof Promise<void>>[0]): Promise<void> {
  const promise = new Promise<void>(executor);
  // Nothing is lost: each shard that asked is told; where none did, the core has logged it.
  promise.catch(() => undefined);
  return promise;
}
