/** clients/single-values: values that are surely no list, so that `flat` leaves each of them as it is. */
import { type MovableFunction, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { constantOf } from './absent.ts';

const { SyntaxKind } = ts;

const words: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
  SyntaxKind.TemplateExpression,
  SyntaxKind.TypeOfExpression,
  SyntaxKind.PrefixUnaryExpression,
  SyntaxKind.PostfixUnaryExpression,
  SyntaxKind.ObjectLiteralExpression,
]);

const numbers = /^(size|length)$/;
/** Methods that tell something of a list, a map or a text, and functions that make a number or a text. */
const telling = /(^|\.)(has|some|every|includes|indexOf|join|toString|toFixed|Number|String|Boolean|stringify)$/;

/** `a && b`, `a || b`, `a ?? b`, `a, b`: one of its sides; any other operator makes a number, a text or a boolean. */
function chooses({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  const { AmpersandAmpersandToken, BarBarToken, QuestionQuestionToken, CommaToken, EqualsToken } = SyntaxKind;
  return [AmpersandAmpersandToken, BarBarToken, QuestionQuestionToken, CommaToken, EqualsToken].some(
    (one) => one === kind,
  );
}

/** Whether a value of a function is a number, a text, a boolean or an object that is written there. */
export function isSingle(fn: MovableFunction, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (words.has(at.kind) || ts.isLiteralExpression(at)) return true;
  if (ts.isAwaitExpression(at)) return isSingle(fn, at.expression);
  if (ts.isConditionalExpression(at)) return isSingle(fn, at.whenTrue) || isSingle(fn, at.whenFalse);
  if (ts.isBinaryExpression(at)) return chooses(at) ? isSingle(fn, at.right) : true;
  if (ts.isPropertyAccessExpression(at)) return numbers.test(at.name.text);
  if (ts.isCallExpression(at)) return telling.test(at.expression.getText());
  const value = ts.isIdentifier(at) ? constantOf(fn, at) : null;
  return value !== null && isSingle(fn, value);
}
