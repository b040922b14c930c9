/** testing/invariants: what must always hold between a bot and Discord, and the record of where it did not. */

/** What each invariant promises, in the words a failed test prints. */
export const invariants = {
  identifyPace: 'one IDENTIFY per key (shard id % max_concurrency) and window, over all processes',
  sessionBudget: 'no IDENTIFY once the session start limit is used up',
  oneSessionPerShard: 'one live session per shard',
  shardInRange: 'shard ids are in [0, total)',
  guildOwnedOnce: 'no guild is owned by two live sessions',
  heartbeatOnTime: 'heartbeats come on time',
  nothingLeftConnected: 'no bot is connected when the loopback Discord stops',
} as const;

/** The name of a rule the loopback Discord watches. */
export type Invariant = keyof typeof invariants;

/** One broken rule: when (epoch ms), which, by which shard, and a sentence about it. */
export interface Violation {
  readonly at: number;
  readonly invariant: Invariant;
  readonly shard?: number;
  readonly message: string;
}

/** Tells whether text names an invariant. */
export function isInvariant(name: unknown): name is Invariant {
  return typeof name === 'string' && Object.hasOwn(invariants, name);
}

/** Keeps the broken rules in the order they were broken. */
export class ViolationLog {
  readonly #list: Violation[] = [];

  /** Writes down one broken rule. */
  add(invariant: Invariant, message: string, shard?: number): void {
    this.#list.push({ at: Date.now(), invariant, message, ...(shard === undefined ? {} : { shard }) });
  }

  /** The broken rules so far, a copy; with a list of invariants only those. */
  list(only?: readonly Invariant[]): readonly Violation[] {
    return this.#list.filter((violation) => only === undefined || only.includes(violation.invariant));
  }
}
