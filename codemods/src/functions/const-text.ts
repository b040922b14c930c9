/** functions/const-text: a text that a const of the file holds. */
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, symbolOf, unwrap } from '../syntax/syntax.ts';
import { usesOf } from '../syntax/uses.ts';
import { ts } from '../typescript.js';
import { type Reference, referenceTo } from './callee.ts';

/** The const that a text is the whole value of. */
function constOf(text: ts.Node): { readonly name: ts.Identifier; readonly statement: ts.VariableStatement } | null {
  let at = text.parent;
  while (!ts.isVariableDeclaration(at) && ts.isExpression(at)) at = at.parent;
  if (!ts.isVariableDeclaration(at) || at.initializer === undefined || unwrap(at.initializer) !== text) return null;
  const { name, parent: list } = at;
  const statement = list.parent;
  const fixed = (list.flags & ts.NodeFlags.Const) !== 0 && ts.isVariableStatement(statement);
  return fixed && ts.isIdentifier(name) ? { name, statement } : null;
}

/** The text that a name stands for, and the const that says it; `null` for any other name. */
export function constText(
  file: ParsedFile,
  name: ts.Identifier,
): { readonly text: string; readonly reference: Reference } | null {
  const declared = symbolOf(file.checker, name)?.valueDeclaration;
  if (declared === undefined || !ts.isVariableDeclaration(declared) || declared.initializer === undefined) return null;
  const value = unwrap(declared.initializer);
  const holder = ts.isStringLiteralLike(value) ? constOf(value) : null;
  if (holder === null || !ts.isStringLiteralLike(value)) return null;
  return { text: value.text, reference: referenceTo(file, name, { declared, statement: holder.statement }) };
}

/** Places where a const with a text is the name of a member, `x[name]`, and the texts that are nothing else. */
export interface NamedByConst {
  readonly keys: ReadonlyMap<ts.Node, ts.ElementAccessExpression>;
  readonly texts: ReadonlySet<ts.Node>;
}

/** Finds them in a file. */
export function namedByConst(file: ParsedFile, isWanted: (text: string) => boolean): NamedByConst {
  const keys = new Map<ts.Node, ts.ElementAccessExpression>();
  const texts = new Set<ts.Node>();
  for (const node of descendants(file.tree)) {
    const holder = ts.isStringLiteralLike(node) && isWanted(node.text) ? constOf(node) : null;
    if (holder === null) continue;
    const uses = usesOf(file, holder.name);
    for (const use of uses)
      if (ts.isElementAccessExpression(use.parent) && use.parent.argumentExpression === use) keys.set(use, use.parent);
    const exported = (ts.getModifiers(holder.statement) ?? []).length > 0;
    if (uses.length > 0 && !exported && uses.every((use) => keys.has(use))) texts.add(node);
  }
  return { keys, texts };
}
