/** values/value-names: what a name has by its declaration, and whether it keeps that. */
import { declarationOf } from '../syntax/free-names.ts';
import { isNameOnly, placesOf } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { type Source, sourcesOf } from './sources.ts';
import type { Way } from './value-way.ts';

/** The parameter that a name is one of, or is taken out of. */
function parameterOf(declared: ts.Node): ts.ParameterDeclaration | null {
  let at = declared;
  while (ts.isBindingElement(at) || ts.isObjectBindingPattern(at) || ts.isArrayBindingPattern(at)) at = at.parent;
  return ts.isParameter(at) ? at : null;
}

/** What a declaration gives a name, for a function that is asked about without what its callers give. */
export function declaredBy({ within }: Way, declared: ts.Node): readonly Source[] {
  const sources = sourcesOf(declared);
  const parameter = within === null ? null : parameterOf(declared);
  if (parameter === null || parameter.parent !== within) return sources;
  // The client is always handed over, so that a default of it is never used.
  const [client] = parameter.parent.parameters;
  return sources.filter(({ value }) => {
    if (parameter === client && value === client.initializer) return false;
    return parameter.pos <= value.pos && value.end <= parameter.end;
  });
}

/** Whether a variable is declared without any value. */
export const isUnset = (node: ts.Node): boolean =>
  ts.isVariableDeclaration(node) &&
  node.initializer === undefined &&
  ts.isVariableDeclarationList(node.parent) &&
  !ts.isForOfStatement(node.parent.parent) &&
  !ts.isForInStatement(node.parent.parent);

const setAgain = new WeakMap<ts.Node, boolean>();

/** Whether the file of a name sets the variable it means again. */
function isSetAgain(name: ts.Identifier, declared: ts.Node): boolean {
  const known = setAgain.get(declared);
  if (known !== undefined) return known;
  const found = placesOf(name.getSourceFile(), name.text).some(
    (place) =>
      ts.isIdentifier(place) &&
      !isNameOnly(place) &&
      writtenAt(place).length > 0 &&
      declarationOf(place, place.getSourceFile()) === declared,
  );
  setAgain.set(declared, found);
  return found;
}

/** Whether a name keeps what it is declared with. */
export function isFixed(name: ts.Identifier, declared: ts.Node): boolean {
  let at = declared;
  // A function or a class is a statement by itself, in whatever it stands.
  while (!ts.isVariableDeclaration(at) && !ts.isParameter(at) && !ts.isStatement(at)) at = at.parent;
  const isConst = ts.isVariableDeclaration(at) && (at.parent.flags & ts.NodeFlags.Const) !== 0;
  return isConst || !isSetAgain(name, declared);
}
