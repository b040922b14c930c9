/** functions/types: writes the type of a handler's data. */
import { dirname, relative, sep } from 'node:path';
import { bindingOf } from '../modules/bindings.ts';
import { knowsDiscord } from '../syntax/discord-types.ts';
import { applySplices } from '../syntax/edits.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants } from '../syntax/syntax.ts';
import { holdsUnfound } from '../syntax/unfound-types.ts';
import { ts } from '../typescript.js';
import type { NeededImport } from './captures.ts';
import { importIn, originsOf } from './type-origins.ts';

/** A type as text, and the imports the text needs. */
export interface WrittenType {
  readonly text: string;
  readonly imports: readonly NeededImport[];
  /** It says `any`, although the types are there, for what is not `any`: that could not be written, or not be found. */
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

const nodeFlags = ts.NodeBuilderFlags.NoTruncation | ts.NodeBuilderFlags.UseAliasDefinedOutsideCurrentScope;

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

/** What each name in the text of a type stands for: the first part of it, where it has several. */
function symbolsIn(
  { checker }: ParsedFile,
  type: ts.Type,
  given: ts.TypeFormatFlags,
): ReadonlyMap<string, ReadonlySet<ts.Symbol>> {
  const found = new Map<string, Set<ts.Symbol>>();
  const visit = (node: ts.Node): void => {
    // The nodes that the checker makes know their symbols.
    const { symbol } = node as ts.Node & { readonly symbol?: ts.Symbol };
    if (ts.isIdentifier(node) && symbol !== undefined)
      found.set(node.text, (found.get(node.text) ?? new Set()).add(symbol));
    ts.forEachChild(node, visit);
  };
  const inAlias = given & ts.TypeFormatFlags.InTypeAlias ? ts.NodeBuilderFlags.InTypeAlias : 0;
  const written = checker.typeToTypeNode(type, undefined, nodeFlags | inAlias);
  if (written !== undefined) visit(written);
  return found;
}

/** The name of a type, and what it has to stand for where that is known. */
interface NamedType {
  readonly name: string;
  readonly symbol: ts.Symbol | undefined;
}

function standsFor({ checker }: ParsedFile, given: ts.Symbol | undefined, { symbol }: NamedType): boolean {
  if (symbol === undefined || given === undefined) return true;
  const meant = given.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(given) : given;
  const isKnown = (meant.declarations?.length ?? 0) > 0;
  return !isKnown || meant === symbol || meant.declarations?.[0] === symbol.declarations?.[0];
}

/** The import of a type that a statement brings already. */
function importedBy(file: ParsedFile, clause: ts.ImportClause, named: NamedType): NeededImport | null {
  const { name: whole, namedBindings } = clause;
  const parts = namedBindings !== undefined && ts.isNamedImports(namedBindings) ? [...namedBindings.elements] : [];
  const mine = whole?.text === named.name ? clause : parts.find((one) => one.name.text === named.name);
  if (mine?.name === undefined || !standsFor(file, file.checker.getSymbolAtLocation(mine.name), named)) return null;
  const binding = bindingOf(mine);
  return binding === null ? null : { binding, typeOnly: true };
}

/** The import of a type that discord.js has beside what a statement takes from it. */
function besideIn(file: ParsedFile, specifier: ts.Expression, named: NamedType): NeededImport | null {
  if (!ts.isStringLiteral(specifier) || specifier.text !== 'discord.js') return null;
  const { name } = named;
  const module = file.checker.getSymbolAtLocation(specifier);
  const exported = module === undefined ? [] : file.checker.getExportsOfModule(module);
  if (!exported.some((one) => one.name === name && standsFor(file, one, named))) return null;
  const binding = { style: 'import', kind: 'named', specifier: 'discord.js', imported: name, local: name } as const;
  return { binding, typeOnly: true };
}

function importFor(file: ParsedFile, named: NamedType): NeededImport | null {
  for (const statement of file.tree.statements) {
    if (!ts.isImportDeclaration(statement) || statement.importClause === undefined) continue;
    const found = importedBy(file, statement.importClause, named) ?? besideIn(file, statement.moduleSpecifier, named);
    if (found !== null) return found;
  }
  return null;
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
function importOfDeclared(file: ParsedFile, { name, symbol }: NamedType): NeededImport | null {
  const declaration = symbol?.declarations?.[0];
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
  return printed(file, type, { origins, flags, within: [] }) ?? { text: 'any', imports: [], vague: true };
}

interface Printing {
  readonly origins: readonly ts.SourceFile[];
  readonly flags: ts.TypeFormatFlags;
  /** The aliases whose types are being written. */
  readonly within: readonly ts.Symbol[];
}

function printed(file: ParsedFile, type: ts.Type, how: Printing): WrittenType | null {
  // The compiler prints `{ a: string; }`; people write it without the last semicolon.
  const text = file.checker.typeToString(type, undefined, how.flags).replace(/; \}/g, ' }');
  const needed = namesIn(text)?.filter((name) => !builtInTypes.has(name));
  if (needed === undefined) return null;
  const symbols = needed.length === 0 ? null : symbolsIn(file, type, how.flags);
  const imports: NeededImport[] = [];
  const aliases = new Map<string, string>();
  for (const name of needed) {
    const [symbol, another] = symbols?.get(name) ?? [];
    // One name for two types cannot be written.
    if (another !== undefined) return null;
    const named = { name, symbol };
    const found = importFor(file, named) ?? importOfDeclared(file, named) ?? importIn(how.origins, name, file);
    const alias = found === null ? ofAlias(file, symbol, how) : null;
    if (found === null && alias === null) return null;
    if (alias !== null) aliases.set(name, alias.text);
    imports.push(...(found === null ? (alias?.imports ?? []) : [found]));
  }
  const whole = aliases.size === 0 ? text : withAliases(text, aliases);
  return { text: whole, imports, vague: holdsUnfound(file.checker, type) && knowsDiscord(file) };
}

/** What an alias stands for, which can be written where its name cannot. */
function ofAlias(file: ParsedFile, symbol: ts.Symbol | undefined, how: Printing): WrittenType | null {
  const declaration = symbol?.declarations?.find(ts.isTypeAliasDeclaration);
  if (symbol === undefined || declaration === undefined || declaration.typeParameters !== undefined) return null;
  if (how.within.includes(symbol) || declaration.getSourceFile() !== file.tree) return null;
  const type = file.checker.getDeclaredTypeOfSymbol(symbol);
  return printed(file, type, {
    origins: how.origins,
    flags: flags | ts.TypeFormatFlags.InTypeAlias,
    within: [...how.within, symbol],
  });
}

/** Writes types in the place of their aliases. */
function withAliases(text: string, aliases: ReadonlyMap<string, string>): string {
  const head = 'type T = ';
  const tree = ts.createSourceFile('type.ts', `${head}${text};`, ts.ScriptTarget.ESNext, true);
  const edits = descendants(tree).flatMap((node) => {
    const alias = ts.isTypeReferenceNode(node) ? aliases.get(node.typeName.getText()) : undefined;
    if (alias === undefined) return [];
    const plain = ts.isPropertySignature(node.parent) || ts.isTypeAliasDeclaration(node.parent);
    return [{ start: node.getStart(), end: node.end, text: plain ? alias : `(${alias})` }];
  });
  return applySplices(tree.text, edits).slice(head.length, -1);
}

/** Writes the type of the context of a call in TypeScript. */
export function writeType(file: ParsedFile, node: ts.Expression): WrittenType {
  const type = file.checker.getWidenedType(file.checker.getTypeAtLocation(node));
  // What a const holds is one of many texts or numbers; of a list of some the author said so.
  const wide = type.isLiteral() ? file.checker.getBaseTypeOfLiteralType(type) : type;
  return printType(file, wide, originsOf(file, node));
}

/** The awaited result type of a function. */
export function resultType(checker: ts.TypeChecker, fn: ts.SignatureDeclaration): ts.Type | null {
  const signature = checker.getSignatureFromDeclaration(fn);
  if (signature === undefined) return null;
  const returned = checker.getReturnTypeOfSignature(signature);
  return checker.getAwaitedType(returned) ?? returned;
}
