/** rpc/served: what a handler learns about the call it answers. */
import type { Address } from '../wire/address.ts';
import type { FrameOf } from '../wire/frame.ts';

/** What a handler learns about the call it answers. */
export interface CallContext {
  readonly from: Address;
  /** Fires when the caller gives up, times out or dies. */
  readonly signal: AbortSignal;
  /** What was left of the caller's deadline on arrival, in ms; `null` for none. */
  readonly budgetMs: number | null;
}

/** A call being answered. Its signal is made when the handler looks at it: most never do, and it is not cheap. */
export class Served implements CallContext {
  readonly id: number;
  readonly incarnation: number;
  readonly from: Address;
  readonly budgetMs: number | null;
  #control: AbortController | undefined;
  #ended: { readonly reason: unknown } | undefined;

  constructor({ id, incarnation, from, budgetMs }: Pick<FrameOf<'call'>, 'id' | 'incarnation' | 'from' | 'budgetMs'>) {
    this.id = id;
    this.incarnation = incarnation;
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

  /** Fires the signal, now or when it is first looked at. */
  abort(reason?: unknown): void {
    this.#ended = { reason };
    this.#control?.abort(reason);
  }
}
