/** results/equal-entries: whether code behind a broadcast takes no notice of a result that is there twice. */
import type { ParsedFile } from '../syntax/program.ts';
import { wrapped } from '../syntax/syntax.ts';
import { usesOf, usesOfResult } from '../syntax/uses.ts';
import { ts } from '../typescript.js';

/** What a place does with a list. */
type Asks = (file: ParsedFile, list: ts.Expression) => boolean;

/** The call of a method of a list. */
function methodOf(list: ts.Expression): { readonly name: string; readonly call: ts.CallExpression } | null {
  const { parent: access } = wrapped(list);
  if (!ts.isPropertyAccessExpression(access) || !ts.isCallExpression(access.parent)) return null;
  return access.parent.expression === access ? { name: access.name.text, call: access.parent } : null;
}

/** Whether every use of a constant that holds a list does something. */
function byName(file: ParsedFile, list: ts.Expression, asks: Asks): boolean {
  const { parent } = wrapped(list);
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return false;
  const isConst = (parent.parent.flags & ts.NodeFlags.Const) !== 0;
  return isConst && usesOf(file, parent.name).every((use) => asks(file, use));
}

/** `new Set(list)`, `new Set(list.flat())`. */
const isInSet: Asks = (file, list) => {
  const { parent } = wrapped(list);
  if (ts.isNewExpression(parent)) return parent.expression.getText() === 'Set';
  const method = methodOf(list);
  if (method?.name === 'flat' && method.call.arguments.length === 0) return isInSet(file, method.call);
  return byName(file, list, isInSet);
};

/** Whether a callback looks at nothing but the entry. */
function takesEntry(fn: ts.Expression | undefined): boolean {
  if (fn === undefined) return false;
  return ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? fn.parameters.length <= 1 : fn.getText() === 'Boolean';
}

/** Whether one entry, one word on all of them, or the greatest is taken: `[0]`, `.every(...)`, `Math.max(...list)`. */
const isSingled: Asks = (file, list) => {
  const at = wrapped(list);
  const { parent } = at;
  if (ts.isElementAccessExpression(parent))
    return parent.expression === at && parent.argumentExpression.getText() === '0';
  if (ts.isSpreadElement(parent))
    return ts.isCallExpression(parent.parent) && /^Math\.(max|min)$/.test(parent.parent.expression.getText());
  const method = methodOf(list);
  if (method === null) return isInSet(file, list) || byName(file, list, isSingled);
  const { name, call } = method;
  if (/^(every|some|find)$/.test(name)) return takesEntry(call.arguments[0]);
  return name === 'filter' && takesEntry(call.arguments[0]) && isSingled(file, call);
};

/** `const [first] = results`: nothing but the first one. */
function takesFirst(call: ts.CallExpression): boolean {
  const { parent } = wrapped(call);
  const around = ts.isAwaitExpression(parent) ? wrapped(parent).parent : parent;
  if (!ts.isVariableDeclaration(around) || !ts.isArrayBindingPattern(around.name)) return false;
  const [first, more] = around.name.elements;
  return more === undefined && first !== undefined && ts.isBindingElement(first) && first.dotDotDotToken === undefined;
}

const isUsed = (file: ParsedFile, call: ts.CallExpression, asks: Asks): boolean => {
  const uses = usesOfResult(file, wrapped(call));
  return uses !== null && uses.length > 0 && uses.every((use) => asks(file, use));
};

/** Whether results are put into a set and nothing else: what several of them hold counts once. */
export const countsOnce = (file: ParsedFile, call: ts.CallExpression): boolean => isUsed(file, call, isInSet);

/** Whether results that are equal say no more than one of them: only one is taken, or what is true of all. */
export const repeatsNothing = (file: ParsedFile, call: ts.CallExpression): boolean =>
  takesFirst(call) || isUsed(file, call, isSingled);
