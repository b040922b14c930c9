/** clients/returned: what the value of a function means beyond one shard. Says less than it knows, never more. */
import { declarationOf } from '../syntax/free-names.ts';
import { descendants, type MovableFunction, returnedBy, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isFixed } from '../values/value-names.ts';
import { isAbsentFalsy } from './absent.ts';
import { clientReads, type ReadKind, readOf } from './client-paths.ts';
import { saysProcess } from './process-facts.ts';
import { dependsOnWhole, isRepeated, kindsBehind } from './reads-behind.ts';

/**
 * What a function's value is made of.
 *
 * `sum`: numbers of what the shards divide among themselves, so that parts add up to the same; `list`: a list of such
 * things; `lookup`: one thing by its id, falsy where it is not; `found`: one that is like something; `process`: only of
 * what a process has once; `shard`: anything else, which may mean the one shard it comes from.
 */
export type Made = 'sum' | 'list' | 'lookup' | 'found' | 'process' | 'shard';

const isOfEach = (kind: ReadKind): boolean => kind === 'one' || kind === 'own' || kind === 'same';

/** Whether an expression is made of facts of the process and members of the bot alone. */
function isMadeOfProcess(fn: MovableFunction, node: ts.Node): boolean {
  const own = clientReads(fn, node).some(({ kind }) => kind === 'own');
  if (!own && !descendants(node).some((one) => saysProcess(fn, one))) return false;
  return kindsBehind(fn, node).every((kind) => kind !== 'one' && isOfEach(kind));
}

const bare = (node: ts.Expression): ts.Expression => {
  const at = unwrap(node);
  return ts.isAwaitExpression(at) ? bare(at.expression) : at;
};

const isZero = (node: ts.Expression): boolean => ts.isNumericLiteral(node) && Number(node.text) === 0;

/** Methods that give one entry for each, or for some. */
export const elementwise: ReadonlySet<string> = new Set([
  'filter',
  'map',
  'values',
  'keys',
  'array',
  'keyArray',
  'toJSON',
  'clone',
  'mapValues',
  'flatMap',
  'flat',
]);

/** Whether an expression is a collection of discord.js, whose methods hand over the key of an element and not its place. */
function isCollection(fn: MovableFunction, node: ts.Expression): boolean {
  const at = bare(node);
  if (readOf(fn, at)?.kind === 'all') return true;
  if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) return false;
  return (
    /^(filter|clone|mapValues|each|tap)$/.test(at.expression.name.text) && isCollection(fn, at.expression.expression)
  );
}

/** The function that a method of a list calls with each element. */
function callbackOf({ expression: callee, arguments: given }: ts.CallExpression): ts.Expression | undefined {
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const { name, expression } = callee;
  if (name.text === 'from' && expression.getText() === 'Array') return given[1];
  return /^(filter|map|mapValues|flatMap|forEach|each|reduce)$/.test(name.text) ? given[0] : undefined;
}

/** Functions that look at one value, however many they are given. */
const ofOne = /^(String|Number|Boolean|BigInt)$/;

/** What an expression says as a function of the text; `null` for any other. */
function functionOf(node: ts.Expression): ts.SignatureDeclaration | null {
  const at = unwrap(node);
  if (!ts.isIdentifier(at)) return ts.isFunctionLike(at) ? at : null;
  const declared = declarationOf(at, at.getSourceFile());
  if (declared === null || !isFixed(at, declared)) return null;
  const made = ts.isVariableDeclaration(declared) ? declared.initializer : declared;
  return made !== undefined && ts.isFunctionLike(made) ? made : null;
}

/** Whether a function that is handed each element of a list is handed more than that: its place, or the whole list. */
function takesWhole(fn: MovableFunction, call: ts.CallExpression): boolean {
  const callback = callbackOf(call);
  if (callback === undefined || !ts.isPropertyAccessExpression(call.expression)) return false;
  const { name, expression: list } = call.expression;
  const most = /^reduce/.test(name.text) || isCollection(fn, list) ? 2 : 1;
  const made = functionOf(callback);
  // Of what is made elsewhere nobody knows.
  if (made === null) return !ofOne.test(callback.getText());
  const { parameters } = made;
  if (parameters.length > most || parameters.some(({ dotDotDotToken }) => dotDotDotToken !== undefined)) return true;
  return !ts.isArrowFunction(made) && descendants(made).some((one) => ts.isIdentifier(one) && one.text === 'arguments');
}

/** Whether what is done with each element looks at nothing that belongs to the whole. */
export const isPerElement = (fn: MovableFunction, call: ts.CallExpression): boolean =>
  !takesWhole(fn, call) && call.arguments.every((one) => kindsBehind(fn, one).every(isOfEach));

/** The local variable behind a name, with every other place that says it. */
function localOf(fn: MovableFunction, name: ts.Identifier) {
  if (!ts.isBlock(fn.body)) return null;
  const named = descendants(fn.body).filter((n): n is ts.Identifier => ts.isIdentifier(n) && n.text === name.text);
  const holders = named.flatMap(({ parent }) => (ts.isVariableDeclaration(parent) ? [parent] : []));
  const [holder] = holders;
  if (holder?.initializer === undefined || holders.length > 1 || holder.name.getText() !== name.text) return null;
  const uses = named.filter((use) => use !== holder.name);
  return { initializer: bare(holder.initializer), uses, fixed: (holder.parent.flags & ts.NodeFlags.Const) !== 0 };
}

/** Whether a place is in the body of exactly one loop, over all of a list. */
function isInLoop(fn: MovableFunction, use: ts.Node): boolean {
  for (let at: ts.Node = use; at !== fn.body && !ts.isSourceFile(at); at = at.parent) {
    if (ts.isIfStatement(at) && at.pos <= use.pos && use.end <= at.expression.end) return false;
    if (ts.isForOfStatement(at)) return isList(fn, at.expression);
    if (ts.isForStatement(at) || ts.isForInStatement(at) || ts.isWhileStatement(at) || ts.isDoStatement(at))
      return false;
    if (!ts.isArrowFunction(at) && !ts.isFunctionExpression(at)) continue;
    const call = at.parent;
    if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return false;
    const { name, expression } = call.expression;
    return /^(forEach|each)$/.test(name.text) && !takesWhole(fn, call) && isList(fn, expression);
  }
  return false;
}

const isReturned = (use: ts.Node): boolean => ts.isReturnStatement(use.parent);

/** `let n = 0; c.guilds.cache.forEach((g) => { n += g.memberCount; }); return n;` */
function isCounted(fn: MovableFunction, name: ts.Identifier): boolean {
  const local = localOf(fn, name);
  if (local === null) return false;
  if (local.fixed) return isSumOfParts(fn, local.initializer);
  const adds = (use: ts.Identifier): boolean => {
    const { parent } = use;
    if (ts.isPostfixUnaryExpression(parent) || ts.isPrefixUnaryExpression(parent))
      return parent.operator === ts.SyntaxKind.PlusPlusToken && isInLoop(fn, use);
    if (!ts.isBinaryExpression(parent) || parent.left !== use) return false;
    const plus = parent.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken;
    return plus && isInLoop(fn, use) && kindsBehind(fn, parent.right).every((kind) => kind === 'one');
  };
  return isZero(local.initializer) && local.uses.every((use) => isReturned(use) || adds(use));
}

/** `const rows = []; for (const g of c.guilds.cache.values()) rows.push(g.name); return rows;` */
function isCollected(fn: MovableFunction, name: ts.Identifier): boolean {
  const local = localOf(fn, name);
  if (local === null) return false;
  const pushes = (use: ts.Identifier): boolean => {
    const access = use.parent;
    if (!ts.isPropertyAccessExpression(access) || access.name.text !== 'push') return false;
    return ts.isCallExpression(access.parent) && isPerElement(fn, access.parent) && isInLoop(fn, use);
  };
  if (local.fixed && local.uses.every(isReturned)) return isList(fn, local.initializer);
  const empty = ts.isArrayLiteralExpression(local.initializer) && local.initializer.elements.length === 0;
  return empty && local.fixed && local.uses.every((use) => isReturned(use) || pushes(use));
}

/** A list with one entry for each thing of a cache that the shards divide, or of the bot's own. */
function isList(fn: MovableFunction, node: ts.Expression): boolean {
  const at = bare(node);
  if (readOf(fn, at)?.kind === 'all') return true;
  if (ts.isIdentifier(at)) return isCollected(fn, at);
  if (ts.isArrayLiteralExpression(at)) {
    const [only, more] = at.elements;
    if (only === undefined) return true;
    return more === undefined && ts.isSpreadElement(only) && isList(fn, only.expression);
  }
  if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) return false;
  const { expression: of, name } = at.expression;
  const [first] = at.arguments;
  if (of.getText() === 'Array' && name.text === 'from' && first !== undefined)
    return isList(fn, first) && isPerElement(fn, at);
  return elementwise.has(name.text) && isPerElement(fn, at) && isList(fn, of);
}

/** `list.reduce((sum, one) => sum + one.count, 0)` */
function isReducedSum(fn: MovableFunction, call: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(call.expression) || call.expression.name.text !== 'reduce') return false;
  const [callback, start, more] = call.arguments;
  if (callback === undefined || more !== undefined) return false;
  // Without a start the first element itself is one of the numbers, and none at all is an error.
  if (start !== undefined && !isZero(unwrap(start))) return false;
  if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback)) return false;
  const [sum] = callback.parameters;
  const [value, another] = returnedBy(callback);
  if (sum === undefined || value === undefined || another !== undefined || callback.parameters.length > 2) return false;
  const added = bare(value);
  if (!ts.isBinaryExpression(added) || added.operatorToken.kind !== ts.SyntaxKind.PlusToken) return false;
  const says = (side: ts.Node): boolean =>
    descendants(side).some((one) => ts.isIdentifier(one) && one.text === sum.name.getText());
  const [left, right] = [bare(added.left), bare(added.right)];
  const alone =
    ts.isIdentifier(left) && says(left) ? !says(right) : ts.isIdentifier(right) && says(right) && !says(left);
  return alone && isPerElement(fn, call) && isList(fn, call.expression.expression);
}

/** Whether parts of a number, one per shard, add up to the number of the whole process. */
function isSumOfParts(fn: MovableFunction, node: ts.Expression): boolean {
  const at = bare(node);
  if (isZero(at) || readOf(fn, at)?.kind === 'count' || isMadeOfProcess(fn, at)) return true;
  if (ts.isIdentifier(at)) return isCounted(fn, at);
  if (ts.isPropertyAccessExpression(at)) return /^(size|length)$/.test(at.name.text) && isList(fn, at.expression);
  if (ts.isCallExpression(at)) {
    const [first] = at.arguments;
    if (at.expression.getText() === 'Number' && first !== undefined) return isSumOfParts(fn, first);
    return isReducedSum(fn, at);
  }
  if (!ts.isBinaryExpression(at)) return false;
  const { kind } = at.operatorToken;
  const { PlusToken, MinusToken, BarBarToken, QuestionQuestionToken } = ts.SyntaxKind;
  if (kind === PlusToken || kind === MinusToken) return isSumOfParts(fn, at.left) && isSumOfParts(fn, at.right);
  return (
    (kind === BarBarToken || kind === QuestionQuestionToken) && isSumOfParts(fn, at.left) && isZero(bare(at.right))
  );
}

/** Says what the value of a function is made of. */
export function madeOf(fn: MovableFunction): Made {
  const values = returnedBy(fn);
  if (values.length === 0) return 'shard';
  if (isMadeOfProcess(fn, fn.body)) return 'process';
  const whole = dependsOnWhole(fn);
  if (!whole && values.every((value) => isSumOfParts(fn, value))) return 'sum';
  if (!whole && values.every((value) => isList(fn, value) || isMadeOfProcess(fn, value))) return 'list';
  const read = clientReads(fn).map(({ kind }) => kind);
  const kinds = new Set(read);
  const looks = kinds.has('one') || kinds.has('some');
  const only = [...kinds].every((kind) => kind === 'one' || kind === 'some' || kind === 'own' || kind === 'same');
  // The first that is found of several is another one where more of them are found.
  if (clientReads(fn).some(({ kind, node }) => kind === 'one' && isRepeated(fn, node))) return 'shard';
  if (!looks || !only || !values.every((value) => isAbsentFalsy(fn, value))) return 'shard';
  if (!kinds.has('some')) return 'lookup';
  // It may be looked for only where something else is, or is not.
  const others = read.filter((kind) => kind === 'some' || kind === 'one');
  return others.length > 1 ? 'shard' : 'found';
}

/** Whether each entry is a thing of a guild, as it says itself, so that a process has those of its shards: `player.guild.name`. */
const isOfGuilds = (fn: MovableFunction, value: ts.Expression): boolean =>
  descendants(ts.isIdentifier(bare(value)) ? fn.body : value).some(
    (node) =>
      ts.isPropertyAccessExpression(node) &&
      node.name.text === 'guild' &&
      ts.isIdentifier(node.expression) &&
      ts.isPropertyAccessExpression(node.parent) &&
      isEntry(fn, node.expression),
  );

/** Whether a name is that of an entry: what a function gets that stands inside. */
function isEntry(fn: MovableFunction, name: ts.Identifier): boolean {
  const declared = declarationOf(name, fn.body);
  return declared !== null && ts.isParameter(declared) && declared.parent !== fn;
}

/** Whether a value is made of members of the bot alone, by whatever names. */
function isOwnBehind(fn: MovableFunction, value: ts.Expression): boolean {
  const kinds = kindsBehind(fn, value);
  return kinds.includes('own') && kinds.every((kind) => kind !== 'one' && isOfEach(kind));
}

/** Whether something that a function gives is made of what its process has once, and not of what its guilds have. */
export const givesOwn = (fn: MovableFunction): boolean =>
  returnedBy(fn).some((value) => (isMadeOfProcess(fn, fn.body) || isOwnBehind(fn, value)) && !isOfGuilds(fn, value));

/** What the value of a `fetchClientValues` path is made of. */
export function madeOfPath(names: readonly string[], divided: boolean, custom: boolean): Made {
  if (custom) return 'process';
  const rest = names.slice(1).filter((name) => name !== 'cache');
  if (!divided || rest.length > 1) return 'shard';
  const [last] = rest;
  if (last === undefined) return 'list';
  return last === 'size' ? 'sum' : 'shard';
}
