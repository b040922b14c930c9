/** clients/lasting: whether a function may take longer than a request waits. */
import { descendants, type MovableFunction, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { saysLongLimit } from './long-limits.ts';
import { isCaughtBy, isTried } from './waited-for.ts';

const many = /^(Promise\.(all|allSettled)|setTimeout|sleep|delay|wait)$/;

/** Waits within a loop, for many at once, or for a time. */
function waitsLong(fn: MovableFunction, node: ts.Node): boolean {
  if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) return true;
  if (ts.isIterationStatement(node, false)) return descendants(node.statement).some(ts.isAwaitExpression);
  return saysLongLimit(fn, node) || (ts.isCallExpression(node) && many.test(node.expression.getText()));
}

/** Whether a function does one thing after the other and waits for each, so that it may take longer than a request waits. */
export const lasts = (fn: MovableFunction): boolean => descendants(fn.body).some((node) => waitsLong(fn, node));

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
