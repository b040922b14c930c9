/** syntax/access: the access of a member, in whichever way it is written. */
import { ts } from '../typescript.js';
import { dottedNames, unwrap } from './syntax.ts';

/** The property or element access that is called. */
export type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

/** Whether a node is the access of a member. */
export const isAccess = (node: ts.Node): node is Access =>
  ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);

/** Whether a node is what a call calls. */
export const isCallee = (node: ts.Node): boolean => ts.isCallExpression(node.parent) && node.parent.expression === node;

/** `client['shard']`, which is `client.shard`. */
export const isShardInQuotes = (node: ts.Node): node is ts.ElementAccessExpression =>
  ts.isElementAccessExpression(node) &&
  ts.isStringLiteralLike(node.argumentExpression) &&
  node.argumentExpression.text === 'shard';

/** The dotted names of `a.b.shard`, also of `a.b['shard']`, or `null` for anything else. */
export function dottedShard(node: ts.Expression): readonly string[] | null {
  const at = unwrap(node);
  if (!isShardInQuotes(at)) return dottedNames(at);
  const left = dottedNames(at.expression);
  return left === null ? null : [...left, 'shard'];
}
