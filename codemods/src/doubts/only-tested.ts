/** doubts/only-tested: whether a value is looked at for being there, and goes nowhere. */
import { wrapped } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { ts } from '../typescript.js';

const comparing: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

const passing: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

function ofBinary(parent: ts.BinaryExpression, at: ts.Expression): boolean {
  const { left, right, operatorToken } = parent;
  const { kind } = operatorToken;
  if (kind === ts.SyntaxKind.InKeyword) return left === at;
  if (comparing.has(kind)) return isNothing(left === at ? right : left);
  return passing.has(kind) && isOnlyTested(parent);
}

/** `typeof x`, `!x`, `if (x)`, `x === undefined`, `'x' in it` and the like. */
export function isOnlyTested(node: ts.Expression): boolean {
  const at = wrapped(node);
  const { parent } = at;
  if (ts.isTypeOfExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return true;
  if (ts.isConditionalExpression(parent)) return parent.condition === at || isOnlyTested(parent);
  if (ts.isCallExpression(parent)) return parent.expression !== at && parent.expression.getText() === 'Boolean';
  return ts.isBinaryExpression(parent) && ofBinary(parent, at);
}
