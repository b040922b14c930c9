/** handlers/ipc-calls: the handlers that a file registers at the `ipc` of a cluster or takes away from there, by their names. */
import { asValue } from '../modules/exported-as.ts';
import { type Access, isAccess } from '../syntax/access.ts';
import { isDefining, lastName } from '../syntax/defining.ts';
import { descendants, unwrap, wrapped } from '../syntax/syntax.ts';
import { isMemberNamed, memberOf, plainName, textOf, writtenPath } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';

/** One handler, by its name; `null` for a name that cannot be read. */
export interface IpcName {
  readonly name: string | null;
  readonly node: ts.Node;
  /** What is registered under it. */
  readonly fn: ts.Expression | null;
}

/** A method of `ipc` that takes the name of a handler. */
type Method = 'handle' | 'removeHandler';

/** The local names of whatever is the `ipc` of a cluster. */
function namesOfIpc(tree: ts.SourceFile): ReadonlySet<string> {
  const asking = new Set(['ipc']);
  for (const node of descendants(tree)) {
    if (ts.isBindingElement(node) && plainName(node.propertyName) === 'ipc') asking.add(node.name.getText());
    const value = ts.isIdentifier(node) || isAccess(node) ? node : null;
    // Also one that is kept under a name of a name.
    const holder = value !== null && isNamed(value, asking) ? holderOf(value) : null;
    if (holder !== null) asking.add(holder);
  }
  return asking;
}

/** The outermost expression that may give a value on: `ready && it`, `ready ? it : null`. */
function givenOn(value: ts.Expression): ts.Expression {
  const at = wrapped(value);
  const { parent } = at;
  const logical = ts.isBinaryExpression(parent) && /^(&&|\|\||\?\?)$/.test(parent.operatorToken.getText());
  const chosen = ts.isConditionalExpression(parent) && parent.condition !== at;
  return logical || chosen ? givenOn(parent) : at;
}

/** The name that a value is kept under: `const name = value`, `this.name = value`, `{ name: value }`. */
function holderOf(value: ts.Expression): string | null {
  const at = givenOn(value);
  const { parent } = at;
  const declared =
    ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isPropertyAssignment(parent);
  if (declared && parent.initializer === at) return parent.name.getText();
  return ts.isBinaryExpression(parent) && parent.right === at ? lastName(parent.left) : null;
}

const isNamed = (node: ts.Expression, names: ReadonlySet<string>): boolean => names.has(lastName(node) ?? '');

/** Whether the `ipc` of a cluster, or `defineHandlers` itself, goes where nobody follows it: to a call, to other files. */
function isOutOfSight(node: ts.Node): boolean {
  if (!isAccess(node) && !ts.isIdentifier(node)) return false;
  const isIpc = isAccess(node) && isMemberNamed(node, 'ipc') && lastName(node.expression) === 'cluster';
  if (!isIpc && !isDefining(node)) return false;
  const { parent } = givenOn(node);
  const handedOn = ts.isCallExpression(parent) && parent.expression !== wrapped(node);
  const given = ts.isReturnStatement(parent) || ts.isArrowFunction(parent);
  return handedOn || (isIpc && (given || (asValue(node)?.length ?? 0) > 0));
}

/** What takes the method away from where it is called, so that nobody knows the names: `const { handle } = cluster.ipc`. */
function isTakenOut(node: ts.Node, method: Method, asking: ReadonlySet<string>): boolean {
  if (!ts.isBindingElement(node)) return method === 'handle' && isOutOfSight(node);
  const { parent, propertyName, name } = node;
  const holder = parent.parent;
  if ((propertyName ?? name).getText() !== method || ts.isParameter(holder)) return false;
  if (ts.isBindingElement(holder)) return plainName(holder.propertyName) === 'ipc';
  return holder.initializer !== undefined && isNamed(holder.initializer, asking);
}

/** The call of an access. */
function callOf(access: Access): ts.CallExpression | null {
  const { parent } = wrapped(access);
  return ts.isCallExpression(parent) && parent.expression === wrapped(access) ? parent : null;
}

const nameIn = (call: ts.CallExpression | null): string | null => {
  const [first] = call?.arguments ?? [];
  return first === undefined ? null : textOf(first);
};

/** The handlers that a file registers by `ipc.handle('name', ...)`, or takes away by `ipc.removeHandler('name')`. */
export function ipcNames(tree: ts.SourceFile, method: Method): readonly IpcName[] {
  const asking = namesOfIpc(tree);
  return descendants(tree).flatMap((node): readonly IpcName[] => {
    if (isTakenOut(node, method, asking)) return [{ name: null, node, fn: null }];
    const named = isAccess(node) && isNamed(node.expression, asking) && memberOf(node) === method;
    const call = named ? callOf(node) : null;
    return named ? [{ name: nameIn(call), node, fn: call?.arguments[1] ?? null }] : [];
  });
}

/** The call of `client.cluster.ipc.handle('name', fn)` that a statement is, and no more. */
function registeredBy(statement: ts.Statement, client: string) {
  const call = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : null;
  if (call === null || !ts.isCallExpression(call)) return null;
  const [, fn] = call.arguments;
  const name = nameIn(call);
  const isOwn = writtenPath(call.expression)?.join(' ') === `${client} cluster ipc handle`;
  return isOwn && name !== null && fn !== undefined ? { name, fn } : null;
}

/** The handlers that a file surely registers at a client of its top level: in no branch, and in no scope of their own. */
export const registeredAtTop = (tree: ts.SourceFile, client: string) =>
  tree.statements.flatMap((one) => registeredBy(one, client) ?? []);
