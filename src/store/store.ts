/** store/store: the key-value store as users see it, wherever its values are. */
import { type ErrorCode, isShardliftError, ShardliftError } from '../errors.ts';
import type { Arriving } from '../wire/arriving.ts';
import type { SnapshotBody } from '../wire/body.ts';
import { fromFault, toFault } from '../wire/fault.ts';
import { decodeValue } from '../wire/value.ts';
import type { Claim, Reach, SetRequest, StoreStats, StoreVerbs } from './engine.ts';
import {
  type Given,
  readAmount,
  readCompute,
  readLimits,
  readSet,
  readTtl,
  type StoreCallOptions,
  type StoreComputeOptions,
  type StoreSetOptions,
} from './given.ts';
import { namespacePrefix, shownKey, wholeKey } from './keys.ts';
import { isWithin, runWithin } from './nesting.ts';
import { packValue } from './pack.ts';

type CallOptions = number | StoreCallOptions;
type SetOptions = number | StoreSetOptions;

/** What the road says when a value may not have got to the store. */
const ofTheRoad: readonly ErrorCode[] = ['CALL_TIMEOUT', 'OVERLOADED', 'LINK_CLOSED', 'NO_ROUTE', 'TOO_MANY_WAITING'];

/** What `getOrSet` needs of one key. */
interface Computing {
  readonly key: string;
  readonly given: Given;
  readonly compute: () => unknown;
}

/**
 * Values that all clusters share: `client.cluster.store` and `manager.store`.
 *
 * The manager holds them, so they outlive every cluster; each call is one message to it and back. Each call is atomic: it
 * is carried out as a whole before the next. Values keep their type (`Date`, `Map`, `bigint`, ...) and arrive as copies.
 *
 * Keys are strings of 1 to 1 024 characters. Every method rejects with `INVALID_KEY`, `INVALID_OPTION` or
 * `UNSERIALISABLE` before it asks, and with what calls reject with (`CALL_TIMEOUT`, `LINK_CLOSED`, ...) after it.
 *
 * @example
 * ```ts
 * await client.cluster.store.set(`cooldown:${user.id}`, Date.now(), { ttlMs: 30_000 });
 * ```
 */
export class Store<V = unknown> {
  readonly #reach: Reach;
  readonly #prefix: string;
  /** The way with the usual limits, made once. */
  readonly #usual: StoreVerbs;

  /** @param reach - the way to the engine @param prefix - what the whole keys begin with */
  constructor(reach: Reach, prefix = '') {
    this.#reach = reach;
    this.#prefix = prefix;
    this.#usual = reach();
  }

  /** The value of a key; `undefined` when there is none. A number instead of options is the deadline in ms. */
  async get<T = V>(key: string, options?: CallOptions): Promise<Arriving<T> | undefined> {
    return this.#within(options).get(this.#whole(key)) as Promise<Arriving<T> | undefined>;
  }

  /**
   * Writes a value. It lives for ever unless `ttlMs` is given, whatever the value before had left.
   *
   * @throws ShardliftError `VALUE_TOO_LARGE` above about 8 MB, or above the manager's `store.maxBytes`
   */
  async set(key: string, value: V, options?: SetOptions): Promise<void> {
    await this.#write(key, value, { options, when: 'always' });
  }

  /** Writes a value where none is. @returns whether it was written */
  async setIfAbsent(key: string, value: V, options?: SetOptions): Promise<boolean> {
    return this.#write(key, value, { options, when: 'absent' });
  }

  /**
   * Writes a value where the expected one is. Equal is what `util.isDeepStrictEqual` finds equal; `undefined` is expected
   * where there is no value.
   *
   * @returns whether it was written
   */
  async compareAndSet(key: string, expected: V | undefined, value: V, options?: SetOptions): Promise<boolean> {
    const whole = this.#whole(key);
    const { ttlMs, limits } = readSet(options);
    const swap = { ...packValue(whole, value), key: whole, expected: packValue(whole, expected), ttlMs };
    return this.#verbs(limits).compareAndSet(swap);
  }

  /** Whether a key has a value. It does not count as a use of the value. */
  async has(key: string, options?: CallOptions): Promise<boolean> {
    return this.#within(options).has(this.#whole(key));
  }

  /** Deletes a value. @returns whether there was one */
  async delete(key: string, options?: CallOptions): Promise<boolean> {
    return this.#within(options).delete(this.#whole(key));
  }

  /** All keys, in no order; those in namespaces below are not among them. `FRAME_TOO_LARGE` when they take over 8 MB. */
  async keys(options?: CallOptions): Promise<string[]> {
    return this.#within(options).keys(this.#prefix);
  }

  /** How many keys there are; without those in namespaces below. */
  async size(options?: CallOptions): Promise<number> {
    return this.#within(options).size(this.#prefix);
  }

  /** Deletes all values; those in namespaces below stay. @returns how many there were */
  async clear(options?: CallOptions): Promise<number> {
    return this.#within(options).clear(this.#prefix);
  }

  /** How long a value still lives, in ms: `null` for ever, `undefined` when there is none. */
  async ttl(key: string, options?: CallOptions): Promise<number | null | undefined> {
    return this.#within(options).ttl(this.#whole(key));
  }

  /** Gives a value a new time to live from now on, in ms, `null` for ever; 0 and less delete it. @returns whether there was one */
  async touch(key: string, ttlMs: number | null, options?: CallOptions): Promise<boolean> {
    if (ttlMs === undefined) readTtl(Number.NaN);
    return this.#within(options).touch({ key: this.#whole(key), ttlMs: readTtl(ttlMs) });
  }

  /**
   * Adds to a number, which is 0 where there is none, and gives the sum.
   *
   * `ttlMs` counts for a number that this call makes; one that is there keeps its own. So a limit of five uses a minute is
   * `await store.increment(key, 1, { ttlMs: 60_000 }) > 5`.
   *
   * @throws ShardliftError `NOT_A_NUMBER` when another kind of value is there
   */
  async increment(key: string, by = 1, options?: SetOptions): Promise<number> {
    const { ttlMs, limits } = readSet(options);
    return this.#verbs(limits).increment({ key: this.#whole(key), by: readAmount(by), ttlMs });
  }

  /**
   * The value of a key, or what `compute` gives, which is then written. However many ask for it in however many clusters,
   * it is computed once: the others wait.
   *
   * When `compute` throws, each of them gets `COMPUTE_FAILED` with what was thrown as `cause`, and nothing is written. When
   * the computing cluster dies, one of those who wait computes. When the key is written meanwhile, that value counts; when it
   * is deleted meanwhile, the value is computed anew. When the store cannot be reached with the value (`CALL_TIMEOUT`,
   * `OVERLOADED`, `LINK_CLOSED`, `NO_ROUTE`), whoever computed it gets it all the same, and the next who asks computes.
   * `timeoutMs` is how long a caller waits for others.
   *
   * @throws ShardliftError `COMPUTES_ITSELF` within a computation of the same key, which would wait for itself
   */
  async getOrSet<T extends V>(
    key: string,
    compute: () => T | Promise<T>,
    options?: number | StoreComputeOptions,
  ): Promise<Arriving<T>> {
    const computing = { key: this.#whole(key), given: readCompute(options), compute };
    const verbs = this.#verbs(computing.given.limits);
    // What was written meanwhile is there for everybody, also for those within.
    if (isWithin(this.#reach, computing.key) && !(await verbs.has(computing.key))) {
      throw new ShardliftError('COMPUTES_ITSELF', { key: shownKey(computing.key) });
    }
    for (;;) {
      const answer = await verbs.claim({ key: computing.key, leaseMs: computing.given.leaseMs });
      if (answer.state === 'value') return decodeValue(answer.body) as Arriving<T>;
      if (answer.state === 'failed') throw computeFailed(computing.key, fromFault(answer.fault));
      const body = await this.#fulfil(computing, answer.claim);
      if (body !== undefined) return decodeValue(body) as Arriving<T>;
    }
  }

  /** A store within the store: its keys are its own, whatever other namespaces and the store around it hold. */
  namespace<W extends V = V>(name: string): Store<W> {
    return new Store<W>(this.#reach, namespacePrefix(this.#prefix, name));
  }

  /** What the whole store holds, all namespaces included, and how it is used. */
  async stats(options?: CallOptions): Promise<StoreStats> {
    return this.#within(options).stats();
  }

  #whole(key: string): string {
    return wholeKey(this.#prefix, key);
  }

  #within(options: CallOptions | undefined): StoreVerbs {
    return options === undefined ? this.#usual : this.#verbs(readLimits(options));
  }

  #verbs(limits: Given['limits']): StoreVerbs {
    return limits === undefined ? this.#usual : this.#reach(limits);
  }

  #write(
    key: string,
    value: unknown,
    { options, when }: { readonly options: SetOptions | undefined; readonly when: 'always' | 'absent' },
  ): Promise<boolean> {
    const whole = this.#whole(key);
    const { ttlMs, limits } = readSet(options);
    return this.#verbs(limits).set(setRequest(packValue(whole, value), { key: whole, ttlMs, when }));
  }

  /** Computes the value and hands it in. @returns `undefined` when another one counts */
  async #fulfil(computing: Computing, claim: number): Promise<SnapshotBody | undefined> {
    const { key, given } = computing;
    const right: Claim = { key, claim };
    const letGo = new AbortController();
    // Accepted loss: it ends with an error when the line does, and what follows on that line says so itself.
    this.#reach({ timeoutMs: null, signal: letGo.signal })
      .hold(right)
      .catch(() => undefined);
    let body: SnapshotBody | undefined;
    try {
      body = await this.#compute(computing, right);
      return (await this.#usual.fulfil({ ...body, ...right, ttlMs: given.ttlMs })) ? body : undefined;
    } catch (error) {
      // Others who wait are not to wait for a value, or a failure, that does not come.
      letGo.abort();
      if (body === undefined || !isShardliftError(error) || !ofTheRoad.includes(error.code)) throw error;
      return body;
    }
  }

  async #compute({ key, compute }: Computing, right: Claim): Promise<SnapshotBody> {
    try {
      return packValue(key, await runWithin({ reach: this.#reach, key }, compute));
    } catch (error) {
      // Accepted loss: those who wait elsewhere compute it themselves then; what was thrown here matters more.
      await this.#usual.fail({ ...right, fault: toFault(error) }).catch(() => undefined);
      throw computeFailed(key, error);
    }
  }
}

/** Written out: an object made by spreading another costs three times as much, here and on its way through a port. */
const setRequest = (body: SnapshotBody, { key, ttlMs, when }: Omit<SetRequest, 'format' | 'data'>): SetRequest =>
  body.format === 'none'
    ? { format: body.format, key, ttlMs, when }
    : ({ format: body.format, data: body.data, key, ttlMs, when } as SetRequest);

/** What all who asked for a value get when it could not be computed. */
function computeFailed(key: string, cause: unknown): ShardliftError {
  const { message } = toFault(cause);
  return new ShardliftError('COMPUTE_FAILED', { key: shownKey(key), message }, { cause });
}
