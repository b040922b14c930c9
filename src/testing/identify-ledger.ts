/** testing/identify-ledger: who identified when, and how many session starts are left. Over all processes. */

/** What Discord says to one IDENTIFY: go on, too early for its key, or the budget is gone. */
export type IdentifyVerdict =
  | { readonly kind: 'granted' }
  | { readonly kind: 'early'; readonly key: number; readonly sinceLastMs: number }
  | { readonly kind: 'exhausted' };

/** `session_start_limit` of GET /gateway/bot. @see https://discord.com/developers/docs/events/gateway#session-start-limit-object */
export interface SessionStartLimit {
  readonly total: number;
  readonly remaining: number;
  /** Milliseconds until `remaining` is `total` again. */
  readonly resetAfterMs: number;
}

/** How many sessions may start, and how fast. */
export interface IdentifyRules {
  readonly maxConcurrency: number;
  readonly windowMs: number;
  readonly limit: SessionStartLimit;
}

/**
 * Counts IDENTIFYs per key and the session starts of the day.
 *
 * A refused IDENTIFY neither costs a start nor restarts its key's window (Discord documents neither).
 *
 * @see https://discord.com/developers/docs/events/gateway#sharding-max-concurrency
 */
export class IdentifyLedger {
  readonly #rules: IdentifyRules;
  readonly #lastByKey = new Map<number, number>();
  #remaining: number;
  #resetsAt: number;

  constructor(rules: IdentifyRules, now: number) {
    this.#rules = rules;
    this.#remaining = rules.limit.remaining;
    this.#resetsAt = now + rules.limit.resetAfterMs;
  }

  /** Judges an IDENTIFY of the given shard and, when it is granted, writes it down. */
  judge(shard: number, now: number): IdentifyVerdict {
    const key = shard % this.#rules.maxConcurrency;
    const last = this.#lastByKey.get(key);
    if (last !== undefined && now - last < this.#rules.windowMs) return { kind: 'early', key, sinceLastMs: now - last };
    this.#refill(now);
    if (this.#remaining <= 0) return { kind: 'exhausted' };
    this.#remaining -= 1;
    this.#lastByKey.set(key, now);
    return { kind: 'granted' };
  }

  /** What GET /gateway/bot says about the budget right now. */
  limit(now: number): SessionStartLimit {
    this.#refill(now);
    return { total: this.#rules.limit.total, remaining: this.#remaining, resetAfterMs: this.#resetsAt - now };
  }

  /** Spends every start that is left, so that the next IDENTIFY meets an empty budget. */
  exhaust(): void {
    this.#remaining = 0;
  }

  #refill(now: number): void {
    if (now < this.#resetsAt) return;
    this.#remaining = this.#rules.limit.total;
    this.#resetsAt = now + this.#rules.limit.resetAfterMs;
  }
}
