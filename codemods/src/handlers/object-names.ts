/** handlers/object-names: the names of an object's members, those of what is spread in it and put into it included. */
import { asValue, whole } from '../modules/exported-as.ts';
import { exportedAs, loadedFile, type ValueNode } from '../modules/loaded-values.ts';
import { type Access, isAccess } from '../syntax/access.ts';
import { isExportsObject } from '../syntax/exported.ts';
import type { ParsedFile } from '../syntax/program.ts';
import {
  isDeclarationName,
  isNameOnly,
  isSetting,
  placesOf,
  requiredModule,
  unwrap,
  wrapped,
} from '../syntax/syntax.ts';
import { isNothing, writtenAt } from '../syntax/writes.ts';
import { memberOf, plainName, topConst } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';
import { localsOf } from './file-locals.ts';
import { eitherOf, givenBack, heldAs } from './handed-back.ts';
import { exportsIn, marksModule, onlyLooks } from './module-exports.ts';

/** Names; `null` where one of them cannot be read. */
export type Names = readonly string[] | null;

type Seen = ReadonlySet<string>;

const none: Seen = new Set();

const all = (parts: readonly Names[]): Names =>
  parts.some((one) => one === null) ? null : parts.flatMap((one) => one ?? []);

/** The names that `...value` adds to an object. */
export function namesOfSpread(value: ts.Expression, seen: Seen = none): Names {
  const from = value.getSourceFile().fileName;
  const at = unwrap(value);
  if (ts.isObjectLiteralExpression(at)) return namesOfObject(at, seen);
  const module = requiredModule(at);
  if (module !== null) return namesOfModule(loadedHere(from, module), seen);
  if (ts.isCallExpression(at)) {
    const given = givenBack(at);
    return given.length === 0 ? null : all(given.map((one) => namesOfSpread(one, seen)));
  }
  const either = eitherOf(at);
  if (either !== null) return all(either.map((one) => namesOfSpread(one, seen)));
  if (!isAccess(at)) return ts.isIdentifier(at) ? namesOfVariable(at, seen) : null;
  const loaded = requiredModule(at.expression);
  const name = memberOf(at);
  if (name === null) return null;
  return loaded === null ? namesOfModuleMember(at, name, seen) : namesOfExport(loadedHere(from, loaded), name, seen);
}

/** The names of `more.name`, where `more` is a module; what its file puts there by that way included. */
function namesOfModuleMember({ expression }: Access, name: string, seen: Seen): Names {
  const tree = expression.getSourceFile();
  const [specifier = '', kind = ''] =
    (ts.isIdentifier(expression) ? localsOf(tree).get(expression.text) : '')?.split('#') ?? [];
  if (kind !== 'namespace') return null;
  const key = `${tree.fileName}#${expression.getText()}.${name}`;
  if (seen.has(key)) return [];
  const inner = new Set([...seen, key]);
  const uses = usesOf(tree, expression.getText());
  return all([
    namesOfExport(loadedHere(tree.fileName, specifier), name, inner),
    ...uses.map((use) => putByExport(use, name, inner)),
  ]);
}

const loadedHere = (from: string, specifier: string): ParsedFile | null =>
  specifier.startsWith('.') ? loadedFile(from, specifier) : null;

/** The names of what an import or a `require` of a file brings under a name; `undefined` for a name of its own. */
function namesOfImport(tree: ts.SourceFile, name: string, seen: Seen): Names | undefined {
  const origin = localsOf(tree).get(name) ?? '';
  if (origin === '') return undefined;
  const [specifier = '', kind = '', imported = ''] = origin.split('#');
  const file = loadedHere(tree.fileName, specifier);
  return kind === 'named' ? namesOfExport(file, imported, seen) : namesOfModule(file, seen);
}

/** The names of an object that a variable holds: those it has from the start, and those that are put into it. */
function namesOfVariable(variable: ts.Identifier, seen: Seen): Names {
  const tree = variable.getSourceFile();
  const name = variable.text;
  const key = `${tree.fileName}#${name}`;
  // `Object.assign(x, { ...x })`: they are being read.
  if (seen.has(key)) return [];
  const inner = new Set([...seen, key]);
  const imported = namesOfImport(tree, name, inner);
  const local = topConst(tree, name);
  const own = local === undefined ? null : namesOfSpread(local, inner);
  return all([imported === undefined ? own : imported, putIntoVariable(tree, name, inner)]);
}

function putIntoVariable(tree: ts.SourceFile, name: string, before: Seen): Names {
  const key = `${tree.fileName}#put.${name}`;
  if (before.has(key)) return [];
  const seen = new Set([...before, key]);
  return all(usesOf(tree, name).map((use) => putAt(use, seen)));
}

/** The places of a file that use a variable. */
export const usesOf = (tree: ts.SourceFile, name: string): readonly ts.Identifier[] =>
  placesOf(tree, name).filter((one): one is ts.Identifier => ts.isIdentifier(one) && !isDeclared(one));

/** Whether a name stands where it is declared, or names no variable. */
const isDeclared = (node: ts.Identifier): boolean =>
  isNameOnly(node) ||
  isDeclarationName(node) ||
  ts.isImportClause(node.parent) ||
  ts.isNamespaceImport(node.parent) ||
  ts.isImportSpecifier(node.parent) ||
  (ts.isBindingElement(node.parent) && node.parent.name === node);

/** The names that one member of an object, or one spread in it, brings. */
export function namesOfMember(member: ts.ObjectLiteralElementLike, seen: Seen = none): Names {
  if (ts.isSpreadAssignment(member)) return namesOfSpread(member.expression, seen);
  const name = plainName(member.name);
  return name === null ? null : [name];
}

/** The names of an object of handlers, those of what is spread in it included; `null` when one of them cannot be read. */
const namesOfObject = (object: ts.ObjectLiteralExpression, seen: Seen): Names =>
  all(object.properties.map((member) => namesOfMember(member, seen)));

/** What the place of a value puts into it, and what the variable or the export does that it goes to. */
export function putInto(value: ts.Expression, seen: Seen = none): Names {
  const { parent } = wrapped(value);
  const name = ts.isVariableDeclaration(parent) ? parent.name : null;
  return name !== null && ts.isIdentifier(name)
    ? putIntoVariable(name.getSourceFile(), name.text, seen)
    : putAt(value, seen);
}

/**
 * What a use of an object puts into one of its members.
 *
 * @param name - the member; an empty one for the object itself
 */
export const putByUse = (use: ts.Expression, name: string): Names =>
  name === '' ? putInto(use) : putByExport(use, name, none);

/** What the place around a use of an object puts into it; `null` also where the object goes on to other code. */
function putAt(use: ts.Expression, seen: Seen): Names {
  const at = wrapped(use);
  const { parent } = at;
  if (ts.isCallExpression(parent)) return putByCall(parent, at, seen);
  if (!isAccess(parent) || parent.expression !== at) {
    const names = asValue(use) ?? heldAs(parent) ?? (onlyLooks(parent, at) ? [] : null);
    return names === null ? null : all(names.map((name) => putIntoExport(use.getSourceFile(), name, seen)));
  }
  if (writtenAt(wrapped(parent)).length === 0) return [];
  const name = memberOf(parent);
  return name === null ? null : [name];
}

const looking = /^(Object\.(keys|values|entries)|console\.\w+)$/;

/** `Object.assign(it, ...)` puts names into it. */
function putByCall(call: ts.CallExpression, at: ts.Node, seen: Seen): Names {
  const given = givenBack(call);
  if (given[0] === at) return all([...given.slice(1).map((one) => namesOfSpread(one, seen)), putInto(call, seen)]);
  return given.some((one) => one === at) || looking.test(call.expression.getText()) || call.expression === at
    ? []
    : null;
}

/** What a file puts into what it exports under a name, by way of that name. */
function putIntoExport(tree: ts.SourceFile, name: string, seen: Seen): Names {
  const key = `${tree.fileName}#exports.${name}`;
  if (seen.has(key)) return [];
  const inner = new Set([...seen, key]);
  return all(exportsIn(tree).map((use) => putByExport(use, name, inner)));
}

function putByExport(use: ts.Expression, name: string, seen: Seen): Names {
  const at = wrapped(use);
  const { parent } = at;
  const isMember = isAccess(parent) && parent.expression === at;
  // `module.exports = ...` and `exports.name = ...` say what it is.
  if (writtenAt(at).length > 0 || marksModule(parent)) return [];
  const member = isMember ? memberOf(parent) : null;
  if (!isMember || name === whole) {
    const put = putAt(use, seen);
    if (name === whole) return put;
    return put === null || put.includes(name) ? null : [];
  }
  const written = writtenAt(wrapped(parent)).length > 0;
  if (member === null) return written ? null : putInto(parent, seen);
  return member === name && !written ? putInto(parent, seen) : [];
}

/** The names of the one value that a file exports under a name; `default` is the whole of a CommonJS file, too. */
export function namesOfExport(file: ParsedFile | null, name: string, seen: Seen = none): Names {
  const value = file === null ? null : exportedValue(file, name);
  return value === null ? null : namesOfValue(value, name, seen);
}

/** The names of a value that its file exports under a name, by way of that name included. */
export function namesOfValue(value: ts.Expression, name: string, seen: Seen = none): Names {
  const tree = value.getSourceFile();
  const ways = name === 'default' ? [name, whole] : [name];
  return all([namesOfSpread(value, seen), ...ways.map((way) => putIntoExport(tree, way, seen))]);
}

const isExpression = (value: ValueNode): value is ts.Expression =>
  !ts.isClassDeclaration(value) && !ts.isFunctionDeclaration(value);

/** The one value that a file exports under a name; `null` for several, and for what is no value. */
export function exportedValue(file: ParsedFile, name: string): ts.Expression | null {
  const values = exportedAs(file, name).flatMap(({ value }) =>
    isExpression(value) && isNothing(value) ? [] : [value],
  );
  const [only, more] = values;
  return only === undefined || more !== undefined || !isExpression(only) ? null : only;
}

/** Whether a node does more to what its module exports than to look at it. */
const changesExports = (node: ts.Node): boolean =>
  /\b(exports|module|this)\b/.test(node.getText()) && exportsIn(node).some((use) => putAt(use, none)?.length !== 0);

/** What `exports.a = exports.b = value` and `exports = module.exports = { ... }` export; `null` for anything else. */
function ofAssignment({ left, right }: ts.BinaryExpression, seen: Seen): Names {
  const value = unwrap(right);
  if (!isSetting(value) && changesExports(value)) return null;
  const more = isSetting(value) ? ofAssignment(value, seen) : [];
  if (isExportsObject(left)) return isSetting(value) ? more : namesOfSpread(value, seen);
  const name = isAccess(left) && isExportsObject(left.expression) ? memberOf(left) : null;
  return name === null ? null : all([[name], more]);
}

/** The name of what the keyword `export` is written before; `null` where the whole of it is exported, and its members are names. */
function named(statement: ts.Statement): Names {
  const isDefault = ts.canHaveModifiers(statement) && statement.modifiers?.[1]?.kind === ts.SyntaxKind.DefaultKeyword;
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return [];
  if (ts.isVariableStatement(statement))
    return all(statement.declarationList.declarations.map(({ name }) => (ts.isIdentifier(name) ? [name.text] : null)));
  const names = [...localsOf({ statements: [statement] }).keys()];
  return isDefault || names.length === 0 ? null : names;
}

/** What one statement at the top of a module exports. */
function exported(statement: ts.Statement, seen: Seen): Names {
  if (ts.isExportAssignment(statement)) return namesOfSpread(statement.expression, seen);
  if (ts.isExportDeclaration(statement)) {
    const { exportClause, moduleSpecifier } = statement;
    if (exportClause === undefined) {
      const from = moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
      return namesOfModule(loadedHere(statement.getSourceFile().fileName, from), seen);
    }
    if (!ts.isNamedExports(exportClause)) return [exportClause.name.text];
    return exportClause.elements.map(({ name }) => name.text);
  }
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  if (modifiers?.[0]?.kind === ts.SyntaxKind.ExportKeyword) return named(statement);
  if (!changesExports(statement) || marksModule(statement)) return [];
  const at = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : null;
  return at !== null && isSetting(at) ? ofAssignment(at, seen) : null;
}

/** The names that a whole module exports. */
export function namesOfModule(file: ParsedFile | null, seen: Seen = none): Names {
  const path = file?.source.path ?? '';
  if (file === null || seen.has(path)) return null;
  const names = all(file.tree.statements.map((one) => exported(one, new Set([...seen, path]))));
  // A module that exports nothing does it in a way that is not known here.
  return names?.length === 0 ? null : names;
}
