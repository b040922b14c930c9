/** remote/holding: keeps what another node has lent, also over a break of the line between the two. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorCode, isShardliftError } from '../errors.ts';
import type { Peer } from '../rpc/peer.ts';
import type { Address } from '../wire/address.ts';
import { remoteContract } from './contract.ts';

/** When a broken line may have a successor, in ms: for the first 250 ms the mesh waits for news of a death. */
const againAfterMs = 500;

/** Nothing is said by these about the loan: the line broke, or the manager found the next one full. */
const passing: readonly ErrorCode[] = ['LINK_CLOSED', 'OVERLOADED', 'TOO_MANY_WAITING'];

/** What is held, and by whom. */
export interface HoldingSetup {
  readonly peer: Peer;
  /** The lender. */
  readonly from: Address;
  readonly key: string;
}

/** The borrower's hold on one object. */
export class Holding {
  readonly #setup: HoldingSetup;
  readonly #over = new AbortController();
  #begun = false;

  constructor(setup: HoldingSetup) {
    this.#setup = setup;
  }

  /** Takes hold, once. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    void this.#hold();
  }

  /** Gives it back. */
  end(): void {
    const { peer, from, key } = this.#setup;
    // Before the hold ends: the lender takes that alone for a broken line, and waits.
    peer.at(remoteContract, from).release(key);
    this.#over.abort();
  }

  /** Never rejects. */
  async #hold(): Promise<void> {
    const { peer, from, key } = this.#setup;
    const { signal } = this.#over;
    let broken = true;
    while (broken && !signal.aborted) {
      try {
        await peer.at(remoteContract, from, { signal }).hold(key);
        broken = false;
      } catch (error) {
        // Accepted loss: why it ended for good. Its lender is gone, or it was given back; calls to it say which.
        broken = isShardliftError(error) && passing.includes(error.code);
        // It may have been given back meanwhile: the loop sees that. The process need not wait for it.
        if (broken) await sleep(againAfterMs, undefined, { ref: false });
      }
    }
  }
}
