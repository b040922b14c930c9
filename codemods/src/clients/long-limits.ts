/** clients/long-limits: limits of its own by which a function may take longer than a request waits. */
import { declarationOf } from '../syntax/free-names.ts';
import { type MovableFunction, unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { memberName } from '../values/value-members.ts';

/** Options that say for how long something is waited for: `awaitMessages({ time: 60_000 })`. */
const limits = /^(?:time|timeout|timeoutMs|idle)$/;

/** How long a request waits by itself. */
const defaultMs = 30_000;

/** The longest that a timer of Node waits; a larger number is something else. */
const mostMs = 2 ** 31 - 1;

/** Names that are followed, one from another. */
const deepest = 4;

/** A number that is written out, be it as a product or a const; `null` for any other value. */
function numberOf(node: ts.Expression, depth = deepest): number | null {
  const at = unwrap(node);
  if (ts.isNumericLiteral(at)) return Number(at.text);
  if (ts.isIdentifier(at)) {
    const declared = depth === 0 ? null : declarationOf(at, at.getSourceFile());
    const isSet = declared !== null && ts.isVariableDeclaration(declared) && declared.initializer !== undefined;
    return isSet ? numberOf(declared.initializer, depth - 1) : null;
  }
  if (!ts.isBinaryExpression(at)) return null;
  const [left, right] = [numberOf(at.left, depth), numberOf(at.right, depth)];
  if (left === null || right === null) return null;
  if (at.operatorToken.kind === ts.SyntaxKind.AsteriskToken) return left * right;
  return at.operatorToken.kind === ts.SyntaxKind.PlusToken ? left + right : null;
}

/** An option that is a limit no shorter than that of a request. */
function isLongOption(node: ts.Node): boolean {
  const isMember = ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node);
  if (!isMember || !limits.test(memberName(node.name))) return false;
  // Of `{ time }` the name stands for its variable.
  const value = ts.isPropertyAssignment(node) ? node.initializer : node.name;
  return (numberOf(value) ?? 0) >= defaultMs;
}

/** Whether a function gives a promise of what it returns, or what it returns is the answer. */
const answers = (fn: MovableFunction, at: ts.Node): boolean => {
  const around = ts.findAncestor(at, ts.isFunctionLike);
  if (around === undefined || around === fn) return around === fn;
  return (ts.getCombinedModifierFlags(around as ts.Declaration) & ts.ModifierFlags.Async) !== 0;
};

/** What settles with a promise that stands there: `it.catch(f)`, `Promise.race([it])`, `a ?? it`; `null` for anything else. */
function settlesWith(at: ts.Expression): ts.Expression | null {
  const { parent } = at;
  if (ts.isPropertyAccessExpression(parent) && /^(then|catch|finally)$/.test(parent.name.text))
    return ts.isCallExpression(parent.parent) ? parent.parent : null;
  if (ts.isArrayLiteralExpression(parent)) {
    const call = wrapped(parent).parent;
    return ts.isCallExpression(call) && /^Promise\.\w+$/.test(call.expression.getText()) ? call : null;
  }
  if (ts.isConditionalExpression(parent)) return parent.condition === at ? null : parent;
  const chooses = /^(\|\||&&|\?\?)$/;
  return ts.isBinaryExpression(parent) && chooses.test(parent.operatorToken.getText()) ? parent : null;
}

/** Whether a function waits for what a call gives, or gives it. */
function isWaitedFor(fn: MovableFunction, call: ts.Expression): boolean {
  const at = wrapped(call);
  const { parent } = at;
  if (ts.isAwaitExpression(parent)) return true;
  const isGiven = ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === at);
  if (isGiven) return answers(fn, at);
  const next = settlesWith(at);
  return next !== null && isWaitedFor(fn, next);
}

/** Methods whose numbers are places, sizes or things to set, and no time that somebody waits. */
const otherNumbers =
  /^(set\w*|timeout|p?expire(at)?|at|charAt|concat|fill|find\w*|filter|first|flat|get|has|includes|indexOf|last\w*|map|pad(Start|End)|push|random|reduce|repeat|slice|some|splice|sub(str|string)|to[A-Z]\w*|unshift|with)$/i;

/** What makes values of numbers. */
const ofNumbers = /^(Math|Number|String|Array|Object|BigInt|Date|JSON|parse(Int|Float))\b/;

/** A number that is handed by its place to what is waited for: `await c.api.waitFor(id, 180_000)`. */
function isLongArgument(fn: MovableFunction, node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  const callee = unwrap(node.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
  if (otherNumbers.test(name) || ofNumbers.test(callee.getText())) return false;
  // What is written in another system is a color or a set of flags.
  const isLong = (one: ts.Expression): boolean => {
    const value = /^0[xbo]/i.test(unwrap(one).getText()) ? 0 : (numberOf(one) ?? 0);
    return value >= defaultMs && value <= mostMs;
  };
  return node.arguments.some(isLong) && isWaitedFor(fn, node);
}

/** Whether a node of a function says a limit that is no shorter than that of a request: as an option, or by its place. */
export const saysLongLimit = (fn: MovableFunction, node: ts.Node): boolean =>
  isLongOption(node) || isLongArgument(fn, node);
