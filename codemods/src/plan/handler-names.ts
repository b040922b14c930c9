/** plan/handler-names: the names that handlers of a package have already, wherever they are registered. */
import { dirname, resolve } from 'node:path';
import { parseAlone } from '../analyze/program.ts';
import { descendants, positionOf, requiredModule, unwrap } from '../analyze/syntax.ts';
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

const plainName = (name: ts.PropertyName | undefined): string | null =>
  name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : null;

/** The value of a `const` at the top of a file. */
function topConst(tree: ts.SourceFile, name: string): ts.Expression | undefined {
  for (const statement of tree.statements) {
    if (!ts.isVariableStatement(statement) || (statement.declarationList.flags & ts.NodeFlags.Const) === 0) continue;
    const found = statement.declarationList.declarations.find(({ name: one }) => one.getText() === name);
    if (found !== undefined) return found.initializer;
  }
  return undefined;
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
  const at = ts.isExpressionStatement(statement) ? statement.expression : null;
  if (at === null || !ts.isBinaryExpression(at) || !/\bexports\b/.test(at.left.getText())) return [];
  if (isExports(at.left)) return namesOfSpread(at.right, seen);
  return ts.isPropertyAccessExpression(at.left) && isExports(at.left.expression) ? [at.left.name.text] : null;
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
  if (/\bipc\s*\??\.\s*handle$/.test(expression.getText())) return [ts.isStringLiteralLike(first) ? first.text : null];
  if (expression.getText() !== 'defineHandlers') return [];
  // Of an object that cannot be read as a whole, what can be read counts.
  if (!ts.isObjectLiteralExpression(first)) return namesOfSpread(first, new Set()) ?? [null];
  return first.properties.flatMap((member): readonly (string | null)[] => namesOfMember(member, new Set()) ?? [null]);
}
