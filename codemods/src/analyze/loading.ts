/** analyze/loading: what a file does when it is loaded, beside declaring what it exports. */
import { dirname, resolve } from 'node:path';
import { sourceOf } from '../plan/entry.ts';
import { readSource } from '../source.ts';
import { ts } from '../typescript.js';
import { moduleKind } from './foreign.ts';
import { type ParsedFile, parseAlone } from './program.ts';
import type { SourcePlace } from './source-place.ts';
import { isInert, requiredModule, unwrap } from './syntax.ts';

/** What makes a value and does nothing else; a chain of calls that begins with `new` builds what it makes. */
function isQuiet(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isClassExpression(at) || isInert(at)) return true;
  if (ts.isNewExpression(at)) return (at.arguments ?? []).every(isQuiet);
  if (ts.isArrayLiteralExpression(at)) return at.elements.every(isQuiet);
  if (ts.isSpreadElement(at)) return isQuiet(at.expression);
  if (ts.isObjectLiteralExpression(at)) return at.properties.every(isQuietMember);
  if (ts.isPropertyAccessExpression(at)) return isQuiet(at.expression);
  if (!ts.isCallExpression(at) || !at.arguments.every(isQuiet)) return false;
  if (requiredModule(at) !== null) return true;
  const callee = unwrap(at.expression);
  return /^(Object|Number|String|Symbol|BigInt|Math|Array)(\.\w+)?$/.test(callee.getText()) || isChain(callee);
}

function isQuietMember(one: ts.ObjectLiteralElementLike): boolean {
  if (ts.isPropertyAssignment(one)) return isQuiet(one.initializer);
  return ts.isSpreadAssignment(one) ? isQuiet(one.expression) : true;
}

/** `new Builder().setName('x').setDescription` */
function isChain(callee: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const from = unwrap(callee.expression);
  return ts.isNewExpression(from) || ts.isCallExpression(from) ? isQuiet(from) : false;
}

const declares = (one: ts.Statement): boolean =>
  ts.isImportDeclaration(one) ||
  ts.isImportEqualsDeclaration(one) ||
  ts.isExportDeclaration(one) ||
  ts.isInterfaceDeclaration(one) ||
  ts.isTypeAliasDeclaration(one) ||
  ts.isEnumDeclaration(one) ||
  ts.isFunctionDeclaration(one) ||
  ts.isClassDeclaration(one) ||
  ts.isEmptyStatement(one);

function isQuietStatement(one: ts.Statement): boolean {
  if (declares(one)) return true;
  if (ts.isExportAssignment(one)) return isQuiet(one.expression);
  if (ts.isExpressionStatement(one)) return ts.isStringLiteralLike(one.expression);
  if (!ts.isVariableStatement(one)) return false;
  return one.declarationList.declarations.every(({ initializer }) => initializer === undefined || isQuiet(initializer));
}

const isOfTypes = (one: ts.ImportDeclaration | ts.ExportDeclaration): boolean =>
  ts.isImportDeclaration(one) ? one.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword : one.isTypeOnly;

/** The modules that a file loads, by its own statements. */
function loadedBy(tree: ts.SourceFile): readonly string[] {
  return tree.statements.flatMap((one) => {
    if (ts.isVariableStatement(one))
      return one.declarationList.declarations.flatMap(({ initializer }) => requiredModule(initializer) ?? []);
    if (!ts.isImportDeclaration(one) && !ts.isExportDeclaration(one)) return [];
    const from = one.moduleSpecifier;
    return from === undefined || isOfTypes(one) || !ts.isStringLiteral(from) ? [] : [from.text];
  });
}

function doneBelow(path: string, tree: ts.SourceFile, file: ParsedFile, seen: Set<string>): SourcePlace | null {
  if (seen.has(path)) return null;
  seen.add(path);
  const loud = tree.statements.find((one) => !isQuietStatement(one));
  if (loud !== undefined) return { path, tree, at: loud.getStart() };
  for (const specifier of loadedBy(tree)) {
    if (moduleKind(specifier, file) !== 'file') continue;
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
