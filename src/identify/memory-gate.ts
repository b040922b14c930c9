/** identify/memory-gate: the identify gate of one manager, for all of its clusters. */
import type { IdentifyGate, IdentifyRequest, IdentifyTurn } from './gate.ts';

/** Added to each window for what the network does to the spacing of two IDENTIFYs, in ms. */
const marginMs = 250;
/** A turn that is neither used nor lost by then is taken back, in ms. */
const turnMs = 60_000;

interface Waiter {
  readonly grant: (turn: IdentifyTurn) => void;
}

interface Bucket {
  readonly queue: Waiter[];
  /** A turn is out, or the window after one runs. */
  busy: boolean;
}

/** Keeps one queue per bucket. */
export class MemoryGate implements IdentifyGate {
  readonly #windowMs: number;
  readonly #buckets = new Map<number, Bucket>();
  readonly #timers = new Set<NodeJS.Timeout>();

  /** @param windowMs - time between two identifies of a bucket, 5 000 at Discord */
  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  async wait({ shard, maxConcurrency }: IdentifyRequest, signal: AbortSignal): Promise<IdentifyTurn> {
    signal.throwIfAborted();
    const bucket = this.#bucket(shard % Math.max(1, maxConcurrency));
    let waiter: Waiter | undefined;
    let leave: (() => void) | undefined;
    try {
      return await new Promise<IdentifyTurn>((grant, refuse) => {
        const own = { grant };
        waiter = own;
        leave = () => {
          const at = bucket.queue.indexOf(own);
          if (at !== -1) bucket.queue.splice(at, 1);
          refuse(signal.reason);
        };
        signal.addEventListener('abort', leave, { once: true });
        bucket.queue.push(waiter);
        this.#next(bucket);
      });
    } finally {
      if (leave !== undefined) signal.removeEventListener('abort', leave);
    }
  }

  /** Lets nobody else in and forgets who waits. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#buckets.clear();
  }

  #bucket(key: number): Bucket {
    const bucket = this.#buckets.get(key) ?? { queue: [], busy: false };
    this.#buckets.set(key, bucket);
    return bucket;
  }

  #next(bucket: Bucket): void {
    if (bucket.busy) return;
    const waiter = bucket.queue.shift();
    if (waiter === undefined) return;
    bucket.busy = true;
    let used = false;
    const use = (): void => {
      if (used) return;
      used = true;
      this.#after(this.#windowMs + marginMs, () => {
        bucket.busy = false;
        this.#next(bucket);
      });
    };
    this.#after(turnMs, use);
    waiter.grant({ sent: use, lost: use });
  }

  #after(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }
}
