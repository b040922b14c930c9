/** cluster/patience: how long a start may make no progress. One that took too long is followed by one that may take longer. */
import { startLimitMs } from './ready-deadline.ts';

/** A slow machine or a slow database: what did not come up in time once will not in the same time either. */
const growth = 2;
/** At most so many times what was asked for: a start that is stuck is to be ended some day. */
const mostGrowth = 8;

/** How long the starts of one cluster may take. */
export class Patience {
  readonly #shards: number;
  #timeoutMs: number | null;
  #grown = 1;
  #gaveUpMs: number | undefined;

  /** @param setup - `readyTimeoutMs`: for starts that are asked for no other */
  constructor(setup: { readonly shards: readonly number[]; readonly readyTimeoutMs: number | null }) {
    this.#shards = setup.shards.length;
    this.#timeoutMs = setup.readyTimeoutMs;
  }

  /** Longest time without progress until all shards are ready, in ms; `null`: nobody waits. */
  get limitMs(): number | null {
    return this.#timeoutMs === null ? null : startLimitMs(this.#timeoutMs, this.#shards) * this.#grown;
  }

  /** What is to be said of the start that ended, when it took too long and there is another. */
  get remark(): string | undefined {
    if (this.#gaveUpMs === undefined || this.limitMs === null) return undefined;
    return `That start was given up after ${this.#gaveUpMs / 1_000} s; the next one may take ${this.limitMs / 1_000} s.`;
  }

  /** Somebody asks for starts of so much patience. @param timeoutMs - for a single shard, as {@link limitMs} else */
  ask(timeoutMs: number | null): void {
    this.#timeoutMs = timeoutMs;
    this.#grown = 1;
  }

  /** A start begins; it may fail before it has a child. */
  begin(): void {
    this.#gaveUpMs = undefined;
  }

  /** It took too long. */
  gaveUp(): void {
    this.#gaveUpMs = this.limitMs ?? undefined;
    this.#grown = Math.min(mostGrowth, this.#grown * growth);
  }

  /** It came up: whatever kept it is over. */
  fulfilled(): void {
    this.#grown = 1;
  }
}
