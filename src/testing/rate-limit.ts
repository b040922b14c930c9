/** testing/rate-limit: REST limits per route bucket and over all, with Discord's headers. */

import { createHash } from 'node:crypto';

/** How many requests a bucket allows in how many ms. */
export interface Allowance {
  readonly requests: number;
  readonly windowMs: number;
}

/** What the limiter says: headers always; `retryAfterMs` when the request is one too many. */
export interface LimitVerdict {
  readonly headers: Readonly<Record<string, string>>;
  readonly retryAfterMs?: number;
  readonly global?: boolean;
}

interface Bucket {
  remaining: number;
  resetsAt: number;
}

/**
 * Counts requests. A bucket is a route and its major parameter (channel, guild or webhook).
 *
 * @see https://discord.com/developers/docs/topics/rate-limits
 */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>();
  readonly #globalPerSecond: number;
  #global: Bucket = { remaining: 0, resetsAt: 0 };

  constructor(globalPerSecond: number) {
    this.#globalPerSecond = globalPerSecond;
  }

  /** Judges and counts one request. */
  judge(key: string, allowance: Allowance, now: number): LimitVerdict {
    const overall = this.#judgeGlobal(now);
    if (overall !== undefined) return overall;
    let bucket = this.#buckets.get(key);
    if (bucket === undefined || bucket.resetsAt <= now) {
      bucket = { remaining: allowance.requests, resetsAt: now + allowance.windowMs };
      this.#buckets.set(key, bucket);
    }
    const allowed = bucket.remaining > 0;
    if (allowed) bucket.remaining -= 1;
    const resetMs = bucket.resetsAt - now;
    const headers = {
      'x-ratelimit-limit': String(allowance.requests),
      'x-ratelimit-remaining': String(bucket.remaining),
      'x-ratelimit-reset': (bucket.resetsAt / 1000).toFixed(3),
      'x-ratelimit-reset-after': (resetMs / 1000).toFixed(3),
      'x-ratelimit-bucket': createHash('sha1').update(key).digest('hex'),
    };
    return allowed ? { headers } : { headers: { ...headers, ...refused('user', resetMs) }, retryAfterMs: resetMs };
  }

  #judgeGlobal(now: number): LimitVerdict | undefined {
    if (this.#global.resetsAt <= now) this.#global = { remaining: this.#globalPerSecond, resetsAt: now + 1000 };
    this.#global.remaining -= 1;
    if (this.#global.remaining >= 0) return undefined;
    const retryAfterMs = this.#global.resetsAt - now;
    const headers = { ...refused('global', retryAfterMs), 'x-ratelimit-global': 'true' };
    return { headers, retryAfterMs, global: true };
  }
}

function refused(scope: 'user' | 'global', retryAfterMs: number): Record<string, string> {
  return { 'retry-after': String(Math.ceil(retryAfterMs / 1000)), 'x-ratelimit-scope': scope };
}
