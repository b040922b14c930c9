/** doubts/no-dates: what is surely a number, and dates that may be none: every number that is read of such a one is NaN. */
import { type Scope, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { fixedValue, isTested } from './divisors.ts';
import { isDatePath } from './result-kinds.ts';

/** What reads as a number that is one. */
const numeric =
  /(^|\.)(size|length|count|ping|ids?|memberCount|shardId|rss|heapUsed|heapTotal|uptime\(\)|now\(\)|pid)$|Timestamp$/;
const counted = /(^|\.)(toFixed|toPrecision|Number|parse(Int|Float)|Math\.\w+)$/;

/** Whether an expression reads as a number, wherever it is there. */
export const isCount = (node: ts.Expression): boolean => numeric.test(unwrap(node).getText());

/** Whether an expression is `undefined` where something in its chain is not there, and nothing looks for that. */
export const mayBeMissing = (fn: Scope, node: ts.Expression): boolean => {
  const at = fixedValue(fn, node);
  if (!(at.flags & ts.NodeFlags.OptionalChain) || isTested(fn, node)) return false;
  return doubtedIn(at).some((one) => !isTested(fn, one));
};

/** What stands before each `?.` of a chain. */
function doubtedIn(chain: ts.Expression): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  let at = chain;
  while (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at) || ts.isCallExpression(at)) {
    if (at.questionDotToken !== undefined) found.push(at.expression);
    at = unwrap(at.expression);
  }
  return found;
}

/** What is surely a number that is finite, or the text of a number that is looked at where it stands. */
export function isNumeric(fn: Scope, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (mayBeMissing(fn, at)) return false;
  if (ts.isNumericLiteral(at) || ts.isPrefixUnaryExpression(at)) return true;
  if (ts.isNewExpression(fixedValue(fn, at))) return !mayBeNoDate(fn, at);
  if (ts.isBinaryExpression(at)) {
    const { kind } = at.operatorToken;
    if (kind === ts.SyntaxKind.QuestionQuestionToken) return isNumeric(fn, at.left) && isNumeric(fn, at.right);
    return kind !== ts.SyntaxKind.BarBarToken || isNumeric(fn, at.right);
  }
  if (ts.isCallExpression(at) && counted.test(at.expression.getText())) return true;
  return at.kind === ts.SyntaxKind.TrueKeyword || numeric.test(at.getText());
}

/** Whether a date that is made of a value may be none; of a number, a written text, or a date of discord.js it is one. */
export function makesNoDate(fn: Scope, node: ts.Expression): boolean {
  const at = fixedValue(fn, node);
  return !ts.isStringLiteralLike(at) && !isNumeric(fn, at) && !isDatePath(at.getText());
}

/** Whether an expression is a date that is made of what may be none. */
export function mayBeNoDate(fn: Scope, node: ts.Expression): boolean {
  const made = fixedValue(fn, node);
  if (!ts.isNewExpression(made) || made.expression.getText() !== 'Date') return false;
  const [first, ...more] = made.arguments ?? [];
  if (first === undefined) return false;
  return more.length === 0 ? makesNoDate(fn, first) : [first, ...more].some((one) => !isNumeric(fn, one));
}
