/** store/in-process: the way to an engine of the same process. */
import { ShardliftError } from '../errors.ts';
import { decodeValue } from '../wire/value.ts';
import type { ClaimAnswer, ClaimRequest, Reach, StoreEngine, StoreLimits, StoreVerbs } from './engine.ts';
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

async function claimWithin(engine: StoreEngine, request: ClaimRequest, limits: StoreLimits): Promise<ClaimAnswer> {
  const { timeoutMs = defaultTimeoutMs, signal } = limits;
  let gaveUp: AbortSignal | undefined;
  const waiting = {
    /** Made when it is looked at: most find the value there. */
    get signal(): AbortSignal {
      const ends = [signal ?? [], timeoutMs === null ? [] : AbortSignal.timeout(timeoutMs)].flat();
      gaveUp ??= AbortSignal.any(ends);
      return gaveUp;
    },
  };
  try {
    const answer = await engine.claim(request, waiting);
    return answer.state === 'value' ? { ...answer, body: ownBody(answer.body) } : answer;
  } catch (error) {
    if (gaveUp?.aborted !== true) throw error;
    if (signal?.aborted === true) throw new ShardliftError('CALL_ABORTED', { method, to }, { cause: signal.reason });
    throw new ShardliftError('CALL_TIMEOUT', { method, to, timeoutMs: timeoutMs ?? 0 });
  }
}
