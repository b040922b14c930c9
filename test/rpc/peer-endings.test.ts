/** test/rpc/peer-endings: every call ends once, also when its answer is late, unwanted or never comes. */
import { getEventListeners, once } from 'node:events';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ShardliftError } from '../../src/errors.ts';
import { Peer } from '../../src/rpc/peer.ts';
import type { CallContext } from '../../src/rpc/served.ts';
import { encodeValue } from '../../src/wire/value.ts';
import { alone, facing, idle, lastCall, math, ok, replyTo } from './peers.ts';
import { stubLink } from './stub-link.ts';

/** A handler that never ends, and the context it was called with. */
function hanging() {
  let started: (context: CallContext) => void = () => undefined;
  const context = new Promise<CallContext>((resolve) => {
    started = resolve;
  });
  const slow = (_: unknown, given: CallContext): Promise<string> => {
    started(given);
    return new Promise(() => undefined);
  };
  return { context, slow };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a deadline', () => {
  test('rejects with CALL_TIMEOUT, tells the far end, and fires the handler’s signal', async () => {
    const { context, slow } = hanging();
    const { a } = facing({ slow });
    const started = performance.now();
    const error = { code: 'CALL_TIMEOUT', details: { method: 'math.slow', to: 'cluster:1', timeoutMs: 100 } };
    await expect(a.at(math, 'cluster:1').slow()).rejects.toMatchObject(error);
    expect(performance.now() - started).toBeGreaterThanOrEqual(99);
    const { signal, budgetMs } = await context;
    expect(budgetMs).toBe(100);
    if (!signal.aborted) await once(signal, 'abort');
    expect(a.inFlight).toBe(0);
  });

  test.each([
    ['that nobody named is 30 s', {}, 'double', 30_000],
    ['of the contract goes before the default', {}, 'slow', 100],
    ['of the caller goes before the contract’s', { timeoutMs: 7 }, 'slow', 7],
    ['of null waits for ever', { timeoutMs: null }, 'slow', null],
    ['of null in the contract waits for ever', {}, 'patient', null],
    ['of the caller goes before the contract’s null', { timeoutMs: 8 }, 'patient', 8],
  ] as const)('%s', (_, options, method, budgetMs) => {
    vi.useFakeTimers();
    const { peer, stub } = alone();
    const calls = peer.at(math, 'cluster:1', options);
    (method === 'double' ? calls.double(1) : calls[method]()).catch(() => undefined);
    expect(lastCall(stub)).toMatchObject({ budgetMs });
    expect(vi.getTimerCount()).toBe(budgetMs === null ? 0 : 1);
  });

  test('that is no number is refused before anything is sent', async () => {
    const { peer, stub } = alone();
    const hopeless = peer.at(math, 'cluster:1', { timeoutMs: Number.NaN }).double(1);
    await expect(hopeless).rejects.toMatchObject({ code: 'INVALID_OPTION', details: { option: 'timeoutMs' } });
    expect(stub.sent).toStrictEqual([]);
  });

  test('missed ten thousand times leaves no entry and no timer, and cancels every call', async () => {
    vi.useFakeTimers();
    const { peer, stub } = alone();
    const { slow } = peer.at(math, 'cluster:1');
    const settled = Promise.allSettled(Array.from({ length: 10_000 }, () => slow()));
    expect(peer.inFlight).toBe(10_000);
    await vi.advanceTimersByTimeAsync(200);
    expect((await settled).every(({ status }) => status === 'rejected')).toBe(true);
    expect([peer.inFlight, vi.getTimerCount()]).toStrictEqual([0, 0]);
    expect(stub.of('cancel').map(({ id }) => id)).toStrictEqual(stub.of('call').map(({ id }) => id));
  });
});

describe('an abort', () => {
  test('rejects with CALL_ABORTED and its reason, and fires the handler’s signal', async () => {
    const { context, slow } = hanging();
    const { a } = facing({ slow });
    const control = new AbortController();
    const promise = a.at(math, 'cluster:1', { signal: control.signal }).slow();
    const { signal } = await context;
    const fired = once(signal, 'abort');
    control.abort(new Error('the user left'));
    await expect(promise).rejects.toMatchObject({ code: 'CALL_ABORTED', cause: { message: 'the user left' } });
    await fired;
    expect(a.inFlight).toBe(0);
  });

  test('before the call sends nothing', async () => {
    const { peer, stub } = alone();
    const promise = peer.at(math, 'cluster:1', { signal: AbortSignal.abort() }).double(1);
    await expect(promise).rejects.toMatchObject({ code: 'CALL_ABORTED' });
    expect(stub.sent).toStrictEqual([]);
  });

  test('after the answer does nothing, and nobody listens any more', async () => {
    const { peer, stub } = alone();
    const control = new AbortController();
    const promise = peer.at(math, 'cluster:1', { signal: control.signal }).double(1);
    stub.deliver(replyTo(lastCall(stub), ok(2)));
    await expect(promise).resolves.toBe(2);
    expect(getEventListeners(control.signal, 'abort')).toHaveLength(0);
    control.abort();
    expect(stub.of('cancel')).toStrictEqual([]);
  });

  test('of one call leaves the others alone', async () => {
    const { peer, stub, double } = alone();
    const control = new AbortController();
    const given = peer.at(math, 'cluster:1', { signal: control.signal }).double(1);
    const kept = double(2);
    control.abort();
    await expect(given).rejects.toMatchObject({ code: 'CALL_ABORTED' });
    stub.deliver(replyTo(lastCall(stub), ok(4)));
    await expect(kept).resolves.toBe(4);
  });
});

describe('an answer that nobody waits for', () => {
  test('late, after the deadline, is ignored', async () => {
    const { peer, stub } = alone();
    await expect(peer.at(math, 'cluster:1', { timeoutMs: 1 }).double(1)).rejects.toMatchObject({
      code: 'CALL_TIMEOUT',
    });
    stub.deliver(replyTo(lastCall(stub), ok(2)));
    expect(peer.inFlight).toBe(0);
  });

  test('twice, changes nothing the second time', async () => {
    const { stub, double } = alone();
    const promise = double(1);
    stub.deliver(replyTo(lastCall(stub), ok('first')));
    stub.deliver(replyTo(lastCall(stub), ok('second')));
    await expect(promise).resolves.toBe('first');
  });

  test('meant for the predecessor, is dropped', async () => {
    const { peer, stub, double } = alone();
    const promise = double(1);
    stub.deliver(replyTo(lastCall(stub), ok('old'), { incarnation: 4 }));
    expect(peer.inFlight).toBe(1);
    stub.deliver(replyTo(lastCall(stub), ok('new')));
    await expect(promise).resolves.toBe('new');
  });

  test('from a node that was not asked, is dropped', async () => {
    const { peer, stub, double } = alone();
    const promise = double(1);
    stub.deliver(replyTo(lastCall(stub), ok('forged'), { from: 'cluster:2' }));
    expect(peer.inFlight).toBe(1);
    stub.deliver(replyTo(lastCall(stub), ok('true')));
    await expect(promise).resolves.toBe('true');
  });
});

describe('the end of the line', () => {
  test('rejects every call in flight with its reason', async () => {
    const { peer, stub, double } = alone();
    const calls = [double(1), double(2)];
    stub.down('its process ended with exit code 1');
    const error = { code: 'LINK_CLOSED', details: { peer: 'the stub', reason: 'its process ended with exit code 1' } };
    for (const promise of calls) await expect(promise).rejects.toMatchObject(error);
    expect(peer.inFlight).toBe(0);
  });

  test('rejects the next call at once', async () => {
    const { stub, double } = alone();
    stub.down('gone');
    await expect(double(1)).rejects.toMatchObject({ code: 'LINK_CLOSED' });
  });

  test('while a handler works loses its answer in silence', async () => {
    let finish: (value: string) => void = () => undefined;
    let begun: () => void = () => undefined;
    const working = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const answer = new Promise<string>((resolve) => {
      finish = resolve;
    });
    const { a, toA } = facing({
      patient() {
        begun();
        return answer;
      },
    });
    const promise = a.at(math, 'cluster:1').patient();
    await working;
    toA.close('over');
    await expect(promise).rejects.toMatchObject({ code: 'LINK_CLOSED', details: { reason: 'over' } });
    finish('too late');
    await expect(answer).resolves.toBe('too late');
  });
});

describe('a node that is gone', () => {
  test('has the handlers that work for it given up, and no others', async () => {
    const stub = stubLink();
    const peer = new Peer({ self: 'cluster:9', incarnation: 1, link: stub.link });
    const signals = new Map<string, AbortSignal>();
    peer.serve(math, {
      ...idle,
      slow: (_, { from, signal }) => {
        signals.set(from, signal);
        return new Promise<string>(() => undefined);
      },
    });
    for (const from of ['cluster:1', 'cluster:2'] as const) {
      const key = { id: 1, incarnation: 1 };
      const body = encodeValue(undefined);
      stub.deliver({ kind: 'call', ...key, from, to: 'cluster:9', method: 'math.slow', budgetMs: null, body });
    }
    peer.answerer.forget('cluster:1');
    expect(signals.get('cluster:1')?.reason).toStrictEqual(new ShardliftError('CALLER_GONE', { caller: 'cluster:1' }));
    expect(signals.get('cluster:2')?.aborted).toBe(false);
  });
});
