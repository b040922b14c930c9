/** syntax/this-holder: the object whose `this` a function sees, by where the function is written. */
import { ts } from '../typescript.js';
import { unwrap } from './syntax.ts';

/** The function whose `this` a node sees. */
function functionAround(node: ts.Node): ts.Node | null {
  let at = node.parent;
  while (!ts.isSourceFile(at) && (ts.isArrowFunction(at) || !ts.isFunctionLike(at))) at = at.parent;
  return ts.isSourceFile(at) ? null : at;
}

/** The object a function is written in, or is put into; `null` where any object may call it. */
function holderOf(fn: ts.Node): ts.Expression | null {
  const { parent } = fn;
  if (ts.isObjectLiteralExpression(parent)) return parent;
  if (ts.isPropertyAssignment(parent) && parent.initializer === fn) return parent.parent;
  if (!ts.isBinaryExpression(parent) || parent.right !== fn) return null;
  const left = unwrap(parent.left);
  if (parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(left)) return null;
  return /^(?:module\.)?exports$/.test(left.expression.getText()) || left.getText() === 'module.exports'
    ? null
    : left.expression;
}

/** The object that `this` is outside of a class; `null` where it may be any. */
export function thisHolder(node: ts.Node): ts.Expression | null {
  const fn = functionAround(node);
  return fn === null ? null : holderOf(fn);
}
