/** test/e2e/standpoint-case: one row of the tables: a call, how it ends from each standpoint, what Discord is asked. */
import type { Call, Outcome, Stage, Standpoint, Thing } from './standpoints.ts';

/** A method used in one way. */
export interface Case {
  readonly title: string;
  readonly call: (thing: Thing) => Call;
  /** How it ends: exactly this value, or an error with exactly this code. */
  readonly ends: (at: Standpoint, thing: Thing) => Outcome;
  /** Requests that reach Discord, each as often as it is listed. Default: none. */
  readonly asks?: (at: Standpoint) => readonly string[];
  /** What has to be there before. */
  readonly prepare?: (stage: Stage, thing: Thing) => Promise<unknown>;
  /** What is so afterwards, beside the answer. */
  readonly after?: (stage: Stage, thing: Thing) => unknown;
}

/** Ends with the same value from everywhere. */
export const gives =
  (value: unknown): Case['ends'] =>
  () => ({ value });

/** Ends with the same error from everywhere. */
export const fails =
  (code: string | number): Case['ends'] =>
  () => ({ code });
