/** results/guarded-entries: places where an entry of the results is neither `null` nor `undefined`, or is the same as either. */
import { isTested } from '../doubts/tested-before.ts';
import { unwrap, wrapped } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { ts } from '../typescript.js';

/** What an entry may be that is not there. */
export type Nothing = 'null' | 'undefined';

/** Both of them. */
export const both: readonly Nothing[] = ['null', 'undefined'];

const {
  EqualsEqualsToken,
  EqualsEqualsEqualsToken,
  ExclamationEqualsToken,
  ExclamationEqualsEqualsToken,
  AmpersandAmpersandToken,
  BarBarToken,
} = ts.SyntaxKind;
const equal: ReadonlySet<ts.SyntaxKind> = new Set([EqualsEqualsToken, EqualsEqualsEqualsToken]);
const unequal: ReadonlySet<ts.SyntaxKind> = new Set([ExclamationEqualsToken, ExclamationEqualsEqualsToken]);
const loose: ReadonlySet<ts.SyntaxKind> = new Set([EqualsEqualsToken, ExclamationEqualsToken]);

/** What something is not whose `typeof` is, or is not, a text. */
function ofTypeText(text: string, isEqual: boolean): readonly Nothing[] {
  if (text === 'undefined') return [isEqual ? 'null' : 'undefined'];
  if (text === 'object') return [isEqual ? 'undefined' : 'null'];
  return isEqual ? both : [];
}

function ofComparison(test: ts.BinaryExpression, name: string, isEqual: boolean): readonly Nothing[] {
  const [left, right] = [unwrap(test.left), unwrap(test.right)];
  if (ts.isTypeOfExpression(left))
    return left.expression.getText() === name && ts.isStringLiteral(right) ? ofTypeText(right.text, isEqual) : [];
  const [own, other] = left.getText() === name ? [left, right] : [right, left];
  if (own.getText() !== name || !isNothing(other)) return [];
  if (loose.has(test.operatorToken.kind)) return isEqual ? [] : both;
  return both.filter((one) => ((one === 'null') === (other.kind === ts.SyntaxKind.NullKeyword)) !== isEqual);
}

/** What a name is not where a test holds, or where it does not. */
export function excludedBy(test: ts.Expression, name: string, holds: boolean): readonly Nothing[] {
  const at = unwrap(test);
  if (at.getText() === name) return holds ? both : [];
  if (ts.isPrefixUnaryExpression(at))
    return at.operator === ts.SyntaxKind.ExclamationToken ? excludedBy(at.operand, name, !holds) : [];
  if (!ts.isBinaryExpression(at)) return [];
  const { kind } = at.operatorToken;
  if (equal.has(kind)) return ofComparison(at, name, holds);
  return unequal.has(kind) ? ofComparison(at, name, !holds) : [];
}

/** The sides of a chain of one operator, from left to right. */
function sidesOf(node: ts.Expression, kind: ts.SyntaxKind): readonly ts.Expression[] {
  const at = unwrap(node);
  const isChain = ts.isBinaryExpression(at) && at.operatorToken.kind === kind;
  return isChain ? [...sidesOf(at.left, kind), ...sidesOf(at.right, kind)] : [at];
}

/** The comparison that an entry stands in, of itself or of its `typeof`. */
function comparisonOf(at: ts.Expression): ts.BinaryExpression | null {
  const side = ts.isTypeOfExpression(at.parent) ? wrapped(at.parent) : at;
  const { parent } = side;
  if (!ts.isBinaryExpression(parent)) return null;
  const { kind } = parent.operatorToken;
  return equal.has(kind) || unequal.has(kind) ? parent : null;
}

/** `x !== null && x !== undefined`: whether a comparison and the one beside it make no difference between the two. */
function isHalf(comparison: ts.BinaryExpression, name: string): boolean {
  const { parent } = wrapped(comparison);
  if (!ts.isBinaryExpression(parent)) return false;
  const { kind } = parent.operatorToken;
  if (kind !== AmpersandAmpersandToken && kind !== BarBarToken) return false;
  let chain: ts.Expression = parent;
  for (let next = wrapped(chain).parent; ts.isBinaryExpression(next); next = wrapped(chain).parent) {
    if (next.operatorToken.kind !== kind) break;
    chain = next;
  }
  const sides = sidesOf(chain, kind);
  const place = sides.indexOf(comparison);
  const excluded = (index: number): readonly Nothing[] => {
    const side = sides[index];
    return side === undefined ? [] : excludedBy(side, name, kind === AmpersandAmpersandToken);
  };
  const own = excluded(place);
  return [place - 1, place + 1].some((index) => new Set([...own, ...excluded(index)]).size === 2);
}

/** `typeof x === 'string'`: neither of the two is that. */
function isOfType({ left, right }: ts.BinaryExpression): boolean {
  const text = unwrap(right);
  return ts.isTypeOfExpression(unwrap(left)) && ts.isStringLiteral(text) && !/^(undefined|object)$/.test(text.text);
}

/** Whether an entry makes no difference at a place, since a test before or beside it has taken out both `null` and `undefined`. */
export function isGuarded(entry: ts.Expression): boolean {
  const at = wrapped(entry);
  if (isTested(at)) return true;
  const comparison = comparisonOf(at);
  return comparison !== null && (isOfType(comparison) || isHalf(comparison, unwrap(at).getText()));
}
