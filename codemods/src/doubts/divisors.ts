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

/** Methods of a list that give as many entries, or fewer: who walks over those walks over entries of it. */
const narrowing = /^(filter|slice|sort|toSorted|reverse|toReversed|values|keys|entries|toJSON|clone|map|mapValues)$/;
const walking = /^(map|flatMap|mapValues|forEach|each|filter|find|findKey|some|every|reduce|sort|partition|sweep)$/;

/** What the entries of a list are taken of: `x` of `[...x.values()].filter(...)`. */
function takenOf(list: ts.Expression): readonly ts.Expression[] {
  const at = unwrap(list);
  const [first, more] = ts.isArrayLiteralExpression(at) ? at.elements : [];
  if (first !== undefined && more === undefined && ts.isSpreadElement(first)) return [at, ...takenOf(first.expression)];
  if (!ts.isCallExpression(at)) return [at];
  const [given] = at.arguments;
  if (at.expression.getText() === 'Array.from' && given !== undefined) return [at, ...takenOf(given)];
  const { expression: callee } = at;
  const narrows = ts.isPropertyAccessExpression(callee) && narrowing.test(callee.name.text);
  return narrows ? [at, ...takenOf(callee.expression)] : [at];
}

/** The list whose entries are walked over where a node is the function for each of them, or the statement. */
function walkedBy(node: ts.Node): ts.Expression | null {
  const { parent } = node;
  if (ts.isForOfStatement(parent)) return parent.statement === node ? parent.expression : null;
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== node) return null;
  const { expression: callee } = parent;
  return ts.isPropertyAccessExpression(callee) && walking.test(callee.name.text) ? callee.expression : null;
}

/** Whether an expression is how many there are of a list that is walked over around a place: of an empty one there is no walk. */
export function isWalkedOver(fn: Scope, node: ts.Expression): boolean {
  const count = fixedValue(fn, node);
  if (!ts.isPropertyAccessExpression(count) || !/^(size|length)$/.test(count.name.text)) return false;
  for (let at: ts.Node = node; at !== fn.body && !ts.isSourceFile(at); at = at.parent) {
    const list = walkedBy(at);
    if (list !== null && takenOf(list).some((one) => isSame(fn, one, unwrap(count.expression)))) return true;
  }
  return false;
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
