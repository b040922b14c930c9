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

/** With a default it is no longer the member alone; of the rest of an object nobody knows what it still has. */
function ofElement(file: ParsedFile, element: ts.BindingElement): ValuePath | null {
  const { parent, propertyName, name, initializer, dotDotDotToken } = element;
  if (initializer !== undefined) return null;
  const from = ofPattern(file, parent);
  if (dotDotDotToken !== undefined) return ts.isObjectBindingPattern(parent) ? below(from, null) : null;
  if (!ts.isArrayBindingPattern(parent)) return below(from, nameText(propertyName ?? name));
  return below(from, String(parent.elements.indexOf(element)));
}

/** What a `const` is another name of; `null` where it is none. */
function ofConst(file: ParsedFile, declared: ts.Declaration): ValuePath | null {
  if (!ts.isVariableDeclaration(declared) || declared.initializer === undefined) return null;
  return (declared.parent.flags & ts.NodeFlags.Const) === 0 ? null : pathOf(file, declared.initializer);
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
  if (ts.isBindingElement(declared)) return ofElement(file, declared);
  // What is declared further on is no other name of anything yet.
  const other = declared.end <= at.pos ? ofConst(file, declared) : null;
  return other ?? { root: declared, names: [] };
}
