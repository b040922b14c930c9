/** routing/serving: the calls that this node's own peer works on, with the way back of each answer. */
import { CallBook } from '../wire/call-book.ts';
import type { FrameOf } from '../wire/frame.ts';
import { type Flying, flyingOf, type Via } from './line.ts';

/** Remembers where the answers of the own peer go. */
export class Serving {
  readonly #calls = new CallBook<Flying>();
  /** The call the peer is being given right now: most are answered before it returns, and need no entry. */
  #now: { readonly call: FrameOf<'call'>; readonly via: Via } | undefined;

  /** Gives a call to the peer and remembers it, unless it is answered there and then. */
  give(call: FrameOf<'call'>, via: Via, deliver: (frame: FrameOf<'call'>) => void): void {
    const outer = this.#now;
    const now = { call, via };
    this.#now = now;
    deliver(call);
    if (this.#now === now) this.#calls.add(flyingOf(call, via));
    this.#now = outer;
  }

  /** The peer has answered. @returns the way back, or `undefined` when the call was given up meanwhile */
  answered(reply: FrameOf<'reply'>): { readonly via: Via } | undefined {
    const now = this.#now;
    if (
      now !== undefined &&
      now.call.id === reply.id &&
      now.call.incarnation === reply.incarnation &&
      now.call.from === reply.to
    ) {
      this.#now = undefined;
      return now;
    }
    return this.#calls.take(reply, reply.to);
  }

  /** A caller gave up. @returns whether the peer works on its call */
  forget(cancel: FrameOf<'cancel'>): boolean {
    return this.#calls.take(cancel, cancel.from) !== undefined;
  }

  /** The calls that a test finds by their way back; they are forgotten. */
  takeBy(test: (via: Via) => boolean): readonly Flying[] {
    return this.#calls.takeAll(({ via }) => test(via));
  }
}
