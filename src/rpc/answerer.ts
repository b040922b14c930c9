/** rpc/answerer: the handlers of a node, and the calls they work on. */
import { isShardliftError, ShardliftError } from '../errors.ts';
import type { Address } from '../wire/address.ts';
import { CallBook } from '../wire/call-book.ts';
import { toFault } from '../wire/fault.ts';
import type { Frame, FrameOf, Outcome } from '../wire/frame.ts';
import { bodyOfValue, decodeValue } from '../wire/value.ts';
import { type CallContext, Served } from './served.ts';
import { isThenable } from './thenable.ts';

/** Answers one method. */
export type Handler = (input: unknown, context: CallContext) => unknown;

/** Answers calls and takes casts. */
export class Answerer {
  readonly #self: Address;
  readonly #send: (frame: Frame) => void;
  readonly #handlers = new Map<string, Handler>();
  readonly #families = new Map<string, (name: string) => Error>();
  readonly #served = new CallBook<Served>();

  /** @param node - who answers, and how its replies leave */
  constructor(node: { readonly self: Address; readonly send: (frame: Frame) => void }) {
    this.#self = node.self;
    this.#send = node.send;
  }

  /** Answers some methods from now on: all of them, or none when one is taken. @throws ShardliftError `DUPLICATE_HANDLER` */
  add(handlers: readonly (readonly [method: string, handler: Handler])[]): void {
    const taken = handlers.find(([method]) => this.#handlers.has(method));
    if (taken !== undefined) throw new ShardliftError('DUPLICATE_HANDLER', { name: taken[0] });
    for (const [method, handler] of handlers) this.#handlers.set(method, handler);
  }

  /** Stops answering a method. */
  remove(method: string): void {
    this.#handlers.delete(method);
  }

  /** Says what a caller is told of a method `family:NAME` that nobody answers. */
  openFamily(family: string, refusal: (name: string) => Error): void {
    this.#families.set(family, refusal);
  }

  /** Aborts the handlers that work for a node that is gone. */
  forget(address: Address): void {
    const error = new ShardliftError('CALLER_GONE', { caller: address });
    for (const served of this.#served.takeAll(({ from }) => from === address)) served.abort(error);
  }

  /** A caller does not wait any more. */
  cancelled(frame: FrameOf<'cancel'>): void {
    // Taken out: a handler that never ends must not be remembered for ever.
    this.#served.take(frame, frame.from)?.abort();
  }

  /** Takes a cast. */
  async take(frame: FrameOf<'cast'>): Promise<void> {
    const context: CallContext = new Served({ id: 0, incarnation: 0, from: frame.from, budgetMs: null });
    try {
      await this.#handlers.get(frame.method)?.(decodeValue(frame.body), context);
    } catch (error) {
      // Nobody waits for a cast; a throwing handler must not end the process, but it must not be silent either.
      const { message, stack } = toFault(error);
      const warning = `${frame.method}, told by ${frame.from}, failed: ${message}`;
      process.emitWarning(warning, { type: 'ShardliftCastFailed', ...(stack === undefined ? {} : { detail: stack }) });
    }
  }

  /** Answers a call, now or later. */
  answer(frame: FrameOf<'call'>): void {
    const handler = this.#handlers.get(frame.method);
    if (handler === undefined) {
      this.#reply(frame, { kind: 'failure', by: 'route', fault: toFault(this.#refusalOf(frame.method)) });
      return;
    }
    const served = new Served(frame);
    try {
      const value = handler(decodeValue(frame.body), served);
      // What is there already is answered at once: a promise would cost turns of the queue.
      if (!isThenable(value)) {
        this.#reply(frame, { kind: 'value', body: bodyOfValue(value) });
        return;
      }
      this.#served.add(served);
      void this.#answerLater(frame, value);
    } catch (error) {
      this.#reply(frame, outcomeOfThrow(error));
    }
  }

  #refusalOf(method: string): Error {
    const colon = method.indexOf(':');
    const refusal = colon < 0 ? undefined : this.#families.get(method.slice(0, colon));
    return refusal?.(method.slice(colon + 1)) ?? new ShardliftError('NO_METHOD', { method, on: this.#self });
  }

  async #answerLater(frame: FrameOf<'call'>, value: PromiseLike<unknown>): Promise<void> {
    let outcome: Outcome;
    try {
      outcome = { kind: 'value', body: bodyOfValue(await value) };
    } catch (error) {
      outcome = outcomeOfThrow(error);
    }
    this.#served.take(frame, frame.from);
    this.#reply(frame, outcome);
  }

  #reply(call: FrameOf<'call'>, outcome: Outcome): void {
    const { id, incarnation, from: to } = call;
    try {
      this.#send({ kind: 'reply', id, incarnation, from: this.#self, to, outcome });
    } catch (error) {
      // The caller must not wait for an answer that cannot travel. Any other failure is an accepted loss: the line is
      // down, so the caller has been told of that already.
      if (!isShardliftError(error, 'FRAME_TOO_LARGE') && !isShardliftError(error, 'OVERLOADED')) return;
      this.#reply(call, { kind: 'failure', by: 'handler', fault: toFault(error) });
    }
  }
}

function outcomeOfThrow(error: unknown): Outcome {
  const fault = toFault(error);
  // A name nobody answers is the road's news: no handler ran.
  const noHandler = fault.details !== undefined && fault.code === 'NO_HANDLER';
  return { kind: 'failure', by: noHandler ? 'route' : 'handler', fault };
}
