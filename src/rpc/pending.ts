/** rpc/pending: the calls that wait for an answer, and the promise that each of them settles exactly once. */
import { ShardliftError } from '../errors.ts';
import { type Address, type Destination, destinationText, isGroup } from '../wire/address.ts';
import { CallTable } from '../wire/call-table.ts';
import { steadyNow } from '../wire/clock.ts';
import { Deadlines } from './deadlines.ts';
import { Gathering } from './gathering.ts';

/** What a waiting call is about. */
export interface Waiting {
  readonly method: string;
  readonly to: Destination;
  /** Its whole deadline in ms, `null` for none. */
  readonly timeoutMs: number | null;
  /** Of a call to many: whether this value ends it. */
  readonly enough?: ((value: unknown) => boolean) | undefined;
}

/** How many calls to one node are in flight. */
interface Load {
  calls: number;
}

/** One call in flight. A class, because objects of one shape are what the engine makes fastest. */
class Entry implements Waiting {
  readonly id: number;
  readonly method: string;
  readonly to: Destination;
  readonly timeoutMs: number | null;
  readonly deadlineAt: number;
  readonly enough: Waiting['enough'];
  /** The answers of a call to many. */
  readonly gathering: Gathering | undefined;
  /** What it is counted in; a call to many is not. */
  readonly load: Load | undefined;
  readonly promise: Promise<unknown>;
  declare resolve: (value: unknown) => void;
  declare reject: (error: Error) => void;

  constructor(id: number, { method, to, timeoutMs, enough }: Waiting, load: Load | undefined) {
    this.id = id;
    this.method = method;
    this.to = to;
    this.timeoutMs = timeoutMs;
    this.deadlineAt = timeoutMs === null ? Number.POSITIVE_INFINITY : steadyNow() + timeoutMs;
    this.enough = enough;
    this.load = load;
    this.gathering = isGroup(to) ? new Gathering(to) : undefined;
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /** Ends it: a call to many keeps the answers that came. */
  fail(errorOf: (to: Destination) => Error): void {
    if (this.gathering === undefined) {
      this.reject(errorOf(this.to));
      return;
    }
    this.gathering.failRest(errorOf);
    this.resolve(this.gathering.results());
  }
}

/** The one table of calls in flight. */
export class Pending {
  readonly #entries = new CallTable<Entry>();
  readonly #onTimeout: (id: number, waiting: Waiting) => void;
  readonly #deadlines = new Deadlines((now) => this.#expire(now));
  readonly #loads = new Map<Address, Load>();
  #next = 1;

  /** @param onTimeout - told of each call that ran out of time, after its promise was settled */
  constructor(onTimeout: (id: number, waiting: Waiting) => void) {
    this.#onTimeout = onTimeout;
  }

  /** Calls that wait for an answer now. */
  get size(): number {
    return this.#entries.size;
  }

  /** Calls to one node that wait for an answer now. */
  sizeTo(address: Address): number {
    return this.#loads.get(address)?.calls ?? 0;
  }

  /** Registers a call before its frame leaves, so that no answer can be too early. */
  add(waiting: Waiting): { readonly id: number; readonly promise: Promise<unknown> } {
    const id = this.#entries.freeFrom(this.#next);
    this.#next = id + 1;
    const entry = new Entry(id, waiting, this.#loadOf(waiting.to));
    if (entry.load !== undefined) entry.load.calls += 1;
    this.#entries.add(entry);
    if (entry.deadlineAt !== Number.POSITIVE_INFINITY) this.#deadlines.watch(entry.deadlineAt);
    return entry;
  }

  /** Settles a call with its answer. @returns `false` when nobody waits for it any more */
  resolve(id: number, value: unknown): boolean {
    const entry = this.#take(id);
    entry?.resolve(value);
    return entry !== undefined;
  }

  /** Settles a call with its failure; a call to many, too. @returns `false` when nobody waits for it any more */
  reject(id: number, error: Error): boolean {
    const entry = this.#take(id);
    entry?.reject(error);
    return entry !== undefined;
  }

  /** Ends a call with what came of it: a call to many resolves, with the error for each member that has not answered. */
  fail(id: number, errorOf: (to: Destination) => Error): void {
    this.#take(id)?.fail(errorOf);
  }

  /** Ends everything that waits. */
  failAll(errorOf: () => Error): void {
    for (const { id } of this.#entries.rows()) this.fail(id, errorOf);
    this.#deadlines.clear();
  }

  #take(id: number): Entry | undefined {
    const entry = this.#entries.take(id);
    if (entry?.load !== undefined) entry.load.calls -= 1;
    return entry;
  }

  #loadOf(to: Destination): Load | undefined {
    if (isGroup(to)) return undefined;
    const known = this.#loads.get(to);
    if (known !== undefined) return known;
    const load: Load = { calls: 0 };
    this.#loads.set(to, load);
    return load;
  }

  /** What a waiting call is about. */
  get(id: number): (Waiting & { readonly gathering: Gathering | undefined }) | undefined {
    return this.#entries.get(id);
  }

  #expire(now: number): number | undefined {
    let next: number | undefined;
    for (const entry of this.#entries.rows()) {
      if (entry.deadlineAt <= now) {
        const { id, method, timeoutMs } = entry;
        this.fail(
          id,
          (to) => new ShardliftError('CALL_TIMEOUT', { method, to: destinationText(to), timeoutMs: timeoutMs ?? 0 }),
        );
        this.#onTimeout(id, entry);
      } else if (next === undefined || entry.deadlineAt < next) next = entry.deadlineAt;
    }
    return next === Number.POSITIVE_INFINITY ? undefined : next;
  }
}
