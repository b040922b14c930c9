/** analyze/value-uses: whether code tells `undefined` or NaN from the `null` that JSON made of it. */
import { ts } from '../typescript.js';
import type { Kind } from './not-finite.ts';
import { assigns, wrapped } from './syntax.ts';
import { isNothing } from './writes.ts';

/** What a value may be in place of `null`. */
export type InPlaceOfNull = 'undefined' | Kind;

const {
  EqualsEqualsToken,
  ExclamationEqualsToken,
  EqualsEqualsEqualsToken,
  ExclamationEqualsEqualsToken,
  QuestionQuestionToken,
  BarBarToken,
  AmpersandAmpersandToken,
} = ts.SyntaxKind;

/** Calls that do with NaN what they do with `null`. */
const alike =
  /(^|\.)(get|has|resolve|resolveId|slice|at|includes|indexOf|setTimeout|setInterval|String|isFinite|isInteger|isSafeInteger|log|info|warn|error|debug|toString|join|delete)$/;

function ofBinary(is: InPlaceOfNull, node: ts.BinaryExpression, at: ts.Expression): boolean {
  const { kind } = node.operatorToken;
  const other = node.left === at ? node.right : node.left;
  if (kind === EqualsEqualsEqualsToken || kind === ExclamationEqualsEqualsToken) return isNothing(other);
  if (kind === EqualsEqualsToken || kind === ExclamationEqualsToken) return is !== 'undefined' && isNothing(other);
  if (kind === QuestionQuestionToken) return node.left === at ? is !== 'undefined' : tellsNull(is, node);
  if (kind === BarBarToken || kind === AmpersandAmpersandToken)
    return node.right === at ? tellsNull(is, node) : is === 'infinite';
  if (assigns(node)) return node.right === at && is !== 'undefined';
  if (kind === ts.SyntaxKind.InKeyword || kind === ts.SyntaxKind.CommaToken) return false;
  const isBits =
    kind >= ts.SyntaxKind.LessThanLessThanToken && kind <= ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken;
  // A text takes all of them as words.
  const isText = [node.left, node.right].some((one) => ts.isStringLiteralLike(one) || ts.isTemplateExpression(one));
  return !isBits && !isText;
}

function ofArgument(is: InPlaceOfNull, call: ts.CallExpression | ts.NewExpression): boolean {
  const callee = call.expression.getText();
  if (is === 'undefined') return !alike.test(callee) && !/(^|\.)(fetch|send|reply)$/.test(callee);
  return is === 'infinite' || ts.isNewExpression(call) || !alike.test(callee);
}

/** Whether the place around a value does something else with it than with `null`. */
export function tellsNull(is: InPlaceOfNull, node: ts.Expression): boolean {
  const at = wrapped(node);
  const { parent } = at;
  if (ts.isTypeOfExpression(parent)) return true;
  if (ts.isBinaryExpression(parent)) return ofBinary(is, parent, at);
  if (ts.isConditionalExpression(parent)) return parent.condition === at ? is === 'infinite' : tellsNull(is, parent);
  if (ts.isPrefixUnaryExpression(parent))
    return parent.operator === ts.SyntaxKind.ExclamationToken ? is === 'infinite' : true;
  if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== at)
    return ofArgument(is, parent);
  if (is === 'undefined') return false;
  const isMember = ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent);
  return isMember || ts.isReturnStatement(parent) || ts.isArrowFunction(parent) || ts.isArrayLiteralExpression(parent);
}
