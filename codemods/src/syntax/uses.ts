/** syntax/uses: every place that uses the array a broadcast resolves to, when all of them can be seen. */
import { ts } from '../typescript.js';
import { isExported } from './exported.ts';
import type { ParsedFile } from './program.ts';
import { placesOf, symbolOf, unwrap, wrapped } from './syntax.ts';

type Uses = readonly ts.Expression[] | null;

/** Every other place that says a name and means the same. */
export function usesOf(file: ParsedFile, name: ts.Identifier, scope: ts.Node = file.tree): readonly ts.Identifier[] {
  const symbol = symbolOf(file.checker, name);
  return placesOf(file.tree, name.text).filter(
    (node): node is ts.Identifier =>
      ts.isIdentifier(node) &&
      node !== name &&
      scope.pos <= node.pos &&
      node.end <= scope.end &&
      symbolOf(file.checker, node) === symbol,
  );
}

/** The places that use what one entry of a `Promise.all` resolves to, given the name of the whole list. */
function usesOfEntry(file: ParsedFile, name: ts.BindingName, index: number): Uses {
  if (ts.isObjectBindingPattern(name)) return null;
  if (ts.isArrayBindingPattern(name)) {
    if (name.elements.some((one) => ts.isBindingElement(one) && one.dotDotDotToken !== undefined)) return null;
    const element = name.elements[index];
    if (element === undefined || ts.isOmittedExpression(element)) return [];
    return element.initializer === undefined && ts.isIdentifier(element.name) ? usesOf(file, element.name) : null;
  }
  const found: ts.Expression[] = [];
  for (const use of usesOf(file, name)) {
    const access = wrapped(use).parent;
    if (!ts.isElementAccessExpression(access) || !ts.isNumericLiteral(access.argumentExpression)) return null;
    if (Number(access.argumentExpression.text) === index) found.push(access);
  }
  return found;
}

/** Says for a name how its uses are found: of the array itself, or of one entry of a list of arrays. */
type Named = (name: ts.BindingName) => Uses;

/** `const stats = { pings: await ... }`: the places that use `stats.pings`, when `stats` itself goes nowhere. */
function ofProperty(file: ParsedFile, property: ts.PropertyAssignment): Uses {
  const holder = wrapped(property.parent).parent;
  if (!ts.isVariableDeclaration(holder) || !ts.isIdentifier(holder.name) || !ts.isIdentifier(property.name))
    return null;
  if (!(holder.parent.flags & ts.NodeFlags.Const) || isExported(holder)) return null;
  const found: ts.Expression[] = [];
  for (const use of usesOf(file, holder.name)) {
    const access = use.parent;
    if (!ts.isPropertyAccessExpression(access) || access.expression !== use) return null;
    if (access.name.text === property.name.text) found.push(access);
  }
  return found;
}

/** The places that use a value: by the name it gets, or right where it stands. */
function ofValue(value: ts.Expression, named: Named): Uses | 'here' {
  const { parent } = wrapped(value);
  if (ts.isExpressionStatement(parent)) return [];
  if (!ts.isVariableDeclaration(parent)) return 'here';
  const own = parent.parent.flags & ts.NodeFlags.Const && !isExported(parent);
  return own ? named(parent.name) : null;
}

/** The places that use a list: by the name it gets, or the list itself; `null` when it goes where it cannot be followed. */
export function usesOfValue(file: ParsedFile, list: ts.Expression): Uses {
  const uses = ofValue(list, byName(file));
  return uses === 'here' ? [list] : uses;
}

/** Finds the uses of an array by its name. */
const byName =
  (file: ParsedFile): Named =>
  (name) =>
    ts.isIdentifier(name) ? usesOf(file, name) : null;

/** Whether a name is that of a function of the file that takes nothing. */
function takesNothing(file: ParsedFile, name: ts.Identifier): boolean {
  const declared = symbolOf(file.checker, name)?.valueDeclaration;
  if (declared === undefined) return false;
  const isFixed = ts.isVariableDeclaration(declared) && (declared.parent.flags & ts.NodeFlags.Const) !== 0;
  const fn = isFixed && declared.initializer !== undefined ? unwrap(declared.initializer) : null;
  return fn !== null && ts.isArrowFunction(fn) && fn.parameters.length === 0;
}

/** The parameter of `promise.then((x) => ...)`; `undefined` when the callback takes none. */
function thenParameter(file: ParsedFile, promise: ts.Expression): ts.BindingName | null | undefined {
  const { parent } = promise;
  if (!ts.isPropertyAccessExpression(parent) || parent.name.text !== 'then' || !ts.isCallExpression(parent.parent))
    return null;
  const [fn] = parent.parent.arguments;
  if (fn !== undefined && ts.isIdentifier(fn) && takesNothing(file, fn)) return undefined;
  if (fn === undefined || !(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn))) return null;
  const [first] = fn.parameters;
  return first?.dotDotDotToken === undefined ? first?.name : null;
}

function ofThen(file: ParsedFile, promise: ts.Expression, named: Named): Uses {
  const parameter = thenParameter(file, promise);
  if (parameter === null) return null;
  return parameter === undefined ? [] : named(parameter);
}

/** The only place that reads a list: where it is written, or where the const that holds it is named. */
function listPlace(file: ParsedFile, list: ts.ArrayLiteralExpression): ts.Expression | null {
  const { parent } = wrapped(list);
  if (!ts.isVariableDeclaration(parent)) return list;
  if (!(parent.parent.flags & ts.NodeFlags.Const) || isExported(parent)) return null;
  const [only, more] = ts.isIdentifier(parent.name) ? usesOf(file, parent.name) : [];
  return more === undefined ? (only ?? null) : null;
}

/** Where `value` of an entry of `Promise.allSettled` is read; `null` where the entry itself goes elsewhere. */
function valuesOf(entries: readonly ts.Expression[]): Uses {
  const read = entries.map((entry) => wrapped(entry).parent);
  if (!read.every(ts.isPropertyAccessExpression)) return null;
  return read.filter(({ name }) => name.text === 'value');
}

/** The uses of one entry of `Promise.all([...])`, or of `Promise.allSettled([...])`. */
function ofAll(file: ParsedFile, list: ts.ArrayLiteralExpression, entry: ts.Expression): Uses {
  const call = listPlace(file, list)?.parent;
  if (call === undefined || !ts.isCallExpression(call) || list.elements.some(ts.isSpreadElement)) return null;
  const waiting = call.expression.getText();
  const settled = waiting === 'Promise.allSettled';
  if (!settled && waiting !== 'Promise.all') return null;
  const all = wrapped(call);
  const index = list.elements.indexOf(entry);
  const named: Named = (name) => {
    const uses = usesOfEntry(file, name, index);
    return settled && uses !== null ? valuesOf(uses) : uses;
  };
  if (ts.isExpressionStatement(all.parent)) return [];
  if (!ts.isAwaitExpression(all.parent)) return ofThen(file, all, named);
  const uses = ofValue(all.parent, named);
  if (uses !== 'here') return uses;
  const access = wrapped(all.parent).parent;
  const taken = ts.isElementAccessExpression(access) && access.argumentExpression.getText() === String(index);
  return taken ? (settled ? valuesOf([access]) : [access]) : null;
}

// Several analyses ask for the same call.
const known = new WeakMap<ts.Expression, Uses>();

/** Follows the result of a broadcast to where it is used; `null` when it goes where it cannot be followed. */
export function usesOfResult(file: ParsedFile, promise: ts.Expression): Uses {
  const uses = known.get(promise);
  if (uses !== undefined) return uses;
  const found = followed(file, promise);
  known.set(promise, found);
  return found;
}

function followed(file: ParsedFile, promise: ts.Expression): Uses {
  const { parent } = promise;
  if (ts.isArrayLiteralExpression(parent)) return ofAll(file, parent, promise);
  if (!ts.isAwaitExpression(parent)) return ofThen(file, promise, byName(file));
  const { parent: around } = wrapped(parent);
  return ts.isPropertyAssignment(around) ? ofProperty(file, around) : usesOfValue(file, parent);
}
