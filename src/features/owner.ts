/** features/owner: the way to Discord: the owner's client, and when it cannot be asked the own one or another's. */
import type { MessageEdit, MessageInput, PlainMessage } from '../discord/message-input.ts';
import { plainMessage } from '../discord/message-payload.ts';
import { type ErrorCode, isShardliftError, messageOf, ShardliftError } from '../errors.ts';
import { type CallOptions, defaultTimeoutMs } from '../rpc/caller.ts';
import type { Peer } from '../rpc/peer.ts';
import { type Address, clusterAddress } from '../wire/address.ts';
import type { Deadline } from './deadline.ts';
import { lookAround } from './look-around.ts';
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
  /** For the whole of it, whoever does it. */
  readonly deadline: Deadline;
  /** Asks another cluster to do it. */
  readonly ask: (to: Address, limits: CallOptions) => Promise<Outcome<T>>;
  /** Does it with the own client; `undefined` where there is none. */
  readonly here: ((signal: AbortSignal) => Promise<T>) | undefined;
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

  /**
   * Does what may be done twice: when the owner gives no answer within 2 s, somebody else is asked.
   *
   * @throws ShardliftError `CALL_TIMEOUT`, `CALL_ABORTED`
   */
  read<T>(errand: Errand<T>): Promise<T> {
    return this.#run(errand, 'read');
  }

  /**
   * Does what must not be done twice: somebody else is asked only when the owner was surely not.
   *
   * @throws ShardliftError `OUTCOME_UNKNOWN` when it may have been done
   */
  act<T>(errand: Errand<T>): Promise<T> {
    return this.#run(errand, 'act');
  }

  /**
   * Makes plain data of a message, files from elsewhere included; nothing has been sent by then.
   *
   * @throws ShardliftError `INVALID_OPTION`, `CALL_TIMEOUT`, `CALL_ABORTED`
   */
  readMessage(message: MessageInput | MessageEdit, deadline: Deadline): Promise<PlainMessage> {
    return deadline.within(
      this.#at.peer.self,
      (signal) => plainMessage(message, signal),
      (end) => end,
    );
  }

  /** Every other cluster. */
  others(): Address[] {
    return [...this.#at.plan().keys()].filter((id) => id !== this.#at.self).map(clusterAddress);
  }

  async #run<T>(errand: Errand<T>, kind: 'read' | 'act'): Promise<T> {
    const { here, owner, deadline } = errand;
    let refusal: unknown;
    const order = this.#order(owner, here !== undefined);
    for (const [index, cluster] of order.entries()) {
      const to = clusterAddress(cluster);
      if (deadline.over) throw refusal ?? deadline.errorAt(to);
      const asUnknown = (error: unknown) => unknownOutcome(errand.action, to, error);
      if (cluster === this.#at.self && here !== undefined) {
        return deadline.within(to, here, (end) => (kind === 'read' ? end : asUnknown(end)));
      }
      let outcome: Outcome<T>;
      try {
        outcome = await errand.ask(
          to,
          deadline.callOptions(kind === 'read' ? shareOf(deadline.leftMs, index, order.length) : undefined),
        );
      } catch (error) {
        if (kind === 'act' && !surelyNotDone(error)) throw asUnknown(error);
        // The owner's failure is the one to tell, not that of those who stood in for it.
        refusal = cluster === owner ? error : (refusal ?? error);
        continue;
      }
      return unwrapped(outcome);
    }
    throw refusal ?? new ShardliftError('NOT_SPAWNED', { sought: `A cluster for ${errand.action}` });
  }

  /** Who is asked, one after the other: the owner, then the own client, else every other cluster. */
  #order(owner: number | undefined, canHere: boolean): number[] {
    const { self } = this.#at;
    if (canHere && self !== undefined) return owner === undefined || owner === self ? [self] : [owner, self];
    const rest = [...this.#at.plan().keys()].filter((id) => id !== owner);
    return owner === undefined ? rest : [owner, ...rest];
  }
}

/**
 * How long one of several is asked, in ms: what answers from its cache does so at once. Those who stand in for the first
 * get half of what is left each, because Discord itself may be what is slow.
 */
function shareOf(leftMs: number, index: number, of: number): number {
  if (index === of - 1) return leftMs;
  return Math.min(index === 0 ? lookAround.timeoutMs : defaultTimeoutMs, leftMs / 2);
}

function unknownOutcome(action: string, by: Address, cause: unknown): ShardliftError {
  const message = messageOf(cause);
  return new ShardliftError('OUTCOME_UNKNOWN', { action, by, message }, { cause });
}
