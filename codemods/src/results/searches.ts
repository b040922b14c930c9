/** results/searches: what a search through the results looks for. Only what is there may be found by it. */
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/**
 * `search`: any that is there; `present`: any but `null`, so that `false` and 0 are found; `pick`: one that is like
 * something; `array`: may find what is not there, too.
 */
export type Search = 'search' | 'present' | 'pick' | 'array';

const isNothing = (node: ts.Expression): boolean =>
  node.kind === ts.SyntaxKind.NullKeyword ||
  node.kind === ts.SyntaxKind.FalseKeyword ||
  (ts.isIdentifier(node) && node.text === 'undefined') ||
  (ts.isStringLiteralLike(node) && node.text === '') ||
  (ts.isNumericLiteral(node) && Number(node.text) === 0);

const isTrue = (node: ts.Expression): boolean => node.kind === ts.SyntaxKind.TrueKeyword;

/** Whether an expression is the entry, or something of it: `guild`, `guild?.owner.id`, `guild.name.includes(x)`. */
function isOf(node: ts.Expression, entry: string): boolean {
  const at = unwrap(node);
  if (ts.isIdentifier(at)) return at.text === entry;
  return (ts.isPropertyAccessExpression(at) || ts.isCallExpression(at)) && isOf(at.expression, entry);
}

function ofComparison(node: ts.BinaryExpression, entry: string): Search {
  const [left, right] = [unwrap(node.left), unwrap(node.right)];
  const { kind } = node.operatorToken;
  const unequal = kind === ts.SyntaxKind.ExclamationEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;
  const whole = ts.isIdentifier(left);
  if (!isOf(left, entry)) return 'array';
  // What is not there arrived as `null` so far: `x !== undefined` and `x !== false` hold for it.
  const isNull = right.kind === ts.SyntaxKind.NullKeyword;
  const loose = kind === ts.SyntaxKind.ExclamationEqualsToken && ts.isIdentifier(right) && right.text === 'undefined';
  if (unequal) return whole && (isNull || loose) ? 'present' : 'array';
  const equal = kind === ts.SyntaxKind.EqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsEqualsToken;
  if (!equal || isNothing(right)) return 'array';
  return whole && isTrue(right) ? 'search' : 'pick';
}

function ofTest(node: ts.Expression, entry: string): Search {
  const at = unwrap(node);
  if (ts.isIdentifier(at)) return at.text === entry ? 'search' : 'array';
  if (isOf(at, entry)) return 'pick';
  if (ts.isPrefixUnaryExpression(at)) {
    const inner = unwrap(at.operand);
    const twice = ts.isPrefixUnaryExpression(inner) && inner.operator === at.operator;
    return twice && at.operator === ts.SyntaxKind.ExclamationToken ? ofTest(inner.operand, entry) : 'array';
  }
  if (!ts.isBinaryExpression(at)) return 'array';
  if (at.operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken) return ofComparison(at, entry);
  const sides = [at.left, at.right].map((side) => ofTest(side, entry)).filter((side) => side !== 'array');
  return sides.length === 0 ? 'array' : sides.every((side) => side === 'present') ? 'present' : 'pick';
}

/** What `find(test)` and `some(test)` look for. */
export function searchBy(test: ts.Expression): Search {
  if (ts.isIdentifier(test)) return test.text === 'Boolean' ? 'search' : 'array';
  if (!ts.isArrowFunction(test) && !ts.isFunctionExpression(test)) return 'array';
  const [entry, index] = test.parameters;
  if (entry === undefined || index !== undefined || !ts.isIdentifier(entry.name)) return 'array';
  if (!ts.isBlock(test.body)) return ofTest(test.body, entry.name.text);
  const [only, more] = test.body.statements;
  const single = only !== undefined && more === undefined && ts.isReturnStatement(only) ? only.expression : undefined;
  return single === undefined ? 'array' : ofTest(single, entry.name.text);
}

/** What `includes(value)` looks for. */
export function searchFor({ arguments: [value, more] }: ts.CallExpression): Search {
  if (value === undefined || more !== undefined) return 'array';
  const at = unwrap(value);
  if (isTrue(at)) return 'search';
  return isNothing(at) ? 'array' : 'pick';
}
