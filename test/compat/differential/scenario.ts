/** differential/scenario: what one scenario is: a bot, what the manager does with it, and where the answers may differ. */
import type { ShardingManager, ShardingManagerOptions } from 'discord.js';
import type { HybridOptions } from '../../../compat/options.ts';
import type { Conditions, Facts, World } from './world.ts';

/** Whose manager: discord.js's own, or ours with so many shards per cluster. */
export type Layout = 'stock' | 1 | 2 | 4;
export type Mode = 'process' | 'worker';

/** Something that is not as it is with discord.js. What is not declared here must be the same. */
export interface Difference {
  /** The label of the note that differs. */
  readonly note: string;
  /** The line of `compat/quirks.ts` that says so: `changed` holds only where shards share a process, the others always. */
  readonly because: string;
  /** What discord.js says, where it is always the same. */
  readonly stock?: unknown;
  /** What we say; normalised, as all notes. */
  readonly ours: unknown;
  /** Only for these layouts; left out, for all that its quirk allows. */
  readonly layouts?: readonly Layout[];
  readonly mode?: Mode;
  /** Only beside a discord.js older than this, as `14.16.0`. */
  readonly before?: string;
}

/** What a scenario has in its hands. It cannot tell whose manager it drives. */
export interface Tools {
  /** Shared fleet: started, all shards ready. Own fleet: made, not started. */
  readonly manager: ShardingManager;
  readonly mode: Mode;
  readonly facts: Facts;
  readonly discord: World;
  /** Makes a further manager, not started. */
  make(options?: object, bot?: string): ShardingManager;
  /** Writes down a fact under a label. */
  note(label: string, value: unknown): void;
  /** Writes down what a call gives: its value, its error, or that it never settles. `slow`: it starts a bot. */
  answer(label: string, ask: () => unknown, pace?: { readonly slow?: boolean }): Promise<void>;
  /** The events of a manager's shards from now on but for messages, as `2 ready`. */
  journal(manager?: ShardingManager): string[];
  /** The same with what listeners are given, as `2 death its child`. */
  fullJournal(manager?: ShardingManager): string[];
  /** Waits until something holds; a scenario fails when it never does. */
  until(holds: () => unknown, what: string): Promise<void>;
  /** Waits until an event comes; false when it never does. */
  comes(happened: Promise<unknown>): Promise<boolean>;
}

/** One scenario. */
export interface Scenario {
  readonly name: string;
  /** `shared`: only looks, at a fleet of four shards that others look at too. `own`: changes things. */
  readonly fleet: 'shared' | 'own';
  /** A file in `fixtures`; default `bot.cjs`. */
  readonly bot?: string;
  /** Shards of an own fleet, default 2. */
  readonly shards?: number;
  /** Options of an own fleet, in discord.js's words. */
  readonly options?: Omit<Partial<ShardingManagerOptions>, 'mode'>;
  /** Options of ours for an own fleet: discord.js's manager never sees them. */
  readonly hybrid?: HybridOptions;
  /** How Discord is for an own fleet. */
  readonly conditions?: Conditions;
  /** On a shared fleet: waits for what never comes with discord.js, so it runs beside the others. It touches nothing of theirs. */
  readonly hangs?: boolean;
  readonly modes?: readonly Mode[];
  /** The end of the manager itself is a note of its own, and may come before the end of the scenario. */
  readonly mortal?: boolean;
  readonly differs?: readonly Difference[];
  /** Lines of `compat/quirks.ts` that it shows beyond those it differs by. */
  readonly shows?: readonly string[];
  /** Part of `npm test`; scenarios on shared fleets always are. */
  readonly quick?: boolean;
  run(tools: Tools): Promise<void>;
  /** What is left once the manager has ended, seen from Discord; one more note. */
  after?(discord: World): Promise<unknown>;
}

/** What a scenario without differences says of one call to the manager of a shared fleet. */
export const asks = (
  name: string,
  ask: (manager: ShardingManager, tools: Tools) => unknown,
  more: Partial<Scenario> = {},
): Scenario => ({
  name,
  fleet: 'shared',
  run: (tools) => tools.answer('answer', () => ask(tools.manager, tools)),
  ...more,
});

/** A function out of text: no compiler has touched it, and it may use names that only the bot has. */
export const written = <T = never>(text: string): T => new Function(`return (${text})`)() as T;

/** `broadcastEval` of a function given as text. */
export const evaluates = (manager: ShardingManager, text: string, options?: object): unknown =>
  manager.broadcastEval(written<() => unknown>(text), options as never);
