/** features/store: how clusters reach the store that the manager holds. */
import { isShardliftError } from '../errors.ts';
import type { CallOptions } from '../rpc/caller.ts';
import { type ClientOf, call, contract } from '../rpc/contract.ts';
import type { Peer } from '../rpc/peer.ts';
import type { CallContext } from '../rpc/served.ts';
import type {
  Awaitable,
  Claim,
  ClaimAnswer,
  ClaimRequest,
  FulfilRequest,
  IncrementRequest,
  Reach,
  SetRequest,
  StoreEngine,
  StoreStats,
  StoreVerbs,
  SwapRequest,
  TouchRequest,
} from '../store/engine.ts';
import { type Due, Schedule } from '../store/schedule.ts';
import { setOfText, textOfSet } from '../store/set-text.ts';
import type { Address } from '../wire/address.ts';
import { type SnapshotBody, Unread } from '../wire/body.ts';
import type { Fault } from '../wire/fault.ts';

/** Served by the manager. */
export const storeContract = contract('store', {
  /** Answered with the body as it is held; its asker gets the value. */
  get: call<string, unknown>(),
  has: call<string, boolean>(),
  /** As text where that is possible. */
  set: call<string | SetRequest, boolean>(),
  compareAndSet: call<SwapRequest, boolean>(),
  delete: call<string, boolean>(),
  keys: call<string, string[]>(),
  size: call<string, number>(),
  clear: call<string, number>(),
  ttl: call<string, number | null | undefined>(),
  touch: call<TouchRequest, boolean>(),
  increment: call<IncrementRequest, number>(),
  claim: call<ClaimRequest, ClaimAnswer>(),
  /** Under way as long as the claim lasts: when it breaks off, who computes is gone. */
  hold: call<Claim, void>(),
  fulfil: call<FulfilRequest, boolean>(),
  fail: call<Claim & { readonly fault: Fault }, void>(),
  stats: call<void, StoreStats>(),
});

const unread = (body: SnapshotBody | undefined): Unread | undefined => body && new Unread(body);

/** Applies a function now to what is there now. */
const whenThere = <T, R>(value: Awaitable<T>, use: (value: T) => R): Awaitable<R> =>
  value instanceof Promise ? value.then(use) : use(value);

/** A right that was given and is not held yet. */
interface Unheld extends Due, Claim {}

/** What is due is looked at so much later at most, in ms. */
const unheldGraceMs = 100;

/**
 * The claims of others that last, each with what ends its `hold`.
 *
 * A cluster that dies between the answer to its claim and its `hold` has no call under way that would end with it: when
 * the lease is over and no `hold` has come, its claim is taken back.
 */
class Holds {
  readonly #engine: StoreEngine;
  readonly #ends = new Map<number, () => void>();
  readonly #unheld = new Map<number, Unheld>();
  readonly #leases = new Schedule<Unheld>({
    now: () => performance.now(),
    onDue: (claim) => {
      this.#unheld.delete(claim.claim);
      void this.#engine.abandon(claim);
    },
    graceMs: unheldGraceMs,
  });

  constructor(engine: StoreEngine) {
    this.#engine = engine;
  }

  /** Notes the right that an answer gives. */
  given(answer: ClaimAnswer, { key, leaseMs }: ClaimRequest): ClaimAnswer {
    if (answer.state !== 'yours') return answer;
    const unheld: Unheld = { key, claim: answer.claim, dueAt: performance.now() + leaseMs, slot: -1 };
    this.#unheld.set(answer.claim, unheld);
    this.#leases.add(unheld);
    return answer;
  }

  open(claim: Claim, { signal }: CallContext): Promise<void> {
    this.#settle(claim);
    return new Promise((resolve, reject) => {
      const broken = (): void => {
        this.#ends.delete(claim.claim);
        void this.#engine.abandon(claim);
        reject(signal.reason);
      };
      signal.addEventListener('abort', broken, { once: true });
      this.#ends.set(claim.claim, () => {
        signal.removeEventListener('abort', broken);
        resolve();
      });
    });
  }

  end(right: Claim): void {
    this.#settle(right);
    this.#ends.get(right.claim)?.();
    this.#ends.delete(right.claim);
  }

  #settle({ claim }: Claim): void {
    const unheld = this.#unheld.get(claim);
    if (unheld === undefined) return;
    this.#unheld.delete(claim);
    this.#leases.remove(unheld);
  }
}

/** Lets others reach an engine. */
export function serveStore(peer: Peer, engine: StoreEngine): void {
  const holds = new Holds(engine);
  peer.serve(storeContract, {
    get: (key) => whenThere(engine.read(key), unread),
    has: (key) => engine.has(key),
    set: (request) => engine.set(setOfText(request)),
    compareAndSet: (request) => engine.compareAndSet(request),
    delete: (key) => engine.delete(key),
    keys: (prefix) => engine.keys(prefix),
    size: (prefix) => engine.size(prefix),
    clear: (prefix) => engine.clear(prefix),
    ttl: (key) => engine.ttl(key),
    touch: (request) => engine.touch(request),
    increment: (request) => engine.increment(request),
    claim: (request, context) => whenThere(engine.claim(request, context), (answer) => holds.given(answer, request)),
    hold: (claim, context) => holds.open(claim, context),
    fulfil: (request) => {
      holds.end(request);
      return engine.fulfil(request);
    },
    fail: (request) => {
      holds.end(request);
      return engine.fail(request);
    },
    stats: () => engine.stats(),
  });
}

/** Reaches the engine that another node serves. */
export const reachStore = (peer: Peer, to: Address): Reach => {
  return (limits: CallOptions = {}) => withOwnErrors(peer.at(storeContract, to, limits));
};

/** The store's errors are for its user as they are, and not the cause of a failed handler. */
function ownError(error: unknown): never {
  if (isShardliftError(error, 'HANDLER_FAILED') && isShardliftError(error.cause)) throw error.cause;
  throw error;
}

function withOwnErrors(far: ClientOf<typeof storeContract.shape>): StoreVerbs {
  return {
    get: far.get,
    has: far.has,
    set: (request) => far.set(textOfSet(request)).catch(ownError),
    compareAndSet: (request) => far.compareAndSet(request).catch(ownError),
    delete: far.delete,
    keys: (prefix) => far.keys(prefix).catch(ownError),
    size: far.size,
    clear: far.clear,
    ttl: far.ttl,
    touch: far.touch,
    increment: (request) => far.increment(request).catch(ownError),
    claim: far.claim,
    hold: far.hold,
    fulfil: (request) => far.fulfil(request).catch(ownError),
    fail: far.fail,
    stats: far.stats,
  };
}
