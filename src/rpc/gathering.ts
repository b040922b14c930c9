/** rpc/gathering: the one place where the answers of a call to many come together. */
import type { Address } from '../wire/address.ts';
import type { Settled } from './settled.ts';

/** The answers of a call to many, each member's once. */
export class Gathering {
  readonly #to: readonly Address[];
  readonly #results = new Map<Address, Settled<unknown> | undefined>();
  #left: number;

  constructor(to: readonly Address[]) {
    this.#to = to;
    for (const address of to) this.#results.set(address, undefined);
    this.#left = this.#results.size;
  }

  /** Every member has answered. */
  get complete(): boolean {
    return this.#left === 0;
  }

  /** Takes a member's answer. @returns `duplicate` for a second one, `foreign` from a node that was not asked */
  take(from: Address, settled: Settled<unknown>): 'taken' | 'duplicate' | 'foreign' {
    if (!this.#results.has(from)) return 'foreign';
    if (this.#results.get(from) !== undefined) return 'duplicate';
    this.#results.set(from, settled);
    this.#left -= 1;
    return 'taken';
  }

  /** Puts a failure in the place of every answer that has not come. */
  failRest(errorOf: (member: Address) => Error): void {
    for (const [member, settled] of this.#results) {
      if (settled === undefined) this.take(member, { ok: false, error: errorOf(member) });
    }
  }

  /** The answers in the order in which the members were named. All of them must be there. */
  results(): readonly Settled<unknown>[] {
    return this.#to.map((address) => this.#results.get(address) as Settled<unknown>);
  }
}
