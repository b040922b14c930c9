/** differential/wire: what a manager's process and the runner say to each other. */
import type { Layout, Mode } from './scenario.ts';
import type { Facts, World } from './world.ts';

/** What a manager's process is started for. */
export interface Job {
  readonly layout: Layout;
  readonly mode: Mode;
  readonly token: string;
  /** The folder of the bot files. */
  readonly bots: string;
  readonly facts: Facts;
  /** The scenarios to run, one after the other; those that wait for what never comes, beside them. */
  readonly scenarios: readonly string[];
}

/** From the manager's process to the runner. */
export type Report =
  | { readonly begins: string }
  | { readonly by: string; readonly note: readonly [label: string, value: unknown] }
  | { readonly ends: string; readonly failure?: string }
  | Question;

/** A call of `World`, by its number. */
export interface Question {
  readonly asks: number;
  readonly method: keyof World;
  readonly args: readonly unknown[];
}

/** From the runner to the manager's process. */
export type Answer = { readonly to: number; readonly value?: unknown; readonly error?: string };

/** The environment variable that carries the job. */
export const jobVariable = 'DIFFERENTIAL_JOB';
