/** clients/thing-there: whether a place of a function is only reached where one thing, that is looked up, has been found. */
import { declarationOf } from '../syntax/free-names.ts';
import { leaves } from '../syntax/statements.ts';
import { type MovableFunction, unwrap, wrapped } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { isFixed } from '../values/value-names.ts';

const { SyntaxKind } = ts;

/** Tells the expression that looks a thing up. */
export type IsThing = (node: ts.Expression) => boolean;

/** What tells whether a thing is there, and in which function. */
export interface Sought {
  readonly fn: MovableFunction;
  readonly isThing: IsThing;
}

const isOperator = (node: ts.Node, ...kinds: readonly ts.SyntaxKind[]): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && kinds.includes(node.operatorToken.kind);

/** What a name holds from its declaration on; `null` for a name that is set again, or that is taken out of something. */
export function heldBy(fn: MovableFunction, name: ts.Identifier): ts.Expression | null {
  const declared = declarationOf(name, fn.body);
  if (declared === null || !ts.isVariableDeclaration(declared) || !ts.isIdentifier(declared.name)) return null;
  return isFixed(name, declared) ? (declared.initializer ?? null) : null;
}

/** Whether an expression is nothing, or `false`, where the thing is not: the thing, a member of it, what a method of it gives. */
export function isTakenOf(sought: Sought, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (sought.isThing(at)) return true;
  if (ts.isAwaitExpression(at)) return isTakenOf(sought, at.expression);
  if (isOperator(at, SyntaxKind.BarBarToken, SyntaxKind.QuestionQuestionToken))
    return isNothing(unwrap(at.right)) && isTakenOf(sought, at.left);
  if (isOperator(at, SyntaxKind.AmpersandAmpersandToken)) return [at.left, at.right].some((one) => holds(sought, one));
  if (ts.isIdentifier(at)) {
    const held = heldBy(sought.fn, at);
    // What names hold that are made of one another ends somewhere.
    return held !== null && held.end <= at.pos && isTakenOf(sought, held);
  }
  const isStep = ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at) || ts.isCallExpression(at);
  return isStep && isTakenOf(sought, at.expression);
}

/** What is something, whatever it is compared with: `0`, `'text'`, `true`, `ChannelType.GuildText`. */
const isSomething = (node: ts.Expression): boolean =>
  ts.isLiteralExpression(node) ||
  node.kind === SyntaxKind.TrueKeyword ||
  (ts.isPropertyAccessExpression(node) && /^[A-Z]/.test(node.getText()));

/** What a value is where the thing is not there; `unknown` where something else decides that as well. */
type Lack = 'null' | 'undefined' | 'false' | 'unknown';

/** What a value that is taken of the thing is without it: by the method that looks it up, or by what stands behind `??`. */
function lackOf(sought: Sought, node: ts.Expression): Lack {
  const at = unwrap(node);
  if (sought.isThing(at)) return ts.isCallExpression(at) ? lackOfLookup(at) : 'undefined';
  if (ts.isAwaitExpression(at)) return lackOf(sought, at.expression);
  if (isOperator(at, SyntaxKind.BarBarToken)) return wordOf(at.right);
  if (isOperator(at, SyntaxKind.QuestionQuestionToken))
    return isNullish(sought, at.left) ? wordOf(at.right) : 'unknown';
  if (isOperator(at, SyntaxKind.AmpersandAmpersandToken))
    return isTakenOf(sought, at.left) ? lackOf(sought, at.left) : 'unknown';
  if (ts.isIdentifier(at)) {
    const held = heldBy(sought.fn, at);
    return held !== null && held.end <= at.pos ? lackOf(sought, held) : 'unknown';
  }
  const isStep = ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at) || ts.isCallExpression(at);
  return isStep && isNullish(sought, at.expression) ? 'undefined' : 'unknown';
}

/** Whether a value is `null` or `undefined` without the thing, be it of the thing or of a step that is not made then. */
const isNullish = (sought: Sought, node: ts.Expression): boolean => /^(null|undefined)$/.test(lackOf(sought, node));

/** `resolve` gives `null`, `has` gives `false`, all others give `undefined`. */
function lackOfLookup({ expression: callee }: ts.CallExpression): Lack {
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
  if (/^resolve/.test(name)) return 'null';
  return /^(has|some|exists)$/.test(name) ? 'false' : 'undefined';
}

const wordOf = (nothing: ts.Expression): 'null' | 'undefined' =>
  unwrap(nothing).kind === SyntaxKind.NullKeyword ? 'null' : 'undefined';

/** Whether a comparison with `null` or `undefined` tells that the thing is not there: a strict one has to name which of them it is. */
function comparesLack(sought: Sought, { left, operatorToken, right }: ts.BinaryExpression): boolean {
  if (!isNothing(unwrap(right)) || !isTakenOf(sought, left)) return false;
  return strict.has(operatorToken.kind) ? lackOf(sought, left) === wordOf(right) : isNullish(sought, left);
}

const strict: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
]);

const equal = [SyntaxKind.EqualsEqualsToken, SyntaxKind.EqualsEqualsEqualsToken] as const;
const unequal = [SyntaxKind.ExclamationEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken] as const;

/** Whether the thing is there wherever a test holds: `guild`, `guild?.available`, `guild !== undefined`. */
export function holds(sought: Sought, test: ts.Expression): boolean {
  const at = unwrap(test);
  if (ts.isPrefixUnaryExpression(at)) return at.operator === SyntaxKind.ExclamationToken && fails(sought, at.operand);
  if (isOperator(at, SyntaxKind.AmpersandAmpersandToken)) return [at.left, at.right].some((one) => holds(sought, one));
  if (isOperator(at, SyntaxKind.BarBarToken)) return [at.left, at.right].every((one) => holds(sought, one));
  if (isOperator(at, ...unequal)) return comparesLack(sought, at);
  if (isOperator(at, ...equal)) return isSomething(unwrap(at.right)) && isTakenOf(sought, at.left);
  if (isOperator(at, SyntaxKind.InstanceOfKeyword)) return isTakenOf(sought, at.left);
  if (ts.isCallExpression(at) && at.expression.getText() === 'Boolean')
    return at.arguments.some((one) => isTakenOf(sought, one));
  return isTakenOf(sought, at);
}

/** Whether the thing is there wherever a test does not hold: `!guild`, `guild === undefined`. */
export function fails(sought: Sought, test: ts.Expression): boolean {
  const at = unwrap(test);
  if (ts.isPrefixUnaryExpression(at)) return at.operator === SyntaxKind.ExclamationToken && holds(sought, at.operand);
  if (isOperator(at, SyntaxKind.BarBarToken)) return [at.left, at.right].some((one) => fails(sought, one));
  if (isOperator(at, SyntaxKind.AmpersandAmpersandToken)) return [at.left, at.right].every((one) => fails(sought, one));
  if (isOperator(at, ...equal)) return comparesLack(sought, at);
  return isOperator(at, ...unequal) && isSomething(unwrap(at.right)) && isTakenOf(sought, at.left);
}

/** Whether a node is an argument of a call that is only made where the thing is: `guild?.members.forEach(HERE)`. */
function isGivenTo(sought: Sought, at: ts.Node): boolean {
  const { parent } = at;
  return ts.isCallExpression(parent) && parent.expression !== at && isTakenOf(sought, parent.expression);
}

/** Whether what stands right around a node lets it be reached only where the thing is there. */
function isLetIn(sought: Sought, at: ts.Node): boolean {
  const { parent } = at;
  if (ts.isIfStatement(parent)) {
    if (parent.thenStatement === at) return holds(sought, parent.expression);
    return parent.elseStatement === at && fails(sought, parent.expression);
  }
  if (ts.isConditionalExpression(parent)) {
    if (parent.whenTrue === at) return holds(sought, parent.condition);
    return parent.whenFalse === at && fails(sought, parent.condition);
  }
  if (ts.isBinaryExpression(parent) && parent.right === at) {
    const { kind } = parent.operatorToken;
    if (kind === SyntaxKind.AmpersandAmpersandToken) return holds(sought, parent.left);
    return kind === SyntaxKind.BarBarToken && fails(sought, parent.left);
  }
  if (!ts.isBlock(parent)) return isGivenTo(sought, at);
  return parent.statements.some(
    (one) => one.pos < at.pos && ts.isIfStatement(one) && leaves(one.thenStatement) && fails(sought, one.expression),
  );
}

/** Whether a function is called at once: `(async () => { ... })()`, `(function () { ... }).call(client)`. */
export function isCalledAtOnce(node: ts.Expression): boolean {
  const at = wrapped(node);
  const { parent } = at;
  if (ts.isCallExpression(parent)) return parent.expression === at;
  const isBound = ts.isPropertyAccessExpression(parent) && /^(call|apply)$/.test(parent.name.text);
  return isBound && ts.isCallExpression(parent.parent) && parent.parent.expression === parent;
}

/** Whether a function is called where it stands: by what it is handed to, or at once. */
function isCalledThere(node: ts.Node): boolean {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return !ts.isFunctionLike(node);
  const { parent } = wrapped(node);
  return ts.isCallExpression(parent) || ts.isNewExpression(parent) || isCalledAtOnce(node);
}

/** Whether a place is only reached where the thing has been found. */
export function isReachedWith(sought: Sought, node: ts.Node): boolean {
  const { fn } = sought;
  for (let at = node; at !== fn.body && at !== fn && !ts.isSourceFile(at) && isCalledThere(at); at = at.parent)
    if (isLetIn(sought, at)) return true;
  return false;
}
