/** analyze/consumer: what becomes of the array a broadcast resolves to. Says less than it knows, never more. */
import { ts } from 'ts-morph';
import type { ParsedFile } from './program.ts';
import { descendants, symbolOf, unwrap, wrapped } from './syntax.ts';

/** `array` means that its order or length may matter; the others do not look at either. */
export type Consumer = 'ignored' | 'sum' | 'flat' | 'search' | 'array';

const searching = new Set(['find', 'some', 'includes', 'flatMap']);

const returned = (fn: ts.ArrowFunction | ts.FunctionExpression): ts.Expression | null => {
  if (!ts.isBlock(fn.body)) return unwrap(fn.body);
  const [only] = fn.body.statements;
  const single = fn.body.statements.length === 1 && only !== undefined && ts.isReturnStatement(only);
  return single && only.expression !== undefined ? unwrap(only.expression) : null;
};

/** `reduce((a, b) => a + b, 0)`: nothing but a sum of the entries. */
export function isSum(call: ts.CallExpression): boolean {
  const [fn, initial, more] = call.arguments;
  if (fn === undefined || more !== undefined) return false;
  if (initial !== undefined && !(ts.isNumericLiteral(initial) && Number(initial.text) === 0)) return false;
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const [a, b, index] = fn.parameters;
  const sum = returned(fn);
  if (a === undefined || b === undefined || index !== undefined || sum === null) return false;
  if (!ts.isBinaryExpression(sum) || sum.operatorToken.kind !== ts.SyntaxKind.PlusToken) return false;
  const sides = [unwrap(sum.left), unwrap(sum.right)];
  return [a, b].every((p) => sides.some((side) => ts.isIdentifier(side) && side.text === p.name.getText()));
}

/** A search that takes the entry only: a second parameter would be the index, which is the shard id. */
function ignoresIndex(call: ts.CallExpression): boolean {
  if (call.arguments.length !== 1) return false;
  const [fn] = call.arguments;
  const inline = fn !== undefined && (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn));
  return !inline || fn.parameters.length <= 1;
}

/** What `array.method(...)` does with the array, given the array expression. */
function ofMember(array: ts.Expression): Consumer {
  const access = wrapped(array).parent;
  if (!ts.isPropertyAccessExpression(access) || !ts.isCallExpression(access.parent)) return 'array';
  const call = access.parent;
  if (call.expression !== access) return 'array';
  const method = access.name.text;
  if (method === 'reduce') return isSum(call) ? 'sum' : 'array';
  if (method === 'flat') return call.arguments.length === 0 ? 'flat' : 'array';
  return searching.has(method) && ignoresIndex(call) ? 'search' : 'array';
}

function usesOf(file: ParsedFile, name: ts.Identifier, scope: ts.Node): readonly ts.Identifier[] {
  const symbol = symbolOf(file.checker, name);
  return [...descendants(scope)].filter(
    (node): node is ts.Identifier =>
      ts.isIdentifier(node) && node !== name && node.text === name.text && symbolOf(file.checker, node) === symbol,
  );
}

/** All uses of a variable agree, or there are none. */
function ofVariable(file: ParsedFile, name: ts.BindingName, scope: ts.Node): Consumer {
  if (!ts.isIdentifier(name)) return 'array';
  const kinds = new Set(usesOf(file, name, scope).map((use) => ofMember(use)));
  if (kinds.size === 0) return 'ignored';
  const [only] = kinds;
  return kinds.size === 1 && only !== undefined ? only : 'array';
}

function ofCallback(file: ParsedFile, fn: ts.Expression | undefined): Consumer {
  if (fn === undefined || !(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn))) return 'array';
  const [first] = fn.parameters;
  return first === undefined ? 'ignored' : ofVariable(file, first.name, fn.body);
}

function ofAwaited(file: ParsedFile, awaited: ts.Expression): Consumer {
  const outer = wrapped(awaited);
  const parent = outer.parent;
  if (ts.isExpressionStatement(parent)) return 'ignored';
  if (ts.isVariableDeclaration(parent) && parent.parent.flags & ts.NodeFlags.Const) {
    return ofVariable(file, parent.name, file.tree);
  }
  if (ts.isPropertyAssignment(parent)) return ofProperty(file, parent);
  return ofMember(awaited);
}

/** `const stats = { pings: await ... }`: what becomes of `stats.pings`, when `stats` itself goes nowhere. */
function ofProperty(file: ParsedFile, property: ts.PropertyAssignment): Consumer {
  const holder = wrapped(property.parent).parent;
  if (!ts.isVariableDeclaration(holder) || !ts.isIdentifier(holder.name) || !ts.isIdentifier(property.name))
    return 'array';
  const statement = holder.parent.parent;
  const exported = ts.isVariableStatement(statement) && (ts.getModifiers(statement) ?? []).length > 0;
  if (!(holder.parent.flags & ts.NodeFlags.Const) || exported) return 'array';
  const kinds = new Set<Consumer>();
  for (const use of usesOf(file, holder.name, file.tree)) {
    const access = use.parent;
    if (!ts.isPropertyAccessExpression(access) || access.expression !== use) return 'array';
    if (access.name.text === property.name.text) kinds.add(ofMember(access));
  }
  const [only = 'ignored'] = kinds;
  return kinds.size <= 1 ? only : 'array';
}

/** Whether nobody looks at the promise either: a statement, `void x`, or `x.catch(...)` as one. */
function isDropped(promise: ts.Expression): boolean {
  const { parent } = promise;
  if (ts.isExpressionStatement(parent)) return true;
  if (ts.isVoidExpression(parent) || ts.isAwaitExpression(parent)) return isDropped(parent);
  const chained = ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent);
  return chained && parent.name.text === 'catch' && isDropped(parent.parent);
}

/** Looks at how the result of a broadcast call is used, one step far. */
export function consumerOf(file: ParsedFile, call: ts.CallExpression): Consumer {
  const promise = wrapped(call);
  const { parent } = promise;
  if (isDropped(promise)) return 'ignored';
  if (ts.isAwaitExpression(parent)) return ofAwaited(file, parent);
  if (ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent)) {
    const [callback] = parent.parent.arguments;
    if (parent.name.text === 'then') return ofCallback(file, callback);
    // `await x.catch(() => [])` may give something else than our array: keep the shape.
  }
  return 'array';
}
