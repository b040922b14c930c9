/** values/may-be-client: whether an object can be a client at all, for what it is called and where it stands. */
import type { ParsedFile } from '../syntax/program.ts';
import { dottedNames, symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { saysOther } from './client-words.ts';
import { takenOut } from './collection.ts';
import { calledBack } from './handed.ts';

const lastName = (node: ts.Expression | undefined): string =>
  (node === undefined ? undefined : dottedNames(node)?.at(-1)) ?? '';

/** The names of what a name is one of: a list, a map, a container, and the key that is asked for there. */
function namesAround(declaration: ts.Declaration): readonly string[] {
  if (ts.isParameter(declaration)) return [lastName(calledBack(declaration)?.from)];
  if (ts.isBindingElement(declaration)) {
    const { parent: list } = declaration.parent;
    return ts.isVariableDeclaration(list) ? [lastName(list.initializer), ...namesAround(list)] : [];
  }
  if (!ts.isVariableDeclaration(declaration)) return [];
  const loop = declaration.parent.parent;
  if (ts.isForOfStatement(loop)) return [lastName(loop.expression)];
  const taken = declaration.initializer === undefined ? null : takenOut(declaration.initializer);
  const key = taken?.key;
  return [lastName(taken?.holder), key !== undefined && ts.isStringLiteralLike(key) ? key.text : ''];
}

/** What a name was made from: another name or a member, or the names of what it is one of. */
function takenFrom(file: ParsedFile, node: ts.Identifier): ts.Expression | readonly string[] {
  const declaration = symbolOf(file.checker, node)?.valueDeclaration;
  if (declaration === undefined) return [];
  if (ts.isBindingElement(declaration) && ts.isObjectBindingPattern(declaration.parent))
    return declaration.propertyName ? [declaration.propertyName.getText()] : [];
  const value =
    ts.isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : null;
  return value !== null && ts.isPropertyAccessExpression(value) ? value : namesAround(declaration);
}

/**
 * Whether an object can be a client for all that its name says, so that what a call asks for tells. Of `ctx.rabbit` it
 * does not: a part of something else is known by what it is called.
 */
export function mayBeClient(file: ParsedFile, holder: ts.Expression): boolean {
  const at = unwrap(holder);
  if (at.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (ts.isPropertyAccessExpression(at))
    return at.expression.kind === ts.SyntaxKind.ThisKeyword && !saysOther(at.name.text);
  if (!ts.isIdentifier(at) || saysOther(at.text)) return false;
  const from = takenFrom(file, at);
  return 'kind' in from ? mayBeClient(file, from) : !from.some(saysOther);
}
