/** report/types: the report, as `--json` writes it. */
import type { Method } from '../rules/methods.ts';
import type { ReasonCode } from '../rules/reasons.ts';
import type { Throws } from '../rules/throw-reasons.ts';

/** What became of one mention. */
export type Outcome = 'rewritten' | 'rewritten-with-note' | 'left';

/** What a rewritten call rests on, where neither the text nor a type proves it. */
export interface Assumption {
  /** One of the codes `DC-A…`. */
  readonly code: ReasonCode;
  /** What of the bot it is about: expressions as they are written there, or places. */
  readonly what: readonly string[];
  readonly message: string;
}

/** One mention: where it is, what became of it and why. Lines and columns are one-based. */
export interface SiteReport {
  /** Relative to the working folder, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly method: Method;
  /** The text left of the method, or the module a name is imported from. */
  readonly receiver: string;
  readonly outcome: Outcome;
  /** A reason code of `rules/reasons.ts`, or `null` when there is nothing to say. */
  readonly code: string | null;
  readonly message: string;
  /** The name of the handler that answers the call from now on. */
  readonly handler: string | null;
  /** Left out where there are none. */
  readonly assumptions?: readonly Assumption[];
  /** Set where the call is known to throw whenever it runs, before anything is migrated: what throws, why, and what mends it. */
  readonly throwsToday?: Throws;
}

/** One changed file. */
export interface FileReport {
  readonly file: string;
  readonly change: 'edited' | 'created';
}

/** How many changed files of code were checked, and by what. */
export interface Checked {
  /** TypeScript, whose types were. */
  readonly types: number;
  /** JavaScript, whose syntax and names were. */
  readonly names: number;
  /** Those of `names` whose types the owner has checked (`checkJs`, `@ts-check`), and this run has not. */
  readonly ownerTyped: number;
  /** TypeScript that could not be checked. */
  readonly unchecked: number;
}

/** The sums; `found` is always `rewritten + rewrittenWithNote + left`. */
export interface Summary {
  readonly found: number;
  readonly rewritten: number;
  readonly rewrittenWithNote: number;
  readonly left: number;
  /**
   * True when all that was changed has no new error: TypeScript by its types, against the installed shardlift, other
   * JavaScript by its names. False where JavaScript has its types checked by its owner: of it only names were.
   */
  readonly verified: boolean;
  readonly checked: Checked;
}

/** Something about a whole package that has to be done before its result can run. */
export interface Warning {
  /** The file that says so, relative to the working folder. */
  readonly file: string;
  readonly code: string;
  readonly message: string;
}

/** What one run found and did. */
export interface Report {
  readonly version: 1;
  readonly sites: readonly SiteReport[];
  readonly files: readonly FileReport[];
  readonly summary: Summary;
  /** Left out where there are none. */
  readonly warnings?: readonly Warning[];
  /** Each package.json that names discord-hybrid-sharding when nothing below it loads that any more. */
  readonly noLongerNeeded?: readonly string[];
}
