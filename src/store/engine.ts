/** store/engine: what every place that holds the store's values can do. Values go in and out as bodies, unread. */
import type { SnapshotBody } from '../wire/body.ts';
import type { Fault } from '../wire/fault.ts';

/** Now, or later: memory answers at once, a server on the network does not. */
export type Awaitable<T> = T | Promise<T>;

/** Parts a key from the namespaces before it; no key holds it. */
export const keySeparator = '\0';

/** A value to write. The body's own fields are part of the request: one flat object is the cheapest to send. */
export type SetRequest = SnapshotBody & {
  readonly key: string;
  /** Time to live in ms; `null` for ever, 0 or less is over at once. */
  readonly ttlMs: number | null;
  /** `absent` writes only where nothing is. */
  readonly when: 'always' | 'absent';
};

/** A value to write if another is there. */
export type SwapRequest = SnapshotBody & {
  readonly key: string;
  /** The body of `undefined` stands for no value, too. */
  readonly expected: SnapshotBody;
  readonly ttlMs: number | null;
};

/** A new time to live for a value that is there. */
export interface TouchRequest {
  readonly key: string;
  readonly ttlMs: number | null;
}

/** A number to add. */
export interface IncrementRequest {
  readonly key: string;
  readonly by: number;
  /** Time to live of a number that this increment makes, in ms; one that is there keeps its own. */
  readonly ttlMs: number | null;
}

/** Asks for a value, or for the right to compute it. */
export interface ClaimRequest {
  readonly key: string;
  /** How long a computation has the right to itself, in ms, when others wait for it. */
  readonly leaseMs: number;
}

/** What became of a {@link ClaimRequest}. */
export type ClaimAnswer =
  | { readonly state: 'value'; readonly body: SnapshotBody }
  /** The asker computes, and then calls `fulfil` or `fail` with this number. */
  | { readonly state: 'yours'; readonly claim: number }
  /** The computation that the asker waited for threw. */
  | { readonly state: 'failed'; readonly fault: Fault };

/** One right to compute. */
export interface Claim {
  readonly key: string;
  readonly claim: number;
}

/** A computed value. */
export type FulfilRequest = SnapshotBody & Claim & { readonly ttlMs: number | null };

/** Somebody who waits; the signal says that it does so no more, and is made when it is first looked at. */
export interface Waiting {
  readonly signal: AbortSignal;
}

/** What the store holds and how it is used, since its engine started. */
export interface StoreStats {
  /** Values of all namespaces. */
  readonly entries: number;
  /** Keys and values, with 128 bytes for the management of each. */
  readonly bytes: number;
  /** Reads by `get` and `getOrSet` that found a value. */
  readonly hits: number;
  /** Those that found none. */
  readonly misses: number;
  /** Values that had to go because the store was full. */
  readonly evictions: number;
  /** Values whose time to live was over. */
  readonly expired: number;
}

/** Holds the values. `keys`, `size` and `clear` take a prefix and mean the keys directly below it. */
export interface StoreEngine {
  read(key: string): Awaitable<SnapshotBody | undefined>;
  has(key: string): Awaitable<boolean>;
  /** @returns whether it was written @throws ShardliftError `VALUE_TOO_LARGE` */
  set(request: SetRequest): Awaitable<boolean>;
  compareAndSet(request: SwapRequest): Awaitable<boolean>;
  delete(key: string): Awaitable<boolean>;
  /** The keys without the prefix. */
  keys(prefix: string): Awaitable<string[]>;
  size(prefix: string): Awaitable<number>;
  /** @returns how many there were */
  clear(prefix: string): Awaitable<number>;
  /** What is left in ms; `null` for ever, `undefined` when there is no value. */
  ttl(key: string): Awaitable<number | null | undefined>;
  touch(request: TouchRequest): Awaitable<boolean>;
  /** @throws ShardliftError `NOT_A_NUMBER` */
  increment(request: IncrementRequest): Awaitable<number>;
  claim(request: ClaimRequest, waiting: Waiting): Awaitable<ClaimAnswer>;
  /** @returns `false` when the right was lost meanwhile because the key was written or deleted: ask again */
  fulfil(request: FulfilRequest): Awaitable<boolean>;
  /** The computation threw: all who wait for it are told. */
  fail(request: Claim & { readonly fault: Fault }): Awaitable<void>;
  /** Who computed is gone: the next who waits gets the right. */
  abandon(request: Claim): Awaitable<void>;
  stats(): Awaitable<StoreStats>;
}

/** How long the facade waits for an engine. */
export interface StoreLimits {
  /** Deadline in ms, 30 000 by default; `null` for none. */
  readonly timeoutMs?: number | null;
  /** Gives up waiting when it fires. */
  readonly signal?: AbortSignal;
}

type Later<F> = F extends (...args: infer A) => Awaitable<infer R> ? (...args: A) => Promise<R> : never;

/** An engine as the facade uses it, wherever it is: everything later, and what is read is decoded. */
export type StoreVerbs = {
  readonly [V in Exclude<keyof StoreEngine, 'read' | 'claim' | 'abandon'>]: Later<StoreEngine[V]>;
} & {
  readonly get: (key: string) => Promise<unknown>;
  readonly claim: (request: ClaimRequest) => Promise<ClaimAnswer>;
  /** Stays open while the claim lasts: its end is how a distant engine learns that who computed is gone. */
  readonly hold: (request: Claim) => Promise<void>;
};

/** The way to an engine, within limits. */
export type Reach = (limits?: StoreLimits) => StoreVerbs;
