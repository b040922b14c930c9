/** modules/loaded-values: the values that another file of the bot exports under a name. */
import { dirname, resolve } from 'node:path';
import { sourceOf } from '../files/entry.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { asValue, byKeyword, whole } from './exported-as.ts';
import { parseApart } from './global-owner.ts';

/** What stands for a value: an expression, or the declaration of a class or a function. */
export type ValueNode = ts.Expression | ts.ClassDeclaration | ts.FunctionDeclaration;

/** A value, and the file it stands in. */
export interface FileValue {
  readonly file: ParsedFile;
  readonly value: ValueNode;
}

/** An expression that may be exported where it stands. */
function valueAt(node: ts.Node): ts.Expression | null {
  if (ts.isBinaryExpression(node)) return node.right;
  if (ts.isExportAssignment(node)) return node.expression;
  if (ts.isPropertyAssignment(node)) return node.initializer;
  return ts.isShorthandPropertyAssignment(node) ? node.name : null;
}

interface Declared {
  readonly name: string | undefined;
  readonly value: ValueNode;
}

function declaredBy(node: ts.Node): readonly Declared[] {
  if (ts.isClassDeclaration(node) || ts.isFunctionDeclaration(node)) return [{ name: node.name?.text, value: node }];
  if (!ts.isVariableStatement(node)) return [];
  return node.declarationList.declarations.flatMap(({ name }) =>
    ts.isIdentifier(name) ? [{ name: name.text, value: name }] : [],
  );
}

type Exports = ReadonlyMap<string, readonly FileValue[]>;

const exportsOf = new WeakMap<ParsedFile, Exports>();

function exportsIn(file: ParsedFile): Exports {
  const known = exportsOf.get(file);
  if (known !== undefined) return known;
  const all = new Map<string, readonly FileValue[]>();
  exportsOf.set(file, all);
  const add = (name: string, values: readonly FileValue[]): void => {
    all.set(name, [...(all.get(name) ?? []), ...values]);
  };
  for (const node of descendants(file.tree)) {
    for (const { name, value } of declaredBy(node))
      for (const one of byKeyword(node, name)) add(one, [{ file, value }]);
    const value = valueAt(node);
    for (const name of value === null ? [] : (asValue(value) ?? [])) if (value !== null) add(name, [{ file, value }]);
    if (ts.isExportSpecifier(node)) add(node.name.text, listed(file, node));
  }
  return all;
}

/** `export { Two as It }`, also from another file. */
function listed(file: ParsedFile, { parent, propertyName, name }: ts.ExportSpecifier): readonly FileValue[] {
  const own = propertyName ?? name;
  const from = parent.parent.moduleSpecifier;
  if (from === undefined) return ts.isIdentifier(own) ? [{ file, value: own }] : [];
  const there = ts.isStringLiteral(from) ? loadedFile(file.source.path, from.text) : null;
  return there === null ? [] : exportedAs(there, own.text);
}

/** What a file exports under a name; `default` is the whole of a CommonJS file, too. */
export function exportedAs(file: ParsedFile, name: string): readonly FileValue[] {
  const all = exportsIn(file);
  const named = all.get(name) ?? [];
  return name === 'default' ? [...named, ...(all.get(whole) ?? [])] : named;
}

/** What `require` of a file gives, where it is one value and no list of names. */
export function exportedWhole(file: ParsedFile): readonly FileValue[] {
  const all = exportsIn(file);
  return all.get(whole) ?? all.get('default') ?? [];
}

/** The modules of which a file exports all names: `export * from`. */
export function exportedAgain({ tree }: ParsedFile): readonly string[] {
  return tree.statements.flatMap((one) => {
    const isStar = ts.isExportDeclaration(one) && one.exportClause === undefined && !one.isTypeOnly;
    const from = isStar ? one.moduleSpecifier : undefined;
    return from !== undefined && ts.isStringLiteral(from) ? [from.text] : [];
  });
}

/** The file of the bot that a path in another one leads to; `null` when there is none. */
export function loadedFile(from: string, specifier: string): ParsedFile | null {
  const path = resolve(dirname(from), specifier);
  const source = sourceOf(path) ?? sourceOf(resolve(path, 'index'));
  return source === null ? null : parseApart(source);
}
