/** doubts/value-sides: of which values an expression is one, and what its operators give otherwise. */
import { ts } from '../typescript.js';

const { SyntaxKind } = ts;

/** Operators that give either side. */
const choosing: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.BarBarToken,
  SyntaxKind.BarBarEqualsToken,
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.QuestionQuestionEqualsToken,
]);

/** Operators that give what stands on their right, or a value that holds nothing. */
const goingOn: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.AmpersandAmpersandEqualsToken,
  SyntaxKind.CommaToken,
  SyntaxKind.EqualsToken,
]);

/** Operators that give a number, a text or a boolean. */
const computing: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.PlusToken,
  SyntaxKind.MinusToken,
  SyntaxKind.AsteriskToken,
  SyntaxKind.AsteriskAsteriskToken,
  SyntaxKind.SlashToken,
  SyntaxKind.PercentToken,
  SyntaxKind.AmpersandToken,
  SyntaxKind.BarToken,
  SyntaxKind.CaretToken,
  SyntaxKind.LessThanLessThanToken,
  SyntaxKind.GreaterThanGreaterThanToken,
  SyntaxKind.GreaterThanGreaterThanGreaterThanToken,
  SyntaxKind.PlusEqualsToken,
  SyntaxKind.MinusEqualsToken,
  SyntaxKind.AsteriskEqualsToken,
  SyntaxKind.AsteriskAsteriskEqualsToken,
  SyntaxKind.SlashEqualsToken,
  SyntaxKind.PercentEqualsToken,
  SyntaxKind.AmpersandEqualsToken,
  SyntaxKind.BarEqualsToken,
  SyntaxKind.CaretEqualsToken,
  SyntaxKind.LessThanLessThanEqualsToken,
  SyntaxKind.GreaterThanGreaterThanEqualsToken,
  SyntaxKind.GreaterThanGreaterThanGreaterThanEqualsToken,
  SyntaxKind.LessThanToken,
  SyntaxKind.LessThanEqualsToken,
  SyntaxKind.GreaterThanToken,
  SyntaxKind.GreaterThanEqualsToken,
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.InKeyword,
  SyntaxKind.InstanceOfKeyword,
]);

/** The values of which an expression is one, or that it goes on as: `a || b`, `(a ??= b)`, `await a`; `null` for any other. */
export function sidesOf(at: ts.Expression): readonly ts.Expression[] | null {
  if (ts.isAwaitExpression(at)) return [at.expression];
  if (ts.isConditionalExpression(at)) return [at.whenTrue, at.whenFalse];
  if (!ts.isBinaryExpression(at)) return null;
  const { kind } = at.operatorToken;
  if (choosing.has(kind)) return [at.left, at.right];
  return goingOn.has(kind) ? [at.right] : null;
}

/** Whether an operator makes a number, a text or a boolean of its sides. */
export const isComputed = (at: ts.Expression): boolean =>
  ts.isBinaryExpression(at) && computing.has(at.operatorToken.kind);
