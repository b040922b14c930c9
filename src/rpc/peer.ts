/** rpc/peer: the call brain of a node. One link in; calls out, handlers in. */
import { isShardliftError, ShardliftError } from '../errors.ts';
import type { Link } from '../transport/link.ts';
import type { Address } from '../wire/address.ts';
import type { Body } from '../wire/body.ts';
import { fromFault, toFault } from '../wire/fault.ts';
import type { Frame, FrameOf, Outcome } from '../wire/frame.ts';
import { decodeValue, encodeValue } from '../wire/value.ts';
import { type Asker, type CallOptions, callerOf, type Limits } from './caller.ts';
import type { ClientOf, Contract, InputOf, OutputOf, Shape } from './contract.ts';
import { Pending } from './pending.ts';

/** What a handler learns about the call it answers. */
export interface CallContext {
  readonly from: Address;
  /** Fires when the caller gives up, times out or dies. */
  readonly signal: AbortSignal;
  /** What was left of the caller's deadline on arrival, in ms; `null` for none. */
  readonly budgetMs: number | null;
}

/** A contract as its server implements it. */
export type HandlersOf<S extends Shape> = {
  readonly [K in keyof S]: (input: InputOf<S[K]>, context: CallContext) => OutputOf<S[K]> | Promise<OutputOf<S[K]>>;
};

type Handler = (input: unknown, context: CallContext) => unknown;

/** A call being answered. Its signal is made when the handler looks at it: most never do, and it is not cheap. */
class Served implements CallContext {
  readonly from: Address;
  readonly budgetMs: number | null;
  #control: AbortController | undefined;
  #ended: { readonly reason: unknown } | undefined;

  constructor(from: Address, budgetMs: number | null) {
    this.from = from;
    this.budgetMs = budgetMs;
  }

  get signal(): AbortSignal {
    if (this.#control === undefined) {
      this.#control = new AbortController();
      if (this.#ended !== undefined) this.#control.abort(this.#ended.reason);
    }
    return this.#control.signal;
  }

  abort(reason?: unknown): void {
    this.#ended = { reason };
    this.#control?.abort(reason);
  }
}

/** Asks and answers over one link. */
export class Peer implements Asker {
  readonly self: Address;
  readonly #incarnation: number;
  readonly #link: Link;
  readonly #handlers = new Map<string, Handler>();
  readonly #served = new Map<string, Served>();
  readonly #pending = new Pending((id, { to }) => this.#sendCancel(id, to));

  constructor(node: { readonly self: Address; readonly incarnation: number; readonly link: Link }) {
    this.self = node.self;
    this.#incarnation = node.incarnation;
    this.#link = node.link;
    node.link.receive((frame) => this.#read(frame));
    void node.link.closed.then((reason) =>
      this.#pending.rejectAll(() => new ShardliftError('LINK_CLOSED', { peer: node.link.peer, reason })),
    );
  }

  /** Calls sent and not yet settled. */
  get inFlight(): number {
    return this.#pending.size;
  }

  /** Answers a contract from now on. @throws ShardliftError `DUPLICATE_HANDLER` when it is served already */
  serve<S extends Shape>(contract: Contract<S>, handlers: HandlersOf<S>): void {
    const added = Object.entries(handlers).map(([name, handler]) => [`${contract.name}.${name}`, handler] as const);
    const taken = added.find(([method]) => this.#handlers.has(method));
    if (taken !== undefined) throw new ShardliftError('DUPLICATE_HANDLER', { name: taken[0] });
    for (const [method, handler] of added) this.#handlers.set(method, handler as Handler);
  }

  /** The calls of a contract, aimed at one node. Cheap: one object. */
  at<S extends Shape>(contract: Contract<S>, to: Address, options: CallOptions = {}): ClientOf<S> {
    return callerOf(contract, { by: this, target: to, limits: options });
  }

  /** Aborts the handlers that work for a node that is gone. */
  forget(address: Address): void {
    for (const served of this.#served.values()) {
      if (served.from === address) served.abort(new ShardliftError('CALLER_GONE', { caller: address }));
    }
  }

  /** Tells a node something; what {@link at} does for casts. */
  tell(to: Address, method: string, input: unknown): void {
    this.#link.send({ kind: 'cast', from: this.self, to, method, body: encodeValue(input) });
  }

  /** Asks a node something; what {@link at} does for calls. Never throws: what goes wrong rejects. */
  ask(
    request: { readonly to: Address; readonly method: string; readonly input: unknown },
    limits: Limits,
  ): Promise<unknown> {
    try {
      return this.#start(request, limits);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #start(
    { to, method, input }: { readonly to: Address; readonly method: string; readonly input: unknown },
    { timeoutMs, signal, label = method }: Limits,
  ): Promise<unknown> {
    if (signal?.aborted) throw new ShardliftError('CALL_ABORTED', { method: label, to }, { cause: signal.reason });
    assertTimeout(timeoutMs);
    const body = encodeValue(input);
    const call = this.#pending.add({ method: label, to, timeoutMs });
    const { id } = call;
    const result = signal === undefined ? call.promise : this.#abortable(call, { method: label, to, signal });
    try {
      const incarnation = this.#incarnation;
      this.#link.send({ kind: 'call', id, incarnation, from: this.self, to, method, budgetMs: timeoutMs, body });
    } catch (error) {
      this.#pending.reject(id, error as Error);
    }
    return result;
  }

  async #abortable(
    call: { readonly id: number; readonly promise: Promise<unknown> },
    { method, to, signal }: { readonly method: string; readonly to: Address; readonly signal: AbortSignal },
  ): Promise<unknown> {
    const abort = (): void => {
      const error = new ShardliftError('CALL_ABORTED', { method, to }, { cause: signal.reason });
      if (this.#pending.reject(call.id, error)) this.#sendCancel(call.id, to);
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await call.promise;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  #sendCancel(id: number, to: Address): void {
    try {
      this.#link.send({ kind: 'cancel', id, incarnation: this.#incarnation, from: this.self, to });
    } catch {
      // Accepted loss: the line is down, so the far side learns of our end anyway.
    }
  }

  #read(frame: Frame): void {
    if (frame.kind === 'call') this.#answer(frame);
    else if (frame.kind === 'cast') void this.#take(frame);
    else if (frame.kind === 'reply') this.#settle(frame);
    else if (frame.kind === 'cancel') this.#giveUp(frame);
    // hello and bye belong to the router.
  }

  #giveUp(frame: FrameOf<'cancel'>): void {
    const key = servedKey(frame);
    this.#served.get(key)?.abort();
    // A handler that never ends must not be remembered for ever.
    this.#served.delete(key);
  }

  #settle(frame: FrameOf<'reply'>): void {
    // An answer to our predecessor: that cluster is gone, and so is its question.
    if (frame.incarnation !== this.#incarnation) return;
    const waiting = this.#pending.get(frame.id);
    // Nobody waits any more, or somebody answers who was not asked.
    if (waiting === undefined || waiting.to !== frame.from) return;
    const { outcome } = frame;
    if (outcome.ok) this.#resolve(frame, waiting.method, outcome.body);
    else this.#pending.reject(frame.id, failureOf(frame, waiting.method, outcome));
  }

  #resolve(frame: FrameOf<'reply'>, method: string, body: Body): void {
    try {
      this.#pending.resolve(frame.id, decodeValue(body));
    } catch (error) {
      const details = { method, from: frame.from, reason: toFault(error).message };
      this.#pending.reject(frame.id, new ShardliftError('UNREADABLE', details, { cause: error }));
    }
  }

  async #take(frame: FrameOf<'cast'>): Promise<void> {
    const context: CallContext = { from: frame.from, signal: new AbortController().signal, budgetMs: null };
    try {
      await this.#handlers.get(frame.method)?.(decodeValue(frame.body), context);
    } catch (error) {
      // Nobody waits for a cast; a throwing handler must not end the process, but it must not be silent either.
      const { message, stack } = toFault(error);
      const warning = `${frame.method}, told by ${frame.from}, failed: ${message}`;
      process.emitWarning(warning, { type: 'ShardliftCastFailed', ...(stack === undefined ? {} : { detail: stack }) });
    }
  }

  #answer(frame: FrameOf<'call'>): void {
    const handler = this.#handlers.get(frame.method);
    if (handler === undefined) {
      const error = new ShardliftError('NO_METHOD', { method: frame.method, on: this.self });
      this.#reply(frame, { ok: false, by: 'route', fault: toFault(error) });
      return;
    }
    const served = new Served(frame.from, frame.budgetMs);
    try {
      const value = handler(decodeValue(frame.body), served);
      // What is there already is answered at once: a promise would cost turns of the queue.
      if (!isThenable(value)) {
        this.#reply(frame, { ok: true, body: encodeValue(value) });
        return;
      }
      this.#served.set(servedKey(frame), served);
      void this.#answerLater(frame, value);
    } catch (error) {
      this.#reply(frame, outcomeOfThrow(error));
    }
  }

  async #answerLater(frame: FrameOf<'call'>, value: PromiseLike<unknown>): Promise<void> {
    let outcome: Outcome;
    try {
      outcome = { ok: true, body: encodeValue(await value) };
    } catch (error) {
      outcome = outcomeOfThrow(error);
    }
    this.#served.delete(servedKey(frame));
    this.#reply(frame, outcome);
  }

  #reply(call: FrameOf<'call'>, outcome: Outcome): void {
    const { id, incarnation, from: to } = call;
    try {
      this.#link.send({ kind: 'reply', id, incarnation, from: this.self, to, outcome });
    } catch (error) {
      // The caller must not wait for an answer that cannot travel. Any other failure is an accepted loss: the line is
      // down, so the caller has been told of that already.
      if (!isShardliftError(error, 'FRAME_TOO_LARGE')) return;
      this.#reply(call, { ok: false, by: 'handler', fault: toFault(error) });
    }
  }
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';

function outcomeOfThrow(error: unknown): Outcome {
  const fault = toFault(error);
  // A name nobody answers is the road's news: no handler ran.
  const noHandler = fault.details !== undefined && fault.code === 'NO_HANDLER';
  return { ok: false, by: noHandler ? 'route' : 'handler', fault };
}

const servedKey = (frame: FrameOf<'call'> | FrameOf<'cancel'>): string =>
  `${frame.from}/${frame.incarnation}/${frame.id}`;

function failureOf(frame: FrameOf<'reply'>, method: string, outcome: Extract<Outcome, { ok: false }>): Error {
  const error = fromFault(outcome.fault);
  if (outcome.by === 'route') return error;
  const details = { method, on: frame.from, message: error.message };
  return new ShardliftError('HANDLER_FAILED', details, { cause: error });
}

function assertTimeout(timeoutMs: number | null): void {
  if (timeoutMs === null || (typeof timeoutMs === 'number' && !Number.isNaN(timeoutMs))) return;
  const expected = 'a number of milliseconds, or null for no deadline';
  throw new ShardliftError('INVALID_OPTION', { option: 'timeoutMs', expected, received: String(timeoutMs) });
}
