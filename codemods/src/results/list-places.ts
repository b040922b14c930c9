/** results/list-places: where the list of results that a call gives is used. */
import type { ParsedFile } from '../syntax/program.ts';
import { isSetting, wrapped } from '../syntax/syntax.ts';
import { usesOfResult } from '../syntax/uses.ts';
import { ts } from '../typescript.js';

/** The places that use the results of a call, a pattern that takes them apart included; `null` where they are not seen. */
export function usesOfList(file: ParsedFile, call: ts.CallExpression): readonly ts.Expression[] | null {
  const { parent } = wrapped(call);
  const declaration = ts.isAwaitExpression(parent) ? wrapped(parent).parent : parent;
  const isApart = ts.isVariableDeclaration(declaration) && ts.isArrayBindingPattern(declaration.name);
  return isApart && ts.isAwaitExpression(parent) ? [parent] : usesOfResult(file, wrapped(call));
}

/** The name of a variable that holds the results of a call, and may be set to something else. */
export function changedName(call: ts.CallExpression): ts.Identifier | null {
  const { parent } = wrapped(call);
  const holder = ts.isAwaitExpression(parent) ? wrapped(parent).parent : parent;
  if (ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name)) return holder.name;
  return isSetting(holder) && ts.isIdentifier(holder.left) ? holder.left : null;
}
