/** views/lazy-cache: the part of a cache that one shard may see. A real Collection that fills itself when it has to. */
import { type Group, ownOf, pairsOf } from './group.ts';

/** The method that fills a {@link LazyCache}. */
export const fill = Symbol('fill');

/** The whole cache a {@link LazyCache} is a part of. */
export interface Whole<K, V> {
  readonly source: Map<K, V>;
  owns(shard: number, key: K, value: V): boolean;
  /** Brings the contents of every part up to date. */
  refresh(): void;
  /** What a shard has; `undefined` once the parts are filled and hold it themselves. */
  group(shard: number): Group<K, V> | undefined;
  /** How many entries a shard has. */
  count(shard: number): number;
}

/**
 * One shard's part of a cache.
 *
 * `get` and `has` look straight into the whole cache, so a lookup costs no pass over it; `size` costs a count, iteration
 * (`filter`, `reduce`) a list of pairs. Anything else first fills the part. Writes and deletes go through to the whole cache, as they do in a process of its own.
 */
export interface LazyCache<K, V> extends Map<K, V> {
  /** Fills the part, for readers that look past its methods: `structuredClone` and `postMessage` read the bare map. */
  [fill](): void;
}

type LazyCacheClass = new <K, V>(whole: Whole<K, V>, shard: number) => LazyCache<K, V>;

const inspect = Symbol.for('nodejs.util.inspect.custom');
const classes = new WeakMap<MapConstructor, LazyCacheClass>();

/**
 * The lazy subclass of a map class, one for each class given.
 *
 * @param Base - `Map` or the client's own `Collection`; results of `filter`, `clone` and the like are of this class
 */
export function lazyCacheClass(Base: MapConstructor): LazyCacheClass {
  const known = classes.get(Base);
  if (known !== undefined) return known;

  class Part<K, V> extends Base<K, V> implements LazyCache<K, V> {
    static override get [Symbol.species]() {
      return Base;
    }
    readonly #whole: Whole<K, V>;
    readonly #shard: number;

    constructor(whole: Whole<K, V>, shard: number) {
      super();
      this.#whole = whole;
      this.#shard = shard;
    }

    override get size(): number {
      return this.#whole.count(this.#shard);
    }

    override get(key: K): V | undefined {
      const value = this.#whole.source.get(key);
      return value !== undefined && this.#whole.owns(this.#shard, key, value) ? value : undefined;
    }

    override has(key: K): boolean {
      const value = this.#whole.source.get(key);
      // A value of undefined has no owner to ask for: no cache of discord.js holds one.
      return value !== undefined && this.#whole.owns(this.#shard, key, value);
    }

    override set(key: K, value: V): this {
      this.#whole.source.set(key, value);
      this[fill]();
      return this.#whole.owns(this.#shard, key, value) ? super.set(key, value) : this;
    }

    override delete(key: K): boolean {
      this[fill]();
      const owned = this.has(key);
      if (owned) this.#whole.source.delete(key);
      return super.delete(key) || owned;
    }

    override clear(): void {
      this[fill]();
      for (const key of super.keys()) this.#whole.source.delete(key);
      super.clear();
    }

    override keys(): MapIterator<K> {
      const group = this.#group();
      return group === undefined ? super.keys() : ownOf(group, group.keys).values();
    }

    override values(): MapIterator<V> {
      const group = this.#group();
      return group === undefined ? super.values() : ownOf(group, group.values).values();
    }

    override entries(): MapIterator<[K, V]> {
      const group = this.#group();
      return group === undefined ? super.entries() : pairsOf(group);
    }

    override [Symbol.iterator](): MapIterator<[K, V]> {
      return this.entries();
    }

    override forEach(callback: (value: V, key: K, map: Map<K, V>) => void, thisArg?: unknown): void {
      for (const [key, value] of this.entries()) callback.call(thisArg, value, key, this);
    }

    [fill](): void {
      this.#whole.refresh();
    }

    /** `undefined` when this part holds its contents itself, brought up to date. */
    #group(): Group<K, V> | undefined {
      const group = this.#whole.group(this.#shard);
      if (group === undefined) this[fill]();
      return group;
    }

    [inspect](): Map<K, V> {
      return new Base(this);
    }
  }

  Object.defineProperty(Part, 'name', { value: Base.name });
  fillBeforeInherited(Part.prototype);
  classes.set(Base, Part);
  return Part;
}

/**
 * Methods of `Collection` that read by the methods above alone, in all its versions: they need no filled part.
 *
 * @see https://discord.js.org/docs/packages/collection/main/Collection:Class
 */
const reading = new Set<string | symbol>(
  ['at', 'each', 'every', 'filter', 'find', 'findKey', 'first', 'firstKey', 'flatMap', 'last', 'lastKey', 'map'].concat(
    ['mapValues', 'partition', 'random', 'randomKey', 'reduce', 'some', 'toJSON', 'clone'],
  ),
);

/** Puts a filling version in front of the other inherited members, so that none of them can meet an empty part. */
function fillBeforeInherited(prototype: LazyCache<unknown, unknown>): void {
  for (let level = Object.getPrototypeOf(prototype); level !== Object.prototype; level = Object.getPrototypeOf(level)) {
    for (const key of Reflect.ownKeys(level)) {
      if (Object.hasOwn(prototype, key) || reading.has(key)) continue;
      const member = Object.getOwnPropertyDescriptor(level, key);
      if (member !== undefined) Object.defineProperty(prototype, key, filling(member));
    }
  }
}

function filling(member: PropertyDescriptor): PropertyDescriptor {
  const { value, get } = member;
  if (typeof value === 'function') {
    return {
      ...member,
      value(this: LazyCache<unknown, unknown>, ...args: unknown[]): unknown {
        this[fill]();
        return value.apply(this, args);
      },
    };
  }
  if (get === undefined) return member;
  return {
    ...member,
    get(this: LazyCache<unknown, unknown>): unknown {
      this[fill]();
      return get.call(this);
    },
  };
}
