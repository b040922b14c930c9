/** syntax/call-site: what the analyses look at: a call, a function, or a function that a call hands over, in its file. */
import type { ts } from '../typescript.js';
import type { Access } from './access.ts';
import type { ParsedFile } from './program.ts';
import type { MovableFunction } from './syntax.ts';

/** A call, and the file it stands in. */
export interface CallSite {
  readonly file: ParsedFile;
  readonly call: ts.CallExpression;
}

/** A call whose callee is a member of something. */
export interface AccessedCall extends CallSite {
  readonly access: Access;
}

/** A function that may move, and the file it stands in. */
export interface FunctionSite {
  readonly file: ParsedFile;
  readonly fn: MovableFunction;
}

/** A function that a call hands over; it stands in the call, or elsewhere in the same file. */
export type HandedFunction = CallSite & FunctionSite;
