/** calls/idioms/results: every expression that holds the array a broadcast resolves to, when all of them can be seen. */
import type { Splice } from '../../syntax/edits.ts';
import type { ParsedFile } from '../../syntax/program.ts';
import { descendants, symbolOf, unwrap, wrapped } from '../../syntax/syntax.ts';
import { ts } from '../../typescript.js';

/** Where the array is used, and the casts on the way there, which say it is an array. */
export interface Results {
  readonly uses: readonly ts.Expression[];
  readonly casts: readonly Splice[];
}

/** The casts and parentheses around an expression, as edits that take them away. */
function bared(node: ts.Expression): readonly Splice[] {
  const outer = wrapped(node);
  if (outer === node) return [];
  return [
    { start: outer.getStart(), end: node.getStart(), text: '' },
    { start: node.end, end: outer.end, text: '' },
  ];
}

/** Every other place that names a variable; `null` when it is not ours alone to change. */
function usesOf(file: ParsedFile, name: ts.BindingName): readonly ts.Identifier[] | null {
  if (!ts.isIdentifier(name)) return null;
  const symbol = symbolOf(file.checker, name);
  const found = descendants(file.tree).filter(
    (node): node is ts.Identifier =>
      ts.isIdentifier(node) && node !== name && node.text === name.text && symbolOf(file.checker, node) === symbol,
  );
  return symbol === undefined ? null : found;
}

/** A `const` without a written type that no other file sees. */
function isOwnConst(declaration: ts.VariableDeclaration): boolean {
  const statement = declaration.parent.parent;
  const exported = ts.isVariableStatement(statement) && (ts.getModifiers(statement) ?? []).length > 0;
  const fixed = (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
  return fixed && declaration.type === undefined && !exported;
}

/** Every place that reads a `const`; `null` when others may see it, or when its type is written. */
export function usesOfConst(file: ParsedFile, declaration: ts.VariableDeclaration): readonly ts.Identifier[] | null {
  return isOwnConst(declaration) ? usesOf(file, declaration.name) : null;
}

/** The names a promise's value gets: of a `const`, or of the parameter of its `then`. */
function receivers(promise: ts.Expression): { readonly name: ts.BindingName; readonly at: ts.Expression } | null {
  const { parent } = wrapped(promise);
  if (ts.isAwaitExpression(parent)) {
    const holder = wrapped(parent).parent;
    const fits = ts.isVariableDeclaration(holder) && isOwnConst(holder);
    return fits ? { name: holder.name, at: parent } : null;
  }
  if (!ts.isPropertyAccessExpression(parent) || parent.name.text !== 'then' || !ts.isCallExpression(parent.parent))
    return null;
  const [callback] = parent.parent.arguments;
  const fn = callback !== undefined && (ts.isArrowFunction(callback) || ts.isFunctionExpression(callback));
  const first = fn ? callback.parameters[0] : undefined;
  const plain = first !== undefined && first.type === undefined && first.dotDotDotToken === undefined;
  return plain ? { name: first.name, at: promise } : null;
}

/** The uses of one entry of a `Promise.all`, whichever way the list is taken apart. */
function ofEntry(file: ParsedFile, all: ts.CallExpression, index: number): readonly ts.Expression[] | null {
  const taken = receivers(all);
  // A cast of the whole list says that its entries are arrays.
  if (taken === null || wrapped(taken.at) !== taken.at) return null;
  if (ts.isArrayBindingPattern(taken.name)) {
    const element = taken.name.elements[index];
    const plain = element !== undefined && ts.isBindingElement(element) && element.initializer === undefined;
    return plain && element.dotDotDotToken === undefined ? usesOf(file, element.name) : null;
  }
  const uses = usesOf(file, taken.name);
  const entries = uses?.map((use) => {
    const access = use.parent;
    const literal = ts.isElementAccessExpression(access) && access.expression === use ? access : null;
    return literal !== null && ts.isNumericLiteral(literal.argumentExpression) ? literal : null;
  });
  if (entries === undefined || entries.includes(null)) return null;
  return entries.flatMap((entry) =>
    entry !== null && entry.argumentExpression.getText() === String(index) ? [entry] : [],
  );
}

function isPromiseAll(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && node.expression.getText() === 'Promise.all' && node.typeArguments === undefined;
}

/** Follows the result of a broadcast to where it is used; `null` when it goes where it cannot be followed. */
export function resultsOf(file: ParsedFile, call: ts.CallExpression): Results | null {
  const promise = wrapped(call);
  const { parent } = promise;
  if (ts.isArrayLiteralExpression(parent) && isPromiseAll(parent.parent)) {
    const uses = ofEntry(file, parent.parent, parent.elements.indexOf(promise));
    return uses === null ? null : { uses, casts: bared(call) };
  }
  const taken = receivers(call);
  if (taken !== null) {
    const uses = usesOf(file, taken.name);
    const casts = ts.isAwaitExpression(taken.at) ? [...bared(call), ...bared(taken.at)] : bared(call);
    return uses === null ? null : { uses, casts };
  }
  return ts.isAwaitExpression(parent) && unwrap(parent.expression) === call ? { uses: [parent], casts: [] } : null;
}
