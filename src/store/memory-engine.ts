/** store/memory-engine: the values in this process's memory. Answers at once; decodes nothing unless it must. */
import { ShardliftError } from '../errors.ts';
import { emptyBody, type SnapshotBody, snapshotBody } from '../wire/body.ts';
import { type Fault, toFault } from '../wire/fault.ts';
import { decodeValue, encodeValue } from '../wire/value.ts';
import type {
  Claim,
  ClaimAnswer,
  ClaimRequest,
  FulfilRequest,
  IncrementRequest,
  SetRequest,
  StoreEngine,
  StoreStats,
  SwapRequest,
  TouchRequest,
  Waiting,
} from './engine.ts';
import { Flights } from './flights.ts';
import { HeldValue, kindOf, ownBody, sameValue } from './held-value.ts';
import { isDirectlyBelow, shownKey } from './keys.ts';
import { defaultCaps, type StoreCaps } from './options.ts';
import { Recency } from './recency.ts';
import { Schedule } from './schedule.ts';

/** How an engine is made. */
export interface MemorySetup {
  readonly caps?: StoreCaps;
  /** A steady clock in ms: setting the machine's clock lets no value live longer or shorter. */
  readonly now?: () => number;
  /** Told when the first value has to go because the store is full. */
  readonly onFull?: (stats: StoreStats) => void;
}

/** What was over is out of memory so much later at most, in ms; nobody sees it before that either. */
const sweepGraceMs = 1_000;

/** Values that are over and that a write removes at most. */
const mostPerWrite = 64;

const endOf = (now: number, ttlMs: number | null): number => (ttlMs === null ? Number.POSITIVE_INFINITY : now + ttlMs);

/** Holds the values in memory, the least recently used of which go when it is full. */
export class MemoryEngine implements StoreEngine {
  readonly #now: () => number;
  readonly #onFull: (stats: StoreStats) => void;
  readonly #values: Recency;
  readonly #ends: Schedule<HeldValue>;
  readonly #flights: Flights;
  readonly #counts = { hits: 0, misses: 0, evictions: 0, expired: 0 };
  #changes = 0;

  constructor({ caps = defaultCaps, now = () => performance.now(), onFull = () => undefined }: MemorySetup = {}) {
    this.#now = now;
    this.#onFull = onFull;
    this.#values = new Recency(caps, (value) => this.#evicted(value));
    this.#ends = new Schedule<HeldValue>({ now, onDue: (value) => this.#expire(value), graceMs: sweepGraceMs });
    this.#flights = new Flights(now);
  }

  /** Values that are being computed. */
  get underWay(): number {
    return this.#flights.size;
  }

  /** Grows with everything that is written or deleted. */
  get changes(): number {
    return this.#changes;
  }

  /** All values with what is left of their time, in ms, the least recently used first. */
  entries(): { readonly value: HeldValue; readonly ttlMs: number | null }[] {
    this.#ends.sweep();
    return [...this.#values.values()].map((value) => ({ value, ttlMs: this.#left(value) }));
  }

  read(key: string): SnapshotBody | undefined {
    const value = this.#live(key);
    if (value === undefined) {
      this.#counts.misses += 1;
      return undefined;
    }
    this.#counts.hits += 1;
    this.#values.use(value);
    return value.body;
  }

  has(key: string): boolean {
    return this.#live(key) !== undefined;
  }

  set(request: SetRequest): boolean {
    if (request.when === 'absent' && this.#live(request.key) !== undefined) return false;
    this.#write(request.key, ownBody(request), request.ttlMs);
    return true;
  }

  compareAndSet(request: SwapRequest): boolean {
    const there = this.#live(request.key)?.body ?? emptyBody;
    if (!sameValue(there, request.expected)) return false;
    this.#write(request.key, ownBody(request), request.ttlMs);
    return true;
  }

  delete(key: string): boolean {
    const value = this.#live(key);
    if (value !== undefined) this.#remove(value);
    this.#flights.cancel(key);
    return value !== undefined;
  }

  keys(prefix: string): string[] {
    return this.#below(prefix).map(({ key }) => key.slice(prefix.length));
  }

  size(prefix: string): number {
    return this.#below(prefix).length;
  }

  clear(prefix: string): number {
    const values = this.#below(prefix);
    for (const value of values) this.#remove(value);
    this.#flights.cancelAll((key) => isDirectlyBelow(prefix, key));
    return values.length;
  }

  ttl(key: string): number | null | undefined {
    const value = this.#live(key);
    return value && this.#left(value);
  }

  touch({ key, ttlMs }: TouchRequest): boolean {
    const value = this.#live(key);
    if (value === undefined) return false;
    this.#changes += 1;
    this.#ends.remove(value);
    value.dueAt = endOf(this.#now(), ttlMs);
    this.#ends.add(value);
    this.#values.use(value);
    // One that is over by now is gone by now.
    this.#live(key);
    return true;
  }

  increment({ key, by, ttlMs }: IncrementRequest): number {
    const value = this.#live(key);
    const before = value === undefined ? 0 : decodeValue(value.body);
    if (typeof before !== 'number') {
      throw new ShardliftError('NOT_A_NUMBER', { key: shownKey(key), received: kindOf(before) });
    }
    const after = before + by;
    this.#write(key, snapshotBody(encodeValue(after)), value === undefined ? ttlMs : this.#left(value));
    return after;
  }

  claim(request: ClaimRequest, waiting: Waiting): ClaimAnswer | Promise<ClaimAnswer> {
    const body = this.read(request.key);
    return body === undefined ? this.#flights.join(request, waiting) : { state: 'value', body };
  }

  fulfil(request: FulfilRequest): boolean {
    if (!this.#flights.holds(request)) return false;
    try {
      this.#write(request.key, ownBody(request), request.ttlMs);
    } catch (error) {
      this.#flights.fail(request, toFault(error));
      throw error;
    }
    return true;
  }

  fail(request: Claim & { readonly fault: Fault }): void {
    this.#flights.fail(request, request.fault);
  }

  abandon(request: Claim): void {
    this.#flights.abandon(request);
  }

  stats(): StoreStats {
    this.#ends.sweep();
    return { entries: this.#values.size, bytes: this.#values.bytes, ...this.#counts };
  }

  /** A value whose time is not over. */
  #live(key: string): HeldValue | undefined {
    const value = this.#values.peek(key);
    if (value === undefined || value.dueAt > this.#now()) return value;
    this.#ends.remove(value);
    this.#expire(value);
    return undefined;
  }

  #left({ dueAt }: HeldValue): number | null {
    return dueAt === Number.POSITIVE_INFINITY ? null : Math.max(0, dueAt - this.#now());
  }

  #below(prefix: string): HeldValue[] {
    this.#ends.sweep();
    return [...this.#values.values()].filter(({ key }) => isDirectlyBelow(prefix, key));
  }

  /** Those who wait for the key get what is written, also when it is over at once. */
  #write(key: string, body: SnapshotBody, ttlMs: number | null): void {
    const value = new HeldValue(key, body, endOf(this.#now(), ttlMs));
    this.#values.assertFits(value);
    // What is over takes up no room that others would have to make. Each write tidies up more than it adds.
    this.#ends.sweep(mostPerWrite);
    const before = this.#values.peek(key);
    if (before !== undefined) this.#remove(before);
    this.#changes += 1;
    if (ttlMs === null || ttlMs > 0) {
      this.#ends.add(value);
      this.#values.add(value);
    }
    this.#flights.land(key, body);
  }

  #remove(value: HeldValue): void {
    this.#changes += 1;
    this.#ends.remove(value);
    this.#values.remove(value);
  }

  #expire(value: HeldValue): void {
    this.#counts.expired += 1;
    this.#values.remove(value);
  }

  #evicted(value: HeldValue): void {
    this.#ends.remove(value);
    this.#counts.evictions += 1;
    if (this.#counts.evictions === 1) this.#onFull(this.stats());
  }
}
