/** analyze/may-be-client: whether an object can be a client at all, for what it is called and where it stands. */
import { ts } from '../typescript.js';
import { saysOther } from './client-words.ts';
import type { ParsedFile } from './program.ts';
import { symbolOf, unwrap } from './syntax.ts';

/** What a name was made from, where that is another name or a member. */
function takenFrom(file: ParsedFile, node: ts.Identifier): ts.Expression | string | null {
  const declaration = symbolOf(file.checker, node)?.valueDeclaration;
  if (declaration === undefined) return null;
  if (ts.isBindingElement(declaration)) return declaration.propertyName?.getText() ?? null;
  const value =
    ts.isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : null;
  return value !== null && ts.isPropertyAccessExpression(value) ? value : null;
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
  if (from === null) return true;
  return typeof from === 'string' ? !saysOther(from) : mayBeClient(file, from);
}
