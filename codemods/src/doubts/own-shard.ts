/** doubts/own-shard: what a client has of its own shards, which is there wherever a function runs on one: `c.shard?.ids[0]`. */
import { declarationOf } from '../syntax/free-names.ts';
import { nameText, unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { saysOneClient } from '../values/client-words.ts';

/** What a client has of its own shards: its shards, or the cluster they are in. */
type Member = 'shard' | 'cluster';

/** Whether a name is that of a client; what another thing calls its shard is a number, as a rule. */
const isClientName = (name: string): boolean => /^c$/i.test(name) || saysOneClient(name);

/** Whether nothing on the way to a value says that it may be missing. */
const isSure = (node: ts.Expression): boolean => (node.flags & ts.NodeFlags.OptionalChain) === 0;

const memberOf = (node: ts.Expression, name: RegExp): ts.PropertyAccessExpression | null => {
  const at = unwrap(node);
  return ts.isPropertyAccessExpression(at) && name.test(at.name.text) ? at : null;
};

/** Whether a value is called that, and taken of what is there. */
function isNamed(node: ts.Expression, name: RegExp): boolean {
  const at = unwrap(node);
  return ts.isIdentifier(at) ? name.test(at.text) : memberOf(at, name) !== null && isSure(at);
}

/** Whether a name is what a broadcast hands to its function. */
function isHanded(name: ts.Identifier): boolean {
  const declared = declarationOf(name, name.getSourceFile());
  if (declared === null || !ts.isParameter(declared) || declared.parent.parameters[0] !== declared) return false;
  const fn = declared.parent;
  const call = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn).parent : null;
  return call !== null && ts.isCallExpression(call) && /\.broadcastEval$/.test(call.expression.getText());
}

/** Whether a value is a client, by its name or by who gets it. */
function isClient(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (!isSure(at)) return false;
  if (ts.isPropertyAccessExpression(at)) return isClientName(at.name.text);
  if (ts.isIdentifier(at)) return isClientName(at.text) || isHanded(at);
  if (at.kind !== ts.SyntaxKind.ThisKeyword) return false;
  const base = ts.findAncestor(at, ts.isClassLike)?.heritageClauses?.[0]?.types[0]?.expression.getText();
  return base !== undefined && isClientName(base);
}

/** Whether a name is that of a member of a client: `const { shard } = client`, `const shard = client.shard`. */
function isTaken(name: ts.Identifier, member: Member): boolean {
  const declared = declarationOf(name, name.getSourceFile());
  if (declared === null) return false;
  if (ts.isVariableDeclaration(declared)) {
    const { initializer } = declared;
    // Names may go round in circles: `const shard = (shard)`.
    return initializer !== undefined && !ts.isIdentifier(unwrap(initializer)) && isOfClient(initializer, member);
  }
  if (!ts.isBindingElement(declared) || !ts.isVariableDeclaration(declared.parent.parent)) return false;
  const { initializer } = declared.parent.parent;
  return (
    nameText(declared.propertyName ?? declared.name) === member && initializer !== undefined && isClient(initializer)
  );
}

/** `c.shard`, `this.client.shard`: it is there in every process of a shard, though types do not say so. */
function isOfClient(node: ts.Expression, member: Member): boolean {
  const at = unwrap(node);
  if (ts.isIdentifier(at)) return isTaken(at, member);
  return ts.isPropertyAccessExpression(at) && at.name.text === member && isClient(at.expression);
}

/** Whether an expression is the list of the shards of a process: `c.shard.ids`, `c.shard?.ids`. */
function isShardIds(node: ts.Expression): boolean {
  const ids = memberOf(node, /^ids$/);
  if (ids === null) return false;
  return isOfClient(ids.expression, 'shard') || (isSure(ids) && isNamed(ids.expression, /^(shards?|cluster)$/));
}

/** Whether an expression gives the numbers of shards, one after the other: `c.shard.ids`, `c.ws.shards.keys()`. */
export function isShardNumbers(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (!ts.isCallExpression(at)) return isShardIds(at);
  const callee = memberOf(at.expression, /^(values|keys)$/);
  if (callee === null) return false;
  return callee.name.text === 'keys' ? isNamed(callee.expression, /^shards?$/) : isShardIds(callee.expression);
}

/** Whether an expression is the first of the shards of a process, which has one: `c.shard.ids[0]`, `c.shard?.ids.at(0)`. */
export function isFirstShard(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isElementAccessExpression(at)) return at.argumentExpression.getText() === '0' && isShardIds(at.expression);
  if (!ts.isCallExpression(at)) return false;
  const of = memberOf(at.expression, /^at$/);
  return of !== null && at.arguments[0]?.getText() === '0' && isShardIds(of.expression);
}

/** Methods that give something of any list. */
const always = /^(every|filter|includes|indexOf|join|map|slice|some|toString)$/;

/**
 * Whether an expression is a fact that every shard has: the first of its ids, how many, `c.shard?.count`. An id of its own has
 * the cluster alone, `c.cluster?.id`: discord.js has had no `c.shard.id` since its version 12.
 */
export function isOfOwnShard(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (isFirstShard(at)) return true;
  const made = ts.isCallExpression(at) ? memberOf(at.expression, always) : memberOf(at, /^length$/);
  if (made !== null) return isShardIds(made.expression);
  const fact = memberOf(at, /^(id|ids|count)$/);
  return fact !== null && isOfClient(fact.expression, fact.name.text === 'id' ? 'cluster' : 'shard');
}
