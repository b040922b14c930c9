/** clients/lasting: whether a function may take longer than a request waits. */
import { declarationOf } from '../syntax/free-names.ts';
import { descendants, type MovableFunction, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { memberName } from '../values/value-members.ts';
import { isCaughtBy, isTried } from './waited-for.ts';

const many = /^(Promise\.(all|allSettled)|setTimeout|sleep|delay|wait)$/;

/** Options that say for how long something is waited for: `awaitMessages({ time: 60_000 })`. */
const limits = /^(?:time|timeout|timeoutMs|idle)$/;

/** How long a request waits by itself. */
const defaultMs = 30_000;

/** Names that are followed, one from another. */
const deepest = 4;

/** A number that is written out, be it as a product or a const; `null` for any other value. */
function numberOf(node: ts.Expression, depth = deepest): number | null {
  const at = unwrap(node);
  if (ts.isNumericLiteral(at)) return Number(at.text);
  if (ts.isIdentifier(at)) {
    const declared = depth === 0 ? null : declarationOf(at, at.getSourceFile());
    const isSet = declared !== null && ts.isVariableDeclaration(declared) && declared.initializer !== undefined;
    return isSet ? numberOf(declared.initializer, depth - 1) : null;
  }
  if (!ts.isBinaryExpression(at)) return null;
  const [left, right] = [numberOf(at.left, depth), numberOf(at.right, depth)];
  if (left === null || right === null) return null;
  if (at.operatorToken.kind === ts.SyntaxKind.AsteriskToken) return left * right;
  return at.operatorToken.kind === ts.SyntaxKind.PlusToken ? left + right : null;
}

/** A limit of its own that is no shorter than that of a request. */
function saysLongLimit(node: ts.Node): boolean {
  const isMember = ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node);
  if (!isMember || !limits.test(memberName(node.name))) return false;
  // Of `{ time }` the name stands for its variable.
  const value = ts.isPropertyAssignment(node) ? node.initializer : node.name;
  return (numberOf(value) ?? 0) >= defaultMs;
}

/** Waits within a loop, for many at once, or for a time. */
function waitsLong(node: ts.Node): boolean {
  if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) return true;
  if (ts.isIterationStatement(node, false)) return descendants(node.statement).some(ts.isAwaitExpression);
  return saysLongLimit(node) || (ts.isCallExpression(node) && many.test(node.expression.getText()));
}

/** Whether a function does one thing after the other and waits for each, so that it may take longer than a request waits. */
export const lasts = (fn: MovableFunction): boolean => descendants(fn.body).some(waitsLong);

const ofFunction = (fn: MovableFunction, node: ts.Node): boolean => ts.findAncestor(node, ts.isFunctionLike) === fn;

/** Whether what fails at a place goes nowhere: a `try` around it catches it, or `.catch` behind it. */
function isCaught(fn: MovableFunction, node: ts.AwaitExpression): boolean {
  const at = unwrap(node.expression);
  const isStep = ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression);
  if (isStep && isCaughtBy(at.expression.name.text, at)) return true;
  return ts.findAncestor(node, (one) => (one === fn ? 'quit' : isTried(one))) !== undefined;
}

/** Whether a function waits for several things, one after another, and catches whatever fails: so far it never did. */
export function neverFails(fn: MovableFunction): boolean {
  const waits = descendants(fn.body).filter((one): one is ts.AwaitExpression => ts.isAwaitExpression(one));
  const own = waits.filter((one) => ofFunction(fn, one));
  return own.length > 1 && own.every((one) => isCaught(fn, one));
}
