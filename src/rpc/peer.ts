/** rpc/peer: the call brain of a node. One link in; calls out, handlers in. */
import { ShardliftError } from '../errors.ts';
import type { Link } from '../transport/link.ts';
import { type Address, type Destination, destinationText, distinct } from '../wire/address.ts';
import type { Frame, FrameOf, Member } from '../wire/frame.ts';
import { bodyOfValue } from '../wire/value.ts';
import { Answerer, type Handler } from './answerer.ts';
import { type Asker, type CallOptions, callerOf, type Limits, type Request } from './caller.ts';
import type { ClientOf, Contract, GroupClientOf, InputOf, OutputOf, Shape } from './contract.ts';
import type { Gathering } from './gathering.ts';
import { Pending, type Waiting } from './pending.ts';
import type { CallContext } from './served.ts';
import { settledOf } from './settled.ts';

/** A contract as its server implements it. */
export type HandlersOf<S extends Shape> = {
  readonly [K in keyof S]: (input: InputOf<S[K]>, context: CallContext) => OutputOf<S[K]> | Promise<OutputOf<S[K]>>;
};

/** Answers that nobody could use, since the start of the node. */
export interface ReplyCounts {
  /** Nobody waits for it any more: it came too late, or a second time. */
  late: number;
  /** A member of a group answered again. */
  duplicate: number;
  /** For an earlier incarnation of this node, or from a node that was not asked. */
  foreign: number;
}

/** A call to many that waits for answers. */
type GatheringCall = Waiting & { readonly gathering: Gathering };

/** Calls that are remembered after they were cut short: their other answers are on the road for a moment. */
const mostCutShort = 256;

/** Asks and answers over one link. */
export class Peer implements Asker {
  readonly self: Address;
  /** Answers that were dropped, by why. */
  readonly dropped: ReplyCounts = { late: 0, duplicate: 0, foreign: 0 };
  readonly #incarnation: number;
  readonly #link: Link;
  readonly #answerer: Answerer;
  /** Calls that ended with the first answer that was enough. */
  readonly #cutShort = new Set<number>();
  readonly #pending = new Pending((id, { to }) => this.#sendCancel(id, to));

  constructor(node: { readonly self: Address; readonly incarnation: number; readonly link: Link }) {
    this.self = node.self;
    this.#incarnation = node.incarnation;
    this.#link = node.link;
    this.#answerer = new Answerer({ self: node.self, send: (frame) => node.link.send(frame) });
    node.link.receive((frame) => this.#read(frame));
    void node.link.closed.then((reason) =>
      this.#pending.failAll(() => new ShardliftError('LINK_CLOSED', { peer: node.link.peer, reason })),
    );
  }

  /** Calls sent and not yet settled. */
  get inFlight(): number {
    return this.#pending.size;
  }

  /** Calls to one node sent and not yet settled. */
  inFlightTo(address: Address): number {
    return this.#pending.sizeTo(address);
  }

  /** Answers a contract from now on. @throws ShardliftError `DUPLICATE_HANDLER` when it is served already */
  serve<S extends Shape>(contract: Contract<S>, handlers: HandlersOf<S>): void {
    this.#answerer.add(
      Object.entries(handlers).map(([name, handler]) => [`${contract.name}.${name}`, handler as Handler]),
    );
  }

  /** What answers, for methods that come and go by names known at run time only: `family:NAME`. */
  get answerer(): Answerer {
    return this.#answerer;
  }

  /** The calls of a contract, aimed at one node. Cheap: one object. */
  at<S extends Shape>(contract: Contract<S>, to: Address, options: CallOptions = {}): ClientOf<S> {
    return callerOf(contract, { by: this, target: to, limits: options }) as ClientOf<S>;
  }

  /**
   * The calls of a contract, aimed at many nodes: one frame where they share a road, one answer of each.
   *
   * A call to many never rejects for what happens to a member: each has its own end, also the dead and the late.
   */
  atAll<S extends Shape>(contract: Contract<S>, to: readonly Address[], options: CallOptions = {}): GroupClientOf<S> {
    return callerOf(contract, { by: this, target: to, limits: options }) as GroupClientOf<S>;
  }

  /** Tells a node something; what {@link at} does for casts. */
  tell({ to, method, input }: Request, vital: boolean): void {
    const body = bodyOfValue(input);
    this.#link.send({ kind: 'cast', from: this.self, to: distinct(to), method, body, ...(vital && { vital }) });
  }

  /** Asks a node something; what {@link at} does for calls. Never throws: what goes wrong rejects. */
  ask(request: Request, limits: Limits): Promise<unknown> {
    try {
      return this.#start(request, limits);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #start({ to, method, input }: Request, limits: Limits): Promise<unknown> {
    const { timeoutMs, signal, label = method, wait, vital, enough } = limits;
    if (signal?.aborted) throw abortError({ method: label, to, signal });
    assertTimeout(timeoutMs);
    const body = bodyOfValue(input);
    if (to.length === 0) return Promise.resolve([]);
    const call = this.#pending.add({ method: label, to, timeoutMs, enough });
    const { id } = call;
    const result = signal === undefined ? call.promise : this.#abortable(call, { method: label, to, signal });
    const { self: from } = this;
    const incarnation = this.#incarnation;
    const all = distinct(to);
    const frame: FrameOf<'call'> = { kind: 'call', id, incarnation, from, to: all, method, budgetMs: timeoutMs, body };
    try {
      this.#link.send(wait || vital ? { ...frame, ...(wait && { wait }), ...(vital && { vital }) } : frame);
    } catch (error) {
      this.#pending.fail(id, () => error as Error);
    }
    return result;
  }

  async #abortable(
    call: { readonly id: number; readonly promise: Promise<unknown> },
    about: { readonly method: string; readonly to: Destination; readonly signal: AbortSignal },
  ): Promise<unknown> {
    const { signal } = about;
    const abort = (): void => {
      if (this.#pending.reject(call.id, abortError(about))) this.#sendCancel(call.id, about.to);
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await call.promise;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  #sendCancel(id: number, to: Destination): void {
    try {
      this.#link.send({ kind: 'cancel', id, incarnation: this.#incarnation, from: this.self, to });
    } catch {
      // Accepted loss: the line is down, so the far side learns of our end anyway.
    }
  }

  #read(frame: Frame): void {
    if (frame.kind === 'call') this.#answerer.answer(frame);
    else if (frame.kind === 'cast') void this.#answerer.take(frame);
    else if (frame.kind === 'reply') this.#settle(frame);
    else if (frame.kind === 'cancel') this.#answerer.cancelled(frame);
    // hello and bye belong to the router.
  }

  #settle({ id, incarnation, from, outcome }: FrameOf<'reply'>): void {
    // An answer to our predecessor: that cluster is gone, and so is its question.
    if (incarnation !== this.#incarnation) {
      this.dropped.foreign += 1;
      return;
    }
    const waiting = this.#pending.get(id);
    if (waiting === undefined) this.dropped.late += this.#cutShort.has(id) ? 0 : 1;
    else if (waiting.gathering !== undefined) {
      const members = outcome.kind === 'gathered' ? outcome.members : [{ from, outcome }];
      this.#gather(id, waiting as GatheringCall, members);
    }
    // Somebody answers who was not asked, or for many where one was asked.
    else if (waiting.to !== from || outcome.kind === 'gathered') this.dropped.foreign += 1;
    else {
      const settled = settledOf({ from, outcome }, waiting.method);
      if (settled.ok) this.#pending.resolve(id, settled.value);
      else this.#pending.reject(id, settled.error);
    }
  }

  #gather(id: number, waiting: GatheringCall, members: readonly Member[]): void {
    const { gathering, method, enough } = waiting;
    let done = false;
    for (const member of members) {
      const settled = settledOf(member, method);
      const end = gathering.take(member.from, settled);
      if (end !== 'taken') this.dropped[end] += 1;
      else if (enough !== undefined && settled.ok) done ||= enough(settled.value);
    }
    if (gathering.complete) this.#pending.resolve(id, gathering.results());
    else if (done) this.#cutOff(id, waiting);
  }

  /** What came is enough; answers that are under way already are nobody's fault. */
  #cutOff(id: number, { method, to }: GatheringCall): void {
    this.#cutShort.add(id);
    const [oldest] = this.#cutShort;
    if (this.#cutShort.size > mostCutShort && oldest !== undefined) this.#cutShort.delete(oldest);
    this.#pending.fail(id, (member) => new ShardliftError('CALL_ABORTED', { method, to: destinationText(member) }));
    this.#sendCancel(id, to);
  }
}

function abortError(about: {
  readonly method: string;
  readonly to: Destination;
  readonly signal: AbortSignal;
}): ShardliftError {
  const details = { method: about.method, to: destinationText(about.to) };
  return new ShardliftError('CALL_ABORTED', details, { cause: about.signal.reason });
}

function assertTimeout(timeoutMs: number | null): void {
  if (timeoutMs === null || (typeof timeoutMs === 'number' && !Number.isNaN(timeoutMs))) return;
  const expected = 'a number of milliseconds, or null for no deadline';
  throw new ShardliftError('INVALID_OPTION', { option: 'timeoutMs', expected, received: String(timeoutMs) });
}
