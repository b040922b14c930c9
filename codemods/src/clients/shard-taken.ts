/** clients/shard-taken: where code takes `shard` out of something, which without a ShardingManager is `null`. */
import { isAccess } from '../syntax/access.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';

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

/** What a ShardingManager puts into a bot. The bot of a ClusterManager has `SHARDS` and `SHARD_COUNT` alone. */
const variable = /^SHARDING_MANAGER(?:_MODE)?$/;

/** What of a ShardingManager a place of code looks for, and the name of it there. */
export interface ShardTaken {
  readonly name: ts.Node;
  readonly what: string;
}

/** Where a node takes `shard` out of something, knows its class or asks the environment; `null` for any other node. */
export function shardTaken(node: ts.Node): ShardTaken | null {
  const isWord = ts.isIdentifier(node) || ts.isStringLiteralLike(node);
  if (isWord && variable.test(node.text)) return { name: node, what: `process.env.${node.text}` };
  if (ts.isIdentifier(node) && node.text === 'ShardClientUtil') return { name: node, what: node.text };
  const name = takenBy(node);
  return name !== null && isShard(name) ? { name, what: 'client.shard' } : null;
}
