/** routing/line: a link with the calls that went out on it. */
import type { Link } from '../transport/link.ts';
import type { Address, Destination } from '../wire/address.ts';
import { CallTable } from '../wire/call-table.ts';
import type { CallKey, FrameOf } from '../wire/frame.ts';
import type { Collector } from './collector.ts';

/** Where the answer to a call goes: back on the line it came by, into a collector, or (`undefined`) to the own peer. */
export type Via = Line | Collector | undefined;

/** A call as a map knows it: its own calls by their number, which is quick, those of others by caller and number. */
export type CallName = number | string;

/** A call that went out on a line, and whose answers are still to come. */
export interface Flying extends CallKey {
  readonly from: Address;
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
  readonly #own = new CallTable<Flying>();
  /** By name; a second part of one call to many, for another node beyond this line, by its name and that node. */
  readonly #foreign = new Map<string, Flying>();

  constructor(link: Link) {
    this.link = link;
  }

  /** Remembers a call. @returns what to {@link forget} it by */
  remember(name: CallName, call: Flying): CallName {
    const own = this.#get(name) === undefined ? name : partName(name, call);
    if (typeof own === 'number') this.#own.add(call);
    else this.#foreign.set(own, call);
    return own;
  }

  /** Forgets a call. @returns what was remembered of it */
  forget(name: CallName): Flying | undefined {
    if (typeof name === 'number') return this.#own.take(name);
    const call = this.#foreign.get(name);
    this.#foreign.delete(name);
    return call;
  }

  #get(name: CallName): Flying | undefined {
    return typeof name === 'number' ? this.#own.get(name) : this.#foreign.get(name);
  }

  /** Notes the answers of a reply. @returns the call it answers, if it is one that went out here */
  answered(name: CallName, reply: FrameOf<'reply'>): Flying | undefined {
    const { from, outcome } = reply;
    const each = outcome.ok === 'each';
    const first = this.#get(name);
    const fits = first !== undefined && (first.missing === undefined ? first.to === from : each);
    const own = fits ? name : `${name}>${each ? '*' : from}`;
    const call = fits ? first : this.#get(own);
    if (call?.missing !== undefined && each) for (const member of outcome.members) call.missing.delete(member.from);
    if (call?.missing === undefined || call.missing.size === 0) this.forget(own);
    return call;
  }

  /** Takes the calls that a test finds; they are forgotten. */
  take(test: (call: Flying) => boolean): readonly Flying[] {
    const own = this.#own.rows().filter(test);
    for (const { id } of own) this.#own.take(id);
    const foreign = [...this.#foreign].filter(([, call]) => test(call));
    for (const [name] of foreign) this.#foreign.delete(name);
    return [...own, ...foreign.map(([, call]) => call)];
  }

  /** Takes a call, or all parts of one to many. */
  takeNamed(name: CallName, to: Destination): readonly Flying[] {
    const names = typeof to === 'string' ? [name] : [name, `${name}>*`, ...to.map((member) => `${name}>${member}`)];
    return names.flatMap((one) => this.forget(one) ?? []);
  }
}

const partName = (name: CallName, { to }: Flying): string => `${name}>${typeof to === 'string' ? to : '*'}`;
