/** calls/count-edits: a sum of member counts is a number, also where a guild is not available and has no count. */
import type { Splice } from '../syntax/edits.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { descendants, isSetting, type MovableFunction, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { wherePassed } from '../values/passed-on.ts';

const { PlusToken, PlusEqualsToken } = ts.SyntaxKind;

const isPlus = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === PlusToken;

/** The whole of a sum that something is part of: of `a + b + c` all three. */
function sumAround(part: ts.Expression): ts.Expression {
  let at = wrapped(part);
  while (isPlus(at.parent)) at = wrapped(at.parent);
  return at;
}

/** What is added to something, the same thing among it: `a + b` of `(a, guild) => a + b + guild.memberCount`. */
const holdsName = (sum: ts.Expression, name: string): boolean =>
  [sum, ...descendants(sum)].some((one) => ts.isIdentifier(one) && one.text === name);

/** The callback that gives an expression, and the call it is handed to: `list.reduce((a, b) => a + b, 0)`. */
function callbackOf(value: ts.Expression) {
  const { parent } = value;
  const block = ts.isReturnStatement(parent) ? parent.parent.parent : null;
  const fn = block ?? parent;
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return null;
  if (block === null && (fn.body as ts.Node) !== value) return null;
  const call = fn.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== fn || !ts.isPropertyAccessExpression(call.expression))
    return null;
  return { fn, call, method: call.expression.name.text };
}

/** Whether what a callback gives is what a list is added up to; one of numbers may begin with the first of them. */
function isReduced(value: ts.Expression, isOfNumbers = false): boolean {
  const found = callbackOf(value);
  if (found?.method !== 'reduce') return false;
  const [total] = found.fn.parameters;
  const [, start] = found.call.arguments;
  const fromNumber = start === undefined ? isOfNumbers : ts.isNumericLiteral(start);
  return total !== undefined && fromNumber && isPlus(value) && holdsName(value, total.name.getText());
}

/** Whether a variable counts from a number on: `let n = 0`. */
function isNumberFrom(fn: MovableFunction, name: ts.Expression): boolean {
  const declared = ts.isIdentifier(name) ? declarationOf(name, fn) : null;
  if (declared === null || !ts.isVariableDeclaration(declared)) return false;
  return declared.initializer !== undefined && ts.isNumericLiteral(declared.initializer);
}

/** Whether a sum is added to a variable: `n += guild.memberCount`, `n = n + guild.memberCount`. */
function isAddedTo(fn: MovableFunction, sum: ts.Expression): boolean {
  const { parent } = sum;
  if (!ts.isBinaryExpression(parent) || parent.right !== sum || !isNumberFrom(fn, parent.left)) return false;
  if (parent.operatorToken.kind === PlusEqualsToken) return true;
  return isSetting(parent) && isPlus(sum) && holdsName(sum, parent.left.getText());
}

/** Whether a list of counts is made that is added up: `map((guild) => guild.memberCount).reduce((a, b) => a + b, 0)`. */
function isListed(value: ts.Expression): boolean {
  const found = callbackOf(value);
  if (found?.method !== 'map') return false;
  const access = wrapped(found.call).parent;
  const reduced = access.parent;
  if (!ts.isPropertyAccessExpression(access) || !ts.isCallExpression(reduced) || reduced.expression !== access)
    return false;
  const [adding] = reduced.arguments;
  const isSum = adding !== undefined && ts.isArrowFunction(adding) && isPlus(adding.body);
  return access.name.text === 'reduce' && isSum && isReduced(adding.body as ts.Expression, true);
}

const isCount = (node: ts.Node): node is ts.PropertyAccessExpression =>
  ts.isPropertyAccessExpression(node) && node.name.text === 'memberCount';

/** Whether a count is part of a sum that the function gives as a number. */
function isGiven(fn: MovableFunction, count: ts.PropertyAccessExpression): boolean {
  const sum = sumAround(count);
  const isAdded = isReduced(sum) || isAddedTo(fn, sum);
  return (isAdded || (sum === wrapped(count) && isListed(sum))) && wherePassed(fn, count, true) !== null;
}

/**
 * The counts in a function that may be missing and are added up to what it gives. A guild that is not available has no
 * `memberCount`; it made NaN of the sum, which the JSON of a result said as `null`.
 *
 * @see https://discord.com/developers/docs/resources/guild#unavailable-guild-object
 */
export const countsIn = (fn: MovableFunction): readonly ts.PropertyAccessExpression[] =>
  descendants(fn.body).filter((node): node is ts.PropertyAccessExpression => isCount(node) && isGiven(fn, node));

/**
 * What makes a count that is not there 0 in a sum: a total went on without a shard that said `null`, and NaN would make NaN
 * of it.
 */
export const countEdits = (fn: MovableFunction): readonly Splice[] =>
  countsIn(fn).flatMap((node): readonly Splice[] => {
    const [start, end] = [node.getStart(), node.end];
    // What is mapped stands alone; within a sum, `+` would be first.
    if (!isPlus(wrapped(node).parent)) return [{ start: end, end, text: ' ?? 0' }];
    return [
      { start, end: start, text: '(' },
      { start: end, end, text: ' ?? 0)' },
    ];
  });
