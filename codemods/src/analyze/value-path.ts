/** analyze/value-path: the names by which a value is read, and what they start at: `o.a.b`, `({ a: { b } }) => b`. */
import { ts } from '../typescript.js';
import type { ParsedFile } from './program.ts';
import { nameText, symbolOf, unwrap } from './syntax.ts';

/** A value read by names. */
export interface ValuePath {
  /** What the first of the names is a member of: a variable's declaration, or a name or `this` that has none here. */
  readonly root: ts.Node;
  /** `null` where a name is computed. */
  readonly names: readonly (string | null)[];
}

const below = (path: ValuePath | null, name: string | null): ValuePath | null =>
  path === null ? null : { root: path.root, names: [...path.names, name] };

/** What a pattern takes apart. */
function ofPattern(file: ParsedFile, { parent }: ts.BindingPattern): ValuePath | null {
  if (ts.isBindingElement(parent)) return ofElement(file, parent);
  if (ts.isParameter(parent)) return { root: parent, names: [] };
  const { initializer } = parent;
  const fixed = (parent.parent.flags & ts.NodeFlags.Const) !== 0;
  return fixed && initializer !== undefined ? pathOf(file, initializer) : null;
}

/** With a default it is no longer the member alone. */
function ofElement(file: ParsedFile, element: ts.BindingElement): ValuePath | null {
  const { parent, propertyName, name, initializer, dotDotDotToken } = element;
  if (initializer !== undefined || dotDotDotToken !== undefined) return null;
  const from = ofPattern(file, parent);
  if (!ts.isArrayBindingPattern(parent)) return below(from, nameText(propertyName ?? name));
  return below(from, String(parent.elements.indexOf(element)));
}

/** How an expression is read; `null` for what is no member of anything that has a name. */
export function pathOf(file: ParsedFile, node: ts.Expression): ValuePath | null {
  const at = unwrap(node);
  if (at.kind === ts.SyntaxKind.ThisKeyword) return { root: at, names: [] };
  if (ts.isPropertyAccessExpression(at)) return below(pathOf(file, at.expression), at.name.text);
  if (ts.isElementAccessExpression(at)) {
    const key = at.argumentExpression;
    return below(pathOf(file, at.expression), ts.isStringLiteralLike(key) ? key.text : null);
  }
  if (!ts.isIdentifier(at)) return null;
  const declared = symbolOf(file.checker, at)?.valueDeclaration;
  if (declared === undefined || declared.getSourceFile() !== file.tree) return { root: at, names: [] };
  return ts.isBindingElement(declared) ? ofElement(file, declared) : { root: declared, names: [] };
}
