/** remote/loans: what a node has lent, and how long it keeps it for those who hold it. */
import { isShardliftError, ShardliftError } from '../errors.ts';
import type { Peer } from '../rpc/peer.ts';
import type { CallContext } from '../rpc/served.ts';
import type { Address } from '../wire/address.ts';
import { remoteContract } from './contract.ts';

/** How long a lent object waits for somebody to take hold of it, at first and after its line broke, in ms. */
const graceMs = 10_000;

interface Loan {
  /** Calls that hold it: two for a moment when a borrower is back before its broken line is known here. */
  holds: number;
  timer?: NodeJS.Timeout;
}

/** The lender's book. */
export class Loans {
  readonly #self: Address;
  readonly #withdraw: (key: string) => void;
  readonly #loans = new Map<string, Loan>();

  /** @param withdraw - lets go of what nobody holds any more */
  constructor({ peer, withdraw }: { readonly peer: Peer; readonly withdraw: (key: string) => void }) {
    this.#self = peer.self;
    this.#withdraw = withdraw;
    peer.serve(remoteContract, {
      hold: (key, context) => this.#hold(key, context),
      release: (key) => this.#takeBack(key),
    });
  }

  /** Objects that are lent at the moment. */
  get size(): number {
    return this.#loans.size;
  }

  /** Enters a loan. */
  add(key: string): void {
    this.#loans.set(key, { holds: 0 });
  }

  /** What was lent with a message that has left: who got it takes hold of it, soon. */
  sent(keys: readonly string[]): void {
    for (const key of keys) this.#await(key);
  }

  /** What was lent with a message that never arrived, or was not answered: only those who hold it keep it. */
  lost(keys: readonly string[]): void {
    for (const key of keys) if (this.#loans.get(key)?.holds === 0) this.#takeBack(key);
  }

  #await(key: string): void {
    const loan = this.#loans.get(key);
    if (loan === undefined || loan.holds > 0) return;
    clearTimeout(loan.timer);
    loan.timer = setTimeout(() => this.#takeBack(key), graceMs);
    loan.timer.unref();
  }

  #takeBack(key: string): void {
    const loan = this.#loans.get(key);
    if (loan === undefined) return;
    clearTimeout(loan.timer);
    this.#loans.delete(key);
    this.#withdraw(key);
  }

  #hold(key: string, { signal }: CallContext): Promise<null> {
    const loan = this.#loans.get(key);
    if (loan === undefined) throw new ShardliftError('CALLBACK_GONE', { on: this.#self });
    loan.holds += 1;
    clearTimeout(loan.timer);
    return new Promise((resolve) => {
      const end = (): void => {
        loan.holds -= 1;
        // A manager knows a death from a broken line; a cluster has to see whether its borrower comes back.
        if (isShardliftError(signal.reason, 'CALLER_GONE') && loan.holds === 0) this.#takeBack(key);
        else this.#await(key);
        resolve(null);
      };
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
    });
  }
}
