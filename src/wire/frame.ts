/** wire/frame: the six words two nodes exchange. Data only; features add contract methods, never a seventh word. */
import type { Address } from './address.ts';
import type { Body } from './body.ts';
import type { Fault } from './fault.ts';

/** Grows when two versions can no longer talk to each other; `hello` carries it. */
export const protocolVersion = 1;

/** How a call ended. `by` says who speaks: the road (`route`: dead peer, unknown method) or the handler itself. */
export type Outcome =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly by: 'route' | 'handler'; readonly fault: Fault };

/** What a call is known by: the caller's counter and its incarnation, so a restarted cluster never gets old answers. */
export interface CallKey {
  readonly id: number;
  readonly incarnation: number;
}

/** One unit on a link. */
export type Frame =
  | { readonly kind: 'hello'; readonly from: Address; readonly incarnation: number; readonly protocol: number }
  | (CallKey & {
      readonly kind: 'call';
      readonly from: Address;
      readonly to: Address;
      readonly method: string;
      /** What is left of the caller's deadline, in ms; `null` when the caller waits for ever. */
      readonly budgetMs: number | null;
      readonly body: Body;
    })
  | {
      readonly kind: 'cast';
      readonly from: Address;
      readonly to: Address;
      readonly method: string;
      readonly body: Body;
    }
  | (CallKey & { readonly kind: 'reply'; readonly from: Address; readonly to: Address; readonly outcome: Outcome })
  | (CallKey & { readonly kind: 'cancel'; readonly from: Address; readonly to: Address })
  | { readonly kind: 'bye'; readonly from: Address; readonly reason: string };

/** A frame of one kind. */
export type FrameOf<K extends Frame['kind']> = Extract<Frame, { kind: K }>;
