/** analyze/result-entries: the expressions that are one of the results of a broadcast, where its list is used. */
import { ts } from '../typescript.js';
import type { ParsedFile } from './program.ts';
import { wrapped } from './syntax.ts';
import { usesOf } from './uses.ts';

const walking = /^(map|flatMap|forEach|filter|find|findLast|some|every|findIndex|findLastIndex)$/;
/** Methods whose list holds what theirs holds. */
const keeping = /^(filter|slice|sort|reverse|concat|toSorted|toReversed)$/;
/** Methods that give one of the list. */
const choosing = /^(find|findLast|at|pop|shift)$/;

/** What one thing of a list is called, or how it is taken apart. */
export type Entry = ts.Expression | ts.BindingPattern;

/** What lists inside the results hold instead: `r.flat()`, `r.flatMap((x) => x)`. */
export function laidOut(call: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(call.expression)) return false;
  const [fn] = call.arguments;
  if (call.expression.name.text === 'flat') return true;
  if (call.expression.name.text !== 'flatMap' || fn === undefined || !ts.isArrowFunction(fn)) return false;
  return fn.body.getText() === fn.parameters[0]?.name.getText();
}

function named(file: ParsedFile, name: ts.BindingName): readonly Entry[] {
  return ts.isIdentifier(name) ? usesOf(file, name) : [name];
}

function ofCallback(file: ParsedFile, call: ts.CallExpression, index: number): readonly Entry[] {
  const [fn] = call.arguments;
  if (fn === undefined || !(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn))) return [];
  const entry = fn.parameters[index];
  return entry === undefined ? [] : named(file, entry.name);
}

/** A place that uses a value: itself, or each use of the name it gets. */
function placesOf(file: ParsedFile, value: ts.Expression): readonly ts.Expression[] {
  const { parent } = wrapped(value);
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? usesOf(file, parent.name) : [value];
}

function ofMethod(file: ParsedFile, call: ts.CallExpression, method: string): readonly Entry[] {
  if (/^reduce(Right)?$/.test(method)) {
    // Without a start the first of them is what the others are put into.
    return [...ofCallback(file, call, 1), ...(call.arguments.length < 2 ? ofCallback(file, call, 0) : [])];
  }
  const own = walking.test(method) ? ofCallback(file, call, 0) : [];
  const kept = keeping.test(method) ? placesOf(file, call).flatMap((one) => entriesOf(file, one)) : [];
  return [...own, ...kept, ...(choosing.test(method) ? placesOf(file, call) : [])];
}

/** What is taken of a list by `const [first, ...others] = list`. */
const ofPattern = (file: ParsedFile, { elements }: ts.ArrayBindingPattern): readonly Entry[] =>
  elements.flatMap((one) => {
    if (ts.isOmittedExpression(one)) return [];
    const uses = named(file, one.name);
    if (one.dotDotDotToken === undefined) return uses;
    return uses.flatMap((use) => (ts.isExpression(use) ? entriesOf(file, use) : []));
  });

/** Every expression or pattern that is one thing of a list; `...list` among the arguments of a call is one as well. */
export function entriesOf(file: ParsedFile, list: ts.Expression): readonly Entry[] {
  const at = wrapped(list);
  const { parent } = at;
  if (ts.isForOfStatement(parent) && parent.expression === at) {
    const declared = ts.isVariableDeclarationList(parent.initializer) ? parent.initializer.declarations[0] : undefined;
    return declared === undefined ? [] : named(file, declared.name);
  }
  if (ts.isElementAccessExpression(parent)) return parent.expression === at ? placesOf(file, parent) : [];
  if (ts.isVariableDeclaration(parent) && ts.isArrayBindingPattern(parent.name)) return ofPattern(file, parent.name);
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== at) return [];
  const call = parent.parent;
  return ts.isCallExpression(call) && call.expression === parent ? ofMethod(file, call, parent.name.text) : [];
}

/** The call that puts all lists together that it is given: `[].concat(...lists)`. */
function concatOf(list: ts.Expression): ts.CallExpression | null {
  const { parent } = wrapped(list);
  const call = parent.parent;
  if (!ts.isSpreadElement(parent) || !ts.isCallExpression(call)) return null;
  return ts.isPropertyAccessExpression(call.expression) && call.expression.name.text === 'concat' ? call : null;
}

/** The lists that hold what the lists inside some results hold: `r.flat()`. */
export function laidOutOf(file: ParsedFile, list: ts.Expression): readonly ts.Expression[] {
  const concat = concatOf(list);
  if (concat !== null) return placesOf(file, concat);
  const access = wrapped(list).parent;
  const call = access.parent;
  if (!ts.isPropertyAccessExpression(access) || !ts.isCallExpression(call) || call.expression !== access) return [];
  return laidOut(call) ? placesOf(file, call) : [];
}
