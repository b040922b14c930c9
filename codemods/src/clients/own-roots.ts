/** clients/own-roots: what an expression in a method of a bot is taken of: of its client, of what the bot has, or of what it gets. */
import { isAccess } from '../syntax/access.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { isGlobalName } from '../syntax/globals.ts';
import { dottedNames, isNameOnly, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isClientClass } from '../values/class-members.ts';
import { classOf } from '../values/class-owner.ts';
import { saysClient } from '../values/client-words.ts';
import { accessName, putInto } from '../values/puts.ts';
import { isFixed } from '../values/value-names.ts';
import type { Body } from '../values/value-way.ts';
import { dividedMembers } from './client-paths.ts';
import { listing } from './whole-taken.ts';

/** A function that a bot has written, and the folder of the bot. */
export interface Written {
  readonly folder: string;
  readonly fn: Body;
}

/** Whether `this` is a client at a place. */
function isThisClient(folder: string, node: ts.Node): boolean {
  const made = node.kind === ts.SyntaxKind.ThisKeyword ? classOf(node) : null;
  return made !== null && isClientClass(folder, made);
}

/** Whether an expression is a client: by its name, or as the `this` of a class of clients. */
export function isClientOf(folder: string, node: ts.Expression): boolean {
  const at = unwrap(node);
  return isThisClient(folder, at) || saysClient(dottedNames(at)?.at(-1));
}

const ofShard = /^(ws|shard)$/;

/** Whether a member is one that shards divide among themselves, or each has of its own: `client.guilds`, `x.guilds.cache`. */
function isDividedMember(folder: string, node: ts.PropertyAccessExpression): boolean {
  const { name, expression, parent } = node;
  if (ofShard.test(name.text)) return isClientOf(folder, expression);
  if (!dividedMembers.has(name.text)) return false;
  const isCached = ts.isPropertyAccessExpression(parent) && /^(cache|resolve)$/.test(parent.name.text);
  return isCached || isClientOf(folder, expression);
}

/** Whether a node takes what shards divide among themselves out of a client: `client.guilds`, `const { guilds } = client`. */
export function isDividedRead(folder: string, node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return isDividedMember(folder, node);
  if (!ts.isBindingElement(node)) return false;
  const name = (node.propertyName ?? node.name).getText();
  const { parent: holder } = node.parent;
  const of = ts.isVariableDeclaration(holder) ? holder.initializer : undefined;
  return (dividedMembers.has(name) || ofShard.test(name)) && of !== undefined && isClientOf(folder, of);
}

/** Whether what is read is that of the `this` of a method, which is the client of a shard where a shard is asked. */
export function seesView({ folder, fn }: Written, node: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(node) || ts.isArrowFunction(fn)) return false;
  const around = ts.findAncestor(node, (at) => ts.isFunctionLike(at) && !ts.isArrowFunction(at));
  return around === fn && isThisClient(folder, unwrap(node.expression));
}

/** Whether a node is a fact of the process. */
export const isOfProcess = (node: ts.Node): boolean =>
  ts.isIdentifier(node) && /^(process|os)$/.test(node.text) && !isNameOnly(node) && !isEnvironment(node.parent);

const isEnvironment = (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node) && /^(env|nextTick|argv|platform|version)$/.test(node.name.text);

/** Whether a list is written out and nothing is put into it. */
function isWrittenOut(name: ts.Identifier, declared: ts.VariableDeclaration): boolean {
  const made = declared.initializer === undefined ? null : unwrap(declared.initializer);
  const isList = made !== null && (ts.isArrayLiteralExpression(made) || ts.isLiteralExpression(made));
  return isList && isFixed(name, declared) && putInto(name, declared).length === 0;
}

/** Whether what a name holds is what the bot has: a name from outside of the method, or one that such a thing was put into. */
function isNameOfBot(method: Written, name: ts.Identifier, seen: ReadonlySet<ts.Node>): boolean {
  const { fn } = method;
  const declared = declarationOf(name, name.getSourceFile());
  if (declared === null) return !isGlobalName(name.text);
  let holder = declared;
  while (ts.isBindingElement(holder) || ts.isObjectBindingPattern(holder) || ts.isArrayBindingPattern(holder))
    holder = holder.parent;
  const isInside = fn.pos <= holder.pos && holder.end <= fn.end;
  if (ts.isParameter(holder)) return !isInside || saysClient(name.text);
  if (!ts.isVariableDeclaration(holder)) return !isInside;
  if (!isInside) return !isWrittenOut(name, holder);
  if (holder.initializer === undefined || seen.has(holder)) return false;
  return isOfBot(method, holder.initializer, new Set([...seen, holder]));
}

const asking = /^(get|has|find|fetch|resolve)$/;

/** What an expression is a step away from; `null` where that is a thing by its id, or no chain. */
function stepBack(node: ts.Expression): ts.Expression | null {
  if (ts.isAwaitExpression(node) || isAccess(node)) return node.expression;
  if (!ts.isCallExpression(node)) return null;
  if (listing.test(node.expression.getText())) return node.arguments[0] ?? null;
  const callee = unwrap(node.expression);
  if (!isAccess(callee) || (asking.test(accessName(callee)) && node.arguments.length > 0)) return null;
  return callee.expression;
}

/** Whether an expression in a method is taken of what the bot has, and neither of what it gets nor of a thing by its id. */
export function isOfBot(method: Written, node: ts.Expression, seen: ReadonlySet<ts.Node> = new Set()): boolean {
  const at = unwrap(node);
  if (at.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (ts.isIdentifier(at)) return isNameOfBot(method, at, seen);
  // What shards divide is looked at where it is read.
  if (isDividedRead(method.folder, at)) return false;
  const of = stepBack(at);
  return of !== null && isOfBot(method, of, seen);
}
