/** analyze/shard-taken: where code takes `shard` out of something, which without a ShardingManager is `null`. */
import { ts } from '../typescript.js';
import { isAccess } from './asks-client.ts';
import { writtenAt } from './writes.ts';

const isShard = (name: ts.Node): boolean =>
  ts.isComputedPropertyName(name)
    ? isShard(name.expression)
    : (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) && name.text === 'shard';

/** The name of the member that a node takes out of something: by `.`, in quotes, or in a pattern. */
function takenBy(node: ts.Node): ts.Node | null {
  if (isAccess(node)) {
    if (ts.isPropertyAccessExpression(node)) return node.name;
    return ts.isIdentifier(node.argumentExpression) ? null : node.argumentExpression;
  }
  if (ts.isBindingElement(node))
    return ts.isObjectBindingPattern(node.parent) ? (node.propertyName ?? node.name) : null;
  const member = ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node);
  return member && writtenAt(node.parent).length > 0 ? node.name : null;
}

/** The name of `shard` where a node takes it out of something, or knows its class; `null` for any other node. */
export function shardTaken(node: ts.Node): ts.Node | null {
  if (ts.isIdentifier(node) && node.text === 'ShardClientUtil') return node;
  const name = takenBy(node);
  return name !== null && isShard(name) ? name : null;
}
