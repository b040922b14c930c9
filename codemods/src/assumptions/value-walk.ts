/** assumptions/value-walk: where a value is looked at that nobody may know anything of, and how far its walk came. */
import { knowsDiscord } from '../syntax/discord-types.ts';
import type { ParsedFile } from '../syntax/program.ts';
import type { MovableFunction } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** The expressions of which nothing is known; none where all is. */
export type Unknown = readonly ts.Expression[];

/** One walk over the expressions that a value is made of. */
export interface ValueWalk {
  readonly file: ParsedFile;
  /** The function that moves; `null` where the value is handed over to it. */
  readonly fn: MovableFunction | null;
  /** Functions whose callers are known, so that their arguments are looked at there. */
  readonly called: ReadonlySet<ts.Node>;
  /** What was found at an expression; nothing yet where the walk is still behind it. */
  readonly found: Map<ts.Node, Unknown>;
  /** Looks at an expression of the same walk. */
  readonly ask: (walk: ValueWalk, node: ts.Expression) => Unknown;
}

/** What is unknown among some expressions. */
export const unknownOfAll = (walk: ValueWalk, nodes: readonly ts.Expression[]): Unknown =>
  nodes.flatMap((one) => walk.ask(walk, one));

/** An expression is known where all that it is taken of is. */
export const unknownIf = (walk: ValueWalk, node: ts.Expression, of: readonly ts.Expression[]): Unknown =>
  unknownOfAll(walk, of).length === 0 ? [] : [node];

const open = /\b(any|unknown)\b/;

/** Whether types say what a value is: theirs is believed. */
export function isTyped({ file }: ValueWalk, node: ts.Expression): boolean {
  if (!file.typed || !knowsDiscord(file)) return false;
  const { checker } = file;
  const type = checker.getTypeAtLocation(node);
  const awaited = checker.getAwaitedType(type) ?? type;
  return !open.test(checker.typeToString(awaited, undefined, ts.TypeFormatFlags.NoTruncation));
}
