/** doubts/nothing-told: whether an expression is `null` or `undefined`, or a list or a set that is written with one. */
import type { ParsedFile } from '../syntax/program.ts';
import { symbolOf, unwrap } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { ts } from '../typescript.js';

/**
 * What code does with nothing: `no`: it looks at neither; `strict`: it compares with one of them, so that every value has
 * to be proven to be there; `counts`: it counts with them, and `undefined` makes NaN of numbers; `text`: it writes them, as
 * "null" or "undefined", or in a list that it flattens, so that what is seen to be missing matters; `perhaps`: it does not
 * say, or goes out of sight.
 */
export type TellsNothing = 'no' | 'perhaps' | 'text' | 'counts' | 'strict';

const levels = ['strict', 'counts', 'text', 'perhaps'] as const;

/** What several places do together. */
export const worst = (found: readonly TellsNothing[]): TellsNothing =>
  levels.find((one) => found.includes(one)) ?? 'no';

/** Whether a value is compared, or written. */
export const isShown = (told: TellsNothing): boolean => told === 'strict' || told === 'text';

/** What a constant of the file is made by; the expression itself where it is none. */
function madeBy({ checker }: ParsedFile, node: ts.Expression): ts.Expression {
  const at = unwrap(node);
  const declared = ts.isIdentifier(at) ? symbolOf(checker, at)?.valueDeclaration : undefined;
  const isMade = declared !== undefined && ts.isVariableDeclaration(declared) && declared.initializer !== undefined;
  if (!isMade || (declared.parent.flags & ts.NodeFlags.Const) === 0) return at;
  return declared.initializer === undefined ? at : unwrap(declared.initializer);
}

/** Whether an expression says `null` or `undefined`, by a constant of the file as well. */
export const meansNothing = (file: ParsedFile, node: ts.Expression): boolean => isNothing(madeBy(file, node));

/** Which of `null` and `undefined` a list, or a set of one, is written with: `[null, '']`. */
export function nothingsIn(file: ParsedFile, node: ts.Expression): ReadonlySet<'null' | 'undefined'> {
  const at = madeBy(file, node);
  const [first] = ts.isNewExpression(at) ? (at.arguments ?? []) : [];
  const list = first === undefined ? at : madeBy(file, first);
  const held = ts.isArrayLiteralExpression(list) ? list.elements : [];
  return new Set(
    held.flatMap((one) => {
      const key = ts.isArrayLiteralExpression(one) ? one.elements[0] : one;
      const made = key === undefined ? null : madeBy(file, key);
      if (made === null || !isNothing(made)) return [];
      return made.kind === ts.SyntaxKind.NullKeyword ? 'null' : 'undefined';
    }),
  );
}
