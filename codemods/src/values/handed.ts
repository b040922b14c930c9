/** values/handed: what the callers within a file hand to a function. */
import { isExported } from '../syntax/exported.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { placesOf, symbolOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** The argument at a place of a call; `undefined` where there is none, or several may be before it. */
export function argumentAt(call: ts.CallExpression, index: number): ts.Expression | undefined {
  const before = call.arguments.slice(0, index + 1);
  return before.some(ts.isSpreadElement) ? undefined : call.arguments[index];
}

/** What a callback gets: what a promise gives, or each of a list. */
export interface CalledBack {
  readonly from: ts.Expression;
  readonly each: boolean;
}

/** `list.map((one) => ...)`, `promise.then((one) => ...)`; `null` for other parameters. */
export function calledBack(parameter: ts.ParameterDeclaration): CalledBack | null {
  const fn = parameter.parent;
  const { parent: call } = fn;
  if (fn.parameters[0] !== parameter || !ts.isCallExpression(call) || call.arguments[0] !== fn) return null;
  if (!ts.isPropertyAccessExpression(call.expression)) return null;
  const { expression: from, name } = call.expression;
  const each = /^(?:each|forEach|map|flatMap|filter|find|some|every)$/.test(name.text);
  return each || name.text === 'then' ? { from, each } : null;
}

/**
 * The argument of every call, or `undefined` for a mention that is no call or hands nothing over, and for callers in
 * other files.
 *
 * @returns `null` when the function has no name to look for
 */
export function handedTo(
  file: ParsedFile,
  parameter: ts.ParameterDeclaration,
): readonly (ts.Expression | undefined)[] | null {
  const fn = parameter.parent;
  const index = fn.parameters.indexOf(parameter);
  const declared = ts.isVariableDeclaration(fn.parent) ? fn.parent.name : fn.name;
  if (declared === undefined || !ts.isIdentifier(declared)) return null;
  const symbol = file.checker.getSymbolAtLocation(declared);
  const here = placesOf(fn.getSourceFile(), declared.text).flatMap((node) => {
    if (!ts.isIdentifier(node) || node === declared || symbolOf(file.checker, node) !== symbol) return [];
    const call = node.parent;
    return [ts.isCallExpression(call) && call.expression === node ? argumentAt(call, index) : undefined];
  });
  return isExported(ts.isVariableDeclaration(fn.parent) ? fn.parent : fn) ? [...here, undefined] : here;
}
