/** functions/type-origins: the files that declare a value also know where the names in its type come from. */
import { dirname, relative, resolve, sep } from 'node:path';
import { bindingOf } from '../modules/bindings.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import type { NeededImport } from './captures.ts';

/** The other files of the project that declare what an expression reads. */
export function originsOf(file: ParsedFile, node: ts.Node): readonly ts.SourceFile[] {
  const files = descendants(node).flatMap((one) => {
    const symbol = ts.isIdentifier(one) ? file.checker.getSymbolAtLocation(one) : undefined;
    return (symbol?.declarations ?? []).map((declaration) => declaration.getSourceFile());
  });
  const foreign = (one: ts.SourceFile): boolean => one === file.tree || one.fileName.includes('/node_modules/');
  return [...new Set(files)].filter((one) => !foreign(one) && !one.isDeclarationFile);
}

/** A relative specifier as another file has to write it. */
function seenFrom(path: string, specifier: string, origin: string): string {
  if (!specifier.startsWith('.')) return specifier;
  const target = relative(dirname(path), resolve(dirname(origin), specifier))
    .split(sep)
    .join('/');
  return target.startsWith('.') ? target : `./${target}`;
}

function bindingsOf(statement: ts.Statement) {
  if (!ts.isImportDeclaration(statement) || statement.importClause === undefined) return [];
  const { name, namedBindings } = statement.importClause;
  const named =
    namedBindings === undefined ? [] : ts.isNamedImports(namedBindings) ? namedBindings.elements : [namedBindings];
  return [...(name === undefined ? [] : [statement.importClause]), ...named].flatMap((one) => bindingOf(one) ?? []);
}

/** The import that gives a name in one of these files, as the given file would write it. */
export function importIn(origins: readonly ts.SourceFile[], name: string, file: ParsedFile): NeededImport | null {
  for (const origin of origins) {
    for (const binding of origin.statements.flatMap(bindingsOf)) {
      if (binding.local !== name) continue;
      const { node: _, ...rest } = binding;
      const specifier = seenFrom(file.source.path, binding.specifier, origin.fileName);
      return { binding: { ...rest, specifier }, typeOnly: true };
    }
  }
  return null;
}
