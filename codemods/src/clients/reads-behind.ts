/** clients/reads-behind: what an expression of a function reads of its client, also by names that were set elsewhere. */
import { declarationOf } from '../syntax/free-names.ts';
import { descendants, isNameOnly, isWithin, type MovableFunction, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { putInto } from '../values/puts.ts';
import { askedOnce } from '../values/value-asked.ts';
import { isFixed } from '../values/value-names.ts';
import { type ClientRead, clientReads, lookupKey, type ReadKind } from './client-paths.ts';

/** The variable or the function that a declared name is one of. */
function holderOf(declared: ts.Node): ts.Node {
  let at = declared;
  while (ts.isBindingElement(at) || ts.isObjectBindingPattern(at) || ts.isArrayBindingPattern(at)) at = at.parent;
  return at;
}

/** Whether something is declared once for a whole function, and not for each round of a loop or each call of another. */
function isOfWhole(fn: MovableFunction, declared: ts.Node): boolean {
  let at = declared;
  while (at !== fn && !ts.isIterationStatement(at, false) && (at === declared || !ts.isFunctionLike(at)))
    at = at.parent;
  return at === fn;
}

/** Whether a value is made right there, so that all it holds is put into it here: what `add` does to a thing of discord.js is done to that. */
const isMade = (value: ts.Node): boolean =>
  ts.isArrayLiteralExpression(value) || ts.isObjectLiteralExpression(value) || ts.isNewExpression(value);

/** Every node that says what an expression reads: itself, and what the names in it were set to; `null` for one that changes. */
function nodesBehind(fn: MovableFunction, node: ts.Node, seen: Set<ts.Node>): readonly (ts.Node | null)[] {
  const names = descendants(node).filter((one): one is ts.Identifier => ts.isIdentifier(one) && !isNameOnly(one));
  const behind = names.flatMap((name): readonly (ts.Node | null)[] => {
    const declared = declarationOf(name, fn.body);
    if (declared === null || seen.has(declared) || isWithin(declared, node)) return [];
    seen.add(declared);
    const holder = holderOf(declared);
    const isFunction = ts.isFunctionDeclaration(holder);
    if (!isFunction && !ts.isVariableDeclaration(holder)) return [];
    const puts = putInto(name, declared).map(({ value }) => value);
    const value = isFunction ? holder : holder.initializer;
    const isFilled = puts.length > 0 && (value === undefined || isMade(value));
    if (isOfWhole(fn, holder) && (isFilled || !isFixed(name, declared))) return [null];
    return [...(value === undefined ? [] : [value]), ...puts].flatMap((one) => nodesBehind(fn, one, seen));
  });
  return [node, ...behind];
}

/** The list that a name is an entry of, as the variable of a loop or the parameter of a function that gets each; `null` for others. */
function listBehind(declared: ts.Node): ts.Expression | null {
  const holder = holderOf(declared);
  if (ts.isVariableDeclaration(holder)) {
    const loop = holder.parent.parent;
    return ts.isForOfStatement(loop) || ts.isForInStatement(loop) ? loop.expression : null;
  }
  const call = ts.isParameter(holder) ? wrapped(holder.parent as ts.Expression).parent : null;
  if (call === null || !ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return null;
  const { name, expression } = call.expression;
  if (name.text === 'from' && expression.getText() === 'Array') return call.arguments[0] ?? null;
  return ofLists.test(name.text) ? expression : null;
}

const ofLists = /^(filter|map|mapValues|flatMap|forEach|each|reduce|find|findKey|some|every|sort|partition|sweep)$/;

const asked = new Set<ts.Node>();

/** Whether a value is what a shard itself says of something it has: of a thing that was looked up, or of each of a list. */
function isOfThing(fn: MovableFunction, value: ts.Node): boolean {
  if (asked.has(value)) return false;
  asked.add(value);
  try {
    return nodesBehind(fn, value, new Set()).some((node) => node !== null && isThingIn(fn, node));
  } finally {
    asked.delete(value);
  }
}

function isThingIn(fn: MovableFunction, node: ts.Node): boolean {
  if (clientReads(fn, node).some(({ kind }) => ofShard.has(kind))) return true;
  return descendants(node).some((name) => {
    const declared = ts.isIdentifier(name) && !isNameOnly(name) ? declarationOf(name, fn.body) : null;
    const list = declared === null ? null : listBehind(declared);
    return list !== null && isOfThing(fn, list);
  });
}

const ofShard: ReadonlySet<ReadKind> = new Set(['one', 'some', 'all']);

/** One read behind an expression. */
export interface ReadBehind extends ClientRead {
  /** What is looked up is named by a thing of the shard, so that it is where that is: `c.channels.cache.get(guild.afkId)`. */
  readonly ofThing: boolean;
}

/** What the lookup of a read is given. */
const givenTo = ({ node }: ClientRead): readonly ts.Expression[] =>
  ts.isCallExpression(node.parent) && node.parent.expression === node ? node.parent.arguments : [];

/** Whether a read looks up what a thing of the shard names. */
export const isOfThingRead = (fn: MovableFunction, read: ClientRead): boolean =>
  read.kind === 'one' && givenTo(read).some((one) => isOfThing(fn, one));

/**
 * Whether a function looks up several things by themselves: they may be in several shards, of which none has found all, as
 * their process does. What is named by another one is where that is.
 */
export function looksUpSeveral(fn: MovableFunction): boolean {
  const sought = clientReads(fn).filter(
    (read) => (read.kind === 'one' || read.kind === 'some') && !isOfThingRead(fn, read),
  );
  const keys = sought.map(({ node }) => (ts.isCallExpression(node.parent) ? lookupKey(node.parent) : node.getText()));
  return new Set(keys).size > 1;
}

/** What an expression reads of its client, by whatever names. */
export interface ReadsBehind {
  readonly reads: readonly ReadBehind[];
  /** A name in it changes while the function runs, so that nothing is known of what it holds. */
  readonly changes: boolean;
}

/** Everything that an expression reads of its client. */
export const readsBehind = askedOnce((fn: MovableFunction, node: ts.Node): ReadsBehind => {
  const nodes = nodesBehind(fn, node, new Set());
  const reads = nodes.flatMap((one) => (one === null ? [] : clientReads(fn, one)));
  return { reads: reads.map((read) => ({ ...read, ofThing: isOfThingRead(fn, read) })), changes: nodes.includes(null) };
});

/**
 * The kinds of what an expression reads, by whatever names; `other` for a name that changes while the function runs. A
 * thing that is looked up by what is the same for each of a list is one that only some shards have: that says `some`.
 */
export function kindsBehind(fn: MovableFunction, node: ts.Node): readonly ReadKind[] {
  const { reads, changes } = readsBehind(fn, node);
  const kinds = reads.map(({ kind, ofThing }) => (kind === 'one' && !ofThing ? 'some' : kind));
  return changes ? [...kinds, 'other'] : kinds;
}

/** What a statement looks at before it goes on. */
function testOf(node: ts.Node): ts.Expression | undefined {
  const whether = ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node);
  if (whether || ts.isSwitchStatement(node)) return node.expression;
  return ts.isForStatement(node) ? node.condition : undefined;
}

/** Kinds of reads that say something of the whole of what a shard has. */
const whole: ReadonlySet<ReadKind> = new Set(['count', 'all', 'some', 'other']);

/** Whether a place of a function is reached once for each thing of a list, perhaps. */
export function isRepeated(fn: MovableFunction, node: ts.Node): boolean {
  for (let at = node.parent; at !== fn.body && at !== fn && !ts.isSourceFile(at); at = at.parent)
    if (ts.isIterationStatement(at, false) || ts.isFunctionLike(at)) return true;
  return false;
}

/** Whether a statement may leave a loop before its end, so that others of its list are not looked at. */
const mayEndLoop = (node: ts.Node): boolean =>
  // One by a name may leave more than the loop or the `switch` it stands in.
  (ts.isBreakOrContinueStatement(node) && node.label !== undefined) ||
  (ts.isBreakStatement(node) &&
    ts.findAncestor(node, (at) => ts.isIterationStatement(at, false) || ts.isSwitchStatement(at))?.kind !==
      ts.SyntaxKind.SwitchStatement);

/**
 * Whether what a function does next depends on the whole of what its client has, which is another for each shard: also
 * where it is there at all what one of them alone has.
 */
export const dependsOnWhole = (fn: MovableFunction): boolean =>
  descendants(fn.body).some((node) => {
    const test = testOf(node);
    if (test === undefined) return mayEndLoop(node);
    const isOnce = !isRepeated(fn, node);
    return kindsBehind(fn, test).some((kind) => whole.has(kind) || (isOnce && kind === 'one'));
  });
