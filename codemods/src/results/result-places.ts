/** results/result-places: where a value is used in the code behind a call, by way of names, choices, callers and functions of the bot. */
import type { CallSite } from '../syntax/call-site.ts';
import { isExported } from '../syntax/exported.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { isSetting, wrapped } from '../syntax/syntax.ts';
import { usesOf, usesOfResult } from '../syntax/uses.ts';
import { ts } from '../typescript.js';
import { calledFunction } from '../values/called-function.ts';
import { ofHolder, ofMade, type Place, type Putting } from './put-into.ts';
import { type Entry, isGathered, restOf } from './result-entries.ts';
import { goesOn, holderOf, madeOf } from './value-around.ts';

/** Finds every call of a function of the bot; `null` where some of them are not seen. */
export type CallersOf = (file: ParsedFile, fn: ts.SignatureDeclaration) => readonly CallSite[] | null;

/** Where a value is used, and where it goes out of sight. */
export interface Used {
  readonly uses: readonly Place[];
  readonly lost: readonly ts.Node[];
  /** The places of the objects and lists that it is put into. */
  readonly within: readonly Place[];
}

interface Following extends Putting<Following> {
  readonly callersOf: CallersOf;
  /** The functions that were followed to from calls: what they give comes back there. */
  readonly entered: Map<ts.Node, readonly CallSite[]>;
  /** Those of them that give it back. */
  readonly giving: Set<ts.Node>;
}

/** A pattern that takes the value apart; what it leaves of an object has the member as well: `({ id, ...rest }) => rest`. */
function ofPattern(to: Following, file: ParsedFile, pattern: ts.BindingPattern): void {
  to.uses.push({ file, node: pattern });
  if (to.member === null || !ts.isObjectBindingPattern(pattern)) return;
  for (const rest of restOf(file, pattern, to.member)) follow(to, file, rest);
}

/** What a variable or a parameter that is given the value does with it. */
function ofName(to: Following, file: ParsedFile, name: ts.BindingName): void {
  if (!ts.isIdentifier(name)) ofPattern(to, file, name);
  else for (const use of usesOf(file, name)) follow(to, file, use);
}

/** Keeps one more call that the value goes through. */
function enter({ entered }: Following, fn: ts.Node, site: CallSite): void {
  const calls = entered.get(fn) ?? [];
  if (!calls.some(({ call }) => call === site.call)) entered.set(fn, [...calls, site]);
}

/** What a function of the bot does with what it is given; `false` where it is not seen. */
function ofParameter(
  to: Following,
  file: ParsedFile,
  { callee, index }: { readonly callee: ts.Expression; readonly index: number },
): boolean {
  const called = calledFunction(file, callee);
  const { parent: call } = wrapped(callee);
  // A function that is handed over gives what its call gives.
  if (called !== null && ts.isCallExpression(call)) enter(to, called.fn, { file, call });
  const parameter = called?.fn.parameters[index];
  if (called === null || (parameter !== undefined && parameter.dotDotDotToken !== undefined)) return false;
  if (parameter !== undefined) ofName(to, called.file, parameter.name);
  // Where the function was walked before for another call, nothing leads back to this one any more.
  if (to.giving.has(called.fn) && ts.isCallExpression(call)) follow(to, file, call);
  return true;
}

function ofVariable(to: Following, file: ParsedFile, declared: ts.VariableDeclaration, at: ts.Expression): void {
  const { name } = declared;
  if (isExported(declared)) to.lost.push(at);
  // Entries are taken out of a list where it stands.
  if (ts.isArrayBindingPattern(name)) to.uses.push({ file, node: at });
  else ofName(to, file, name);
}

/** What `promise.then(...)` and its like make of what a promise gives; `false` for other members. */
function ofPromise(to: Following, file: ParsedFile, { name, parent: call }: ts.PropertyAccessExpression): boolean {
  if (!/^(then|catch|finally)$/.test(name.text) || !ts.isCallExpression(call)) return false;
  const [first] = call.arguments;
  if (name.text !== 'then') follow(to, file, call);
  else if (first === undefined || !ofParameter(to, file, { callee: first, index: 0 })) to.lost.push(call);
  return true;
}

/** Methods that look at what their callback gives, and no further. */
const testing = /^(filter|find|findIndex|findLast|findLastIndex|some|every|forEach|sort)$/;
/** What calls a function later, and asks for nothing. */
const unasked = /^(setTimeout|setInterval|setImmediate)$|\.(on|once|addListener)$/;

/** What becomes of what a callback gives. */
function ofCallback(to: Following, file: ParsedFile, call: ts.CallExpression): void {
  const { expression: callee } = call;
  const method = ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
  if (testing.test(method) || unasked.test(callee.getText())) return;
  if (/^(then|catch|finally|reduce|reduceRight)$/.test(method)) follow(to, file, call);
  else if (/^(map|flatMap|from)$/.test(method)) ofMade(to, file, { made: call, name: null });
  else to.lost.push(call);
}

function followEntry(to: Following, file: ParsedFile, entry: Entry): void {
  if (ts.isExpression(entry)) follow(to, file, entry);
  else ofPattern(to, file, entry);
}

/** What becomes of what a function gives: at its calls, or where it is handed over. */
function ofGiven(to: Following, file: ParsedFile, given: ts.Expression): void {
  const fn = ts.findAncestor(given.parent, ts.isFunctionLike);
  if (fn === undefined) return;
  const at = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn) : null;
  if (at !== null && ts.isCallExpression(at.parent)) {
    if (at.parent.expression === at) follow(to, file, at.parent);
    else ofCallback(to, file, at.parent);
    return;
  }
  const from = to.entered.get(fn);
  to.giving.add(fn);
  const callers = from === undefined ? to.callersOf(file, fn) : from;
  if (callers === null) to.lost.push(given);
  else for (const one of callers) follow(to, one.file, one.call);
}

/** What an operator makes of one of its sides. */
function ofBinary(
  to: Following,
  file: ParsedFile,
  { node, at }: { readonly node: ts.BinaryExpression; readonly at: ts.Expression },
): void {
  const { kind } = node.operatorToken;
  const { BarBarToken, QuestionQuestionToken, AmpersandAmpersandToken, CommaToken } = ts.SyntaxKind;
  if (isSetting(node) && node.left === at) return;
  if (isSetting(node) && ts.isIdentifier(node.left)) {
    ofName(to, file, node.left);
    return;
  }
  const isEither = kind === BarBarToken || kind === QuestionQuestionToken;
  const isRight = node.right === at && (kind === AmpersandAmpersandToken || kind === CommaToken);
  if (isEither || isRight) follow(to, file, node);
  else to.uses.push({ file, node: at });
}

/** What a call makes of a value that it is handed. */
function ofArgument(
  to: Following,
  file: ParsedFile,
  { call, at }: { readonly call: ts.CallExpression; readonly at: ts.Expression },
): void {
  const index = call.arguments.indexOf(at);
  const isSpread = call.arguments.slice(0, index).some(ts.isSpreadElement);
  if (isSpread || !ofParameter(to, file, { callee: call.expression, index })) to.uses.push({ file, node: at });
}

function follow(to: Following, file: ParsedFile, value: ts.Expression): void {
  const at = wrapped(value);
  if (to.seen.has(at)) return;
  to.seen.add(at);
  const { parent } = at;
  const next = goesOn(to, at);
  const made = madeOf(at);
  const holder = isGathered(file, at) ? null : holderOf(file, at);
  if (next !== null) follow(to, file, next);
  else if (made !== null) ofMade(to, file, made);
  else if (holder !== null) ofHolder(to, file, holder);
  else if (ts.isVariableDeclaration(parent)) ofVariable(to, file, parent, at);
  else if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === at)) ofGiven(to, file, at);
  else if (ts.isBinaryExpression(parent)) ofBinary(to, file, { node: parent, at });
  else if (ts.isCallExpression(parent) && parent.expression !== at) ofArgument(to, file, { call: parent, at });
  else if (!ts.isPropertyAccessExpression(parent) || !ofPromise(to, file, parent)) to.uses.push({ file, node: at });
}

/** Every place that uses some values in the end, and those where they go out of sight by being given back. */
export function usedAt(
  places: readonly Place[],
  { callersOf, entered, isList, member }: Pick<Following, 'callersOf' | 'entered' | 'isList' | 'member'>,
): Used {
  const to: Following = {
    callersOf,
    entered,
    isList,
    member,
    giving: new Set(),
    seen: new Set(),
    seenAround: new Map(),
    uses: [],
    lost: [],
    within: [],
    follow: followEntry,
  };
  for (const { file, node } of places) followEntry(to, file, node);
  return to;
}

/** The places that the results of a call come to first: itself, or where an entry of `Promise.all` or a member is read. */
export function resultsOf({ file, call }: CallSite): readonly Place[] {
  const found = usesOfResult(file, wrapped(call));
  return (found ?? [call]).map((node) => ({ file, node }));
}
