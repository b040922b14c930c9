/** functions/waited: whether what a function does, and does not give, has to be waited for, as whoever asked did. */
import { isListCall, toldByType } from '../doubts/no-promise.ts';
import { isAccess } from '../syntax/access.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isFixed } from '../values/value-names.ts';
import { isNoValue } from './refused-values.ts';

const { SyntaxKind } = ts;

/** Functions that give no promise, whoever has them. */
const known =
  /^(Number|String|Boolean|BigInt|parse(Int|Float)|(Math|JSON|Object|console|Reflect)\.\w+|(set|clear)(Timeout|Interval|Immediate)|process\.exit)$/;
/** Methods of event emitters and of lists that give none, whatever has them. */
const calm = /^(on|once|off|emit|(add|remove|prepend)(Once)?Listener|removeAllListeners|setMaxListeners|forEach)$/;

const plain: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.AwaitExpression,
  SyntaxKind.DeleteExpression,
  SyntaxKind.FalseKeyword,
  SyntaxKind.NullKeyword,
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.PostfixUnaryExpression,
  SyntaxKind.PrefixUnaryExpression,
  SyntaxKind.TemplateExpression,
  SyntaxKind.TrueKeyword,
  SyntaxKind.TypeOfExpression,
  SyntaxKind.VoidExpression,
]);

/** The operators that give one of their sides, and those that give the right one. */
const choosing: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.AmpersandAmpersandEqualsToken,
  SyntaxKind.BarBarEqualsToken,
  SyntaxKind.QuestionQuestionEqualsToken,
]);
const giving: ReadonlySet<ts.SyntaxKind> = new Set([SyntaxKind.CommaToken, SyntaxKind.EqualsToken]);

/** A name of the function itself that keeps what it is given. */
function isKeptCalm(at: FunctionSite, name: ts.Identifier, depth: number): boolean {
  if (name.text === 'undefined') return true;
  const declared = declarationOf(name, name.getSourceFile());
  if (declared === null || !ts.isVariableDeclaration(declared) || !isFixed(name, declared)) return false;
  const { initializer } = declared;
  return ts.isIdentifier(declared.name) && initializer !== undefined && isCalm(at, initializer, depth - 1);
}

function isCalmCall({ file, fn }: FunctionSite, call: ts.CallExpression): boolean {
  const callee = unwrap(call.expression);
  if (known.test(callee.getText())) return true;
  if (!ts.isPropertyAccessExpression(callee)) return false;
  return calm.test(callee.name.text) || isListCall({ file, fn, data: { file, context: null } }, call);
}

/** Whether an expression is proven to be no promise. */
function isCalm(at: FunctionSite, node: ts.Expression, depth: number): boolean {
  const one = unwrap(node);
  if (depth < 0) return false;
  if (plain.has(one.kind) || ts.isLiteralExpression(one) || isNoValue(one)) return true;
  const told = toldByType(at.file, one);
  if (told !== null) return told;
  const each = (parts: readonly ts.Expression[]): boolean => parts.every((part) => isCalm(at, part, depth));
  if (ts.isConditionalExpression(one)) return each([one.whenTrue, one.whenFalse]);
  if (ts.isBinaryExpression(one)) {
    const { kind } = one.operatorToken;
    return choosing.has(kind) ? each([one.left, one.right]) : !giving.has(kind) || each([one.right]);
  }
  if (ts.isNewExpression(one)) return one.expression.getText() !== 'Promise';
  if (ts.isIdentifier(one)) return isKeptCalm(at, one, depth);
  return ts.isCallExpression(one) && !isAccess(one) && isCalmCall(at, one);
}

/**
 * Whether an expression is waited for. A promise that nobody waits for is lost with its errors, and to wait for anything else
 * changes nothing: so all is, that is not proven to be none.
 */
export const isWaited = (at: FunctionSite, node: ts.Expression): boolean => !isCalm(at, node, 4);
