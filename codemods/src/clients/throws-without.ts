/** clients/throws-without: whether a function throws where a thing that it looks up is not there. */
import { placesMeaning } from '../syntax/free-names.ts';
import { logs } from '../syntax/logs.ts';
import { descendants, type MovableFunction, wrapped } from '../syntax/syntax.ts';
import { writtenBy } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { isFixed } from '../values/value-names.ts';
import { type ClientRead, clientReads, lookupKey } from './client-paths.ts';
import { isReading } from './only-reads.ts';
import { isOfThingRead } from './reads-behind.ts';
import { type IsThing, isCalledAtOnce, isReachedWith, type Sought } from './thing-there.ts';

const { SyntaxKind } = ts;

/** Functions that take nothing as they take anything. */
const takesAll = /^(Boolean|String|Number|JSON\.stringify|Array\.isArray|Promise\.(all|allSettled|resolve))$/;

const choosing: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.CommaToken,
]);

/** Whether what stands behind `||` or `??` has members, whatever stands before. */
const isWritten = (node: ts.Expression): boolean =>
  ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node) || ts.isLiteralExpression(node);

/** The end of a chain of members and calls that is left as a whole where its `?.` finds nothing. */
function chainOf(step: ts.Expression): ts.Expression {
  const { parent } = step;
  const isStep = ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent);
  const goesOn = isStep || ts.isCallExpression(parent) || ts.isNonNullExpression(parent);
  return goesOn && parent.expression === step ? chainOf(parent) : step;
}

type Step = ts.PropertyAccessExpression | ts.ElementAccessExpression | ts.CallExpression;

const isStepOf = (parent: ts.Node, at: ts.Expression): parent is Step =>
  (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) || ts.isCallExpression(parent)) &&
  parent.expression === at;

/** What becomes of a value: it is read by a name, it is what something further out gives, or nothing can throw. */
type Next = readonly ts.Expression[] | 'safe' | 'open';

function ofBinary(parent: ts.BinaryExpression, at: ts.Expression): Next {
  const { left, right, operatorToken } = parent;
  const { kind } = operatorToken;
  if (kind === SyntaxKind.InKeyword) return left === at ? 'safe' : 'open';
  if (choosing.has(kind)) return left === at && isWritten(right) ? 'safe' : [parent];
  return writtenBy(parent) === null ? 'safe' : 'open';
}

/** Every place that says a name which keeps what it is declared with. */
function placesOfName(fn: MovableFunction, declared: ts.VariableDeclaration): Next {
  const { name } = declared;
  return ts.isIdentifier(name) && isFixed(name, declared) ? placesMeaning(declared, name, fn.body) : 'open';
}

function ofArgument(call: ts.CallExpression): Next {
  const callee = call.expression.getText();
  return takesAll.test(callee) || logs.test(callee) || isReading(call) ? 'safe' : 'open';
}

/** What a function gives back: all that its call gives where it is called at once, and what `then` gives. */
function ofReturned(fn: MovableFunction, from: ts.Node): Next {
  if (from === fn) return 'safe';
  if (!ts.isArrowFunction(from) && !ts.isFunctionExpression(from)) return 'open';
  const { parent } = wrapped(from);
  const call = isCalledAtOnce(from) && !ts.isCallExpression(parent) ? parent.parent : parent;
  if (!ts.isCallExpression(call)) return 'open';
  const callee = call.expression.getText();
  if (isCalledAtOnce(from) || /\.(then|catch)$/.test(callee)) return [call];
  return /\.(forEach|each)$/.test(callee) ? 'safe' : 'open';
}

const holding: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.PropertyAssignment,
  SyntaxKind.ShorthandPropertyAssignment,
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.TemplateSpan,
  SyntaxKind.SpreadAssignment,
  SyntaxKind.ExpressionStatement,
  SyntaxKind.IfStatement,
  SyntaxKind.WhileStatement,
  SyntaxKind.SwitchStatement,
  SyntaxKind.CaseClause,
  SyntaxKind.TypeOfExpression,
  SyntaxKind.VoidExpression,
  SyntaxKind.PrefixUnaryExpression,
]);

/** What comes of a value that may be nothing, at its place. */
function nextOf(fn: MovableFunction, at: ts.Expression): Next {
  const { parent } = at;
  if (isStepOf(parent, at)) return parent.questionDotToken === undefined ? 'open' : [chainOf(parent)];
  if (holding.has(parent.kind)) return 'safe';
  if (ts.isBinaryExpression(parent)) return ofBinary(parent, at);
  if (ts.isConditionalExpression(parent)) return parent.condition === at ? 'safe' : [parent];
  if (ts.isAwaitExpression(parent)) return [parent];
  if (ts.isVariableDeclaration(parent)) return placesOfName(fn, parent);
  if (ts.isCallExpression(parent)) return ofArgument(parent);
  if (ts.isReturnStatement(parent)) return ofReturned(fn, ts.findAncestor(parent, ts.isFunctionLike) ?? fn);
  return ts.isArrowFunction(parent) ? ofReturned(fn, parent) : 'open';
}

/** The places where a value that may be nothing makes its function throw. Names that are made of themselves end somewhere. */
function throwsAt(sought: Sought, value: ts.Expression, seen: Set<ts.Node> = new Set()): readonly ts.Node[] {
  const at = wrapped(value);
  if (seen.has(at)) return [];
  seen.add(at);
  const next = nextOf(sought.fn, at);
  if (next === 'safe') return [];
  if (next !== 'open') return next.flatMap((one) => throwsAt(sought, one, seen));
  return isReachedWith(sought, at) ? [] : [at];
}

/** Whether an error at a place is caught, and nothing but a word in a log comes of it. */
function isCaught(fn: MovableFunction, node: ts.Node): boolean {
  for (let at = node; at !== fn && !ts.isFunctionLike(at); at = at.parent) {
    const { parent } = at;
    if (!ts.isTryStatement(parent) || parent.tryBlock !== at || parent.catchClause === undefined) continue;
    return descendants(parent.catchClause).every((one) =>
      ts.isCallExpression(one) ? logs.test(one.expression.getText()) : !ts.isThrowStatement(one),
    );
  }
  return false;
}

/** Whether nothing is thrown where a thing is not there: all that reads it asks first. */
export const isSafe = (sought: Sought, thing: ts.Expression): boolean =>
  throwsAt(sought, thing).every((at) => isCaught(sought.fn, at));

/** The call that looks a thing up, where it gives nothing for one that is not there. */
function lookupOf({ kind, node }: ClientRead): ts.CallExpression | null {
  const isLookup = kind === 'one' || kind === 'some';
  if (!isLookup || !ts.isCallExpression(node.parent) || /\.(has|some|exists)$/.test(node.getText())) return null;
  return node.parent;
}

/** Tells the lookups of one thing by what they say. */
export function sameThing(call: ts.CallExpression): IsThing {
  const key = lookupKey(call);
  return (node) => node === call || (ts.isCallExpression(node) && lookupKey(node) === key);
}

/** `list.reduce((a, b) => a + b)`: without a number to start from, the sum of an empty list is an error. */
const needsSome = (node: ts.Node): boolean =>
  ts.isCallExpression(node) &&
  node.arguments.length === 1 &&
  ts.isPropertyAccessExpression(node.expression) &&
  /^reduce(Right)?$/.test(node.expression.name.text);

/** Whether a function may throw where a thing is not there, as it does on a shard without it: one that it looks up, or any. */
export const throwsWithout = (fn: MovableFunction): boolean =>
  descendants(fn.body).some((node) => needsSome(node) && !isCaught(fn, node)) ||
  clientReads(fn).some((read) => {
    const call = lookupOf(read);
    return call !== null && !isOfThingRead(fn, read) && !isSafe({ fn, isThing: sameThing(call) }, call);
  });
