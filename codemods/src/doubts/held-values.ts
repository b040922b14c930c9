/** doubts/held-values: what the data of a call holds, member by member, as far as it is written. */
import { isAccess } from '../syntax/access.ts';
import type { CallSite } from '../syntax/call-site.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { isNameOnly, nameText, placesOf, returnedBy, symbolOf, unwrap, wrapped } from '../syntax/syntax.ts';
import { writesToVariable, writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { calledFunction } from '../values/called-function.ts';
import { anyStep } from './any-step.ts';
import { entriesMade, functionOf } from './made-entries.ts';
import { isLookedAt } from './maybe-missing.ts';

/** One value that is not taken apart further, and where it is held. */
export interface HeldValue {
  readonly names: readonly string[];
  readonly value: ts.Expression;
  /** Whether it is an entry of a list. */
  readonly inList: boolean;
  /** Whether nothing is given for it: an argument that a call leaves out. */
  readonly missing: boolean;
  /** Whether its members or entries are put there, and not itself: `{ ...value }`, `[...value]`. */
  readonly spread: boolean;
  /** The file that it is written in. */
  readonly file: ParsedFile;
}

interface At {
  readonly file: ParsedFile;
  readonly names: readonly string[];
  readonly inList: boolean;
  readonly depth: number;
  /** The variables that are followed: one that is made of itself says nothing more the second time. */
  readonly within: readonly ts.Declaration[];
  /** How many steps are left for all of the value. */
  readonly steps: { left: number };
  /** The functions that are followed, with what their calls give them. */
  readonly calls: readonly { readonly fn: ts.SignatureDeclaration; readonly given: readonly ts.Expression[] }[];
  /** The calls that lead to the value from outside, the nearest first: those of wrappers around a broadcast. */
  readonly callers: readonly CallSite[];
}

const below = (at: At, name: string, inList: boolean): At => ({ ...at, names: [...at.names, name], inList });

const wholeOf = ({ names, inList, file }: At, value: ts.Expression): readonly HeldValue[] => [
  { names, value, inList, file, missing: false, spread: false },
];

/** What is put into an object of the members of another. */
const membersPut = (at: At, value: ts.Expression): readonly HeldValue[] =>
  heldIn(at, value).map((one) => (one.names.length === at.names.length ? { ...one, spread: true } : one));

function ofObject(at: At, { properties }: ts.ObjectLiteralExpression): readonly HeldValue[] {
  const nameOf = (one: ts.ObjectLiteralElementLike): string => (one.name === undefined ? '' : nameText(one.name));
  const last = new Map(properties.map((one) => [nameOf(one), one] as const));
  return properties.flatMap((one) => {
    if (ts.isSpreadAssignment(one)) return membersPut(at, one.expression);
    const name = nameOf(one);
    // A later one takes its place.
    if (last.get(name) !== one) return [];
    if (ts.isShorthandPropertyAssignment(one)) return heldIn(below(at, name, false), one.name);
    return ts.isPropertyAssignment(one) ? heldIn(below(at, name, false), one.initializer) : [];
  });
}

const isPush = (name: string | null): boolean => name === 'push' || name === 'unshift';

/** What one mention of a name puts into what it holds: `o.a = x`, `o['a'].b = x`, `o.list.push(x)`, `Object.assign(o, x)`. */
function putAt(from: At, place: ts.Expression): readonly HeldValue[] {
  let node = wrapped(place);
  let at = from;
  for (let { parent } = node; isAccess(parent) && parent.expression === node; { parent } = node) {
    const name = ts.isPropertyAccessExpression(parent) ? parent.name.text : keyText(parent.argumentExpression);
    const call = wrapped(parent).parent;
    if (isPush(name) && ts.isCallExpression(call))
      return call.arguments.flatMap((one) => heldIn(below(at, anyStep, true), one));
    at = below(at, name, false);
    node = wrapped(parent);
  }
  const { parent: call } = node;
  const isAssigned = ts.isCallExpression(call) && call.arguments[0] === node;
  if (isAssigned && call.expression.getText() === 'Object.assign')
    return call.arguments.slice(1).flatMap((one) => membersPut(at, one));
  return at === from ? [] : writtenAt(node).flatMap((value) => (value === null ? [] : heldIn(at, value)));
}

/** The name behind a key that is written; the key itself where it is made. */
const keyText = (key: ts.Expression): string => (ts.isStringLiteralLike(key) ? key.text : `[${key.getText()}]`);

// A name may stand thousands of times in one list.
const givenFor = new WeakMap<ts.Declaration, Given>();

/** Whether something may be put into what a name holds where it stands: `o.a`, `Object.assign(o, x)`. */
function mayPut(place: ts.Identifier): boolean {
  const { parent } = wrapped(place);
  return isAccess(parent) || ts.isCallExpression(parent);
}

/** What a variable is given, and the places where something may be put into it. */
interface Given {
  readonly values: readonly ts.Expression[];
  readonly places: readonly ts.Identifier[];
}

function givenTo({ file }: At, symbol: ts.Symbol, declared: ts.VariableDeclaration): Given {
  const known = givenFor.get(declared);
  if (known !== undefined) return known;
  const { name, initializer } = declared;
  const places = ts.isIdentifier(name) ? placesOf(file.tree, name.text).filter(ts.isIdentifier) : [];
  const given: Given = {
    values: [initializer ?? null, ...writesToVariable(file, symbol)].flatMap((one) => one ?? []),
    places: places.filter((place) => mayPut(place) && !isNameOnly(place) && symbolOf(file.checker, place) === symbol),
  };
  givenFor.set(declared, given);
  return given;
}

/** The members of what may stand for a value, beside the value itself. */
function membersOf(at: At, node: ts.Expression, found: readonly HeldValue[]): readonly HeldValue[] | null {
  const members = found.filter(({ names }) => names.length > at.names.length);
  return members.length === 0 ? null : [...members, ...wholeOf(at, node)];
}

/** What a member of a value holds; `null` where that is not written. */
function ofMember(at: At, value: ts.Expression, name: string): readonly HeldValue[] | null {
  const held = heldIn({ ...at, names: [] }, value).filter(({ names: [first] }) => first === name);
  return held.length === 0 ? null : held.map((one) => ({ ...one, names: [...at.names, ...one.names.slice(1)] }));
}

/** What is made elsewhere, but for the value itself where a test looks at it before. */
const unlessSeen = (at: At, node: ts.Expression, held: readonly HeldValue[] | null): readonly HeldValue[] | null =>
  held !== null && isLookedAt(node) ? membersOf(at, node, held) : held;

/** Whether a call runs a function; what another file exports is parsed apart from it. */
function calls({ file, call }: CallSite, fn: ts.Node): boolean {
  const called = calledFunction(file, call.expression)?.fn;
  if (called === undefined || called.pos !== fn.pos || called.end !== fn.end) return false;
  return called.getSourceFile().fileName === fn.getSourceFile().fileName;
}

/** The call that gives a parameter its value, and how that value is followed; `null` where none is known. */
function callOf(at: At, { parent: fn }: ts.ParameterDeclaration) {
  const call = at.calls.find((one) => one.fn === fn);
  if (call !== undefined) return { given: call.given, outer: { ...at, calls: at.calls.filter((one) => one !== call) } };
  const [next, ...callers] = at.callers;
  if (next === undefined || !calls(next, fn)) return null;
  return { given: next.call.arguments, outer: { ...at, file: next.file, calls: [], callers } };
}

/** What a parameter is given by the call that is followed; `null` for any other name. */
function ofGiven(at: At, name: ts.Identifier, declared: ts.Declaration): readonly HeldValue[] | null {
  const parameter = ts.findAncestor(declared, ts.isParameter);
  if (parameter === undefined || parameter.dotDotDotToken !== undefined) return null;
  const call = callOf(at, parameter);
  const index = parameter.parent.parameters.indexOf(parameter);
  if (call === null || call.given.slice(0, index + 1).some(ts.isSpreadElement)) return null;
  const { given, outer } = call;
  const value = given[index] ?? parameter.initializer;
  if (declared === parameter) {
    const nothing = wholeOf(at, name).map((one) => ({ ...one, missing: true }));
    return unlessSeen(at, name, value === undefined ? nothing : heldIn(outer, value));
  }
  if (value === undefined || !ts.isBindingElement(declared) || declared.parent !== parameter.name) return null;
  return ofMember(outer, value, nameText(declared.propertyName ?? declared.name));
}

function ofName(at: At, name: ts.Identifier): readonly HeldValue[] | null {
  const symbol = symbolOf(at.file.checker, name);
  const declared = symbol?.valueDeclaration;
  if (symbol === undefined || declared === undefined) return null;
  if (!ts.isVariableDeclaration(declared)) return ofGiven(at, name, declared);
  if (at.within.includes(declared)) return null;
  const { values, places } = givenTo(at, symbol, declared);
  const inside = { ...at, within: [...at.within, declared] };
  const later = places.flatMap((place) => putAt(inside, place));
  return membersOf(at, name, [...values.flatMap((one) => heldIn(inside, one)), ...later]);
}

/** What a function of the file gives, and what is frozen or assigned. */
function ofCall(at: At, call: ts.CallExpression): readonly HeldValue[] | null {
  if (/^Object\.(freeze|seal|assign)$/.test(call.expression.getText()))
    return call.arguments.flatMap((one) => membersPut(at, one));
  const entries = entriesMade(at.file, call);
  if (entries.length > 0) {
    const held = entries.flatMap((one) => heldIn(below(at, anyStep, true), one));
    // There may be no list at all: `guild?.members.cache.map(...)`.
    return call.flags & ts.NodeFlags.OptionalChain ? membersOf(at, call, held) : held;
  }
  const fn = functionOf(at.file, call.expression);
  if (fn === null || at.calls.some((one) => one.fn === fn)) return null;
  const inner = { ...at, calls: [{ fn, given: call.arguments }, ...at.calls] };
  return membersOf(
    at,
    call,
    returnedBy(fn).flatMap((one) => heldIn(inner, one)),
  );
}

/** What a value is one of: the sides of a choice, what is waited for. */
function choicesOf(node: ts.Expression): readonly ts.Expression[] {
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse];
  if (ts.isAwaitExpression(node)) return [node.expression];
  return ts.isBinaryExpression(node) ? [node.left, node.right] : [];
}

function ofParts(at: At, node: ts.Expression): readonly HeldValue[] | null {
  if (ts.isObjectLiteralExpression(node)) return ofObject(at, node);
  if (ts.isArrayLiteralExpression(node))
    return node.elements.flatMap((one, i) => {
      if (!ts.isSpreadElement(one)) return heldIn(below(at, String(i), true), one);
      const inside = below(at, anyStep, true);
      const made = entriesMade(at.file, one.expression);
      if (made.length === 0) return wholeOf(inside, one.expression).map((whole) => ({ ...whole, spread: true }));
      return made.flatMap((entry) => heldIn(inside, entry));
    });
  if (ts.isIdentifier(node)) return ofName(at, node);
  if (ts.isCallExpression(node)) return ofCall(at, node);
  if (ts.isPropertyAccessExpression(node)) return unlessSeen(at, node, ofMember(at, node.expression, node.name.text));
  return membersOf(
    at,
    node,
    choicesOf(node).flatMap((one) => heldIn(at, one)),
  );
}

function heldIn(from: At, value: ts.Expression): readonly HeldValue[] {
  const node = unwrap(value);
  const at = { ...from, depth: from.depth - 1 };
  at.steps.left -= 1;
  return at.depth < 0 || at.steps.left < 0 ? wholeOf(at, node) : (ofParts(at, node) ?? wholeOf(at, node));
}

/** More than any data that somebody wrote. */
const mostSteps = 20_000;

/** What a value holds: itself alone where it is not written as an object or a list. */
export const heldValues = (
  file: ParsedFile,
  value: ts.Expression,
  callers: readonly CallSite[] = [],
): readonly HeldValue[] =>
  heldIn(
    { file, names: [], inList: false, depth: 8, within: [], steps: { left: mostSteps }, calls: [], callers },
    value,
  );
