/** cluster/restart-policy: whether and when a cluster that died starts again. Pure; the caller brings the clock. */

/** The numbers of a policy. */
export interface RestartRules {
  /** Pause before the first restart, in ms. */
  readonly firstMs: number;
  /** Each further pause is this many times longer. */
  readonly factor: number;
  readonly maxMs: number;
  /** A cluster that was ready for this long starts over with the first pause. */
  readonly stableAfterMs: number;
  /** Restarts allowed within `windowMs`; one more and the cluster has failed. Those of clusters that hung count as well. */
  readonly maxRestarts: number;
  readonly windowMs: number;
}

/** Exponential pauses and a budget, so that a broken bot cannot burn the day's identifies. */
export const defaultRestartRules: RestartRules = {
  firstMs: 500,
  factor: 2,
  maxMs: 300_000,
  stableAfterMs: 60_000,
  maxRestarts: 10,
  windowMs: 600_000,
};

/** A death, as far as a policy looks at it. */
export interface ObservedDeath {
  readonly at: number;
  readonly readyForMs: number;
  readonly hung?: boolean;
}

/** What to do about a death. */
export type RestartVerdict =
  | { readonly restart: true; readonly delayMs: number }
  | { readonly restart: false; readonly restarts: number; readonly what: 'died' | 'hung' };

/** Remembers the deaths of one cluster. */
export class RestartPolicy {
  readonly #rules: RestartRules;
  readonly #maxHangs: number;
  readonly #random: () => number;
  #restartedAt: number[] = [];
  #hungAt: number[] = [];
  #streak = 0;

  /** @param maxHangs - most restarts within `windowMs` of a cluster that hung; `null` for no limit of its own */
  constructor(
    rules: RestartRules,
    {
      maxHangs = null,
      random = Math.random,
    }: { readonly maxHangs?: number | null; readonly random?: () => number } = {},
  ) {
    this.#rules = rules;
    this.#maxHangs = maxHangs ?? Number.POSITIVE_INFINITY;
    this.#random = random;
  }

  /** @param death - when it died (epoch ms), how long it had been ready by then, and whether it was ended because it hung */
  verdict({ at, readyForMs, hung = false }: ObservedDeath): RestartVerdict {
    const { firstMs, factor, maxMs, stableAfterMs, maxRestarts, windowMs } = this.#rules;
    this.#restartedAt = this.#restartedAt.filter((past) => at - past < windowMs);
    this.#hungAt = this.#hungAt.filter((past) => at - past < windowMs);
    if (hung && this.#hungAt.length >= this.#maxHangs) {
      return { restart: false, restarts: this.#hungAt.length, what: 'hung' };
    }
    if (this.#restartedAt.length >= maxRestarts) {
      return { restart: false, restarts: this.#restartedAt.length, what: 'died' };
    }
    if (readyForMs >= stableAfterMs) this.#streak = 0;
    const pauseMs = Math.min(maxMs, firstMs * factor ** this.#streak++);
    this.#restartedAt.push(at);
    if (hung) this.#hungAt.push(at);
    // Up to a quarter of jitter, so that clusters that died together do not come back together.
    return { restart: true, delayMs: Math.round(pauseMs * (1 + this.#random() / 4)) };
  }
}
