/** results/result-entries: the expressions that are one of the results of a broadcast, where its list is used. */
import { functionOf } from '../doubts/made-entries.ts';
import { declarationOf } from '../syntax/free-names.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, isSetting, nameText, wrapped } from '../syntax/syntax.ts';
import { usesOf } from '../syntax/uses.ts';
import { ts } from '../typescript.js';

const walking = /^(map|flatMap|forEach|filter|find|findLast|some|every|findIndex|findLastIndex)$/;
/** Methods whose list holds what theirs holds. */
const keeping = /^(filter|slice|sort|reverse|concat|toSorted|toReversed|values)$/;
/** Methods that give one of the list. */
const choosing = /^(find|findLast|at|pop|shift)$/;

/** What one thing of a list is called, or how it is taken apart. */
export type Entry = ts.Expression | ts.BindingPattern;

function named(file: ParsedFile, name: ts.BindingName): readonly Entry[] {
  return ts.isIdentifier(name) ? usesOf(file, name) : [name];
}

function ofCallback(file: ParsedFile, call: ts.CallExpression, index: number): readonly Entry[] {
  const [callback] = call.arguments;
  const fn = callback === undefined ? null : functionOf(file, callback);
  const entry = fn?.parameters[index];
  return entry === undefined ? [] : named(file, entry.name);
}

/** A place that uses a value: itself, or each use of the name it gets. */
export function placesOf(file: ParsedFile, value: ts.Expression): readonly ts.Expression[] {
  const { parent } = wrapped(value);
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? usesOf(file, parent.name) : [value];
}

/** What stands behind the place in a pair of `list.entries()`. */
function ofPair(file: ParsedFile, pair: Entry): readonly Entry[] {
  if (ts.isArrayBindingPattern(pair)) return ofPattern(file, pair, 1);
  return ts.isObjectBindingPattern(pair) ? [] : entriesOf(file, pair);
}

function ofMethod(file: ParsedFile, call: ts.CallExpression, method: string): readonly Entry[] {
  if (/^reduce(Right)?$/.test(method)) {
    // Without a start the first of them is what the others are put into.
    return [...ofCallback(file, call, 1), ...(call.arguments.length < 2 ? ofCallback(file, call, 0) : [])];
  }
  if (method === 'entries') return entriesOf(file, call).flatMap((pair) => ofPair(file, pair));
  const own = walking.test(method) ? ofCallback(file, call, 0) : [];
  const kept = keeping.test(method) ? placesOf(file, call).flatMap((one) => entriesOf(file, one)) : [];
  return [...own, ...kept, ...(choosing.test(method) ? placesOf(file, call) : [])];
}

/** What is taken of a list by `const [first, ...others] = list`, from one of its places on. */
const ofPattern = (file: ParsedFile, { elements }: ts.ArrayBindingPattern, from = 0): readonly Entry[] =>
  elements.slice(from).flatMap((one) => {
    if (ts.isOmittedExpression(one)) return [];
    const uses = named(file, one.name);
    if (one.dotDotDotToken === undefined) return uses;
    return uses.flatMap((use) => (ts.isExpression(use) ? entriesOf(file, use) : []));
  });

/** Every expression or pattern that is one thing of a list, or of one that is taken apart as it comes. */
export function entriesIn(file: ParsedFile, list: Entry): readonly Entry[] {
  if (ts.isArrayBindingPattern(list)) return ofPattern(file, list);
  return ts.isObjectBindingPattern(list) ? [] : entriesOf(file, list);
}

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

/** Functions that make one list of the lists in another: `_.flatten(r)`, `[].concat.apply([], r)`. */
const flattening = /(^|\.)(flatten|flattenDeep|flattenDepth)$|\.concat\.apply$/;

/** Whether a call makes one list of the lists in one that it is given, whole or as `...list`. */
function flattens({ expression: called }: ts.CallExpression, isSpread: boolean): boolean {
  const text = called.getText().replace(/\s+/g, '');
  return flattening.test(text) || (isSpread && text.endsWith('.concat'));
}

/** Whether a callback gives what it has with its entry put behind: `(a, b) => a.concat(b)`, `(a, b) => [...a, ...b]`. */
function joins(file: ParsedFile, { arguments: [callback] }: ts.CallExpression): boolean {
  const fn = callback === undefined ? null : functionOf(file, callback);
  const entry = fn?.parameters[1]?.name.getText();
  if (fn === null || entry === undefined) return false;
  return descendants(fn.body).some((node) => isJoined(node, entry));
}

/** Whether a node puts the entries of a list that is named so into another. */
function isJoined(node: ts.Node, name: string): boolean {
  if (ts.isSpreadElement(node)) return node.expression.getText() === name;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  return node.expression.name.text === 'concat' && node.arguments.some((one) => one.getText() === name);
}

/** The list that a method makes of the lists inside its own. */
function laidOut(file: ParsedFile, call: ts.CallExpression, method: string): boolean {
  const [fn] = call.arguments;
  if (method === 'flat') return true;
  if (/^reduce(Right)?$/.test(method)) return joins(file, call);
  if (method !== 'flatMap' || fn === undefined || !ts.isArrowFunction(fn)) return false;
  return fn.body.getText() === fn.parameters[0]?.name.getText();
}

/** The list that a place puts a value into (`l.push(x)`), or what it holds (`l.push(...x)`, `l = l.concat(x)`). */
function filledWith(file: ParsedFile, value: ts.Expression, isLaidOut: boolean): readonly ts.Expression[] {
  const at = wrapped(value);
  const call = ts.isSpreadElement(at.parent) ? at.parent.parent : at.parent;
  if (!ts.isCallExpression(call) || call.expression === at) return [];
  if (!ts.isPropertyAccessExpression(call.expression)) return [];
  const { name, expression: list } = call.expression;
  const isFilled = /^(push|unshift)$/.test(name.text);
  if (isLaidOut !== (call !== at.parent || name.text === 'concat')) return [];
  const isSet = name.text === 'concat' && isSetting(call.parent) && call.parent.left.getText() === list.getText();
  return ts.isIdentifier(list) && (isFilled || isSet) ? usesOf(file, list) : [];
}

/** The list that has what a list holds behind its own: `all.concat(list)`. */
function addedTo(at: ts.Expression): ts.CallExpression | null {
  const { parent: call } = at;
  if (!ts.isCallExpression(call) || call.expression === at || !ts.isPropertyAccessExpression(call.expression))
    return null;
  return call.expression.name.text === 'concat' ? call : null;
}

/** The list that a method leaves of one, with entries of it: `list.filter(...)`, `all.concat(list)`. */
export function keptOf(list: Entry): readonly ts.Expression[] {
  if (!ts.isExpression(list)) return [];
  const at = wrapped(list);
  const { parent } = at;
  const added = addedTo(at);
  if (added !== null) return [added];
  const isKept = ts.isPropertyAccessExpression(parent) && keeping.test(parent.name.text);
  return isKept && ts.isCallExpression(parent.parent) && parent.parent.expression === parent ? [parent.parent] : [];
}

/** The lists that get each entry of one: `all.push(...list)`. */
export const addedInto = (file: ParsedFile, list: Entry): readonly ts.Expression[] =>
  ts.isExpression(list) && ts.isSpreadElement(wrapped(list).parent) ? filledWith(file, list, true) : [];

/** Whether a name is a list that somebody else handed over, who has it afterwards. */
function isHandedOver(name: ts.Expression): boolean {
  const declared = ts.isIdentifier(name) ? declarationOf(name, name.getSourceFile()) : null;
  if (declared === null || !ts.isParameter(declared)) return false;
  const call = declared.parent.parent;
  return !ts.isCallExpression(call) || !/\.reduce(Right)?$/.test(call.expression.getText());
}

/** The uses of a list of this place that a value, or what it holds, is put into. */
export function listsAround(file: ParsedFile, value: ts.Expression): readonly ts.Expression[] {
  const lists = [false, true].flatMap((isLaidOut) => filledWith(file, value, isLaidOut));
  return lists.some(isHandedOver) ? [] : lists;
}

/** Whether a value, or what it holds, is put into a list that is followed. */
export const isGathered = (file: ParsedFile, value: ts.Expression): boolean => listsAround(file, value).length > 0;

/** Every expression or pattern that is a member of an object, and what is left of it where the others are taken out. */
export function membersOf(file: ParsedFile, holder: Entry, name: string): readonly Entry[] {
  if (ts.isArrayBindingPattern(holder)) return [];
  if (ts.isObjectBindingPattern(holder)) {
    const one = holder.elements.find((element) => nameText(element.propertyName ?? element.name) === name);
    if (one !== undefined) return one.dotDotDotToken === undefined ? named(file, one.name) : [];
    return restOf(file, holder, name).flatMap((use) => membersOf(file, use, name));
  }
  const at = wrapped(holder);
  const { parent } = at;
  if (ts.isVariableDeclaration(parent) && parent.initializer === at && ts.isObjectBindingPattern(parent.name))
    return membersOf(file, parent.name, name);
  if (ts.isPropertyAccessExpression(parent)) return parent.name.text === name ? [parent] : [];
  if (!ts.isElementAccessExpression(parent) || parent.expression !== at) return [];
  const { argumentExpression: key } = parent;
  return !ts.isStringLiteralLike(key) || key.text === name ? [parent] : [];
}

/** The uses of what a pattern leaves of an object, where a member is in that. */
export function restOf(
  file: ParsedFile,
  { elements }: ts.ObjectBindingPattern,
  name: string,
): readonly ts.Expression[] {
  const rest = elements.find((one) => one.dotDotDotToken !== undefined);
  if (rest === undefined || !ts.isIdentifier(rest.name)) return [];
  const isTaken = elements.some((one) => one !== rest && nameText(one.propertyName ?? one.name) === name);
  return isTaken ? [] : usesOf(file, rest.name);
}

/** The lists that each of some results is put into as one. */
export const gatheredOf = (file: ParsedFile, list: ts.Expression): readonly ts.Expression[] =>
  entriesOf(file, list).flatMap((one) => (ts.isExpression(one) ? filledWith(file, one, false) : []));

/** The lists that hold what the lists inside some results hold: `r.flat()`, `[].concat(...r)`, `l.push(...r[0])`. */
export function laidOutOf(file: ParsedFile, list: ts.Expression): readonly ts.Expression[] {
  const at = wrapped(list);
  const around = ts.isSpreadElement(at.parent) ? at.parent.parent : at.parent;
  if (ts.isCallExpression(around) && around.expression !== at)
    return flattens(around, around !== at.parent) ? placesOf(file, around) : [];
  const entries = entriesOf(file, list).flatMap((one) => (ts.isExpression(one) ? filledWith(file, one, true) : []));
  if (!ts.isPropertyAccessExpression(around) || !ts.isCallExpression(around.parent)) return entries;
  const isOne = around.parent.expression === around && laidOut(file, around.parent, around.name.text);
  return [...entries, ...(isOne ? placesOf(file, around.parent) : [])];
}
