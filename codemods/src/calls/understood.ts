/** calls/understood: what the analysis of one call's arguments gives. */
import type { Facts } from '../clients/facts.ts';
import type { Reference } from '../functions/callee.ts';
import type { NeededImport } from '../functions/captures.ts';
import type { InlineDoc } from '../functions/inline-doc.ts';
import type { Finding } from '../rules/reasons.ts';
import type { Splice } from '../syntax/edits.ts';
import type { MovedText } from '../syntax/moved-text.ts';
import type { ParsedFile } from '../syntax/program.ts';
import type { ts } from '../typescript.js';
import type { CallPlan } from './call.ts';
import type { PlannedCalls } from './nested.ts';
import type { CallOptions } from './options.ts';

/** A handler a call needs, before it has a name. Plain data. */
export interface HandlerSource {
  /** Equal keys are the same function and share one handler. */
  readonly key: string;
  /** Names that would fit, best first. */
  readonly hints: readonly string[];
  readonly text: MovedText;
  readonly imports: readonly NeededImport[];
  /** The JSDoc type of the data, for JavaScript; `null` without data. */
  readonly dataDoc: string | null;
  /** Its client and its data may be anything: it is of JavaScript, and TypeScript finds fault with its text. */
  readonly loose?: boolean;
  /** A comment for the line above the handler. */
  readonly lead: string | null;
  /** The lines of comments the function had, for above that. */
  readonly comments?: readonly string[];
  /** The file the function comes from. */
  readonly from: string;
}

/** A function that a caller of a wrapper hands over, and the handler it becomes. */
export interface Closure {
  /** The file of the caller. */
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly handler: HandlerSource;
  /** The declaration of a function that was passed by name. */
  readonly reference: Reference | null;
  /** The function that moves, from here to there in its file. */
  readonly movedFrom: { readonly start: number; readonly end: number };
}

/** Type arguments of a call that has none. */
export interface WrittenTypes {
  readonly path: string;
  /** Behind the callee. */
  readonly at: number;
  readonly text: string;
}

/** A wrapper: the parameter that holds names from now on, and everything its callers hand over. */
export interface WrapperPlan {
  readonly parameter: string;
  /** Where the parameter says its type, and those of wrappers around this one. */
  readonly types: readonly { readonly path: string; readonly start: number; readonly end: number }[];
  /** What callers say of the types that their functions told so far. */
  readonly told: readonly WrittenTypes[];
  readonly closures: readonly Closure[];
}

/** One of several functions, by a condition: the argument as it stands, with names that come where functions are. */
export interface Choice {
  readonly text: MovedText;
  readonly closures: readonly Closure[];
}

/** What a call sends and hands over. */
export interface Understood {
  readonly handler: HandlerSource;
  /** The data, where the call's context is not it. */
  readonly data?: MovedText | null;
  readonly facts: Facts;
  readonly options: CallOptions;
  readonly notes: readonly Finding[];
  readonly keptArguments: readonly (ts.Node | null)[];
  /** The function that moves out of this file. */
  readonly movedFrom?: ts.Node;
  readonly reference?: Reference;
  readonly removals?: readonly Splice[];
  /** The JSDoc that moves with a function of the call. */
  readonly doc?: InlineDoc;
  /** A directive that hid an error is gone: only the check tells whether it is needed. */
  readonly silenced?: boolean;
  /** What may be `undefined` is `null` in the handler, as it was in the results. */
  readonly filled?: boolean;
  /** Broadcasts inside the function, which are requests of the handler. */
  readonly nested?: readonly CallPlan[];
  /** The wrapper around the call, whose callers name their handlers. */
  readonly wrapper?: WrapperPlan;
  readonly choice?: Choice;
}

/** What decides how arguments are read. */
export interface Given {
  readonly hybrid: boolean;
  /** The list of results was JSON on its way to this call. */
  readonly listAsJson: boolean;
  /** What is `undefined` arrives as that: another try showed that the types do not take `null`. */
  readonly keepNothing: boolean;
  /** Texts are evaluated: read them as code. */
  readonly legacy: boolean;
  /** Pass captured variables as data. */
  readonly fixCaptures: boolean;
  /** Look for methods of the cluster that do the same. */
  readonly idioms: boolean;
  /** Directives that hide errors stay with what they are about. */
  readonly keepDirectives: boolean;
  /** Handlers go beside the client: the call says the type of its result itself. */
  readonly inline: boolean;
  /** The calls inside this one, understood already. */
  readonly planned: PlannedCalls;
  /** The files of the package that were read. */
  readonly files: readonly ParsedFile[];
  /** The folder of the package. */
  readonly root: string;
  /** The folder that places are told from. */
  readonly cwd: string;
}

/** Whether an analysis ended with a reason to leave the call. */
export const isFinding = (value: object | null): value is Finding => value !== null && 'code' in value;
