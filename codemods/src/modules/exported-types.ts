/** modules/exported-types: the interface or the alias that another file of the bot exports under a name. */
import type { ParsedFile } from '../syntax/program.ts';
import { ts } from '../typescript.js';
import { importOf } from './bindings.ts';
import { exportedAgain, loadedFile } from './loaded-values.ts';

/** A declaration that is a type alone. */
export type TypeDeclaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

/** A type, and the file it stands in. */
export interface FileType {
  readonly file: ParsedFile;
  readonly declaration: TypeDeclaration;
}

const isTypeDeclaration = (node: ts.Node): node is TypeDeclaration =>
  ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);

const textOf = (specifier: ts.Expression | undefined): string | null =>
  specifier !== undefined && ts.isStringLiteral(specifier) ? specifier.text : null;

function elsewhere(path: string, specifier: string, { name, depth }: Wanted): FileType | null {
  const there = specifier.startsWith('.') ? loadedFile(path, specifier) : null;
  return there === null ? null : exportedType(there, name, depth - 1);
}

interface Wanted {
  readonly name: string;
  readonly depth: number;
}

/** What a name means at the top of a file: a type of its own, or one that it imports. */
function typeNamed(file: ParsedFile, name: ts.Identifier, depth: number): FileType | null {
  const declaration = file.tree.statements.filter(isTypeDeclaration).find((one) => one.name.text === name.text);
  if (declaration !== undefined) return { file, declaration };
  const binding = importOf(file.checker, name);
  return binding === null
    ? null
    : elsewhere(file.source.path, binding.specifier, { name: binding.imported ?? 'default', depth });
}

/** What `export { Bot }`, `export { Bot } from './types'` and `export default Bot` say of a name. */
function listedType(file: ParsedFile, statement: ts.Statement, { name, depth }: Wanted): FileType | null {
  if (ts.isExportAssignment(statement) && name === 'default' && ts.isIdentifier(statement.expression))
    return typeNamed(file, statement.expression, depth);
  const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
  if (!ts.isExportDeclaration(statement) || clause === undefined || !ts.isNamedExports(clause)) return null;
  const found = clause.elements.find((one) => one.name.text === name);
  if (found === undefined) return null;
  const own = found.propertyName ?? found.name;
  const from = textOf(statement.moduleSpecifier);
  if (from !== null) return elsewhere(file.source.path, from, { name: own.text, depth });
  return ts.isIdentifier(own) ? typeNamed(file, own, depth) : null;
}

const hasModifier = (node: TypeDeclaration, kind: ts.SyntaxKind): boolean =>
  node.modifiers?.some((one) => one.kind === kind) === true;

function isExportedAs(node: TypeDeclaration, name: string): boolean {
  if (!hasModifier(node, ts.SyntaxKind.ExportKeyword)) return false;
  return hasModifier(node, ts.SyntaxKind.DefaultKeyword) ? name === 'default' : node.name.text === name;
}

/**
 * The interface or the alias a file exports under a name, also from a further file.
 *
 * @param depth - how many files are looked through
 */
export function exportedType(file: ParsedFile, name: string, depth = 4): FileType | null {
  if (depth === 0) return null;
  const { statements } = file.tree;
  const own = statements.filter(isTypeDeclaration).find((one) => isExportedAs(one, name));
  if (own !== undefined) return { file, declaration: own };
  for (const one of statements) {
    const listed = listedType(file, one, { name, depth });
    if (listed !== null) return listed;
  }
  for (const from of exportedAgain(file)) {
    const again = elsewhere(file.source.path, from, { name, depth });
    if (again !== null) return again;
  }
  return null;
}
