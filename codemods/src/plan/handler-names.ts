/** plan/handler-names: the names that handlers of a package have already, wherever they are registered. */
import { isAccess } from '../analyze/asks-client.ts';
import { parseAlone } from '../analyze/program.ts';
import { descendants, positionOf, unwrap, wrapped } from '../analyze/syntax.ts';
import { filesMatching } from '../discover.ts';
import { readSource } from '../source.ts';
import { ts } from '../typescript.js';
import { namesOfMember, namesOfSpread } from './object-names.ts';
import { isMemberNamed, memberOf, plainName, textOf } from './written-names.ts';

/** The names of handlers that are registered somewhere, and the places that register some whose names cannot be read. */
export interface Registered {
  readonly names: ReadonlySet<string>;
  readonly unread: readonly { readonly path: string; readonly line: number }[];
}

/** Reads the handlers that files of a folder register: in `defineHandlers({ ... })` and by `ipc.handle('name', ...)`. */
export function registeredBelow(folder: string): Registered {
  const found = filesMatching(folder, /\b(defineHandlers|ipc)\b/).flatMap(registrationsIn);
  return {
    names: new Set(found.flatMap(({ names }) => names.filter((name) => name !== null))),
    unread: found.filter(({ names }) => names.includes(null)),
  };
}

/** Names of one place; `null` among them stands for one that cannot be read. */
type Registration = readonly (string | null)[];

function registrationsIn(path: string) {
  const source = readSource(path);
  if (source === null || !/\b(defineHandlers|handle)\b/.test(source.text)) return [];
  const tree = parseAlone(path, source.text);
  const { defining, asking } = localNames(tree);
  return descendants(tree).flatMap((node) => {
    const names =
      ts.isCallExpression(node) && isNamed(node.expression, defining) ? defined(node) : handled(node, asking);
    return names.length === 0 ? [] : [{ path, line: positionOf(tree, node.getStart()).line, names }];
  });
}

/** The local names of `defineHandlers` and of whatever is the `ipc` of a cluster. */
function localNames(tree: ts.SourceFile) {
  const defining = new Set(['defineHandlers']);
  const asking = new Set(['ipc']);
  for (const node of descendants(tree)) {
    if (ts.isImportSpecifier(node) && node.propertyName?.text === 'defineHandlers') defining.add(node.name.text);
    if (ts.isBindingElement(node)) {
      const name = plainName(node.propertyName);
      if (name === 'defineHandlers') defining.add(node.name.getText());
      if (name === 'ipc') asking.add(node.name.getText());
    }
    const holder = isMemberNamed(node, 'ipc') ? holderOf(node) : null;
    if (holder !== null) asking.add(holder);
  }
  return { defining, asking };
}

/** The name that a value is kept under: `const name = value`, `this.name = value`, `{ name: value }`. */
function holderOf(value: ts.Expression): string | null {
  const at = wrapped(value);
  const { parent } = at;
  const declared =
    ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isPropertyAssignment(parent);
  if (declared && parent.initializer === at) return parent.name.getText();
  return ts.isBinaryExpression(parent) && parent.right === at ? lastName(parent.left) : null;
}

function lastName(node: ts.Expression): string | null {
  const at = unwrap(node);
  if (ts.isIdentifier(at)) return at.text;
  return isAccess(at) ? memberOf(at) : null;
}

const isNamed = (node: ts.Expression, names: ReadonlySet<string>): boolean => names.has(lastName(node) ?? '');

/** Of an object that cannot be read as a whole, what can be read counts. */
function defined({ arguments: [first] }: ts.CallExpression): Registration {
  if (first === undefined) return [];
  if (!ts.isObjectLiteralExpression(first)) return namesOfSpread(first) ?? [null];
  return first.properties.flatMap((member): Registration => namesOfMember(member) ?? [null]);
}

/** What `ipc.handle(name, ...)` registers; where the method is taken away from there, nobody knows. */
function handled(node: ts.Node, asking: ReadonlySet<string>): Registration {
  if (ts.isBindingElement(node)) {
    const { parent, propertyName, name } = node;
    const from = ts.isVariableDeclaration(parent.parent) ? parent.parent.initializer : undefined;
    const taken = (propertyName ?? name).getText() === 'handle';
    return taken && from !== undefined && isNamed(from, asking) ? [null] : [];
  }
  if (!isMemberNamed(node, 'handle') || !isNamed(node.expression, asking)) return [];
  const { parent } = wrapped(node);
  const called = ts.isCallExpression(parent) && parent.expression === wrapped(node);
  const [first] = called ? parent.arguments : [];
  return [first === undefined ? null : textOf(first)];
}
