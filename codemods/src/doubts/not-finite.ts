import { type Scope, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isBigInt, isSafe, isTested, isWalkedOver } from './divisors.ts';
import { isCount, isNumeric, makesNoDate, mayBeMissing, mayBeNoDate } from './no-dates.ts';

const { SlashToken, PercentToken, SlashEqualsToken, PercentEqualsToken } = ts.SyntaxKind;

/** What a number may be that is none: NaN alone, or Infinity as well. */
export type Kind = 'nan' | 'infinite';

const nanOf = /^(Number|parseInt|parseFloat|Number\.parse(Int|Float))$/;
const infinite = /^(Number\.)?(Infinity|POSITIVE_INFINITY|NEGATIVE_INFINITY)$/;
const extreme = /^Math\.(min|max)$/;

/** Whether a list may be empty, and the code does not look at that before. */
const mayBeEmpty = (fn: Scope, list: ts.Expression): boolean => !isTested(fn, list) && !isFilled(list);

/** `c.ws.shards.map(...)`, `[...c.ws.shards.values()].map(...)` */
function isFilled(list: ts.Expression): boolean {
  const at = unwrap(list);
  if (ts.isArrayLiteralExpression(at))
    return at.elements.some((one) => !ts.isSpreadElement(one) || isFilled(one.expression));
  if (!ts.isCallExpression(at)) return /\b(?:ws\.shards|shard[!?]*\.ids)$/.test(at.getText());
  if (!ts.isPropertyAccessExpression(at.expression)) return false;
  return /^(?:map|values)$/.test(at.expression.name.text) && isFilled(at.expression.expression);
}

/** Whether there may be nothing among what is given: lists alone, and the code looks at none of them before. */
const isOpen = (fn: Scope, given: readonly ts.Node[]): boolean =>
  given.every((one) => ts.isSpreadElement(one) && mayBeEmpty(fn, one.expression));

/** Whether a list that is handed over as a whole may be empty. */
function isOpenList(fn: Scope, node: ts.Expression | undefined): boolean {
  if (node === undefined) return true;
  return ts.isArrayLiteralExpression(node) ? isOpen(fn, node.elements) : mayBeEmpty(fn, node);
}

/** Whether a call asks for the greatest or the least of what may be nothing: that is -Infinity, or Infinity. */
function comparesNothing(fn: Scope, { expression: callee, arguments: given }: ts.CallExpression): boolean {
  const [first, second, third] = given;
  if (extreme.test(callee.getText())) return isOpen(fn, given);
  if (callee.getText() === 'Reflect.apply') return extreme.test(first?.getText() ?? '') && isOpenList(fn, third);
  if (!ts.isPropertyAccessExpression(callee) || !extreme.test(callee.expression.getText())) return false;
  return callee.name.text === 'call'
    ? isOpen(fn, given.slice(1))
    : callee.name.text === 'apply' && isOpenList(fn, second);
}

/** Whether a call asks a date for a number, and the date is made of what may be none. */
const ofDate = (fn: Scope, { expression: callee }: ts.CallExpression): boolean =>
  ts.isPropertyAccessExpression(callee) &&
  /^(get[A-Z]\w*|valueOf)$/.test(callee.name.text) &&
  mayBeNoDate(fn, callee.expression);

function ofCall(fn: Scope, call: ts.CallExpression): Kind | null {
  const callee = call.expression.getText();
  const [first] = call.arguments;
  // A written text is the number that it says.
  if (nanOf.test(callee))
    return first === undefined || ts.isStringLiteralLike(first) || isNumeric(fn, first) ? null : 'nan';
  if (callee === 'Date.parse') return first !== undefined && makesNoDate(fn, first) ? 'nan' : null;
  if (callee === 'Date.UTC') return call.arguments.every((one) => isNumeric(fn, one)) ? null : 'nan';
  if (first !== undefined && /^Math\.log(2|10)?$/.test(callee))
    return isSafe(fn, first) || isTested(fn, first) ? null : 'infinite';
  if (comparesNothing(fn, call)) return 'infinite';
  const counts =
    /^Math\.\w+$/.test(callee) && call.arguments.some((one) => mayBeNoDate(fn, one) || mayBeMissing(fn, one));
  return counts || ofDate(fn, call) ? 'nan' : null;
}

/** Operators that make a number of a date. */
const isArithmetic = (kind: ts.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.MinusToken ||
  (kind >= ts.SyntaxKind.AsteriskToken && kind <= PercentToken) ||
  (kind >= ts.SyntaxKind.MinusEqualsToken && kind <= PercentEqualsToken);

/** Whether a sum is one of numbers: a text takes `undefined` as a word. */
const addsNumbers = (fn: Scope, { operatorToken: { kind }, left, right }: ts.BinaryExpression): boolean =>
  (kind === ts.SyntaxKind.PlusToken || kind === ts.SyntaxKind.PlusEqualsToken) &&
  [left, right].some((one) => isNumeric(fn, one) || isCount(one));

function ofBinary(fn: Scope, node: ts.BinaryExpression): Kind | null {
  const { kind } = node.operatorToken;
  const sides = [node.left, node.right];
  const divides = kind === SlashToken || kind === SlashEqualsToken;
  const dated = isArithmetic(kind) && sides.some((one) => mayBeNoDate(fn, one));
  const counts = isArithmetic(kind) || addsNumbers(fn, node);
  const none = dated || (counts && sides.some((one) => mayBeMissing(fn, one)));
  if (!divides && kind !== PercentToken && kind !== PercentEqualsToken) return none ? 'nan' : null;
  const { right } = node;
  const isThere = isSafe(fn, right) || isTested(fn, right) || isWalkedOver(fn, right);
  if (isThere || isBigInt(fn, node)) return none ? 'nan' : null;
  return divides ? 'infinite' : 'nan';
}

function ofSign(fn: Scope, { operator, operand }: ts.PrefixUnaryExpression): Kind | null {
  if (operator === ts.SyntaxKind.PlusToken) return isNumeric(fn, operand) ? null : 'nan';
  return operator === ts.SyntaxKind.MinusToken && (mayBeNoDate(fn, operand) || mayBeMissing(fn, operand))
    ? 'nan'
    : null;
}

const ofWord = (text: string): Kind | null =>
  /^(Number\.)?NaN$/.test(text) ? 'nan' : infinite.test(text) ? 'infinite' : null;

/** What an expression may give by itself, whatever is in it. */
export function kindOf(fn: Scope, node: ts.Node): Kind | null {
  if (ts.isBinaryExpression(node)) return ofBinary(fn, node);
  if (ts.isCallExpression(node)) return ofCall(fn, node);
  if (ts.isPrefixUnaryExpression(node)) return ofSign(fn, node);
  if (ts.isPropertyAccessExpression(node)) return ofWord(node.getText());
  return ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node.parent) ? ofWord(node.text) : null;
}
