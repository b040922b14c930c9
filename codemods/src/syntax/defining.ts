/** syntax/defining: the calls of `defineHandlers`, under whichever name a file has it. */
import { ts } from '../typescript.js';
import { isAccess } from './access.ts';
import { descendants, unwrap, wrapped } from './syntax.ts';
import { memberOf, plainName } from './written-names.ts';

const known = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

/** The names that `defineHandlers` has in a file. */
function namesOfDefining(tree: ts.SourceFile): ReadonlySet<string> {
  const before = known.get(tree);
  if (before !== undefined) return before;
  const given = descendants(tree).flatMap((node) => {
    if (ts.isImportSpecifier(node)) return node.propertyName?.text === 'defineHandlers' ? [node.name.text] : [];
    if (ts.isBindingElement(node))
      return plainName(node.propertyName) === 'defineHandlers' ? [node.name.getText()] : [];
    if (!ts.isVariableDeclaration(node) || node.initializer === undefined) return [];
    return lastName(node.initializer) === 'defineHandlers' ? [node.name.getText()] : [];
  });
  const names = new Set(['defineHandlers', ...given]);
  known.set(tree, names);
  return names;
}

/** The last name of a callee or another value: `a.b.c` and `(0, a.c)` are known as `c`; `null` for anything else. */
export function lastName(node: ts.Expression): string | null {
  const at = unwrap(node);
  if (ts.isIdentifier(at)) return at.text;
  if (ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.CommaToken) return lastName(at.right);
  return isAccess(at) ? memberOf(at) : null;
}

/** Whether an expression is `defineHandlers`. */
export function isDefining(node: ts.Expression): boolean {
  const name = lastName(node);
  return name !== null && namesOfDefining(node.getSourceFile()).has(name);
}

/** Whether a call is one of `defineHandlers`. */
export const definesHandlers = ({ expression }: ts.CallExpression): boolean => isDefining(expression);

/** Whether an object is what `defineHandlers` gets. */
export function isDefined(object: ts.ObjectLiteralExpression): boolean {
  const { parent } = wrapped(object);
  return ts.isCallExpression(parent) && definesHandlers(parent);
}

/** A member of the object that `defineHandlers` gets: a handler, under the name that it is asked by. */
const isHandler = (node: ts.Node): node is ts.PropertyAssignment | ts.MethodDeclaration =>
  (ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node)) &&
  ts.isObjectLiteralExpression(node.parent) &&
  isDefined(node.parent);

/** Whether a name is the one that a handler is asked by, and no member of anything else. */
export const namesHandler = (name: ts.Node): boolean => isHandler(name.parent) && name.parent.name === name;

/** Whether a function is a handler: a call asks for it from afar. */
export function isHandlerItself(fn: ts.Node): boolean {
  if (isHandler(fn)) return true;
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const { parent } = wrapped(fn);
  if (!ts.isCallExpression(parent)) return isHandler(parent);
  const { expression: callee } = parent;
  return isAccess(callee) && memberOf(callee) === 'handle' && lastName(callee.expression) === 'ipc';
}
