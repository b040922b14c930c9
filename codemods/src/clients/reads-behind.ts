/** clients/reads-behind: what an expression of a function reads of its client, also by names that were set elsewhere. */
import { declarationOf } from '../syntax/free-names.ts';
import { descendants, isNameOnly, type MovableFunction } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { putInto } from '../values/puts.ts';
import { askedOnce } from '../values/value-asked.ts';
import { isFixed } from '../values/value-names.ts';
import { type ClientRead, clientReads, type ReadKind } from './client-paths.ts';

const isWithin = (node: ts.Node, around: ts.Node): boolean => around.pos <= node.pos && node.end <= around.end;

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
    if (isOfWhole(fn, holder) && (puts.length > 0 || !isFixed(name, declared))) return [null];
    const value = isFunction ? holder : holder.initializer;
    return [...(value === undefined ? [] : [value]), ...puts].flatMap((one) => nodesBehind(fn, one, seen));
  });
  return [node, ...behind];
}

/** Whether what is looked up is named by something that is another for each thing of a list: `c.channels.cache.get(g.ownId)`. */
function isNamedByEach(fn: MovableFunction, { node }: ClientRead): boolean {
  const call = node.parent;
  const given = ts.isCallExpression(call) && call.expression === node ? call.arguments : [];
  return given.flatMap(descendants).some((name) => {
    const declared = ts.isIdentifier(name) && !isNameOnly(name) ? declarationOf(name, fn.body) : null;
    return declared !== null && !isOfWhole(fn, holderOf(declared));
  });
}

/**
 * The kinds of what an expression reads, by whatever names; `other` for a name that changes while the function runs. A
 * thing that is looked up by what is the same for each of a list is one that only some shards have: that says `some`.
 */
export const kindsBehind = askedOnce((fn: MovableFunction, node: ts.Node): readonly ReadKind[] =>
  nodesBehind(fn, node, new Set()).flatMap((one) =>
    one === null
      ? ['other' as const]
      : clientReads(fn, one).map((read) => (read.kind === 'one' && !isNamedByEach(fn, read) ? 'some' : read.kind)),
  ),
);

/** What a statement looks at before it goes on. */
function testOf(node: ts.Node): ts.Expression | undefined {
  const whether = ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node);
  if (whether || ts.isSwitchStatement(node)) return node.expression;
  return ts.isForStatement(node) ? node.condition : undefined;
}

/** Kinds of reads that say something of the whole of what a shard has. */
const whole: ReadonlySet<ReadKind> = new Set(['count', 'all', 'some', 'other']);

/** Whether a place of a function is reached once for each thing of a list, perhaps. */
function isOfEach(fn: MovableFunction, node: ts.Node): boolean {
  for (let at = node.parent; at !== fn.body && at !== fn && !ts.isSourceFile(at); at = at.parent)
    if (ts.isIterationStatement(at, false) || ts.isFunctionLike(at)) return true;
  return false;
}

/** Whether a statement leaves a loop before its end, so that others of its list are not looked at. */
const endsLoop = (node: ts.Node): boolean =>
  ts.isBreakStatement(node) &&
  ts.findAncestor(node, (at) => ts.isIterationStatement(at, false) || ts.isSwitchStatement(at))?.kind !==
    ts.SyntaxKind.SwitchStatement;

/**
 * Whether what a function does next depends on the whole of what its client has, which is another for each shard: also
 * where it is there at all what one of them alone has.
 */
export const dependsOnWhole = (fn: MovableFunction): boolean =>
  descendants(fn.body).some((node) => {
    const test = testOf(node);
    if (test === undefined) return endsLoop(node);
    const isOnce = !isOfEach(fn, node);
    return kindsBehind(fn, test).some((kind) => whole.has(kind) || (isOnce && kind === 'one'));
  });
