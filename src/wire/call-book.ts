/** wire/call-book: calls under way of several callers, each by its number. */
import type { Address } from './address.ts';
import { CallTable } from './call-table.ts';
import type { CallKey } from './frame.ts';

/** A call of somebody. */
export interface Called extends CallKey {
  readonly from: Address;
}

/**
 * What a Map by `caller/incarnation/number` does, without making such a text for each call: two callers may use the
 * same number, and so may a caller and its successor.
 */
export class CallBook<T extends Called> {
  readonly #callers = new Map<Address, Map<number, CallTable<T>>>();

  /** What is there for a call; it stays. */
  get({ id, incarnation }: CallKey, from: Address): T | undefined {
    return this.#callers.get(from)?.get(incarnation)?.get(id);
  }

  /** Adds a call, in the place of one that has the same caller and number. */
  add(call: T): void {
    const table = this.#tableOf(call);
    table.take(call.id);
    table.add(call);
  }

  /** Takes a call out. @returns what was there for it */
  take({ id, incarnation }: CallKey, from: Address): T | undefined {
    return this.#callers.get(from)?.get(incarnation)?.take(id);
  }

  /** Takes the calls that a test finds, by caller and number. Callers without any are forgotten. */
  takeAll(test: (call: T) => boolean): readonly T[] {
    const taken: T[] = [];
    for (const [from, incarnations] of this.#callers) {
      for (const [incarnation, table] of incarnations) {
        const found = table.rows().filter(test);
        for (const { id } of found) table.take(id);
        taken.push(...found);
        if (table.size === 0) incarnations.delete(incarnation);
      }
      if (incarnations.size === 0) this.#callers.delete(from);
    }
    return taken;
  }

  #tableOf({ from, incarnation }: Called): CallTable<T> {
    const known = this.#callers.get(from)?.get(incarnation);
    if (known !== undefined) return known;
    const table = new CallTable<T>();
    const incarnations = this.#callers.get(from);
    if (incarnations === undefined) this.#callers.set(from, new Map([[incarnation, table]]));
    else incarnations.set(incarnation, table);
    return table;
  }
}
