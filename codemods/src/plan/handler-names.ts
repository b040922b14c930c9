/** plan/handler-names: the names that handlers of a package have already, wherever they are registered. */
import { isAccess } from '../analyze/asks-client.ts';
import { asValue } from '../analyze/exported-as.ts';
import { parseAlone } from '../analyze/program.ts';
import { descendants, positionOf, unwrap, wrapped } from '../analyze/syntax.ts';
import { filesMatching } from '../discover.ts';
import { readSource } from '../source.ts';
import { ts } from '../typescript.js';
import { definesHandlers, isDefining, lastName } from './defining.ts';
import { namesOfMember, namesOfSpread, putInto } from './object-names.ts';
import { isMemberNamed, memberOf, plainName, textOf } from './written-names.ts';

/** The names of handlers that are registered somewhere, and the places that register some whose names cannot be read. */
export interface Registered {
  readonly names: ReadonlySet<string>;
  /** The names that more than one place registers. */
  readonly repeated: ReadonlySet<string>;
  readonly unread: readonly { readonly path: string; readonly line: number }[];
}

/** Reads the handlers that files of a folder register: in `defineHandlers({ ... })` and by `ipc.handle('name', ...)`. */
export function registeredBelow(folder: string): Registered {
  const found = filesMatching(folder, /\b(defineHandlers|ipc)\b/).flatMap(registrationsIn);
  const all = found.flatMap(({ names }) => names.filter((name) => name !== null));
  const names = new Set<string>();
  const repeated = new Set<string>();
  for (const name of all) (names.has(name) ? repeated : names).add(name);
  return {
    names,
    repeated,
    unread: found.filter(({ names }) => names.includes(null)),
  };
}

/** Names of one place; `null` among them stands for one that cannot be read. */
type Registration = readonly (string | null)[];

/** Calls of both, and an `ipc` that no member is read of at once. */
const worthReading = /\b(defineHandlers|handle)\b|\bipc\b(?!['"\]]*\s*\??\.)/;

function registrationsIn(path: string) {
  const source = readSource(path);
  if (source === null || !worthReading.test(source.text)) return [];
  const tree = parseAlone(path, source.text);
  const asking = namesOfIpc(tree);
  return descendants(tree).flatMap((node) => {
    const names = ts.isCallExpression(node) && definesHandlers(node) ? defined(node) : handled(node, asking);
    return names.length === 0 ? [] : [{ path, line: positionOf(tree, node.getStart()).line, names }];
  });
}

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

/** Of an object that cannot be read as a whole, what can be read counts. */
function defined(call: ts.CallExpression): Registration {
  const [first] = call.arguments;
  if (first === undefined) return [];
  const object = unwrap(first);
  const names: Registration = ts.isObjectLiteralExpression(object)
    ? object.properties.flatMap((member): Registration => namesOfMember(member) ?? [null])
    : (namesOfSpread(object) ?? [null]);
  return [...names, ...(putInto(call) ?? [null])];
}

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

/** What `ipc.handle(name, ...)` registers; where the method is taken away from there, nobody knows. */
function handled(node: ts.Node, asking: ReadonlySet<string>): Registration {
  if (ts.isBindingElement(node)) {
    const { parent, propertyName, name } = node;
    const holder = parent.parent;
    const taken = (propertyName ?? name).getText() === 'handle';
    if (!taken || ts.isParameter(holder)) return [];
    if (ts.isBindingElement(holder)) return plainName(holder.propertyName) === 'ipc' ? [null] : [];
    return holder.initializer !== undefined && isNamed(holder.initializer, asking) ? [null] : [];
  }
  if (isOutOfSight(node)) return [null];
  if (!isAccess(node) || !isNamed(node.expression, asking) || memberOf(node) !== 'handle') return [];
  const { parent } = wrapped(node);
  const called = ts.isCallExpression(parent) && parent.expression === wrapped(node);
  const [first] = called ? parent.arguments : [];
  return [first === undefined ? null : textOf(first)];
}
