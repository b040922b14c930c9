/** store/in-process: the way to an engine of the same process. */
import { ShardliftError } from '../errors.ts';
import { longestTimerMs } from '../wire/clock.ts';
import { decodeValue } from '../wire/value.ts';
import type { ClaimAnswer, ClaimRequest, Reach, StoreEngine, StoreLimits, StoreVerbs, Waiting } from './engine.ts';
import { ownBody } from './held-value.ts';

/** Deadline of a wait that names none, in ms: the same as that of a call. */
const defaultTimeoutMs = 30_000;
const method = 'store.claim';
const to = 'the store';

/** Reaches an engine of this process. Only a computation by others is waited for, so only that has a deadline. */
export function reachInProcess(engine: StoreEngine): Reach {
  const verbs: Omit<StoreVerbs, 'claim'> = {
    get: async (key) => {
      const body = await engine.read(key);
      // What is decoded may show the bytes themselves, and the store's own must not change.
      return body === undefined ? undefined : decodeValue(ownBody(body));
    },
    has: async (key) => engine.has(key),
    set: async (request) => engine.set(request),
    compareAndSet: async (request) => engine.compareAndSet(request),
    delete: async (key) => engine.delete(key),
    keys: async (prefix) => engine.keys(prefix),
    size: async (prefix) => engine.size(prefix),
    clear: async (prefix) => engine.clear(prefix),
    ttl: async (key) => engine.ttl(key),
    touch: async (request) => engine.touch(request),
    increment: async (request) => engine.increment(request),
    fulfil: async (request) => engine.fulfil(request),
    fail: async (request) => engine.fail(request),
    stats: async () => engine.stats(),
    // Who computes and who holds the values end together.
    hold: () => Promise.resolve(),
  };
  return (limits = {}) => ({ ...verbs, claim: (request) => claimWithin(engine, request, limits) });
}

/** The end of one wait. By hand: on Node 20 a user's signal never forgets what `AbortSignal.any` made of it. */
class Patience implements Waiting {
  readonly #limits: StoreLimits;
  #control: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(limits: StoreLimits) {
    this.#limits = limits;
  }

  /** Made when it is looked at: most find the value there. */
  get signal(): AbortSignal {
    this.#control ??= this.#begin();
    return this.#control.signal;
  }

  /** Nobody waits any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.#limits.signal?.removeEventListener('abort', this.#abort);
  }

  /** How it ended, when it did not end by itself. */
  get refusal(): ShardliftError | undefined {
    const { timeoutMs = defaultTimeoutMs, signal } = this.#limits;
    if (this.#control?.signal.aborted !== true) return undefined;
    if (signal?.aborted === true) return new ShardliftError('CALL_ABORTED', { method, to }, { cause: signal.reason });
    return new ShardliftError('CALL_TIMEOUT', { method, to, timeoutMs: timeoutMs ?? 0 });
  }

  readonly #abort = (): void => this.#control?.abort();

  #begin(): AbortController {
    const { timeoutMs = defaultTimeoutMs, signal } = this.#limits;
    const control = new AbortController();
    if (signal?.aborted) control.abort();
    signal?.addEventListener('abort', this.#abort, { once: true });
    if (timeoutMs !== null && timeoutMs <= longestTimerMs) this.#timer = setTimeout(this.#abort, timeoutMs).unref();
    return control;
  }
}

async function claimWithin(engine: StoreEngine, request: ClaimRequest, limits: StoreLimits): Promise<ClaimAnswer> {
  const patience = new Patience(limits);
  try {
    const answer = await engine.claim(request, patience);
    return answer.state === 'value' ? { ...answer, body: ownBody(answer.body) } : answer;
  } catch (error) {
    throw patience.refusal ?? error;
  } finally {
    patience.end();
  }
}
