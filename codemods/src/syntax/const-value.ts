/** syntax/const-value: what a name holds that is never set again. */
import { ts } from '../typescript.js';
import type { ParsedFile } from './program.ts';
import { symbolOf, unwrap } from './syntax.ts';

/** What a `const` of the file holds; anything else is what it is. */
export function constValue(file: ParsedFile, node: ts.Expression): ts.Expression {
  const at = unwrap(node);
  if (!ts.isIdentifier(at)) return at;
  const declaration = symbolOf(file.checker, at)?.valueDeclaration;
  const fixed =
    declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.parent.flags & ts.NodeFlags.Const;
  return fixed && declaration.initializer !== undefined ? unwrap(declaration.initializer) : at;
}
