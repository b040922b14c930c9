/** analyze/nothing-told: whether an expression is `null` or `undefined`, or a list or a set that is written with one. */
import { ts } from '../typescript.js';
import type { ParsedFile } from './program.ts';
import { symbolOf, unwrap } from './syntax.ts';
import { isNothing } from './writes.ts';

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

/** Whether something is a list, or a set of one, that is written with `null` or `undefined`: `[null, '']`. */
export function holdsNothingTold(file: ParsedFile, node: ts.Expression): boolean {
  const at = madeBy(file, node);
  const [first] = ts.isNewExpression(at) ? (at.arguments ?? []) : [];
  const list = first === undefined ? at : madeBy(file, first);
  if (!ts.isArrayLiteralExpression(list)) return false;
  return list.elements.some((one) => {
    const key = ts.isArrayLiteralExpression(one) ? one.elements[0] : one;
    return key !== undefined && meansNothing(file, key);
  });
}
