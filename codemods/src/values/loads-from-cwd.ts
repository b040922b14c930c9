/** values/loads-from-cwd: modules that a function loads by a path that begins at the working folder. */
import { declarationOf } from '../syntax/free-names.ts';
import { placesOf, requiredModule, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { joinsPath } from './path-joins.ts';

/**
 * Whether a path begins with `process.cwd()`: as a template, a sum, or by `join` or `resolve`. It is the same file from
 * wherever it is loaded, as the working folder belongs to the process.
 */
export const beginsAtCwd = (path: ts.Expression | undefined): boolean => folderOf(path) !== null;

/** The `process.cwd` that a path begins with. */
function folderOf(path: ts.Expression | undefined): ts.Expression | null {
  if (path === undefined) return null;
  const at = unwrap(path);
  if (ts.isTemplateExpression(at)) return at.head.text === '' ? folderOf(at.templateSpans[0]?.expression) : null;
  if (ts.isBinaryExpression(at)) return at.operatorToken.kind === ts.SyntaxKind.PlusToken ? folderOf(at.left) : null;
  if (!ts.isCallExpression(at)) return null;
  if (isCwd(at)) return at.expression;
  return joinsPath(at) ? folderOf(at.arguments[0]) : null;
}

const isCwd = ({ expression, arguments: given }: ts.CallExpression): boolean =>
  given.length === 0 &&
  ts.isPropertyAccessExpression(expression) &&
  expression.name.text === 'cwd' &&
  ts.isIdentifier(expression.expression) &&
  isProcess(expression.expression);

const isOfNode = (module: string | null): boolean => /^(?:node:)?process$/.test(module ?? '');

/** Whether a name is the process, and nothing that its file calls so. */
function isProcess(name: ts.Identifier): boolean {
  if (name.text !== 'process') return false;
  const tree = name.getSourceFile();
  const declared = declarationOf(name, tree);
  if (declared !== null) return ts.isVariableDeclaration(declared) && isOfNode(requiredModule(declared.initializer));
  const from = placesOf(tree, 'process').flatMap(importedFrom);
  return from.every(isOfNode);
}

/** The module of the import that a name stands in as what it brings. */
function importedFrom(place: ts.Node): readonly string[] {
  const { parent } = place;
  const brings = ts.isImportClause(parent) || ts.isNamespaceImport(parent) || ts.isImportSpecifier(parent);
  const made = brings && parent.name === place ? ts.findAncestor(parent, ts.isImportDeclaration) : undefined;
  return made !== undefined && ts.isStringLiteral(made.moduleSpecifier) ? [made.moduleSpecifier.text] : [];
}

/** Whether a name is the `require` of a call that loads such a path. */
export function requiresFromCwd(node: ts.Identifier): boolean {
  const call = node.parent;
  const calls = node.text === 'require' && ts.isCallExpression(call) && call.expression === node;
  return calls && beginsAtCwd(call.arguments[0]);
}

const loads = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) &&
  (node.expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(node.expression) && node.expression.text === 'require'));

/** Whether a node is the `process.cwd` that such a path begins with: what is loaded tells of no process. */
export const isFolderLoadedFrom = (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node) &&
  node.name.text === 'cwd' &&
  folderOf(ts.findAncestor(node, loads)?.arguments[0]) === node;
