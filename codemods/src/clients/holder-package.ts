/** clients/holder-package: the package that what a receiver begins with is of, by its written type or its class. */
import { importOf } from '../modules/bindings.ts';
import { moduleKind } from '../modules/foreign.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import type { Root } from '../values/roots.ts';
import { Origins } from './origins.ts';

/** The name a declaration says of what it holds: its type, or the class that it is made of. */
function saidBy(declaration: ts.Declaration): ts.Identifier | null {
  if (!ts.isVariableDeclaration(declaration) && !ts.isParameter(declaration)) return null;
  const { type, initializer } = declaration;
  if (type !== undefined) {
    return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? type.typeName : null;
  }
  const made = initializer === undefined ? undefined : unwrap(initializer);
  return made !== undefined && ts.isNewExpression(made) && ts.isIdentifier(made.expression) ? made.expression : null;
}

/** The package of the client in `client.cluster`, where that is one that has nothing to do with discord.js. */
export function packageOfHolder(file: ParsedFile, receiver: ts.Expression): string | null {
  let at = unwrap(receiver);
  while (ts.isPropertyAccessExpression(at)) at = unwrap(at.expression);
  const declaration = ts.isIdentifier(at) ? symbolOf(file.checker, at)?.valueDeclaration : undefined;
  const name = declaration === undefined ? null : saidBy(declaration);
  const binding = name === null ? null : importOf(file.checker, name);
  if (binding === null) return null;
  return isForeign(binding.specifier, file) ? binding.specifier : null;
}

/** Whether a module is of a package that has nothing to do with discord.js, for all that is known. */
function isForeign(specifier: string, file: ParsedFile): boolean {
  const kind = moduleKind(specifier, file);
  return kind === 'other' || kind === 'unknown';
}

/** Whether all that an object can be led back to is of such packages: `const client = createClient()` of `redis`. */
export function isOfOtherPackage(file: ParsedFile, holder: ts.Expression): boolean {
  const roots = new Origins(file).of(holder);
  const isOther = (root: Root): boolean => root.kind === 'package' && isForeign(root.specifier, root.file);
  return roots.length > 0 && roots.every(isOther);
}
