/** test/architecture/source-facts: what one source file says about its place, read off its syntax. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** One import, export-from, `import()` or `require()`. */
export interface Import {
  /** A path from the root (`src/wire/frame.ts`), a package name, or a `node:` module. */
  readonly target: string;
  /** `true` when nothing of it is left at run time. */
  readonly typesOnly: boolean;
  readonly line: number;
}

/** A function, method, accessor or constructor with a body. */
export interface FunctionFacts {
  /** Its own name or that of what it is assigned to. */
  readonly name: string;
  readonly line: number;
  /** From its first word to its closing brace; its docstring is not counted. */
  readonly lines: number;
}

/** The facts of one file that the rules are about. */
export interface SourceFacts {
  /** Path from the root, with `/`. */
  readonly file: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Lines of default exports. */
  readonly defaultExports: readonly number[];
  /** Lines that read or write the process's environment. */
  readonly environmentUses: readonly number[];
  readonly functions: readonly FunctionFacts[];
}

/** Reads every TypeScript file below the folders (from `root`) that exist. */
export function readFacts(root: string, folders: readonly string[]): readonly SourceFacts[] {
  return folders
    .flatMap((folder) => sourceFiles(root, folder))
    .sort()
    .map((file) => factsOf(file, readFileSync(join(root, file), 'utf8')));
}

function sourceFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?tsx?$/.test(entry.name))
    .map((entry) => posix.join(folder, posix.relative(join(root, folder), entry.parentPath), entry.name));
}

/** Reads the facts off one file's text. */
export function factsOf(file: string, text: string): SourceFacts {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const defaultExports: number[] = [];
  const environmentUses: number[] = [];
  const functions: FunctionFacts[] = [];
  const lineAt = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1;
  const lineOf = (node: ts.Node): number => lineAt(node.getStart(source));
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found !== undefined) imports.push({ ...found, target: resolve(file, found.target), line: lineOf(node) });
    if (isDefaultExport(node)) defaultExports.push(lineOf(node));
    if (isEnvironment(node)) environmentUses.push(lineOf(node));
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      functions.push({ name: nameOf(node), line: lineOf(node), lines: lineAt(node.end) - lineOf(node) + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  const lines = text.replace(/\n$/, '').split('\n').length;
  return { file, lines, imports, defaultExports, environmentUses, functions };
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  const { parent } = node;
  const isNamed =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  return (node.name ?? (isNamed ? parent.name : undefined))?.getText() ?? 'a function without a name';
}

/** A relative import as a path from the root; the name of a package without what follows it. */
function resolve(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier);
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

const textOf = (node: ts.Node | undefined): string | undefined =>
  node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;

function importOf(node: ts.Node): { target: string; typesOnly: boolean } | undefined {
  const [specifier, typesOnly] = specifierOf(node);
  const target = textOf(specifier);
  return target === undefined ? undefined : { target, typesOnly };
}

function specifierOf(node: ts.Node): readonly [specifier: ts.Node | undefined, typesOnly: boolean] {
  if (ts.isImportDeclaration(node)) return [node.moduleSpecifier, importsTypesOnly(node.importClause)];
  if (ts.isExportDeclaration(node)) {
    const named =
      node.exportClause !== undefined && ts.isNamedExports(node.exportClause) ? node.exportClause : undefined;
    return [node.moduleSpecifier, node.isTypeOnly || allTypes(named?.elements)];
  }
  if (ts.isImportTypeNode(node)) return [ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true];
  if (ts.isExternalModuleReference(node)) return [node.expression, false];
  if (!ts.isCallExpression(node)) return [undefined, false];
  const { expression } = node;
  const loads =
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require');
  return [loads ? node.arguments[0] : undefined, false];
}

const allTypes = (elements: ts.NodeArray<ts.ImportOrExportSpecifier> | undefined): boolean =>
  elements !== undefined && elements.length > 0 && elements.every((element) => element.isTypeOnly);

function importsTypesOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return clause.name === undefined && named !== undefined && ts.isNamedImports(named) && allTypes(named.elements);
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportSpecifier(node)) return node.name.text === 'default';
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  );
}

/** `process.env`, `process['env']`, `const { env } = process`, and `env` imported from `node:process`. */
function isEnvironment(node: ts.Node): boolean {
  const isProcess = (of: ts.Node | undefined): boolean =>
    of !== undefined && ts.isIdentifier(of) && of.text === 'process';
  if (ts.isPropertyAccessExpression(node)) return isProcess(node.expression) && node.name.text === 'env';
  if (ts.isElementAccessExpression(node))
    return isProcess(node.expression) && textOf(node.argumentExpression) === 'env';
  if (ts.isBindingElement(node)) {
    const name = node.propertyName ?? node.name;
    const declaration = node.parent.parent;
    return (
      ts.isIdentifier(name) &&
      name.text === 'env' &&
      ts.isVariableDeclaration(declaration) &&
      isProcess(declaration.initializer)
    );
  }
  if (!ts.isImportSpecifier(node) || (node.propertyName ?? node.name).text !== 'env') return false;
  return textOf(node.parent.parent.parent.moduleSpecifier) === 'node:process';
}
