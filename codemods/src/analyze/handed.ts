/** analyze/handed: what the callers within a file hand to a function. */
import { ts } from '../typescript.js';
import type { ParsedFile } from './program.ts';
import { placesOf } from './syntax.ts';

/**
 * The argument of every call, or `undefined` for a mention that is no call or hands nothing over.
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
  return placesOf(fn.getSourceFile(), declared.text).flatMap((node) => {
    if (!ts.isIdentifier(node) || node === declared || file.checker.getSymbolAtLocation(node) !== symbol) return [];
    const call = node.parent;
    return [ts.isCallExpression(call) && call.expression === node ? call.arguments[index] : undefined];
  });
}
