/** syntax/given-by: the function that an expression is the value of. */
import { ts } from '../typescript.js';

/** The function that gives the value of an expression by its end, or by a `return`. */
export function givenBy(at: ts.Expression): ts.ArrowFunction | ts.FunctionExpression | null {
  const { parent } = at;
  if (ts.isArrowFunction(parent)) return parent.body === at ? parent : null;
  const fn = ts.isReturnStatement(parent) ? ts.findAncestor(parent, ts.isFunctionLike) : undefined;
  return fn !== undefined && (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) ? fn : null;
}
