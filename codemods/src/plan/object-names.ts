/** plan/object-names: the names of an object's members, those of what is spread in it and put into it included. */
import { dirname, resolve } from 'node:path';
import { isAccess } from '../analyze/asks-client.ts';
import { parseAlone } from '../analyze/program.ts';
import { thisScope } from '../analyze/receiver.ts';
import {
  descendants,
  isDeclarationName,
  isNameOnly,
  placesOf,
  requiredModule,
  unwrap,
  wrapped,
} from '../analyze/syntax.ts';
import { writtenAt } from '../analyze/writes.ts';
import { readSource } from '../source.ts';
import { ts } from '../typescript.js';
import { sourceOf } from './entry.ts';
import { isMemberNamed, memberOf, plainName, topConst } from './written-names.ts';

/** Names; `null` where one of them cannot be read. */
export type Names = readonly string[] | null;

/** A module as one file names it. */
interface Loading {
  readonly specifier: string;
  readonly from: string;
}

const all = (parts: readonly Names[]): Names =>
  parts.some((one) => one === null) ? null : parts.flatMap((one) => one ?? []);

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
export function namesOfSpread(value: ts.Expression, seen: ReadonlySet<string> = new Set()): Names {
  const tree = value.getSourceFile();
  const at = unwrap(value);
  if (ts.isObjectLiteralExpression(at)) return namesOfObject(at, seen);
  const module = requiredModule(at);
  if (module !== null) return namesOfModule({ specifier: module, from: tree.fileName }, seen);
  return ts.isIdentifier(at) ? namesOfVariable(at, seen) : null;
}

/** The names of an object that a variable holds: those it has from the start, and those that are put into it. */
function namesOfVariable(variable: ts.Identifier, seen: ReadonlySet<string>): Names {
  const tree = variable.getSourceFile();
  const name = variable.text;
  const key = `${tree.fileName}#${name}`;
  // `Object.assign(x, { ...x })`: they are being read.
  if (seen.has(key)) return [];
  const inner = new Set([...seen, key]);
  const module = importedModule(tree, name);
  const local = topConst(tree, name);
  const given = local === undefined ? null : namesOfSpread(local, inner);
  const first = module === null ? given : namesOfModule({ specifier: module, from: tree.fileName }, inner);
  const uses = placesOf(tree, name).filter((one): one is ts.Identifier => ts.isIdentifier(one) && !isDeclared(one));
  return all([first, ...uses.map((use) => putAt(use, inner))]);
}

/** Whether a name stands where it is declared, or names no variable. */
const isDeclared = (node: ts.Identifier): boolean =>
  isNameOnly(node) || isDeclarationName(node) || ts.isImportClause(node.parent) || ts.isNamespaceImport(node.parent);

/** The names that one member of an object, or one spread in it, brings. */
export function namesOfMember(member: ts.ObjectLiteralElementLike, seen: ReadonlySet<string> = new Set()): Names {
  if (ts.isSpreadAssignment(member)) return namesOfSpread(member.expression, seen);
  const name = plainName(member.name);
  return name === null ? null : [name];
}

/** The names of an object of handlers, those of what is spread in it included; `null` when one of them cannot be read. */
export function namesOfObject(object: ts.ObjectLiteralExpression, seen: ReadonlySet<string> = new Set()): Names {
  return all(object.properties.map((member) => namesOfMember(member, seen)));
}

const isExports = (node: ts.Node): boolean => /^(module\.)?exports$/.test(node.getText());

const isAssignment = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;

/** What the place around a use of an object puts into it; `null` also where the object goes on to other code. */
function putAt(use: ts.Expression, seen: ReadonlySet<string>): Names {
  const at = wrapped(use);
  const { parent } = at;
  if (ts.isCallExpression(parent)) return putByCall(parent, at, seen);
  if (!isAccess(parent) || parent.expression !== at) return onlyLooks(parent, at) ? [] : null;
  if (writtenAt(wrapped(parent)).length === 0) return [];
  const name = memberOf(parent);
  return name === null ? null : [name];
}

const looking = /^(Object\.(keys|values|entries|freeze)|(\w+\.)?defineHandlers)$/;

/** `Object.assign(it, ...)` puts names into it. */
function putByCall({ expression, arguments: given }: ts.CallExpression, at: ts.Node, seen: ReadonlySet<string>): Names {
  const callee = expression.getText();
  const assigned = callee === 'Object.assign';
  if (assigned && given[0] === at) return all(given.slice(1).map((one) => namesOfSpread(one, seen)));
  return assigned || looking.test(callee) || expression === at ? [] : null;
}

const comparing = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.InKeyword,
  ts.SyntaxKind.InstanceOfKeyword,
]);

/** Whether a place copies an object, tests it or exports it, and so leaves it as it is. */
function onlyLooks(parent: ts.Node, at: ts.Node): boolean {
  if (ts.isBinaryExpression(parent)) {
    const { left, right, operatorToken } = parent;
    if (isAssignment(parent))
      return right === at && (isExports(left) || (isAccess(left) && isExports(left.expression)));
    return comparing.has(operatorToken.kind) || (isAnd(operatorToken) && left === at);
  }
  return (
    ts.isSpreadAssignment(parent) ||
    ts.isExportAssignment(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isTypeQueryNode(parent) ||
    ts.isTypeOfExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    (ts.isIfStatement(parent) && parent.expression === at)
  );
}

const isAnd = ({ kind }: ts.Node): boolean => kind === ts.SyntaxKind.AmpersandAmpersandToken;

/** Everything in a node that is what its module exports, or leads there: `exports`, `module`, `this` outside of functions. */
const exportsIn = (node: ts.Node): readonly ts.Expression[] =>
  descendants(node).flatMap((one): readonly ts.Expression[] => {
    if (one.kind === ts.SyntaxKind.ThisKeyword) return ts.isSourceFile(thisScope(one)) ? [one as ts.Expression] : [];
    if (!ts.isIdentifier(one) || isNameOnly(one) || !/^(exports|module)$/.test(one.text)) return [];
    const { parent } = one;
    return one.text === 'module' && isMemberNamed(parent, 'exports') ? [parent] : [one];
  });

/** Whether a node does more to what its module exports than to look at it. */
const changesExports = (node: ts.Node): boolean =>
  /\b(exports|module|this)\b/.test(node.getText()) &&
  exportsIn(node).some((use) => putAt(use, new Set())?.length !== 0);

/** What `exports.a = exports.b = value` and `exports = module.exports = { ... }` export; `null` for anything else. */
function ofAssignment({ left, right }: ts.BinaryExpression, seen: ReadonlySet<string>): Names {
  const value = unwrap(right);
  if (!isAssignment(value) && changesExports(value)) return null;
  const more = isAssignment(value) ? ofAssignment(value, seen) : [];
  if (isExports(left)) return isAssignment(value) ? more : namesOfSpread(value, seen);
  const name = isAccess(left) && isExports(left.expression) ? memberOf(left) : null;
  return name === null ? null : all([[name], more]);
}

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
