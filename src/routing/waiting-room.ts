/** routing/waiting-room: calls that would rather wait for a node than be refused. */
import type { Address } from '../wire/address.ts';
import { steadyNow } from '../wire/clock.ts';
import type { CallKey, FrameOf } from '../wire/frame.ts';
import { aged, Backlog, type Waiting } from './backlog.ts';
import type { Via } from './line.ts';

/** A call that waits, and where its answer goes. */
export interface WaitingCall extends Waiting<FrameOf<'call'> & { readonly to: Address }> {
  readonly via: Via;
}

/** The calls that wait, by the node they are for. */
export class WaitingRoom {
  readonly #backlogs = new Map<Address, Backlog<WaitingCall>>();

  /** Lets a call wait. @throws ShardliftError `TOO_MANY_WAITING` when too many do */
  add(frame: WaitingCall['frame'], via: Via): void {
    const { to } = frame;
    const backlog = this.#backlogs.get(to) ?? new Backlog<WaitingCall>(to);
    this.#backlogs.set(to, backlog);
    backlog.add({ frame, via, sinceAt: steadyNow() });
  }

  /** Takes the calls that wait for a node, in order. */
  take(to: Address): readonly WaitingCall[] {
    const waiting = this.#backlogs.get(to)?.waiting ?? [];
    this.#backlogs.delete(to);
    return waiting;
  }

  /** Forgets the calls that a test finds. */
  drop(test: (waiting: WaitingCall) => boolean): void {
    for (const [to, backlog] of this.#backlogs) {
      backlog.drop(test);
      if (backlog.waiting.length === 0) this.#backlogs.delete(to);
    }
  }

  /** Takes every call there is. */
  takeAll(): readonly WaitingCall[] {
    return [...this.#backlogs.keys()].flatMap((to) => this.take(to));
  }
}

/** A call as it goes on after its wait: with what is left of its deadline. */
export function afterWait({ frame, sinceAt }: WaitingCall): FrameOf<'call'> {
  const { wait: _, ...rest } = frame;
  return aged(rest, sinceAt);
}

/** True for the call that a cancel is about. */
export const isCallOf =
  (cancel: CallKey & { readonly from: Address }) =>
  ({ frame }: WaitingCall): boolean =>
    frame.id === cancel.id && frame.incarnation === cancel.incarnation && frame.from === cancel.from;
