/** views/partition: splits one cache of a client among its shards, in one pass for all of them and only when asked. */
import { type Group, type LazyCache, lazyCacheClass, type Whole } from './lazy-cache.ts';

/** How old the contents of a part may be before it is brought up to date, in ms. A broadcast's views share one pass. */
const freshForMs = 1_000;

/** What a {@link Partition} splits, and by what rule. */
export interface PartitionOptions<K, V> {
  readonly source: Map<K, V>;
  /** The shards that get a part. */
  readonly shards: readonly number[];
  /** The one shard an entry belongs to. */
  readonly ownerOf: (value: V, key: K) => number;
}

/**
 * One cache, split among shards: every entry is in at most one part, and in the order of the whole.
 *
 * A part that is held on to (in a timer, across an `await`) follows the whole cache: it is brought up to date when it is
 * read again and older than a second, entry by entry, so a loop over it is not disturbed.
 */
export class Partition<K, V> implements Whole<K, V> {
  readonly source: Map<K, V>;
  readonly #ownerOf: PartitionOptions<K, V>['ownerOf'];
  readonly #parts: ReadonlyMap<number, LazyCache<K, V>>;
  #passedAt: number | null = null;
  #counts: { readonly at: number; readonly of: ReadonlyMap<number, number> } | null = null;
  #groups: { readonly at: number; readonly of: ReadonlyMap<number, Group<K, V>> } | null = null;

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
    if (this.#passedAt !== null) {
      this.refresh();
      return Reflect.get(Map.prototype, 'size', this.#parts.get(shard));
    }
    const now = performance.now();
    if (this.#groups !== null && now - this.#groups.at < freshForMs) return this.#groups.of.get(shard)?.length ?? 0;
    if (this.#counts === null || now - this.#counts.at >= freshForMs) {
      const of = new Map<number, number>();
      for (const [key, value] of this.source) {
        const owner = this.#ownerOf(value, key);
        of.set(owner, (of.get(owner) ?? 0) + 1);
      }
      this.#counts = { at: now, of };
    }
    return this.#counts.of.get(shard) ?? 0;
  }

  /** What a shard has, listed in one pass for all: much cheaper to make than maps, and enough to read it through. */
  group(shard: number): Group<K, V> | undefined {
    if (this.#passedAt !== null) return undefined;
    const now = performance.now();
    if (this.#groups === null || now - this.#groups.at >= freshForMs) this.#groups = { at: now, of: this.#grouped() };
    return this.#groups.of.get(shard);
  }

  #grouped(): Map<number, Group<K, V>> {
    const groups = new Map<number, Group<K, V>>();
    for (const shard of this.#parts.keys()) groups.set(shard, []);
    // Discord sends guilds shard by shard, so that most follow one of their own.
    let last: { readonly owner: number; readonly group: Group<K, V> | undefined } | undefined;
    for (const entry of this.source) {
      const owner = this.#ownerOf(entry[1], entry[0]);
      if (last?.owner !== owner) last = { owner, group: groups.get(owner) };
      last.group?.push(entry);
    }
    return groups;
  }

  /** Fills every part in one pass, or brings them up to date when the last pass is older than a second. */
  refresh(): void {
    const now = performance.now();
    if (this.#passedAt !== null && now - this.#passedAt < freshForMs) return;
    // Set first: the passes below call members of the parts, which would come back here.
    const again = this.#passedAt !== null;
    this.#passedAt = now;
    if (again) this.#dropStale();
    for (const [key, value] of this.source) {
      const part = this.#parts.get(this.#ownerOf(value, key));
      if (part !== undefined) Map.prototype.set.call(part, key, value);
    }
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
