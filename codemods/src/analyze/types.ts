/** analyze/types: writes the type of a handler's data. */
import { dirname, relative, sep } from 'node:path';
import { ts } from '../typescript.js';
import { bindingOf } from './bindings.ts';
import type { NeededImport } from './captures.ts';
import type { ParsedFile } from './program.ts';
import { importIn, originsOf } from './type-origins.ts';

/** A type as text, and the imports the text needs. `vague` when it says `any` although the types are there. */
export interface WrittenType {
  readonly text: string;
  readonly imports: readonly NeededImport[];
  readonly vague: boolean;
}

const builtInTypes = new Set(
  (
    'Array ReadonlyArray Promise Record Partial Required Readonly Pick Omit Exclude Extract NonNullable Date Map Set ' +
    'WeakMap Error RegExp Buffer Uint8Array ArrayBuffer URL Iterable Awaited ReadonlyMap ReadonlySet'
  ).split(' '),
);

const flags =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType |
  ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;

function namesIn(text: string): readonly string[] | null {
  const tree = ts.createSourceFile('type.ts', `type T = ${text};`, ts.ScriptTarget.ESNext, true);
  const names: string[] = [];
  let foreign = false;
  const visit = (node: ts.Node): void => {
    if (ts.isImportTypeNode(node) || ts.isTypeQueryNode(node)) foreign = true;
    if (ts.isTypeReferenceNode(node)) {
      const [root = ''] = node.typeName.getText().split('.');
      names.push(root);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return foreign ? null : names;
}

function importFor(file: ParsedFile, name: string): NeededImport | null {
  for (const statement of file.tree.statements) {
    if (!ts.isImportDeclaration(statement) || statement.importClause === undefined) continue;
    const { name: whole, namedBindings } = statement.importClause;
    const named = namedBindings !== undefined && ts.isNamedImports(namedBindings) ? [...namedBindings.elements] : [];
    const found = [...(whole === undefined ? [] : [statement.importClause]), ...named].map(bindingOf);
    const binding = found.find((b) => b?.local === name);
    if (binding !== undefined && binding !== null) return { binding, typeOnly: true };
    const specifier = statement.moduleSpecifier;
    if (!ts.isStringLiteral(specifier) || specifier.text !== 'discord.js') continue;
    const module = file.checker.getSymbolAtLocation(specifier);
    if (module !== undefined && file.checker.getExportsOfModule(module).some((s) => s.name === name)) {
      const exported = {
        style: 'import',
        kind: 'named',
        specifier: 'discord.js',
        imported: name,
        local: name,
      } as const;
      return { binding: exported, typeOnly: true };
    }
  }
  return null;
}

/** Whether `discord.js` resolves from this file, so that an `any` is the author's and not a missing install. */
export function knowsDiscord(file: ParsedFile): boolean {
  return file.tree.statements.some((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return false;
    return (
      statement.moduleSpecifier.text === 'discord.js' &&
      file.checker.getSymbolAtLocation(statement.moduleSpecifier) !== undefined
    );
  });
}

/** Whether relative imports of a file end in `.js`: those it has do, or as an ES module of Node it takes no others. */
const endsInJs = (file: ParsedFile): boolean =>
  file.tree.impliedNodeFormat === ts.ModuleKind.ESNext ||
  file.tree.statements.some(
    (one) =>
      ts.isImportDeclaration(one) &&
      ts.isStringLiteral(one.moduleSpecifier) &&
      /^\..*\.[mc]?js$/.test(one.moduleSpecifier.text),
  );

/** How a file imports another one of its project. */
export function specifierOf(file: ParsedFile, fileName: string): string {
  const path = relative(dirname(file.source.path), fileName).split(sep).join('/');
  const stem = path.replace(/\.[mc]?tsx?$/, '');
  // `.mts` and `.cts` files are only found with their extension.
  const kind = /\.([mc])tsx?$/.exec(fileName)?.[1];
  const extension = kind === undefined ? (endsInJs(file) ? '.js' : '') : `.${kind}js`;
  return `${stem.startsWith('.') ? '' : './'}${stem}${extension}`;
}

/** An import of a class or interface from the file of the project that exports it. */
function importOfDeclared(file: ParsedFile, type: ts.Type, name: string): NeededImport | null {
  const declaration = (type.aliasSymbol ?? type.symbol)?.declarations?.[0];
  if (declaration === undefined || !(ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration))) {
    return null;
  }
  const { fileName } = declaration.getSourceFile();
  const modifiers = ts.getCombinedModifierFlags(declaration);
  if (declaration.name?.text !== name || !(modifiers & ts.ModifierFlags.Export)) return null;
  if (fileName.includes('/node_modules/') || !ts.isSourceFile(declaration.parent)) return null;
  const specifier = specifierOf(file, fileName);
  const whole = modifiers & ts.ModifierFlags.Default;
  const form = whole ? 'default' : 'named';
  const binding = { style: 'import', kind: form, specifier, imported: whole ? 'default' : name, local: name } as const;
  return { binding, typeOnly: true, declaredAt: `${fileName}:${declaration.pos}` };
}

/**
 * Writes a type, and the imports its text needs; `any` when it cannot be written elsewhere.
 *
 * @param origins - other files whose imports may name it
 */
export function printType(file: ParsedFile, type: ts.Type, origins: readonly ts.SourceFile[] = []): WrittenType {
  // The compiler prints `{ a: string; }`; people write it without the last semicolon.
  const text = file.checker.typeToString(type, undefined, flags).replace(/; \}/g, ' }');
  const declared = importOfDeclared(file, type, text);
  const names = namesIn(text);
  const needed = names?.filter((name) => !builtInTypes.has(name));
  const imports = needed?.map(
    (name) => importFor(file, name) ?? (name === text ? declared : null) ?? importIn(origins, name, file),
  ) ?? [null];
  const found = imports.filter((one) => one !== null);
  if (found.length !== imports.length) return { text: 'any', imports: [], vague: true };
  return { text, imports: found, vague: /\bany\b/.test(text) && knowsDiscord(file) };
}

/** Writes the type of the context of a call in TypeScript. */
export function writeType(file: ParsedFile, node: ts.Expression): WrittenType {
  return printType(file, file.checker.getWidenedType(file.checker.getTypeAtLocation(node)), originsOf(file, node));
}

/** The awaited result type of a function. */
export function resultType(checker: ts.TypeChecker, fn: ts.SignatureDeclaration): ts.Type | null {
  const signature = checker.getSignatureFromDeclaration(fn);
  if (signature === undefined) return null;
  const returned = checker.getReturnTypeOfSignature(signature);
  return checker.getAwaitedType(returned) ?? returned;
}
