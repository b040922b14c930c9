/** plan/unused: imports of a TypeScript file that only moved functions used; `noUnusedLocals` would refuse them. */
import { bindingOf } from '../analyze/bindings.ts';
import type { ParsedFile } from '../analyze/program.ts';
import { descendants, isNameOnly, symbolOf } from '../analyze/syntax.ts';
import { ts } from '../typescript.js';

interface Moved {
  /** The function that moves out of the file. */
  readonly movedFrom: { readonly start: number; readonly end: number };
}

/** The named imports of a file that nothing refers to once these calls are rewritten, and something did before. */
export function unusedImports(file: ParsedFile, plans: readonly Moved[]): readonly ts.ImportSpecifier[] {
  // JavaScript has no check for unused imports, and there an import may be meant for its side effect.
  if (!file.typed || plans.length === 0) return [];
  const used = new Set<string>();
  const moved = new Set<string>();
  for (const node of descendants(file.tree)) {
    if (!ts.isIdentifier(node) || isNameOnly(node) || ts.isImportSpecifier(node.parent)) continue;
    if (bindingOf(symbolOf(file.checker, node)?.declarations?.[0]) === null) continue;
    const inFunction = plans.some(({ movedFrom }) => movedFrom.start <= node.pos && node.end <= movedFrom.end);
    (inFunction ? moved : used).add(node.text);
  }
  return file.tree.statements.flatMap((statement) => {
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    if (bindings === undefined || !ts.isNamedImports(bindings)) return [];
    return bindings.elements.filter(({ name }) => moved.has(name.text) && !used.has(name.text));
  });
}
