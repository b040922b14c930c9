/** wire/frame: the six words two nodes exchange. Data only; features add contract methods, never a seventh word. */
import type { Address, Destination } from './address.ts';
import { type Body, snapshotBody } from './body.ts';
import type { Fault } from './fault.ts';

/** Grows when two versions can no longer talk to each other; `hello` carries it. */
export const protocolVersion = 2;

/** How one node's call ended. `by` says who speaks: the road (`route`: dead peer, unknown method) or the handler itself. */
export type Outcome =
  | { readonly kind: 'value'; readonly body: Body }
  | { readonly kind: 'failure'; readonly by: 'route' | 'handler'; readonly fault: Fault };

/** The answer of one member of a group. */
export interface Member {
  readonly from: Address;
  readonly outcome: Outcome;
}

/** The answers of members of a group, all of them or a part; each member answers once. */
export interface Gathered {
  readonly kind: 'gathered';
  readonly members: readonly Member[];
}

/** What a call is known by: the caller's counter and its incarnation, so a restarted cluster never gets old answers. */
export interface CallKey {
  readonly id: number;
  readonly incarnation: number;
}

/** How a frame may be treated on its way. */
interface Passage {
  /** How often it was passed on; absent for never. */
  readonly hops?: number;
  /** Part of a cluster's life (`identify`, `ready`): passes a line that is too full for anything else. Not sent along. */
  readonly vital?: true;
}

/** One unit on a link. A `to` that is a list reaches each node of it. */
export type Frame =
  | { readonly kind: 'hello'; readonly from: Address; readonly protocol: number }
  | (CallKey &
      Passage & {
        readonly kind: 'call';
        readonly from: Address;
        readonly to: Destination;
        readonly method: string;
        /** What is left of the caller's deadline, in ms; `null` when the caller waits for ever. */
        readonly budgetMs: number | null;
        readonly body: Body;
        /** Waits for a node that is down, instead of being refused. */
        readonly wait?: true;
      })
  | (Passage & {
      readonly kind: 'cast';
      readonly from: Address;
      readonly to: Destination;
      readonly method: string;
      readonly body: Body;
    })
  | (CallKey & {
      readonly kind: 'reply';
      readonly from: Address;
      readonly to: Address;
      readonly outcome: Outcome | Gathered;
    })
  | (CallKey & { readonly kind: 'cancel'; readonly from: Address; readonly to: Destination })
  | { readonly kind: 'bye'; readonly from: Address; readonly reason: string };

/** A frame of one kind. */
export type FrameOf<K extends Frame['kind']> = Extract<Frame, { kind: K }>;

/** The frame with a body that no later change of the user's value can reach; itself when it has such a one. */
export function snapshotFrame<F extends Frame>(frame: F): F {
  if (frame.kind === 'call' || frame.kind === 'cast') return { ...frame, body: snapshotBody(frame.body) };
  if (frame.kind !== 'reply') return frame;
  const { outcome } = frame;
  if (outcome.kind !== 'gathered') return { ...frame, outcome: snapshotOutcome(outcome) };
  const members = outcome.members.map((member) => ({ ...member, outcome: snapshotOutcome(member.outcome) }));
  return { ...frame, outcome: { kind: 'gathered', members } };
}

const snapshotOutcome = (outcome: Outcome): Outcome =>
  outcome.kind === 'value' ? { kind: 'value', body: snapshotBody(outcome.body) } : outcome;

/** True for an answer that holds no value: what went wrong is small, and somebody waits for it. */
export const isFailure = ({ outcome }: FrameOf<'reply'>): boolean =>
  outcome.kind === 'gathered'
    ? outcome.members.every((member) => member.outcome.kind === 'failure')
    : outcome.kind === 'failure';
