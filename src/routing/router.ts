/** routing/router: the switchboard of a node. Looks at `to`, picks a line, never opens a body. */
import { ShardliftError } from '../errors.ts';
import type { Link } from '../transport/link.ts';
import { type Address, isGroup } from '../wire/address.ts';
import { type Frame, type FrameOf, snapshotFrame } from '../wire/frame.ts';
import { Collector } from './collector.ts';
import type { Saying } from './held.ts';
import { Line, type Via } from './line.ts';
import { checkGreeting, type LineEnd, Lines, type LossListener } from './lines.ts';
import { Linger } from './linger.ts';
import { addressed, maxHops, passed, tooManyHops } from './passing.ts';
import { Postponed, type Unicast } from './postponed.ts';
import { type DropCounts, Sender } from './sender.ts';
import { Serving } from './serving.ts';
import { afterWait } from './waiting-room.ts';

/** What a router is told of the node it serves. */
export interface RouterSetup {
  readonly self: Address;
  /** The way of a call to many: `'uplink'` (default) lets the node there spread it, `'lines'` takes a line to each. */
  readonly spread?: 'uplink' | 'lines';
}

/** A call or a cast for many. */
type Multicast = FrameOf<'call' | 'cast'> & { readonly to: readonly Address[] };

/**
 * Forwards frames between lines and answers for the dead: when a line closes, the calls that went out on it are refused
 * at once, and those that came by it are cancelled where they went. An answer takes the road of its call.
 */
export class Router {
  /** The line of this node's own peer. */
  readonly local: Link;
  readonly #self: Address;
  readonly #spreadBy: 'uplink' | 'lines';
  readonly #lines: Lines;
  readonly #sender: Sender;
  readonly #serving = new Serving();
  readonly #postponed: Postponed;
  readonly #linger = new Linger();
  readonly #lossListeners: LossListener[] = [];
  #read: (frame: Frame) => void = () => undefined;
  /** Asked for a line of its own to a node, at the first frame for it; `true` when it is being opened. */
  openLine: (to: Address) => boolean = () => false;
  /** Asked whether a node without a line is worth waiting for. */
  mayCome: (to: Address) => boolean = () => false;
  /** Asked why a node without a line will never have one; `undefined` when it may, or nobody knows. */
  whyNever: (to: Address) => string | undefined = () => undefined;

  constructor({ self, spread = 'uplink' }: RouterSetup) {
    this.#self = self;
    this.#spreadBy = spread;
    this.#lines = new Lines(self);
    this.#sender = new Sender((via, reply) => this.#give(via, reply));
    this.#postponed = new Postponed({
      lines: this.#lines,
      sender: this.#sender,
      openLine: (to) => this.openLine(to),
      mayCome: (to) => this.mayCome(to),
    });
    this.local = {
      peer: `${self} itself`,
      send: (frame) => this.#send(frame),
      receive: (reader) => {
        this.#read = reader;
      },
      // The line of a node to itself lives as long as the node.
      closed: new Promise(() => undefined),
      close: () => undefined,
    };
  }

  /** Frames that were lost, since the start of the node. */
  get dropped(): Readonly<DropCounts> {
    return this.#sender.dropped;
  }

  /**
   * Takes a line to one node. A newer line to the same node replaces the older one.
   *
   * @param ready - `false` while the node does not answer requests yet: those that may wait do so, see {@link ready}
   */
  attach(address: Address, link: Link, { ready = true }: { readonly ready?: boolean } = {}): void {
    if (!ready) this.#postponed.setReady(address, false);
    const line = this.#lines.add(address, link, (lost, end) => this.#lost(lost, address, end));
    this.#lines.greet(link);
    // What waited for this very line goes before what is said to the first frames that it brings.
    this.#release(address);
    this.#listen(line);
    if (ready) this.ready(address);
  }

  /** Takes a line down there and then, so that its end is told before another takes its place. */
  detach(address: Address, link: Link, reason: string): void {
    const line = this.#lines.remove(address, link);
    link.close(reason);
    if (line !== undefined) this.#lost(line, address, { reason, current: true });
  }

  /** Says nothing more to a node: whoever asks it is refused with the reason. The line stays open, and is heard. */
  forsake(address: Address, link: Link, reason: string): void {
    const line = this.#lines.remove(address, link);
    if (line !== undefined) this.#lost(line, address, { reason, current: true });
    this.#postponed.refuse(reason, address);
  }

  /** Takes the line to the node that knows all others; frames for nodes without a line of their own go there. */
  attachUplink(address: Address, link: Link): void {
    const line = this.#lines.addUplink(link, (lost, end) => {
      this.#lost(lost, address, end);
      if (end.current) for (const to of this.#postponed.opening) this.takeUplink(to);
    });
    this.#lines.greet(link);
    this.#listen(line);
  }

  /** There will be no line of its own to a node: what waited for one takes the uplink. */
  takeUplink(to: Address): void {
    this.#release(to);
  }

  /** A node answers requests from now on: those that waited for it go to it. */
  ready(address: Address): void {
    this.#postponed.setReady(address, true);
    for (const waiting of this.#postponed.takeWaiting(address)) this.#forward(afterWait(waiting), waiting.via);
  }

  /** A node is gone, though its line may not have ended yet: what may wait does, until the next line to it. */
  unready(address: Address): void {
    if (this.#lines.to(address) !== undefined) this.#postponed.setReady(address, false);
  }

  /** A node will not come: what waited for it is refused with `NO_ROUTE`. */
  refuseWaiting(to: Address, reason: string): void {
    this.#postponed.refuse(reason, to);
  }

  /** Tells, after those who asked before, of each node whose line ended, unless a newer line to it is there. */
  onLost(listener: LossListener): void {
    this.#lossListeners.push(listener);
  }

  /** Says goodbye on every line and takes it down; what waited for a node, and was never sent to it, is refused. */
  close(reason: string): void {
    this.#postponed.refuse(reason);
    this.#lines.close(reason);
  }

  #listen(line: Line): void {
    line.link.receive((frame) => this.#arrived(line, frame));
  }

  #arrived(line: Line, frame: Frame): void {
    if (frame.kind === 'reply') this.#replied(line, frame);
    else if (frame.kind === 'hello') checkGreeting(line.link, frame);
    else if (frame.kind === 'bye') line.link.close(frame.reason);
    else this.#forward(frame, line);
  }

  /** Takes a frame of this node's own peer. */
  #send(frame: Frame): void {
    if (frame.kind === 'hello' || frame.kind === 'bye') return;
    if (frame.kind !== 'reply') this.#forward(frame, undefined);
    else {
      const way = this.#serving.answered(frame);
      if (way === undefined) this.#sender.dropped.replies += 1;
      // What stays in this process must not be the handler's own object.
      else this.#give(way.via, way.via instanceof Line ? frame : snapshotFrame(frame));
    }
  }

  #replied(line: Line, reply: FrameOf<'reply'>): void {
    const call = line.answered(reply);
    if (call === undefined) this.#sender.dropped.replies += 1;
    else this.#give(call.via, reply);
  }

  /** Sends an answer on its way back. */
  #give(via: Via, reply: FrameOf<'reply'>): void {
    if (via === undefined) this.#read(reply);
    else if (via instanceof Line) this.#sender.reply(via, reply);
    else if (via.take(reply)) this.#linger.add(via);
  }

  #forward(frame: Saying, via: Via): void {
    if (frame.kind === 'cancel') this.#cancel(frame, via);
    else if ((frame.hops ?? 0) >= maxHops) this.#sender.refuseOrDrop(frame, via, tooManyHops(frame));
    else if (isGroup(frame.to)) this.#spread(frame as Multicast, via);
    else if (frame.to !== this.#self) this.#pass(frame as Unicast, via);
    else {
      // Nothing copies on the way from a node to itself.
      const own = via === undefined ? snapshotFrame(frame) : frame;
      if (own.kind === 'call') this.#serving.give(own, via, this.#read);
      else this.#read(own);
    }
  }

  /** Sends a frame for many to each of them; to those that share a road, once. */
  #spread(frame: Multicast, via: Via): void {
    const send = (line: Line, reply: FrameOf<'reply'>) => this.#sender.reply(line, reply);
    const collected = frame.kind === 'call' && via instanceof Line;
    const back = collected ? new Collector({ self: this.#self, call: frame, via, send }) : via;
    const { uplink } = this.#lines;
    const beyond: Address[] = [];
    for (const to of frame.to) {
      if (to !== this.#self && uplink !== via && this.#goesUp(to)) beyond.push(to);
      else this.#forward(addressed(frame, to), back);
    }
    if (beyond.length > 0 && uplink !== undefined) {
      this.#sender.say(uplink, passed(addressed(frame, beyond), via), back);
    }
  }

  /** The part of a spread frame for a node goes up together with those of others. */
  #goesUp(to: Address): boolean {
    if (this.#lines.uplink === undefined) return false;
    return this.#spreadBy === 'uplink' || (!this.#postponed.waitsForLine(to) && this.#lines.to(to) === undefined);
  }

  /** Passes a frame on towards another node. */
  #pass(frame: Unicast, via: Via): void {
    const { to } = frame;
    const own = this.#lines.to(to);
    if (own === undefined && via === undefined && this.#postponed.waitsForLine(to)) this.#postponed.hold(frame);
    else if (frame.kind === 'call' && frame.wait === true && this.#postponed.waitsForNode(to))
      this.#postponed.wait(frame, via);
    else {
      const line = own ?? this.#lines.uplink;
      // Sent back where it came from, it would go to and fro without end.
      if (line !== undefined && line !== via) this.#sender.say(line, passed(frame, via), via);
      else this.#sender.refuseOrDrop(frame, via, this.#noRoute(to));
    }
  }

  #noRoute(to: Address): ShardliftError {
    const reason = this.whyNever(to);
    return new ShardliftError('NO_ROUTE', reason === undefined ? { to } : { to, reason });
  }

  #release(to: Address): void {
    for (const frame of this.#postponed.takeHeld(to)) {
      try {
        this.#forward(frame, undefined);
      } catch {
        // Accepted loss: a cast that only with its head is too large. Who made it has gone on since.
        this.#sender.dropped.casts += 1;
      }
    }
  }

  /** A caller gave up: whoever works on its call, or is to pass it on, is told. */
  #cancel(frame: FrameOf<'cancel'>, via: Via): void {
    const { to } = frame;
    if (via === undefined) for (const node of isGroup(to) ? to : [to]) this.#postponed.holdCancel(frame, node);
    this.#postponed.forget(frame);
    for (const line of this.#lines.all()) {
      // Nobody waits for it any more, and a handler that never ends would keep it for ever.
      for (const call of line.takeCancelled(frame)) this.#sender.cancel(line, call);
    }
    if (this.#serving.forget(frame)) this.#read(frame);
  }

  /** Settles what a closed line to a node leaves behind. */
  #lost(line: Line, address: Address, { reason, current }: LineEnd): void {
    if (current) {
      this.#postponed.setReady(address, true);
      // A cluster that loses a line of its own to another may still hear from it by way of the manager.
      if (this.#lines.uplink === undefined) for (const tell of this.#lossListeners) tell(address, reason);
    }
    for (const call of line.take(() => true)) {
      this.#sender.refuse(call, new ShardliftError('LINK_CLOSED', { peer: line.link.peer, reason }));
    }
    const cameByIt = (via: Via): boolean => via === line || (via instanceof Collector && via.via === line);
    this.#postponed.forgetBy(cameByIt);
    for (const { id, incarnation, from, to } of this.#serving.takeBy(cameByIt)) {
      this.#read({ kind: 'cancel', id, incarnation, from, to });
    }
    for (const other of this.#lines.all()) {
      for (const call of other.take(({ via }) => cameByIt(via))) this.#sender.cancel(other, call);
    }
  }
}
