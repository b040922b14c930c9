/** clients/waited-for: where an error of what a function does comes out, and ends what stands behind it. */
import { declarationOf, placesMeaning } from '../syntax/free-names.ts';
import { givenBy } from '../syntax/given-by.ts';
import { descendants, isWithin, type MovableFunction, unwrap, wrapped } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { ts } from '../typescript.js';

/** A promise that is handed on: as a further one in its place, by a name, or it is waited for. */
interface Way {
  readonly fn: MovableFunction;
  readonly seen: Set<ts.Node>;
}

/** Whether what gets an error takes it, so that nothing further on ends by it. */
function takesError(given: ts.Expression | undefined): boolean {
  if (given === undefined || isNothing(given)) return false;
  const at = unwrap(given);
  return !ts.isFunctionLike(at) || !descendants(at).some(ts.isThrowStatement);
}

/** Whether what a call gives never fails: `.catch(() => {})`, `.then(done, failed)`. */
export function isCaughtBy(name: string, { arguments: given }: ts.CallExpression): boolean {
  if (name === 'catch') return takesError(given[0]);
  return name === 'then' && takesError(given[1]);
}

/** Functions of which the promise fails with one of those that they get. */
const together = /^Promise\.(all|race|resolve)$/;

/** What a step behind a promise makes of it: another one that fails with it. */
function ofStep(access: ts.PropertyAccessExpression): ts.Expression | null {
  const call = access.parent;
  const name = access.name.text;
  if (!ts.isCallExpression(call) || call.expression !== access || !/^(then|catch|finally)$/.test(name)) return null;
  return isCaughtBy(name, call) ? null : call;
}

/** The list that gives what a function gives for each entry: `list.map((g) => g.leave())`. */
function mappedBy(fn: ts.Node): ts.Expression | null {
  const { parent: call } = fn;
  if (!ts.isCallExpression(call) || call.arguments[0] !== fn) return null;
  return ts.isPropertyAccessExpression(call.expression) && /^(map|flatMap)$/.test(call.expression.name.text)
    ? call
    : null;
}

/** What fails with a promise that is the end of a function, or behind a `return`. */
function failsWithFunction(at: ts.Expression): ts.Expression | null {
  const fn = givenBy(at);
  return fn === null ? null : mappedBy(wrapped(fn));
}

/** What fails with a promise, where it stands. */
function failsWith(at: ts.Expression): ts.Expression | null {
  const { parent } = at;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === at ? ofStep(parent) : null;
  if (ts.isBinaryExpression(parent)) return parent;
  if (ts.isConditionalExpression(parent)) return parent.condition === at ? null : parent;
  if (ts.isArrayLiteralExpression(parent)) return parent;
  if (ts.isSpreadElement(parent)) return ts.isArrayLiteralExpression(parent.parent) ? parent.parent : null;
  if (ts.isCallExpression(parent)) return together.test(parent.expression.getText()) ? parent : null;
  return failsWithFunction(at);
}

/** The names that hold a promise, at each of their places. */
function placesHolding({ fn }: Way, { parent }: ts.Expression): readonly ts.Expression[] {
  if (ts.isVariableDeclaration(parent))
    return ts.isIdentifier(parent.name) ? placesMeaning(parent, parent.name, fn.body) : [];
  const set = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  const declared = set && ts.isIdentifier(parent.left) ? declarationOf(parent.left, fn.body) : null;
  return declared === null || !set ? [] : placesMeaning(declared, parent.left as ts.Identifier, fn.body);
}

/** Every `await` that throws the error of a promise. */
function waitsFor(way: Way, promise: ts.Expression): readonly ts.AwaitExpression[] {
  const at = wrapped(promise);
  if (way.seen.has(at)) return [];
  way.seen.add(at);
  if (ts.isAwaitExpression(at.parent)) return [at.parent];
  const next = failsWith(at);
  return [...(next === null ? [] : [next]), ...placesHolding(way, at)].flatMap((one) => waitsFor(way, one));
}

/** Every `await` of a function that throws the error of a promise. */
export const waitsOf = (fn: MovableFunction, promise: ts.Expression): readonly ts.AwaitExpression[] =>
  waitsFor({ fn, seen: new Set() }, promise);

/** Whether a block is tried, and an error of it goes no further. */
export function isTried(node: ts.Node): boolean {
  const caught = ts.isBlock(node) && ts.isTryStatement(node.parent) ? node.parent.catchClause : undefined;
  const isBlock = caught !== undefined && caught.parent.tryBlock === node;
  return isBlock && !descendants(caught).some((one) => ts.isThrowStatement(one));
}

/** An `await` that an error of an act comes out of. */
export interface Failure {
  readonly isInLoop: boolean;
  /** Whether something is not done any more by then. */
  readonly ends: (other: ts.Node) => boolean;
}

/** Where an error of what a function does comes out: it ends the loop, the `try` or the function around. */
export function failuresOf(fn: MovableFunction, act: ts.Node): readonly Failure[] {
  if (!ts.isCallExpression(act)) return [];
  return waitsOf(fn, act).map((wait) => {
    const around = ts.findAncestor(wait, (at) => at === fn || ts.isIterationStatement(at, false) || isTried(at)) ?? fn;
    const from = isWithin(act, wait) ? act.end : wait.end;
    return {
      isInLoop: ts.isIterationStatement(around, false),
      ends: ({ pos, end }) => from < pos && end <= around.end,
    };
  });
}
