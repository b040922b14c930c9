/** results/dropped-results: whether nobody looks at what a broadcast resolves to, nor at what is done with its promise. */
import type { ParsedFile } from '../syntax/program.ts';
import { symbolOf, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** What gives on the value of its right side: `client.shard && promise`. */
const eitherSide: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

/** Whether a function is handed to a timer, which does not look at what it gives. */
function isTimed({ tree, checker }: ParsedFile, fn: ts.Expression): boolean {
  const { parent } = fn;
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== fn) return false;
  const timer = parent.expression;
  if (!ts.isIdentifier(timer) || !/^set(?:Timeout|Interval)$/.test(timer.text)) return false;
  return !symbolOf(checker, timer)?.declarations?.some((one) => one.getSourceFile() === tree);
}

/** `x.catch(...)`, `x.finally(...)`: gives what the promise gives. */
function chainedTo({ parent }: ts.Expression): ts.Expression | null {
  if (!ts.isPropertyAccessExpression(parent) || !/^(?:catch|finally)$/.test(parent.name.text)) return null;
  const call = parent.parent;
  return ts.isCallExpression(call) && call.expression === parent ? call : null;
}

/** The expression around one that has its value, or waits for it; `null` where something else is done with it. */
function around(at: ts.Expression): ts.Expression | null {
  const { parent } = at;
  if (ts.isAwaitExpression(parent)) return parent;
  if (ts.isConditionalExpression(parent)) return parent.condition === at ? null : parent;
  if (!ts.isBinaryExpression(parent)) return chainedTo(at);
  return parent.right === at && eitherSide.has(parent.operatorToken.kind) ? parent : null;
}

/** Whether nobody looks at the promise either: a statement, `void x`, `x.catch(...)` as one, what a timer calls. */
export function isDropped(file: ParsedFile, promise: ts.Expression): boolean {
  const at = wrapped(promise);
  const { parent } = at;
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return true;
  if (ts.isArrowFunction(parent)) return parent.body === at && isTimed(file, parent);
  const next = around(at);
  return next !== null && isDropped(file, next);
}
