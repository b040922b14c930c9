/** routing/line: a link with the calls that went out on it. */
import type { Link } from '../transport/link.ts';
import type { Address, Destination } from '../wire/address.ts';
import { CallBook, type Called } from '../wire/call-book.ts';
import type { FrameOf } from '../wire/frame.ts';
import type { Collector } from './collector.ts';

/** Where the answer to a call goes: back on the line it came by, into a collector, or (`undefined`) to the own peer. */
export type Via = Line | Collector | undefined;

/** A call that went out on a line, and whose answers are still to come. */
export interface Flying extends Called {
  readonly to: Destination;
  readonly via: Via;
  /** The members of a group that have not answered; `undefined` for a single node. */
  readonly missing: Set<Address> | undefined;
}

/** What is to be remembered of a call that was sent on. */
export function flyingOf(call: FrameOf<'call'>, via: Via): Flying {
  const { id, incarnation, from, to } = call;
  return { id, incarnation, from, to, via, missing: typeof to === 'string' ? undefined : new Set(to) };
}

/** A link with the calls that went out on it. */
export class Line {
  readonly link: Link;
  readonly #calls = new CallBook<Flying>();
  /** A second part of one call to many, for another node beyond this line, by call and node. */
  readonly #parts = new Map<string, Flying>();

  constructor(link: Link) {
    this.link = link;
  }

  /** Keeps a call until it is answered, given up, or the line ends. A second part to other nodes is kept beside it. */
  remember(call: Flying): void {
    if (this.#calls.get(call, call.from) === undefined) this.#calls.add(call);
    else this.#parts.set(partName(call, call), call);
  }

  /** It never left, or needs no answer any more. */
  forget(call: Flying): void {
    if (this.#calls.get(call, call.from) === call) this.#calls.take(call, call.from);
    else this.#parts.delete(partName(call, call));
  }

  /** Notes the answers of a reply. @returns the call it answers, if it is one that went out here */
  answered(reply: FrameOf<'reply'>): Flying | undefined {
    const { from, to, outcome } = reply;
    const each = outcome.kind === 'gathered';
    const first = this.#calls.get(reply, to);
    const fits = first !== undefined && (first.missing === undefined ? first.to === from : each);
    const call = fits ? first : this.#part(reply);
    if (call?.missing !== undefined && each) for (const member of outcome.members) call.missing.delete(member.from);
    if (call !== undefined && (call.missing === undefined || call.missing.size === 0)) this.forget(call);
    return call;
  }

  #part({ id, incarnation, from, to, outcome }: FrameOf<'reply'>): Flying | undefined {
    if (this.#parts.size === 0) return undefined;
    return this.#parts.get(partName({ id, incarnation, from: to }, { to: outcome.kind === 'gathered' ? [] : from }));
  }

  /** Takes the calls that a test finds; they are forgotten. */
  take(test: (call: Flying) => boolean): readonly Flying[] {
    const parts = [...this.#parts].filter(([, call]) => test(call));
    for (const [name] of parts) this.#parts.delete(name);
    return [...this.#calls.takeAll(test), ...parts.map(([, call]) => call)];
  }

  /** Takes a call that was given up, with all parts of one to many. */
  takeCancelled(cancel: FrameOf<'cancel'>): readonly Flying[] {
    const { from, to } = cancel;
    const first = this.#calls.take(cancel, from);
    const taken = first === undefined ? [] : [first];
    if (this.#parts.size === 0 || typeof to === 'string') return taken;
    const names = [partName(cancel, { to }), ...to.map((member) => partName(cancel, { to: member }))];
    for (const name of names) {
      const part = this.#parts.get(name);
      if (part !== undefined) taken.push(part);
      this.#parts.delete(name);
    }
    return taken;
  }
}

const partName = ({ id, incarnation, from }: Called, { to }: { readonly to: Destination }): string =>
  `${from}/${incarnation}/${id}>${typeof to === 'string' ? to : '*'}`;
