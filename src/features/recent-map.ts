/** features/recent-map: a map that keeps what was used lately and forgets the rest. */

/**
 * Keeps at least the `atLeast` entries used last, and never more than twice as many.
 *
 * Two generations instead of one order of use: finding a young entry is a single look into a map and moves nothing, which
 * is what a cache on the way of every call needs.
 */
export class RecentMap<K, V> {
  readonly #atLeast: number;
  #young = new Map<K, V>();
  #old = new Map<K, V>();

  /** @param atLeast - entries that are kept for certain, 1 or more */
  constructor(atLeast: number) {
    this.#atLeast = atLeast;
  }

  /** Entries there are now. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** Finds an entry, which counts as a use of it. */
  get(key: K): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  /** Adds or replaces an entry. */
  set(key: K, value: V): void {
    this.#old.delete(key);
    this.#young.set(key, value);
    if (this.#young.size < this.#atLeast) return;
    this.#old = this.#young;
    this.#young = new Map();
  }
}
