/** routing/collector: gathers the answers to a call that was spread for somebody else, so that one reply goes back. */
import type { Address } from '../wire/address.ts';
import { bodyWeight } from '../wire/body.ts';
import type { FrameOf, Member } from '../wire/frame.ts';
import type { Line } from './line.ts';

/** Answers of more bytes than this go back before the rest is there: what waits here is memory, and time of the reader. */
const partBytes = 256 * 1024;

/** The answers to one spread call. */
export class Collector {
  /** The line of the caller. */
  readonly via: Line;
  readonly #call: FrameOf<'call'>;
  readonly #send: (line: Line, reply: FrameOf<'reply'>) => void;
  readonly #self: Address;
  readonly #missing: Set<Address>;
  #members: Member[] = [];
  #bytes = 0;

  constructor(spread: {
    readonly self: Address;
    readonly call: FrameOf<'call'> & { readonly to: readonly Address[] };
    readonly via: Line;
    readonly send: (line: Line, reply: FrameOf<'reply'>) => void;
  }) {
    this.via = spread.via;
    this.#self = spread.self;
    this.#call = spread.call;
    this.#send = spread.send;
    this.#missing = new Set(spread.call.to);
  }

  /** Takes the answers in a reply, each member's first. @returns whether some are held back for others to come */
  take({ from, outcome }: FrameOf<'reply'>): boolean {
    for (const member of outcome.kind === 'gathered' ? outcome.members : [{ from, outcome }]) {
      if (!this.#missing.delete(member.from)) continue;
      this.#members.push(member);
      if (member.outcome.kind === 'value') this.#bytes += bodyWeight(member.outcome.body);
    }
    if (this.#missing.size === 0 || this.#bytes >= partBytes) this.flush();
    return this.#members.length > 0;
  }

  /** Sends what is there. */
  flush(): void {
    if (this.#members.length === 0) return;
    const members = this.#members;
    this.#members = [];
    this.#bytes = 0;
    const { id, incarnation, from: to } = this.#call;
    this.#send(this.via, {
      kind: 'reply',
      id,
      incarnation,
      from: this.#self,
      to,
      outcome: { kind: 'gathered', members },
    });
  }
}
