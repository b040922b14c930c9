/** analyze/loaded-values: the values that another file of the bot exports under a name. */
import { dirname, resolve } from 'node:path';
import { sourceOf } from '../plan/entry.ts';
import { ts } from '../typescript.js';
import { asValue, byKeyword, whole } from './exported-as.ts';
import { parseApart } from './global-owner.ts';
import type { ParsedFile } from './program.ts';
import { descendants } from './syntax.ts';

/** What stands in another file. */
export interface Loaded {
  readonly file: ParsedFile;
  readonly values: readonly ts.Expression[];
}

/** An expression that may be exported where it stands. */
function valueAt(node: ts.Node): ts.Expression | null {
  if (ts.isBinaryExpression(node)) return node.right;
  if (ts.isExportAssignment(node)) return node.expression;
  if (ts.isPropertyAssignment(node)) return node.initializer;
  return ts.isShorthandPropertyAssignment(node) ? node.name : null;
}

function declaredBy(node: ts.Node): readonly ts.Identifier[] {
  if (ts.isClassDeclaration(node)) return node.name === undefined ? [] : [node.name];
  if (!ts.isVariableStatement(node)) return [];
  return node.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name] : []));
}

function exportedAs(node: ts.Node, names: readonly string[]): readonly ts.Expression[] {
  const byWord = declaredBy(node).filter((name) => byKeyword(node, name.text).some((one) => names.includes(one)));
  const value = valueAt(node);
  return value !== null && asValue(value)?.some((one) => names.includes(one)) === true ? [...byWord, value] : byWord;
}

/**
 * Reads what a module of the bot exports.
 *
 * @param name - the name it is imported by, `*` for a module that is required as a whole
 * @returns `null` when there is no such file
 */
export function loadedValues(from: string, specifier: string, name: string): Loaded | null {
  const path = resolve(dirname(from), specifier);
  const source = sourceOf(path) ?? sourceOf(resolve(path, 'index'));
  const file = source === null ? null : parseApart(source);
  if (file === null) return null;
  const names = name === '*' || name === 'default' ? [whole, 'default'] : [name];
  return { file, values: descendants(file.tree).flatMap((node) => exportedAs(node, names)) };
}
