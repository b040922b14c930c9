/** plan/handler-names: the names that handlers of a package have already, wherever they are registered. */
import { dirname, resolve } from 'node:path';
import { parseAlone } from '../analyze/program.ts';
import { assigns, descendants, positionOf, requiredModule, unwrap } from '../analyze/syntax.ts';
import { filesMatching } from '../discover.ts';
import { readSource } from '../source.ts';
import { ts } from '../typescript.js';
import { sourceOf } from './entry.ts';

type Names = readonly string[] | null;

/** A module as one file names it. */
interface Loading {
  readonly specifier: string;
  readonly from: string;
}

const all = (parts: readonly Names[]): Names =>
  parts.some((one) => one === null) ? null : parts.flatMap((one) => one ?? []);

/** The value of a `const` at the top of a file. */
function topConst(tree: ts.SourceFile, name: string): ts.Expression | undefined {
  for (const statement of tree.statements) {
    if (!ts.isVariableStatement(statement) || (statement.declarationList.flags & ts.NodeFlags.Const) === 0) continue;
    const found = statement.declarationList.declarations.find(({ name: one }) => one.getText() === name);
    if (found !== undefined) return found.initializer;
  }
  return undefined;
}

const declares = (node: ts.Node, name: string): boolean =>
  (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node)) && node.name.getText() === name;

/** The text an expression stands for: a literal, or a `const` of the file that nothing hides. */
function textOf(value: ts.Expression): string | null {
  const at = unwrap(value);
  if (!ts.isIdentifier(at)) return ts.isStringLiteralLike(at) ? at.text : null;
  const tree = at.getSourceFile();
  const only = descendants(tree).filter((node) => declares(node, at.text)).length === 1;
  const local = only ? topConst(tree, at.text) : undefined;
  return local === undefined || ts.isIdentifier(unwrap(local)) ? null : textOf(local);
}

function plainName(name: ts.PropertyName | undefined): string | null {
  if (name === undefined) return null;
  if (ts.isComputedPropertyName(name)) return textOf(name.expression);
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : null;
}

/** The module a default or namespace import brings under a name. */
function importedModule(tree: ts.SourceFile, name: string): string | null {
  for (const statement of tree.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const { name: whole, namedBindings } = statement.importClause ?? {};
    const space = namedBindings !== undefined && ts.isNamespaceImport(namedBindings) ? namedBindings.name : undefined;
    if (whole?.text === name || space?.text === name) return statement.moduleSpecifier.text;
  }
  return null;
}

/** The names that `...value` adds to an object. */
function namesOfSpread(value: ts.Expression, seen: ReadonlySet<string>): Names {
  const tree = value.getSourceFile();
  const at = unwrap(value);
  if (ts.isObjectLiteralExpression(at)) return namesOfObject(at, seen);
  const name = ts.isIdentifier(at) ? at.text : null;
  const module = requiredModule(at) ?? (name === null ? null : importedModule(tree, name));
  if (module !== null) return namesOfModule({ specifier: module, from: tree.fileName }, seen);
  const local = name === null ? undefined : topConst(tree, name);
  return local === undefined ? null : namesOfSpread(local, seen);
}

function namesOfMember(member: ts.ObjectLiteralElementLike, seen: ReadonlySet<string>): Names {
  if (ts.isSpreadAssignment(member)) return namesOfSpread(member.expression, seen);
  const name = plainName(member.name);
  return name === null ? null : [name];
}

/** The names of an object of handlers, those of what is spread in it included; `null` when one of them cannot be read. */
export function namesOfObject(object: ts.ObjectLiteralExpression, seen: ReadonlySet<string> = new Set()): Names {
  return all(object.properties.map((member) => namesOfMember(member, seen)));
}

const isExports = (node: ts.Node): boolean => /^(module\.)?exports$/.test(node.getText());

const isAssignment = (node: ts.Expression): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;

/** What `exports.a = exports.b = value` and `exports = module.exports = { ... }` export; `null` for anything else. */
function ofAssignment({ left, right }: ts.BinaryExpression, seen: ReadonlySet<string>): Names {
  const value = unwrap(right);
  const more = isAssignment(value) ? ofAssignment(value, seen) : [];
  if (isExports(left)) return isAssignment(value) ? more : namesOfSpread(value, seen);
  if (ts.isPropertyAccessExpression(left) && isExports(left.expression)) return all([[left.name.text], more]);
  const key = ts.isElementAccessExpression(left) && isExports(left.expression) ? textOf(left.argumentExpression) : null;
  return key === null ? null : all([[key], more]);
}

/** Whether a place only reads a member: `exports.other()`. */
function readsMember(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== node) return false;
  const around = parent.parent;
  return !(ts.isBinaryExpression(around) && around.left === parent && assigns(around));
}

/** Whether a statement does more to what a module exports than to read it. */
const changesExports = (statement: ts.Statement): boolean =>
  /\bexports\b/.test(statement.getText()) &&
  descendants(statement).some((node) => {
    if (!ts.isIdentifier(node) || node.text !== 'exports') return false;
    const { parent } = node;
    const member = ts.isPropertyAccessExpression(parent) && parent.name === node;
    return member ? isExports(parent) && !readsMember(parent) : !readsMember(node);
  });

/** `Object.defineProperty(exports, '__esModule', ...)`, which compilers write: a spread does not copy it. */
const marksModule = (statement: ts.Statement): boolean =>
  /^Object\.defineProperty\((module\.)?exports,\s*['"]__esModule['"]/.test(statement.getText());

/** What one statement at the top of a module exports. */
function exported(statement: ts.Statement, seen: ReadonlySet<string>): Names {
  if (ts.isExportAssignment(statement)) return namesOfSpread(statement.expression, seen);
  if (ts.isExportDeclaration(statement)) return null;
  const isExported =
    ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.[0]?.kind === ts.SyntaxKind.ExportKeyword;
  if (isExported && ts.isFunctionDeclaration(statement))
    return statement.name === undefined ? null : [statement.name.text];
  if (isExported && ts.isVariableStatement(statement))
    return all(statement.declarationList.declarations.map(({ name }) => (ts.isIdentifier(name) ? [name.text] : null)));
  if (!changesExports(statement) || marksModule(statement)) return [];
  const at = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : null;
  return at !== null && isAssignment(at) ? ofAssignment(at, seen) : null;
}

function namesOfModule({ specifier, from }: Loading, seen: ReadonlySet<string>): Names {
  const path = specifier.startsWith('.') ? sourceOf(resolve(dirname(from), specifier)) : null;
  const source = path === null || seen.has(path) ? null : readSource(path);
  if (path === null || source === null) return null;
  const tree = parseAlone(path, source.text);
  const names = all(tree.statements.map((one) => exported(one, new Set([...seen, path]))));
  // A module that exports nothing does it in a way that is not known here.
  return names?.length === 0 ? null : names;
}

/** The names of handlers that are registered somewhere, and the places that register some whose names cannot be read. */
export interface Registered {
  readonly names: ReadonlySet<string>;
  readonly unread: readonly { readonly path: string; readonly line: number }[];
}

/** Reads the handlers that files of a folder register: in `defineHandlers({ ... })` and by `ipc.handle('name', ...)`. */
export function registeredBelow(folder: string): Registered {
  const paths = filesMatching(folder, /\bdefineHandlers\s*\(|\bipc\s*\??\.\s*handle\s*\(/);
  const found = paths.flatMap(registrationsIn);
  return {
    names: new Set(found.flatMap(({ names }) => names.filter((name) => name !== null))),
    unread: found.filter(({ names }) => names.includes(null)),
  };
}

function registrationsIn(path: string) {
  const source = readSource(path);
  const tree = source === null ? null : parseAlone(path, source.text);
  if (tree === null) return [];
  return descendants(tree)
    .filter(ts.isCallExpression)
    .map((call) => ({ path, line: positionOf(tree, call.getStart()).line, names: namesOfCall(call) }));
}

/** The names of one call; `null` among them stands for one that cannot be read. */
function namesOfCall({ expression, arguments: [first] }: ts.CallExpression): readonly (string | null)[] {
  if (first === undefined) return [];
  if (/\bipc\s*\??\.\s*handle$/.test(expression.getText())) return [textOf(first)];
  if (expression.getText() !== 'defineHandlers') return [];
  // Of an object that cannot be read as a whole, what can be read counts.
  if (!ts.isObjectLiteralExpression(first)) return namesOfSpread(first, new Set()) ?? [null];
  return first.properties.flatMap((member): readonly (string | null)[] => namesOfMember(member, new Set()) ?? [null]);
}
