/** views/group: what one shard has of a cache, as one pass over the whole lists it for all shards. */

/**
 * What a part has, in the order of the whole: lists of the whole cache, shared by all parts, and the stretches of them that
 * are this part's own. Discord sends guilds shard by shard, so the stretches are few.
 */
export interface Group<K, V> {
  readonly keys: readonly K[];
  readonly values: readonly V[];
  /** Where each stretch starts and, beside it, ends (the end is not part of it). */
  readonly stretches: number[];
  size: number;
}

/** Goes through a group; gives each pair anew, as maps do, for whoever gets it may write to it. */
class Pairs<K, V> {
  readonly #group: Group<K, V>;
  #stretch = 0;
  #at: number;
  #end: number;

  constructor(group: Group<K, V>) {
    this.#group = group;
    [this.#at, this.#end] = [group.stretches[0] ?? 0, group.stretches[1] ?? 0];
  }

  next(): IteratorResult<[K, V], undefined> {
    if (this.#at >= this.#end && !this.#goOn()) return { done: true, value: undefined };
    const at = this.#at++;
    return { done: false, value: [this.#group.keys[at] as K, this.#group.values[at] as V] };
  }

  /** Goes on with the next stretch, if there is one. */
  #goOn(): boolean {
    const { stretches } = this.#group;
    this.#stretch = Math.min(this.#stretch + 2, stretches.length);
    if (this.#stretch === stretches.length) return false;
    [this.#at, this.#end] = [stretches[this.#stretch] as number, stretches[this.#stretch + 1] as number];
    return true;
  }
}

// `for of`, and the helpers that iterators have in newer versions of Node: as the iterators of maps.
Object.setPrototypeOf(Pairs.prototype, Object.getPrototypeOf(Object.getPrototypeOf(new Map().entries())));

/** Goes through the pairs of a part. */
export const pairsOf = <K, V>(group: Group<K, V>): MapIterator<[K, V]> =>
  new Pairs(group) as unknown as MapIterator<[K, V]>;

/** Of a list of the whole, what is a part's own. */
export function ownOf<T>({ stretches }: Group<unknown, unknown>, whole: readonly T[]): T[] {
  const own: T[] = [];
  for (let at = 0; at < stretches.length; at += 2) {
    for (const one of whole.slice(stretches[at], stretches[at + 1])) own.push(one);
  }
  return own;
}
