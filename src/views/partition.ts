/** views/partition: splits one cache of a client among its shards, in one pass for all of them and only when asked. */
import type { Group } from './group.ts';
import { type LazyCache, lazyCacheClass, type Whole } from './lazy-cache.ts';
import { currentTurn } from './turn.ts';

/** What a {@link Partition} splits, and by what rule. */
export interface PartitionOptions<K, V> {
  readonly source: Map<K, V>;
  /** The shards that get a part. */
  readonly shards: readonly number[];
  /** The one shard an entry belongs to. */
  readonly ownerOf: (value: V, key: K) => number;
}

/** When a pass was made, and over how many entries. */
interface Seen {
  readonly turn: number;
  readonly size: number;
}

/**
 * One cache, split among shards: every entry is in at most one part, and in the order of the whole.
 *
 * What one pass finds is good for one turn of the event loop: the views of a broadcast share it, and a function that has
 * waited for something finds what came meanwhile. A part that is held on to is brought up to date entry by entry, so a loop
 * over it is not disturbed.
 */
export class Partition<K, V> implements Whole<K, V> {
  readonly source: Map<K, V>;
  readonly #ownerOf: PartitionOptions<K, V>['ownerOf'];
  readonly #parts: ReadonlyMap<number, LazyCache<K, V>>;
  /** When the parts were last filled. */
  #filled: Seen | null = null;
  #counts: (Seen & { readonly of: ReadonlyMap<number, number> }) | null = null;
  #groups: (Seen & { readonly of: ReadonlyMap<number, Group<K, V>> }) | null = null;

  constructor(options: PartitionOptions<K, V>) {
    this.source = options.source;
    this.#ownerOf = options.ownerOf;
    const Part = lazyCacheClass(speciesOf(options.source));
    this.#parts = new Map(options.shards.map((shard) => [shard, new Part<K, V>(this, shard)]));
  }

  /** The part of one of the shards given at the start. */
  part(shard: number): Map<K, V> | undefined {
    return this.#parts.get(shard);
  }

  /** Tells whether an entry belongs to a shard. */
  owns(shard: number, key: K, value: V): boolean {
    return this.#ownerOf(value, key) === shard;
  }

  /** Counts for every part in one pass that keeps nothing: `cache.size` is what most broadcasts ask for, and all they ask. */
  count(shard: number): number {
    if (this.#filled !== null) {
      this.refresh();
      return Reflect.get(Map.prototype, 'size', this.#parts.get(shard));
    }
    if (this.#isFresh(this.#groups)) return this.#groups.of.get(shard)?.size ?? 0;
    if (!this.#isFresh(this.#counts)) this.#counts = { ...this.#seenNow(), of: this.#counted() };
    return this.#counts.of.get(shard) ?? 0;
  }

  /** What a shard has, listed in one pass for all: much cheaper to make than maps, and enough to read it through. */
  group(shard: number): Group<K, V> | undefined {
    if (this.#filled !== null) return undefined;
    if (!this.#isFresh(this.#groups)) this.#groups = { ...this.#seenNow(), of: this.#grouped() };
    return this.#groups.of.get(shard);
  }

  #counted(): Map<number, number> {
    const counts = new Map<number, number>();
    for (const [key, value] of this.source) {
      const owner = this.#ownerOf(value, key);
      counts.set(owner, (counts.get(owner) ?? 0) + 1);
    }
    return counts;
  }

  #grouped(): Map<number, Group<K, V>> {
    const keys = [...this.source.keys()];
    const values = [...this.source.values()];
    const groups = new Map<number, Group<K, V>>();
    for (const shard of this.#parts.keys()) groups.set(shard, { keys, values, stretches: [], size: 0 });
    for (let start = 0; start < keys.length; ) {
      const owner = this.#ownerOf(values[start] as V, keys[start] as K);
      let end = start + 1;
      while (end < keys.length && this.#ownerOf(values[end] as V, keys[end] as K) === owner) end++;
      const group = groups.get(owner);
      if (group !== undefined) {
        group.stretches.push(start, end);
        group.size += end - start;
      }
      start = end;
    }
    return groups;
  }

  /** Fills every part in one pass, or brings them up to date when the last pass is not of this turn. */
  refresh(): void {
    if (this.#isFresh(this.#filled)) return;
    // Set first: the passes below call members of the parts, which would come back here.
    const again = this.#filled !== null;
    this.#filled = this.#seenNow();
    if (again) this.#dropStale();
    for (const [key, value] of this.source) {
      const part = this.#parts.get(this.#ownerOf(value, key));
      if (part !== undefined) Map.prototype.set.call(part, key, value);
    }
  }

  #seenNow(): Seen {
    return { turn: currentTurn(), size: this.source.size };
  }

  /** The size besides: a bot may sweep a cache and look at it within a turn. */
  #isFresh<S extends Seen>(seen: S | null): seen is S {
    return seen !== null && seen.turn === currentTurn() && seen.size === this.source.size;
  }

  #dropStale(): void {
    for (const [shard, part] of this.#parts) {
      for (const [key, value] of part) {
        if (this.source.get(key) !== value || !this.owns(shard, key, value)) Map.prototype.delete.call(part, key);
      }
    }
  }
}

/** The class its source makes new maps of: the `Collection` of the client's own discord.js, also for a limited one. */
function speciesOf(source: object): MapConstructor {
  return (source.constructor as { readonly [Symbol.species]?: MapConstructor })[Symbol.species] ?? Map;
}
