/** doubts/divisors: what a number is divided by, and whether that may be 0. */
import { declarationOf } from '../syntax/free-names.ts';
import { descendants, isNameOnly, type Scope, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { askedNodes } from '../values/asked-nodes.ts';

/** Things of which there is one at least. */
const some = /\b(cpus\(\)\.length|totalmem\(\)|heapTotal|(shard|cluster)[!?]*\.count|shardCount|uptime\(\))$/;

/** What a name that is set once, in the function, is set to. */
function setTo(fn: Scope, name: ts.Identifier): ts.Expression | null {
  const found = declarationOf(name, fn);
  if (found === null || !ts.isVariableDeclaration(found) || found.initializer === undefined) return null;
  return found.parent.flags & ts.NodeFlags.Const ? found.initializer : null;
}

/** `x ? x : 1` is what `x || 1` is. */
function isSafeChoice(fn: Scope, { condition, whenTrue, whenFalse }: ts.ConditionalExpression): boolean {
  const tested = unwrap(condition).getText() === unwrap(whenTrue).getText();
  return (tested || isSafe(fn, whenTrue)) && isSafe(fn, whenFalse);
}

/** Whether a divisor is surely not 0 and a number. */
export function isSafe(fn: Scope, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isNumericLiteral(at)) return Number(at.text) !== 0;
  if (ts.isPrefixUnaryExpression(at)) return isSafe(fn, at.operand);
  if (ts.isIdentifier(at)) {
    const value = setTo(fn, at);
    return value !== null && isSafe(fn, value);
  }
  if (ts.isCallExpression(at) && at.expression.getText() === 'Math.max')
    return at.arguments.some((one) => ts.isNumericLiteral(one) && Number(one.text) > 0);
  if (ts.isConditionalExpression(at)) return isSafeChoice(fn, at);
  if (!ts.isBinaryExpression(at)) return some.test(at.getText());
  const { kind } = at.operatorToken;
  if (kind === ts.SyntaxKind.BarBarToken) return isSafe(fn, at.right);
  const product = kind === ts.SyntaxKind.AsteriskToken || kind === ts.SyntaxKind.AsteriskAsteriskToken;
  return product && isSafe(fn, at.left) && isSafe(fn, at.right);
}

const isMember = (node: ts.Node): boolean => ts.isIdentifier(node) && isNameOnly(node);

/** The name that a dotted expression begins with. */
function rootOf(node: ts.Node): ts.Identifier | null {
  let at = node;
  while (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at) || ts.isNonNullExpression(at))
    at = at.expression;
  return ts.isIdentifier(at) ? at : null;
}

/** Whether two expressions of one text are the same, and no declaration between them hides what it begins with. */
export function isSame(fn: Scope, one: ts.Node, other: ts.Node): boolean {
  if (one.getText() !== other.getText()) return false;
  const [first, second] = [rootOf(one), rootOf(other)];
  return first === null || second === null || declarationOf(first, fn) === declarationOf(second, fn);
}

/** Whether a test of the function, before or around a place, looks at what stands there. */
export function isTested(fn: Scope, node: ts.Expression): boolean {
  const said = unwrap(node);
  return descendants(fn.body).some((one) => {
    if (one.pos > node.pos) return false;
    const binary = ts.isBinaryExpression(one) && one.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
    const test = ts.isConditionalExpression(one)
      ? one.condition
      : ts.isIfStatement(one)
        ? one.expression
        : binary && one.right.pos <= node.pos && node.end <= one.end
          ? one.left
          : null;
    return (
      test !== null && test.end <= node.pos && askedNodes(test).some((at) => isSame(fn, at, said) && !isMember(at))
    );
  });
}

/** What a name is set to where that is fixed, or the expression itself. */
export function fixedValue(fn: Scope, node: ts.Expression): ts.Expression {
  const at = unwrap(node);
  const value = ts.isIdentifier(at) ? setTo(fn, at) : null;
  return value === null ? at : unwrap(value);
}

/** Whether an expression is a bigint as it is written: such a one is never NaN, and divides by no `0n`. */
export function isBigInt(fn: Scope, node: ts.Expression): boolean {
  const at = fixedValue(fn, node);
  if (ts.isBinaryExpression(at)) return isBigInt(fn, at.left) || isBigInt(fn, at.right);
  if (ts.isCallExpression(at)) return /^BigInt(\.\w+)?$/.test(at.expression.getText());
  return ts.isBigIntLiteral(at);
}
