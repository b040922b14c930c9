/** features/result-collection: what comes back from all clusters (or shards): an entry for each, the dead included. */
import { ShardliftError } from '../errors.ts';

/** One answer, or why there is none. */
export type ResultEntry<T> = ResultAnswer<T> | ({ readonly ok: false } & ResultFailure);

/** An answer that came. */
export interface ResultAnswer<T> {
  /** The cluster, or the shard of a collection of shards. */
  readonly id: number;
  readonly ok: true;
  readonly value: T;
  /** Its cluster was not ready when it was asked: what it has in its caches is not all it will have. */
  readonly starting?: true;
}

/** Why an answer did not come. */
export interface ResultFailure {
  /** The cluster, or the shard of a collection of shards. */
  readonly id: number;
  /** The cluster that gave no answer, also in a collection of shards. */
  readonly clusterId: number;
  readonly error: Error;
}

/**
 * What `sum` takes: nothing is needed when all answers are numbers, or nobody said what they are. In brackets, so that a
 * union stays one type.
 */
type SumArgs<T> = unknown extends T
  ? [pick?: (value: T) => number]
  : [T] extends [number]
    ? [pick?: (value: T) => number]
    : [pick: (value: T) => number];

/** The answers of a fan-out, in order of cluster (or shard) id. */
export class ResultCollection<T> implements Iterable<ResultEntry<T>> {
  readonly #entries: readonly ResultEntry<T>[];

  constructor(entries: readonly ResultEntry<T>[]) {
    this.#entries = entries;
  }

  /** Entries in all, answered or not. */
  get size(): number {
    return this.#entries.length;
  }

  get successCount(): number {
    return this.values().length;
  }

  get errorCount(): number {
    return this.size - this.successCount;
  }

  [Symbol.iterator](): Iterator<ResultEntry<T>> {
    return this.#entries[Symbol.iterator]();
  }

  /** The answers that came, in order. */
  values(): T[] {
    return this.#entries.flatMap((entry) => (entry.ok ? [entry.value] : []));
  }

  /** The answers that did not come, in order, each with its cluster. */
  errors(): ResultFailure[] {
    return this.#entries.flatMap((entry) => {
      if (entry.ok) return [];
      const { id, clusterId, error } = entry;
      return [{ id, clusterId, error }];
    });
  }

  /** Those that answered and were not ready when they were asked: a sum over their caches is too small. */
  starting(): number[] {
    return this.#entries.flatMap((entry) => (entry.ok && entry.starting ? [entry.id] : []));
  }

  /** True when every one answered, and was ready when it was asked. */
  allOk(): boolean {
    return this.#entries.every((entry) => entry.ok && entry.starting !== true);
  }

  /** Throws the first failure, if any. @throws ShardliftError `PARTIAL_RESULT` naming those that failed */
  throwIfError(): this {
    const errors = this.errors();
    const [first] = errors;
    if (first === undefined) return this;
    const details = { failed: errors.map(({ id }) => id), of: this.size, message: first.error.message };
    throw new ShardliftError('PARTIAL_RESULT', details, { cause: first.error });
  }

  /** All answers as an array. @throws ShardliftError `PARTIAL_RESULT` when one is missing */
  valuesOrThrow(): T[] {
    return this.throwIfError().values();
  }

  /** The answer of one cluster (or shard), if it came. */
  get(id: number): T | undefined {
    const entry = this.#entries.find((one) => one.id === id);
    return entry?.ok ? entry.value : undefined;
  }

  /** The first answer that is neither `undefined` nor `null`. */
  first(): NonNullable<T> | undefined {
    return this.find((value) => value !== undefined && value !== null) as NonNullable<T> | undefined;
  }

  find(test: (value: T, id: number) => boolean): T | undefined {
    for (const entry of this.#entries) if (entry.ok && test(entry.value, entry.id)) return entry.value;
    return undefined;
  }

  map<R>(change: (value: T, id: number) => R): R[] {
    return this.#entries.flatMap((entry) => (entry.ok ? [change(entry.value, entry.id)] : []));
  }

  /** The answers, arrays among them laid out flat. */
  flat(): (T extends readonly (infer I)[] ? I : T)[] {
    return this.values().flat() as (T extends readonly (infer I)[] ? I : T)[];
  }

  /**
   * The sum of the answers that came, or of what `pick` takes from each.
   *
   * @throws ShardliftError `INVALID_OPTION` when one of them is no number: leaving it out would give a wrong sum
   */
  sum(...pick: SumArgs<T>): number {
    const take = pick[0] ?? ((value: T) => value);
    return this.map((value, id) => asNumber(take(value), id)).reduce((total, value) => total + value, 0);
  }
}

function asNumber(value: unknown, id: number): number {
  if (typeof value === 'number') return value;
  const expected = 'a function that takes a number from each answer';
  const received = `of type ${typeof value} for the answer of ${id}`;
  throw new ShardliftError('INVALID_OPTION', { option: 'pick of sum()', expected, received });
}

/** A promise of a {@link ResultCollection} that also carries its common ends, so that one line reads well. */
export class ResultPromise<T> extends Promise<ResultCollection<T>> {
  // then() and friends give plain promises: what follows is no collection any more.
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** Wraps a promise of entries. */
  static of<T>(entries: Promise<readonly ResultEntry<T>[]>): ResultPromise<T> {
    return new ResultPromise((resolve, reject) => {
      entries.then((all) => resolve(new ResultCollection(all)), reject);
    });
  }

  async values(): Promise<T[]> {
    return (await this).values();
  }

  async valuesOrThrow(): Promise<T[]> {
    return (await this).valuesOrThrow();
  }

  async sum(...pick: SumArgs<T>): Promise<number> {
    return (await this).sum(...pick);
  }
}
