/** wire/call-table: something for each call under way, by the call's number. */

const firstSize = 64;

/**
 * What a `Map<number, T>` does, for numbers that come and go thousands of times a second.
 *
 * A Map copies its table every few insertions once entries are deleted, and an old copy that the collector has promoted
 * keeps each later one alive until the next full collection: hundreds of bytes for each call. Here a call's place is its
 * number modulo the size, and nothing is ever copied but when the table has to grow.
 */
export class CallTable<T extends { readonly id: number }> {
  #rows: (T | undefined)[] = new Array<T | undefined>(firstSize).fill(undefined);
  #mask = firstSize - 1;
  #size = 0;
  /** Those whose place is taken by one that stays, in a table that is far from full; next to always empty. */
  readonly #crowded = new Map<number, T>();

  /** How many calls are in it. */
  get size(): number {
    return this.#size + this.#crowded.size;
  }

  /** The first number from `id` on whose place is free. */
  freeFrom(id: number): number {
    if (this.#size * 2 > this.#mask) this.#grow();
    let free = id;
    while (this.#rows[free & this.#mask] !== undefined) free += 1;
    return free;
  }

  /** What is there for a number; it stays. */
  get(id: number): T | undefined {
    const row = this.#rows[id & this.#mask];
    return row?.id === id ? row : this.#crowded.get(id);
  }

  /** Adds what has a number that is not there yet. */
  add(row: T): void {
    while (this.#rows[row.id & this.#mask] !== undefined) {
      if (this.#size * 4 <= this.#mask) {
        this.#crowded.set(row.id, row);
        return;
      }
      this.#grow();
    }
    this.#rows[row.id & this.#mask] = row;
    this.#size += 1;
  }

  /** Takes a number out. @returns what was there for it */
  take(id: number): T | undefined {
    const place = id & this.#mask;
    const row = this.#rows[place];
    if (row?.id !== id) return this.#takeCrowded(id);
    this.#rows[place] = undefined;
    this.#size -= 1;
    return row;
  }

  /** All there is now, by number. */
  rows(): readonly T[] {
    const placed = this.#rows.filter((row) => row !== undefined);
    return [...placed, ...this.#crowded.values()].sort((a, b) => a.id - b.id);
  }

  #takeCrowded(id: number): T | undefined {
    if (this.#crowded.size === 0) return undefined;
    const row = this.#crowded.get(id);
    this.#crowded.delete(id);
    return row;
  }

  /** Numbers that differ modulo the size differ modulo twice the size: nothing can clash. */
  #grow(): void {
    const rows = this.#rows;
    this.#mask = this.#mask * 2 + 1;
    this.#rows = new Array<T | undefined>(this.#mask + 1).fill(undefined);
    for (const row of rows) if (row !== undefined) this.#rows[row.id & this.#mask] = row;
  }
}
