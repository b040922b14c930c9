/** values/loading: what a file does when it is loaded, beside declaring what it exports. */
import { dirname, resolve } from 'node:path';
import { sourceOf } from '../files/entry.ts';
import { moduleKind } from '../modules/foreign.ts';
import { readSource } from '../project/source.ts';
import { type ParsedFile, parseAlone } from '../syntax/program.ts';
import type { SourcePlace } from '../syntax/source-place.ts';
import { requiredModule } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isQuiet, isQuietClass, isQuietEnum, isQuietVariable } from './quiet-values.ts';

/** Nothing at run time, or names alone. */
const declares = (one: ts.Statement): boolean =>
  ts.isImportEqualsDeclaration(one) ||
  ts.isExportDeclaration(one) ||
  ts.isInterfaceDeclaration(one) ||
  ts.isTypeAliasDeclaration(one) ||
  ts.isFunctionDeclaration(one) ||
  ts.isEmptyStatement(one) ||
  (ts.canHaveModifiers(one) &&
    ts.getModifiers(one)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) === true);

function isQuietStatement(one: ts.Statement, file: ParsedFile): boolean {
  if (declares(one)) return true;
  if (ts.isImportDeclaration(one)) return one.importClause !== undefined || isFileOf(one.moduleSpecifier, file);
  if (ts.isClassDeclaration(one)) return isQuietClass(one);
  if (ts.isEnumDeclaration(one)) return isQuietEnum(one);
  if (ts.isModuleDeclaration(one)) return isQuietNamespace(one, file);
  if (ts.isExportAssignment(one)) return isQuiet(one.expression);
  if (ts.isExpressionStatement(one)) return ts.isStringLiteralLike(one.expression);
  return ts.isVariableStatement(one) && one.declarationList.declarations.every(isQuietVariable);
}

/** Whether an import leads to a file of the bot, which is looked at itself. */
const isFileOf = (specifier: ts.Expression, file: ParsedFile): boolean =>
  ts.isStringLiteral(specifier) && moduleKind(specifier.text, file) === 'file';

function isQuietNamespace({ body }: ts.ModuleDeclaration, file: ParsedFile): boolean {
  if (body === undefined || ts.isIdentifier(body)) return true;
  return ts.isModuleBlock(body)
    ? body.statements.every((one) => isQuietStatement(one, file))
    : isQuietNamespace(body as ts.ModuleDeclaration, file);
}

const isOfTypes = (one: ts.ImportDeclaration | ts.ExportDeclaration): boolean =>
  ts.isImportDeclaration(one) ? one.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword : one.isTypeOnly;

/** The module that a statement imports at run time. */
function importedBy(one: ts.Statement): ts.Expression | undefined {
  if (ts.isImportEqualsDeclaration(one)) {
    const { moduleReference: from, isTypeOnly } = one;
    return ts.isExternalModuleReference(from) && !isTypeOnly ? from.expression : undefined;
  }
  return (ts.isImportDeclaration(one) || ts.isExportDeclaration(one)) && !isOfTypes(one)
    ? one.moduleSpecifier
    : undefined;
}

/** What a node requires beside its functions. */
function requiredBy(node: ts.Node): readonly string[] {
  if (ts.isFunctionLike(node)) return [];
  const own = ts.isCallExpression(node) ? requiredModule(node) : null;
  const found: string[] = own === null ? [] : [own];
  ts.forEachChild(node, (one) => {
    found.push(...requiredBy(one));
  });
  return found;
}

/** The modules that a file loads, by its own statements. */
const loadedBy = (tree: ts.SourceFile): readonly string[] =>
  tree.statements.flatMap((one) => {
    const from = importedBy(one);
    return from !== undefined && ts.isStringLiteral(from) ? [from.text] : requiredBy(one);
  });

function doneBelow(path: string, tree: ts.SourceFile, file: ParsedFile, seen: Set<string>): SourcePlace | null {
  if (seen.has(path)) return null;
  seen.add(path);
  const loud = tree.statements.find((one) => !isQuietStatement(one, file));
  if (loud !== undefined) return { path, tree, at: loud.getStart() };
  for (const specifier of loadedBy(tree)) {
    if (moduleKind(specifier, file) !== 'file' || specifier.endsWith('.json')) continue;
    const from = resolve(dirname(path), specifier);
    const there = sourceOf(from) ?? sourceOf(resolve(from, 'index'));
    const text = there === null ? null : (readSource(there)?.text ?? null);
    if (there === null || text === null) return { path, tree, at: 0 };
    const found = doneBelow(there, parseAlone(there, text), file, seen);
    if (found !== null) return found;
  }
  return null;
}

const known = new WeakMap<ParsedFile, SourcePlace | null>();

/** The first statement that runs when a file is loaded, there or in a file of the bot that it loads; `null` without any. */
export function doneWhenLoaded(file: ParsedFile): SourcePlace | null {
  const before = known.get(file);
  if (before !== undefined) return before;
  const found = doneBelow(file.source.path, file.tree, file, new Set());
  known.set(file, found);
  return found;
}
