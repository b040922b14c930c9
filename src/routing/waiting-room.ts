/** routing/waiting-room: calls that would rather wait for a node than be refused. */
import { ShardliftError } from '../errors.ts';
import type { Address } from '../wire/address.ts';
import { steadyNow } from '../wire/clock.ts';
import { type CallKey, type FrameOf, snapshotFrame } from '../wire/frame.ts';
import type { Via } from './line.ts';

/** A call that waits, where its answer goes, and since when ({@link steadyNow}). */
export interface WaitingCall {
  readonly call: FrameOf<'call'> & { readonly to: Address };
  readonly via: Via;
  readonly waitingSinceAt: number;
}

/** Calls that wait in all at most. */
const maxCalls = 4_096;

/** The calls that wait, by the node they are for. */
export class WaitingRoom {
  readonly #calls = new Map<Address, WaitingCall[]>();
  #size = 0;

  /** Lets a call wait. @throws ShardliftError `TOO_MANY_WAITING` when too many do */
  add(call: FrameOf<'call'> & { readonly to: Address }, via: Via): void {
    if (this.#size >= maxCalls) {
      const details = { to: call.to, waiting: this.#size, max: maxCalls, unit: 'messages' } as const;
      throw new ShardliftError('TOO_MANY_WAITING', details);
    }
    const waiting: WaitingCall = { call: snapshotFrame(call), via, waitingSinceAt: steadyNow() };
    const others = this.#calls.get(call.to);
    if (others === undefined) this.#calls.set(call.to, [waiting]);
    else others.push(waiting);
    this.#size += 1;
  }

  /** Takes the calls that wait for a node, in order. */
  take(to: Address): readonly WaitingCall[] {
    const calls = this.#calls.get(to) ?? [];
    this.#calls.delete(to);
    this.#size -= calls.length;
    return calls;
  }

  /** Forgets the calls that a test finds. */
  drop(test: (waiting: WaitingCall) => boolean): void {
    for (const [to, calls] of [...this.#calls]) {
      const kept = calls.filter((waiting) => !test(waiting));
      if (kept.length === calls.length) continue;
      this.#size -= calls.length - kept.length;
      if (kept.length === 0) this.#calls.delete(to);
      else this.#calls.set(to, kept);
    }
  }

  /** Takes every call there is. */
  takeAll(): readonly WaitingCall[] {
    return [...this.#calls.keys()].flatMap((to) => this.take(to));
  }
}

/** A call as it goes on after its wait: with what is left of its deadline. */
export function afterWait({ call, waitingSinceAt }: WaitingCall): FrameOf<'call'> {
  const { wait: _, ...rest } = call;
  if (rest.budgetMs === null) return rest;
  return { ...rest, budgetMs: Math.max(0, rest.budgetMs - (steadyNow() - waitingSinceAt)) };
}

/** True for the call that a cancel is about. */
export const isCallOf =
  (cancel: CallKey & { readonly from: Address }) =>
  ({ call }: WaitingCall): boolean =>
    call.id === cancel.id && call.incarnation === cancel.incarnation && call.from === cancel.from;
