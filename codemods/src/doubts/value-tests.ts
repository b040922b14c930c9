/** doubts/value-tests: tests that speak of numbers, which alone show that a text is one. */
import { descendants, type Scope, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { askedNodes } from '../values/asked-nodes.ts';
import { fixedValue, isSame } from './divisors.ts';

/** Calls that make a number of a text. */
export const numberOf = /^(Number|parseInt|parseFloat|Number\.parse(Int|Float))$/;

const asksNumber = /(^|\.)is_?(Na[nN]|(Safe)?Int(eger)?|Finite|Num(ber|eric)?|Float|Digits?)$/i;

const isComparison = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.LessThanToken && kind <= ts.SyntaxKind.GreaterThanEqualsToken;

/** What a number is made of: `x` of `Number(x)`, `parseInt(x, 10)`, `+x`, `-x`, `x * 1`. */
export function madeOf(node: ts.Expression): ts.Expression | null {
  const at = unwrap(node);
  if (ts.isCallExpression(at)) return numberOf.test(at.expression.getText()) ? (at.arguments[0] ?? null) : null;
  if (ts.isPrefixUnaryExpression(at)) {
    const { PlusToken, MinusToken } = ts.SyntaxKind;
    return at.operator === PlusToken || at.operator === MinusToken ? at.operand : null;
  }
  return ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.AsteriskToken ? at.left : null;
}

/** What is said of a number, whatever makes one of it. */
function meant(node: ts.Expression): ts.Expression {
  const inner = madeOf(node);
  return inner === null ? unwrap(node) : meant(inner);
}

/** A pattern that has digits in it. */
const isOfDigits = (fn: Scope, node: ts.Expression): boolean => /\\d|0-9/.test(fixedValue(fn, node).getText());

/** What of a test is looked at as a number. */
function countedIn(fn: Scope, node: ts.Node): readonly ts.Expression[] {
  if (ts.isBinaryExpression(node)) return isComparison(node.operatorToken.kind) ? [node.left, node.right] : [];
  if (ts.isPrefixUnaryExpression(node)) return madeOf(node) === null ? [] : [node];
  if (!ts.isCallExpression(node)) return [];
  const { expression: callee, arguments: given } = node;
  const [first] = given;
  if (first === undefined) return [];
  if (numberOf.test(callee.getText()) || asksNumber.test(callee.getText())) return [first];
  if (!ts.isPropertyAccessExpression(callee)) return [];
  if (callee.name.text === 'test') return isOfDigits(fn, callee.expression) ? [first] : [];
  return callee.name.text === 'match' && isOfDigits(fn, first) ? [callee.expression] : [];
}

/** A test, and what it decides about: `null` for all that is behind it. */
interface Test {
  readonly asked: ts.Expression;
  readonly within: ts.Expression | null;
}

function testsAt(node: ts.Node): readonly Test[] {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node)) return [{ asked: node.expression, within: null }];
  if (ts.isConditionalExpression(node)) return [{ asked: node.condition, within: node }];
  const { AmpersandAmpersandToken, BarBarToken } = ts.SyntaxKind;
  const chooses =
    ts.isBinaryExpression(node) && [AmpersandAmpersandToken, BarBarToken].includes(node.operatorToken.kind);
  return chooses ? [{ asked: node.left, within: node }] : [];
}

/** Whether a node stands in a function, or is in none, that is also around a place. */
function isAround(test: ts.Node, place: ts.Node): boolean {
  const fn = ts.findAncestor(test, ts.isFunctionLike);
  return fn === undefined || (fn.pos <= place.pos && place.end <= fn.end);
}

const testsIn = new WeakMap<ts.SourceFile, readonly Test[]>();

function testsOf(tree: ts.SourceFile): readonly Test[] {
  const found = testsIn.get(tree) ?? descendants(tree).flatMap(testsAt);
  testsIn.set(tree, found);
  return found;
}

/** Whether a test before a place, or around it, looks at what stands there as a number. */
export function isTestedAsNumber(node: ts.Expression): boolean {
  const said = meant(node);
  const tree = node.getSourceFile();
  const whole: Scope = { pos: tree.pos, end: tree.end, body: tree };
  return testsOf(tree).some(
    ({ asked, within }) =>
      asked.end <= node.pos &&
      (within === null ? isAround(asked, node) : node.end <= within.end) &&
      askedNodes(asked).some((one) => countedIn(whole, one).some((counted) => isSame(whole, meant(counted), said))),
  );
}
