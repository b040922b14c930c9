/** routing/postponed: frames that cannot go out yet, for want of a line of their own or of the node they are for. */
import { isShardliftError, ShardliftError } from '../errors.ts';
import type { Address } from '../wire/address.ts';
import type { CallKey, FrameOf } from '../wire/frame.ts';
import { Held, type Saying } from './held.ts';
import type { Via } from './line.ts';
import type { Lines } from './lines.ts';
import type { Sender } from './sender.ts';
import { isCallOf, type WaitingCall, WaitingRoom } from './waiting-room.ts';

/** A call or a cast for one node. */
export type Unicast = FrameOf<'call' | 'cast'> & { readonly to: Address };

/** What decides about waiting. */
export interface PostponedSetup {
  readonly lines: Lines;
  readonly sender: Sender;
  /** Asked for a line of its own to a node, at the first frame for it; `true` when it is being opened. */
  readonly openLine: (to: Address) => boolean;
  /** Asked whether a node without a line is worth waiting for. */
  readonly mayCome: (to: Address) => boolean;
}

/** The frames of a router that wait. */
export class Postponed {
  readonly #setup: PostponedSetup;
  readonly #held = new Held();
  readonly #waiting = new WaitingRoom();
  /** Nodes whose line is up, but who do not answer requests yet. */
  readonly #unready = new Set<Address>();

  constructor(setup: PostponedSetup) {
    this.#setup = setup;
  }

  /** The nodes a line is being opened to. */
  get opening(): readonly Address[] {
    return this.#held.nodes;
  }

  /** Notes whether a node answers requests. */
  setReady(address: Address, ready: boolean): void {
    if (ready) this.#unready.delete(address);
    else this.#unready.add(address);
  }

  /** Whether frames for a node have to wait until a line of its own is open, or cannot be had. */
  waitsForLine(to: Address): boolean {
    const { lines, openLine } = this.#setup;
    if (this.#held.has(to)) return true;
    if (lines.uplink === undefined || lines.to(to) !== undefined || !openLine(to)) return false;
    this.#held.start(to);
    return true;
  }

  /** Whether calls that may wait have to, for a node. Only the router that has no uplink knows who may come. */
  waitsForNode(to: Address): boolean {
    const { lines, mayCome } = this.#setup;
    if (lines.uplink !== undefined) return false;
    return this.#unready.has(to) || (lines.to(to) === undefined && mayCome(to));
  }

  /** Lets a frame of the own peer wait for a line. @throws ShardliftError `FRAME_TOO_LARGE` for a cast */
  hold(frame: Unicast): void {
    try {
      this.#held.add(frame.to, frame);
    } catch (error) {
      if (frame.kind === 'cast' && isShardliftError(error, 'FRAME_TOO_LARGE')) throw error;
      this.#setup.sender.refuseOrDrop(frame, undefined, error);
    }
  }

  /** Lets a cancel go out behind the call it is about. */
  holdCancel(cancel: FrameOf<'cancel'>, to: Address): void {
    this.#held.add(to, { ...cancel, to });
  }

  /** Lets a call wait for its node. */
  wait(call: FrameOf<'call'> & { readonly to: Address }, via: Via): void {
    try {
      this.#waiting.add(call, via);
    } catch (error) {
      this.#setup.sender.refuseOrDrop(call, via, error);
    }
  }

  /** Takes what waited for a line to a node, in order. */
  takeHeld(to: Address): readonly Saying[] {
    return this.#held.take(to);
  }

  /** Takes the calls that waited for a node, in order. */
  takeWaiting(to: Address): readonly WaitingCall[] {
    return this.#waiting.take(to);
  }

  /** Forgets a call whose caller gave up. */
  forget(call: CallKey & { readonly from: Address }): void {
    this.#waiting.drop(isCallOf(call));
  }

  /** Forgets the calls whose answers nobody waits for any more. */
  forgetBy(test: (via: Via) => boolean): void {
    this.#waiting.drop(({ via }) => test(via));
  }

  /** Refuses the calls that waited for a node, or for any: they were never sent. */
  refuse(reason: string, to?: Address): void {
    const waiting = to === undefined ? this.#waiting.takeAll() : this.#waiting.take(to);
    for (const { frame, via } of waiting) {
      this.#setup.sender.refuseOrDrop(frame, via, new ShardliftError('NO_ROUTE', { to: frame.to, reason }));
    }
  }
}
