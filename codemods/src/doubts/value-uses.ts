/** doubts/value-uses: whether code tells `undefined` or NaN from the `null` that JSON made of it. */
import { wrapped } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { setting } from '../values/puts.ts';
import type { Kind } from './not-finite.ts';

/** What a value may be in place of `null`. */
export type InPlaceOfNull = 'undefined' | Kind;

const {
  EqualsEqualsToken,
  ExclamationEqualsToken,
  EqualsEqualsEqualsToken,
  ExclamationEqualsEqualsToken,
  QuestionQuestionToken,
  QuestionQuestionEqualsToken,
  BarBarToken,
  AmpersandAmpersandToken,
} = ts.SyntaxKind;

/** Calls that do with NaN, or `undefined`, what they do with `null`. */
const alike =
  /(^|\.)(get|has|resolve|resolveId|slice|at|includes|indexOf|setTimeout|setInterval|isInteger|isSafeInteger|log|info|warn|error|debug|join|delete)$|^(Number\.isFinite|JSON\.stringify|Boolean)$/;

/** Operators whose two sides are told from each other by nothing else than their value. */
const compares = new Set([
  EqualsEqualsToken,
  ExclamationEqualsToken,
  EqualsEqualsEqualsToken,
  ExclamationEqualsEqualsToken,
]);

/** Operators that make a whole number of what they are given, or ask for something else. */
const isAlike = (kind: ts.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.InKeyword ||
  kind === ts.SyntaxKind.InstanceOfKeyword ||
  (kind >= ts.SyntaxKind.LessThanLessThanToken && kind <= ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken) ||
  (kind >= ts.SyntaxKind.AmpersandToken && kind <= ts.SyntaxKind.CaretToken);

function ofBinary(is: InPlaceOfNull, node: ts.BinaryExpression, at: ts.Expression): boolean {
  const { kind } = node.operatorToken;
  const other = node.left === at ? node.right : node.left;
  if (compares.has(kind)) {
    const isLoose = kind === EqualsEqualsToken || kind === ExclamationEqualsToken;
    // NaN is not equal to itself.
    if (is !== 'undefined' && other.getText() === at.getText()) return true;
    return isNothing(other) && !(isLoose && is === 'undefined');
  }
  if (kind === QuestionQuestionToken) return node.left === at ? is !== 'undefined' : tellsNull(is, node);
  if (kind === BarBarToken || kind === AmpersandAmpersandToken)
    return node.right === at ? tellsNull(is, node) : is === 'infinite';
  if (kind === ts.SyntaxKind.CommaToken) return node.right === at && tellsNull(is, node);
  if (setting.has(kind)) return (node.right === at || kind === QuestionQuestionEqualsToken) && is !== 'undefined';
  return !isAlike(kind);
}

function ofArgument(is: InPlaceOfNull, call: ts.CallExpression | ts.NewExpression): boolean {
  const callee = call.expression.getText();
  if (is === 'undefined') return !alike.test(callee) && !/(^|\.)(fetch|send|reply)$/.test(callee);
  return is === 'infinite' || ts.isNewExpression(call) || !alike.test(callee);
}

/** `switch (n) { case null: }`, and `switch (null) { case n: }`. */
function ofSwitch(parent: ts.SwitchStatement | ts.CaseClause): boolean {
  const compared = ts.isCaseClause(parent)
    ? [parent.parent.parent.expression]
    : parent.caseBlock.clauses.flatMap((one) => (ts.isCaseClause(one) ? [one.expression] : []));
  return compared.some(isNothing);
}

/** A place that only asks whether there is something. */
const isTest = (parent: ts.Node): boolean =>
  ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent) || ts.isForStatement(parent);

/** Places that say nothing of the value: its new name, which is followed, none at all, and what is an error either way. */
const isQuiet = (parent: ts.Node): boolean =>
  (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) ||
  ts.isExpressionStatement(parent) ||
  ts.isVoidExpression(parent) ||
  ts.isElementAccessExpression(parent) ||
  ts.isForOfStatement(parent) ||
  ts.isForInStatement(parent) ||
  ts.isSpreadElement(parent) ||
  ts.isSpreadAssignment(parent);

/** Places that hand the value on: whoever gets `undefined` there is asked for by others. */
const isGiven = (parent: ts.Node): boolean =>
  ts.isPropertyAssignment(parent) ||
  ts.isShorthandPropertyAssignment(parent) ||
  ts.isReturnStatement(parent) ||
  ts.isArrowFunction(parent) ||
  ts.isArrayLiteralExpression(parent);

function ofAccess(is: InPlaceOfNull, { questionDotToken }: ts.PropertyAccessExpression): boolean {
  return is !== 'undefined' && questionDotToken !== undefined;
}

/** Whether the place around a value does something else with it than with `null`; one that is not known does. */
export function tellsNull(is: InPlaceOfNull, node: ts.Expression): boolean {
  const at = wrapped(node);
  const { parent } = at;
  if (ts.isBinaryExpression(parent)) return ofBinary(is, parent, at);
  if (ts.isConditionalExpression(parent)) return parent.condition === at ? is === 'infinite' : tellsNull(is, parent);
  if (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken)
    return is === 'infinite';
  if (ts.isAwaitExpression(parent)) return tellsNull(is, parent);
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent))
    return parent.expression !== at && ofArgument(is, parent);
  if (ts.isPropertyAccessExpression(parent)) return ofAccess(is, parent);
  if (ts.isSwitchStatement(parent) || ts.isCaseClause(parent)) return ofSwitch(parent);
  if (isTest(parent)) return is === 'infinite';
  return isGiven(parent) ? is !== 'undefined' : !isQuiet(parent);
}
