/** features/owner: the way to Discord: the owner's client, and when it cannot be asked the own one or another's. */
import { type ErrorCode, isShardliftError, messageOf, ShardliftError } from '../errors.ts';
import type { Peer } from '../rpc/peer.ts';
import { type Address, clusterAddress } from '../wire/address.ts';
import { type Outcome, unwrapped } from './outcome.ts';

/** Where a facade stands: in a cluster, or in the manager, which has no client of its own. */
export interface Standpoint {
  readonly peer: Peer;
  /** The shards of every cluster, by cluster id. */
  readonly plan: () => readonly (readonly number[])[];
  /** Finds the owner in the live shard map. */
  readonly clusterOfGuild: (guildId: string) => number;
  /** The own cluster; `undefined` in the manager. */
  readonly self: number | undefined;
}

/** One thing to be done, by whoever can. */
export interface Errand<T> {
  /** For errors: what users called, and on what. */
  readonly action: string;
  /** Who should do it; `undefined` when no cluster is better than another. */
  readonly owner: number | undefined;
  /** Asks another cluster to do it. */
  readonly ask: (to: Address) => Promise<Outcome<T>>;
  /** Does it with the own client; `undefined` where there is none. */
  readonly here: (() => Promise<T>) | undefined;
}

/** Errors of the road that say for sure that nobody was asked. */
const neverAsked: readonly ErrorCode[] = [
  ...(['NO_ROUTE', 'UNKNOWN_TARGET', 'OVERLOADED', 'FRAME_TOO_LARGE', 'NO_METHOD', 'TOO_MANY_HOPS'] as const),
  ...(['UNSERIALISABLE', 'TOO_MANY_WAITING'] as const),
];

const surelyNotDone = (error: unknown): boolean => isShardliftError(error) && neverAsked.includes(error.code);

/** Sends errands on their way. */
export class Way {
  readonly #at: Standpoint;

  constructor(standpoint: Standpoint) {
    this.#at = standpoint;
  }

  /** Does what may be done twice: when the owner gives no answer, somebody else is asked. */
  read<T>(errand: Errand<T>): Promise<T> {
    return this.#run(errand, () => true);
  }

  /**
   * Does what must not be done twice: somebody else is asked only when the owner was surely not.
   *
   * @throws ShardliftError `OUTCOME_UNKNOWN` when it may have been done
   */
  act<T>(errand: Errand<T>): Promise<T> {
    return this.#run(errand, surelyNotDone);
  }

  /** Every other cluster. */
  others(): Address[] {
    return [...this.#at.plan().keys()].filter((id) => id !== this.#at.self).map(clusterAddress);
  }

  async #run<T>(errand: Errand<T>, mayGoOn: (error: unknown) => boolean): Promise<T> {
    const { here } = errand;
    let refusal: unknown = new ShardliftError('UNKNOWN_TARGET', { target: 'cluster yet' });
    for (const cluster of this.#order(errand.owner, here !== undefined)) {
      if (cluster === this.#at.self && here !== undefined) return here();
      const to = clusterAddress(cluster);
      let outcome: Outcome<T>;
      try {
        outcome = await errand.ask(to);
      } catch (error) {
        if (!mayGoOn(error)) throw unknownOutcome(errand.action, to, error);
        // The owner's failure is the one to tell, not that of those who stood in for it.
        refusal = cluster === errand.owner || isYet(refusal) ? error : refusal;
        continue;
      }
      return unwrapped(outcome);
    }
    throw refusal;
  }

  /** Who is asked, one after the other: the owner, then the own client, else every other cluster. */
  #order(owner: number | undefined, canHere: boolean): number[] {
    const { self } = this.#at;
    if (canHere && self !== undefined) return owner === undefined || owner === self ? [self] : [owner, self];
    const rest = [...this.#at.plan().keys()].filter((id) => id !== owner);
    return owner === undefined ? rest : [owner, ...rest];
  }
}

const isYet = (refusal: unknown): boolean => isShardliftError(refusal, 'UNKNOWN_TARGET');

function unknownOutcome(action: string, by: Address, cause: unknown): ShardliftError {
  const message = messageOf(cause);
  return new ShardliftError('OUTCOME_UNKNOWN', { action, by, message }, { cause });
}
