/** doubts/made-entries: what the entries of a list are made by, as far as the file writes it. */
import type { ParsedFile } from '../syntax/program.ts';
import { isNameOnly, placesOf, returnedBy, symbolOf, unwrap } from '../syntax/syntax.ts';
import { writesToVariable, writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { askedByDepth } from '../values/value-asked.ts';

/** Functions that make a number of what they are given. */
const counting = /^(Number|parseInt|parseFloat|Number\.parse(Int|Float))$/;
/** Methods whose list holds what theirs holds. */
const keeping = /^(filter|slice|splice|sort|reverse|concat|toSorted|toReversed|toSpliced|flat)$/;
const testing = /^(Boolean|Number\.is(Finite|Integer|SafeInteger))$/;
/** What says of an entry that it is there, or is a number. */
const tested = /is(NaN|Finite|Integer|SafeInteger)\b|[<>]|\b(null|undefined|typeof)\b/;

/** The function of this file that an expression says. */
export function functionOf(file: ParsedFile, node: ts.Expression) {
  const at = unwrap(node);
  const declared = ts.isIdentifier(at) ? symbolOf(file.checker, at)?.valueDeclaration : at;
  const made = declared !== undefined && ts.isVariableDeclaration(declared) ? declared.initializer : declared;
  if (made === undefined) return null;
  const isMade = ts.isArrowFunction(made) || ts.isFunctionExpression(made) || ts.isFunctionDeclaration(made);
  return isMade && made.body !== undefined ? (made as typeof made & { readonly body: ts.ConciseBody }) : null;
}

/** What a function gives that is handed over; itself where it is one that makes numbers. */
function givenBy(file: ParsedFile, fn: ts.Expression | undefined): readonly ts.Expression[] {
  if (fn === undefined) return [];
  const made = functionOf(file, fn);
  return made !== null ? returnedBy(made) : makesNumbers(fn) ? [fn] : [];
}

/** `Number` in `list.map(Number)` */
export const makesNumbers = (node: ts.Expression): boolean =>
  ts.isCallExpression(node.parent) && node.parent.arguments.includes(node) && counting.test(node.getText());

/** Whether a list is without those entries that are none: `list.filter((n) => n > 0)`. */
function isSifted({ arguments: [test] }: ts.CallExpression): boolean {
  if (test === undefined || testing.test(test.getText()) || !ts.isArrowFunction(test)) return true;
  const [entry] = test.parameters;
  const body = test.body.getText();
  return tested.test(body) || (entry !== undefined && new RegExp(`^(!!)?${entry.name.getText()}\\b`).test(body));
}

const inside = (file: ParsedFile, node: ts.Expression, depth: number): readonly ts.Expression[] =>
  ts.isSpreadElement(node) ? entriesMade(file, node.expression, depth - 1) : [node];

function ofCall(file: ParsedFile, call: ts.CallExpression, depth: number): readonly ts.Expression[] {
  const { expression: callee, arguments: given } = call;
  const [first, second] = given;
  if (!ts.isPropertyAccessExpression(callee)) return [];
  if (/^(Promise\.all|Array\.from)$/.test(callee.getText()) && first !== undefined)
    return second === undefined ? entriesMade(file, first, depth - 1) : givenBy(file, second);
  const { name, expression: list } = callee;
  if (name.text === 'map') return givenBy(file, first);
  if (name.text === 'flatMap') return givenBy(file, first).flatMap((one) => entriesMade(file, one, depth - 1));
  if (!keeping.test(name.text) || (name.text === 'filter' && isSifted(call))) return [];
  const added = name.text === 'concat' ? given : [];
  return [list, ...added].flatMap((one) => entriesMade(file, one, depth - 1));
}

/** What a file puts into the list that a name holds. */
function putInto(file: ParsedFile, name: ts.Identifier, depth: number): readonly ts.Expression[] {
  const symbol = symbolOf(file.checker, name);
  return placesOf(file.tree, name.text).flatMap((place) => {
    const { parent } = place;
    if (!ts.isIdentifier(place) || isNameOnly(place) || symbolOf(file.checker, place) !== symbol) return [];
    if (ts.isElementAccessExpression(parent) && parent.expression === place)
      return writtenAt(parent).flatMap((one) => one ?? []);
    const isFilled = ts.isPropertyAccessExpression(parent) && /^(push|unshift)$/.test(parent.name.text);
    if (!isFilled || !ts.isCallExpression(parent.parent) || parent.parent.expression !== parent) return [];
    return parent.parent.arguments.flatMap((one) => inside(file, one, depth));
  });
}

const asked = askedByDepth<readonly ts.Expression[]>();

function ofName(file: ParsedFile, name: ts.Identifier, depth: number): readonly ts.Expression[] {
  const symbol = symbolOf(file.checker, name);
  const declared = symbol?.valueDeclaration;
  if (symbol === undefined || declared === undefined || !ts.isVariableDeclaration(declared)) return [];
  return asked({ of: declared, node: declared, depth }, () => {
    const values = [declared.initializer ?? null, ...writesToVariable(file, symbol)].flatMap((one) => one ?? []);
    const made = values.flatMap((one) => entriesMade(file, one, depth - 1));
    return [...new Set([...made, ...putInto(file, name, depth)])];
  });
}

/** The expressions that the entries of a list are made by; none where nothing is known of them. */
export function entriesMade(file: ParsedFile, list: ts.Expression, depth = 5): readonly ts.Expression[] {
  if (depth < 0) return [];
  const at = unwrap(list);
  if (ts.isArrayLiteralExpression(at)) return at.elements.flatMap((one) => inside(file, one, depth));
  if (ts.isCallExpression(at)) return ofCall(file, at, depth);
  if (ts.isIdentifier(at)) return ofName(file, at, depth);
  if (ts.isAwaitExpression(at)) return entriesMade(file, at.expression, depth);
  const sides = ts.isConditionalExpression(at)
    ? [at.whenTrue, at.whenFalse]
    : ts.isBinaryExpression(at)
      ? [at.left, at.right]
      : [];
  return sides.flatMap((one) => entriesMade(file, one, depth - 1));
}

/** The list that a parameter of a callback or the variable of a loop gets the entries of, or that a pattern takes apart. */
export function listOf(declared: ts.Declaration): ts.Expression | null {
  const { parent } = declared;
  if (ts.isBindingElement(declared)) {
    const holder = parent.parent;
    const isTaken = ts.isArrayBindingPattern(parent) && declared.dotDotDotToken === undefined;
    return isTaken && ts.isVariableDeclaration(holder) ? (holder.initializer ?? null) : null;
  }
  if (ts.isVariableDeclaration(declared)) {
    const loop = parent.parent;
    return ts.isForOfStatement(loop) ? loop.expression : null;
  }
  if (!ts.isParameter(declared) || !ts.isFunctionLike(parent) || parent.parameters[0] !== declared) return null;
  const call = parent.parent;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return null;
  return /^(map|forEach|flatMap|filter|some|every|find)$/.test(call.expression.name.text)
    ? call.expression.expression
    : null;
}
