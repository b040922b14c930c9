/** test/conformance/errands: what a test lets one cluster ask another, and what the two have heard. */
import { call, cast, contract } from '../../src/rpc/contract.ts';

/** How an errand ended. */
export interface Ended {
  readonly value?: unknown;
  readonly code?: string;
  readonly details?: unknown;
  /** How long it took, in ms. */
  readonly tookMs: number;
}

/** What a cluster does for a test. */
export const errands = contract('errands', {
  /** Asks another cluster for an echo, or for what never comes. */
  ask: call<{ readonly to: number; readonly what: 'echo' | 'stay' }, Ended>(),
  /** Tells another cluster one number after the other until it is told to stop. */
  talk: call<{ readonly to: number }, void>(),
  /** How many numbers were told. */
  stopTalking: call<void, number>(),
  /** The numbers that were heard, in the order in which they came. */
  heard: call<void, readonly number[]>(),
  /** Calls that are being worked on. */
  running: call<void, number>(),
});

/** What clusters say to each other on an errand. */
export const neighbours = contract('neighbours', {
  echo: call<string, string>(),
  stay: call<void, void>(),
  number: cast<number>(),
});

/** Told to the manager when the cluster's door is open. */
export const doorkeeper = contract('doorkeeper', { open: cast<{ readonly id: number }>() });
