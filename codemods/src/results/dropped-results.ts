/** results/dropped-results: whether nobody looks at what a broadcast resolves to, nor at what is done with its promise. */
import { givenBy } from '../syntax/given-by.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { dottedNames, symbolOf, unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { saysClient } from '../values/client-words.ts';

/** What gives on the value of its right side: `client.shard && promise`. */
const eitherSide: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

/** The expression around one that has the same done with it; `null` where something is done with it. */
type Step = (at: ts.Expression) => ts.Expression | null;

/** Whether a name is one of the file, and no timer of Node. */
const isOfFile = ({ tree, checker }: ParsedFile, name: ts.Identifier): boolean =>
  symbolOf(checker, name)?.declarations?.some((one) => one.getSourceFile() === tree) === true;

/** Whether something sends events, by its name; what listens to others may be asked for an answer. */
function sendsEvents(node: ts.Expression): boolean {
  const last = dottedNames(unwrap(node))?.at(-1);
  return last !== undefined && (saysClient(last) || /^process$|collector$/i.test(last));
}

/** Whether a function is handed to what does not look at what it gives: a timer, `forEach`, or a client whose events it hears. */
function isUnread(file: ParsedFile, fn: ts.Expression, step: Step): boolean {
  const { parent: call } = fn;
  if (!ts.isCallExpression(call)) return false;
  const { expression: callee } = call;
  const [first, second] = call.arguments;
  if (ts.isIdentifier(callee))
    return first === fn && /^set(?:Timeout|Interval)$/.test(callee.text) && !isOfFile(file, callee);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const method = callee.name.text;
  if (first === fn) return method === 'forEach' || (method === 'map' && isListLeft(file, call, step));
  return second === fn && /^(?:on|once|addListener|prependListener)$/.test(method) && sendsEvents(callee.expression);
}

/** Whether nobody looks at a list of promises, nor at what all of them give: `Promise.all(ids.map(...))`. */
function isListLeft(file: ParsedFile, list: ts.CallExpression, step: Step): boolean {
  const at = wrapped(list);
  const { parent } = at;
  const isAll = ts.isCallExpression(parent) && /^Promise\.all(?:Settled)?$/.test(parent.expression.getText());
  return isLeftAlone(file, isAll ? parent : at, step);
}

/** `x.catch(...)`, `x.finally(...)`: gives what the promise gives; `null` for anything else. */
export function chainedTo({ parent }: ts.Expression): ts.Expression | null {
  if (!ts.isPropertyAccessExpression(parent) || !/^(?:catch|finally)$/.test(parent.name.text)) return null;
  const call = parent.parent;
  return ts.isCallExpression(call) && call.expression === parent ? call : null;
}

/** The expression around one that has its value; `null` where something else is done with it. */
function valueAround(at: ts.Expression): ts.Expression | null {
  const { parent } = at;
  if (ts.isConditionalExpression(parent)) return parent.condition === at ? null : parent;
  const isSide = ts.isBinaryExpression(parent) && eitherSide.has(parent.operatorToken.kind);
  return isSide && parent.right === at ? parent : null;
}

/** The expression around one that has its value, or waits for it; `null` where something else is done with it. */
const around = (at: ts.Expression): ts.Expression | null =>
  ts.isAwaitExpression(at.parent) ? at.parent : (valueAround(at) ?? chainedTo(at));

/** Whether nothing but such steps is done with a promise, up to its end. */
function isLeftAlone(file: ParsedFile, promise: ts.Expression, step: Step): boolean {
  const at = wrapped(promise);
  const { parent } = at;
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return true;
  const fn = givenBy(at);
  if (fn !== null) return isUnread(file, fn, step);
  const next = step(at);
  return next !== null && isLeftAlone(file, next, step);
}

/** Whether nobody looks at the promise either: a statement, `void x`, `x.catch(...)` as one, what a timer or `forEach` calls. */
export const isDropped = (file: ParsedFile, promise: ts.Expression): boolean => isLeftAlone(file, promise, around);

/** Whether nobody waits for a promise, nor catches what it fails with: an error of it may end the process. */
export const isUnattended = (file: ParsedFile, promise: ts.Expression): boolean =>
  isLeftAlone(file, promise, valueAround);
