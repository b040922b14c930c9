/** values/value-parts: what a value is made of, as far as it is written: by names, lists, objects, calls and modules. */
import { exportedAs, exportedWhole, loadedFile, type ValueNode } from '../modules/loaded-values.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { mayEnd } from '../syntax/statements.ts';
import { requiredModule, returnedBy, returnsOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isPromise } from './promise-makers.ts';
import { accessName, lastPuts, putInto, setting } from './puts.ts';
import { importOf, type Source } from './sources.ts';
import { isFollowed, walkedIn } from './value-asked.ts';
import { ofCall } from './value-calls.ts';
import { holderOfThis, memberName, ofClass, ofInstance, ofObject } from './value-members.ts';
import { declaredBy, isFixed, isUnset } from './value-names.ts';
import { each, type Found, type Itself, type Next, type Origin } from './value-next.ts';
import {
  anyName,
  atPlace,
  type Body,
  before,
  beginning,
  held,
  inList,
  isEnd,
  isSeen,
  mayGoOn,
  ofEntries,
  opened,
  taking,
  unsure,
  type Walked,
  type Way,
  waited,
} from './value-way.ts';

type Parts = Generator<Found, void>;

const isAsync = (fn: ts.SignatureDeclaration): boolean =>
  (ts.getCombinedModifierFlags(fn) & ts.ModifierFlags.Async) !== 0;

const mayGiveNothing = (body: ts.ConciseBody): boolean =>
  ts.isBlock(body) && (mayEnd(body) || returnsOf(body).some(({ expression }) => expression === undefined));

/** What a function gives. */
function ofResult(way: Way, fn: Body): readonly Next[] {
  if (isSeen(way, fn)) return [];
  const [isWaited] = way.waits;
  if (isAsync(fn) && isWaited !== true) return isEnd(way) ? [{ node: fn, is: 'promise' }] : [];
  const nothing: readonly Next[] = isEnd(way) && mayGiveNothing(fn.body) ? [{ is: 'missing', node: fn }] : [];
  return [...each(way, returnedBy(fn)), ...nothing];
}

const isDeclared = (node: ts.Node): node is ts.FunctionDeclaration | ts.ClassDeclaration =>
  ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node);

/** What is declared as a function or a class. */
function ofDeclared(way: Way, node: ts.FunctionDeclaration | ts.ClassDeclaration): readonly Next[] {
  if (isEnd(way)) return [{ node, is: 'value' }];
  return ts.isClassDeclaration(node) ? ofClass(way, node) : [];
}

/** What is taken by its name of something that nothing is known of: `({ createdAt }) => createdAt`. */
function ofTaken(way: Way, node: ts.Node, sources: readonly Source[]): readonly Next[] {
  const isWritten = sources.some(({ value }) => !ts.isParameter(value) && ts.isObjectLiteralExpression(unwrap(value)));
  return ts.isBindingElement(node) && isEnd(way) && !isWritten && !way.stops ? [{ node, is: 'value' }] : [];
}

function ofSource(way: Way, { value, steps = [], under = [], spread, replaced }: Source): readonly Next[] {
  const to = under.reduce((at: Way | null, name) => (at === null ? null : held(at, name)), way);
  if (to === null || (replaced === true && to.stops && isEnd(to))) return [];
  const got = spread === undefined ? to : opened(to, spread);
  if (got !== null) return [{ way: before(got, steps), value }];
  return to.taken.length === 0 ? [] : [{ is: 'missing', node: value }];
}

const originOf = ({ taken, sure }: Way, node: ts.Node, global: string | null = null): Origin => ({
  is: 'origin',
  node,
  global,
  taken,
  sure,
});

/** What a name stands for: what it was set to, and what is put into it. */
function ofName(way: Way, name: ts.Identifier): readonly Next[] {
  const found = declarationOf(name, name.getSourceFile());
  if (found === null) {
    const imported = importOf(name);
    return imported === null
      ? [originOf(way, name, name.text)]
      : ofModule(before(way, imported.steps), name, imported.from);
  }
  const { since, puts } = lastPuts(name, putInto(name, found));
  if (isSeen(way, since ?? found)) return [];
  const sources = since === null ? declaredBy(way, found) : [];
  const own = isDeclared(found) ? ofDeclared(way, found) : ofTaken(way, found, sources);
  const unset: readonly Next[] = since === null && isEnd(way) && isUnset(found) ? [{ is: 'missing', node: found }] : [];
  const on = isFixed(name, found) ? way : unsure(way);
  return [...own, ...unset, ...[...sources, ...puts].flatMap((one) => ofSource(on, one))];
}

function ofExport(way: Way | null, value: ValueNode): readonly Next[] {
  if (way === null) return [];
  return isDeclared(value) ? ofDeclared(way, value) : [{ way, value }];
}

/** What a file of the bot exports; of another package nothing is known. */
function ofModule(way: Way, place: ts.Node, path: string): readonly Next[] {
  // Its default export is the process as well.
  if (/^(node:)?process$/.test(path)) {
    const taken = way.taken[0] === 'default' ? way.taken.slice(1) : way.taken;
    return [originOf({ ...way, taken }, place, 'process')];
  }
  const file = /^\.{1,2}(\/|$)/.test(path) ? loadedFile(place.getSourceFile().fileName, path) : null;
  if (file === null || isSeen(way, file.tree)) return [];
  const [name] = way.taken;
  const whole = exportedWhole(file).flatMap(({ value }) => ofExport(way, value));
  if (name === undefined) return whole;
  return [...exportedAs(file, name).flatMap(({ value }) => ofExport(held(way, name), value)), ...whole];
}

/** What an operator gives of its sides; an assignment gives what it assigns. */
function ofOperator({ operatorToken: { kind }, left, right }: ts.BinaryExpression): readonly ts.Expression[] {
  const { BarBarToken, QuestionQuestionToken, AmpersandAmpersandToken, CommaToken } = ts.SyntaxKind;
  if (kind === BarBarToken || kind === QuestionQuestionToken) return [left, right];
  return kind === AmpersandAmpersandToken || kind === CommaToken || setting.has(kind) ? [right] : [];
}

/** Whether what is asked for is one member, and an object is written without it: `{}`. */
function isWithout({ taken: [name, ...more], stops }: Way, value: ts.Expression): boolean {
  const at = unwrap(value);
  if (!stops || name === undefined || more.length > 0 || !ts.isObjectLiteralExpression(at)) return false;
  return !at.properties.some((one) => one.name === undefined || [name, anyName].includes(memberName(one.name)));
}

/** What is one of several. */
const ofChosen = (way: Way, all: readonly ts.Expression[]): readonly Next[] =>
  all.map((value) => (isWithout(way, value) ? { is: 'missing', node: value } : { way, value }));

function ofList(way: Way, { elements }: ts.ArrayLiteralExpression): readonly Next[] {
  const spread = elements.findIndex(ts.isSpreadElement);
  return elements.map((one, i) => {
    if (ts.isSpreadElement(one)) return { way: opened(inList(way)), value: one.expression };
    return { way: held(way, spread >= 0 && spread < i ? atPlace : String(i)), value: one };
  });
}

function ofNew(way: Way, { expression: made, arguments: given }: ts.NewExpression): readonly Next[] {
  if (/^(Map|Collection)$/.test(made.getText())) return each(ofEntries(way), given ?? []);
  if (/^(Set|Array)$/.test(made.getText())) return each(opened(way), given ?? []);
  const from: ts.ClassLikeDeclaration[] = [];
  const add = (name: ts.Expression): void => {
    for (const of of itselfOn(way)(name)) if (ts.isClassLike(of) && !from.includes(of)) from.push(of);
  };
  add(made);
  // Those that a class extends are looked at as well.
  for (const { heritageClauses = [] } of from)
    for (const { types, token } of heritageClauses)
      if (token === ts.SyntaxKind.ExtendsKeyword) for (const { expression } of types) add(expression);
  return from.flatMap((of) => (isSeen(way, of) ? [] : ofInstance(way, of)));
}

/** What is taken of `this`. */
function ofThis(way: Way, node: ts.Node): readonly Next[] {
  const holder = way.taken.length === 0 ? null : holderOfThis(node, way.moves);
  if (holder === null) return [originOf(way, node)];
  if (isSeen(way, holder)) return [];
  return ts.isObjectLiteralExpression(holder) ? ofObject(way, holder) : ofInstance(way, holder);
}

/** What is looked at next for an expression that is no promise, or waited for. */
function nextOf(from: Way, at: ts.Expression): readonly Next[] {
  const chosen = ts.isConditionalExpression(at) || ts.isBinaryExpression(at);
  const way = chosen ? unsure(from) : from;
  if (ts.isIdentifier(at)) return ofName(way, at);
  if (ts.isCallExpression(at)) {
    const loaded = requiredModule(at);
    return loaded === null ? ofCall(way, at, itselfOn(way)) : ofModule(way, at, loaded);
  }
  if (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at))
    return [{ way: taking(way, accessName(at)), value: at.expression }];
  if (ts.isNewExpression(at)) return ofNew(way, at);
  if (ts.isAwaitExpression(at)) return [{ way: waited(way), value: at.expression }];
  if (ts.isConditionalExpression(at)) return ofChosen(way, [at.whenTrue, at.whenFalse]);
  if (ts.isBinaryExpression(at)) return ofChosen(way, ofOperator(at));
  if (ts.isArrayLiteralExpression(at)) return ofList(way, at);
  if (at.kind === ts.SyntaxKind.ThisKeyword) return ofThis(way, at);
  return ts.isObjectLiteralExpression(at) ? ofObject(way, at) : [];
}

function* ofValue(way: Way, value: ts.Expression | ts.ParameterDeclaration): Parts {
  if (!mayGoOn(way)) return;
  if (ts.isParameter(value)) {
    yield originOf(way, value);
    return;
  }
  const at = unwrap(value);
  const [isWaited] = way.waits;
  if (ts.isNewExpression(at) && isWaited !== true && isPromise(at)) {
    if (isEnd(way)) yield { node: at, is: 'promise' };
    return;
  }
  const { sure } = way;
  if (isEnd(way) && !ts.isCallExpression(at)) {
    yield { node: at, is: 'value', sure };
    if (way.stops && !ts.isAwaitExpression(at)) return;
  }
  yield* follow(nextOf(way, at));
}

function* follow(all: readonly Next[]): Parts {
  for (const next of all) {
    if ('is' in next) yield next;
    else if (next.way === null) continue;
    else if ('value' in next) yield* ofValue(next.way, next.value);
    else for (const fn of next.results) yield* follow(ofResult(next.way, fn));
  }
}

/** What an expression itself is, by the name of its member that is asked for, as far as that is known. */
function namesIn(selves: Walked['kept'], node: ts.Node): Map<string, readonly ts.Node[]> {
  const names = selves.get(node) ?? new Map<string, readonly ts.Node[]>();
  selves.set(node, names);
  return names;
}

/** @returns what finds what an expression itself is, on the way to something else */
function itselfOn({ walked, moves }: Way): Itself {
  const { kept, known } = walked;
  return (node, name) => {
    const key = name ?? '';
    const found = kept.get(node)?.get(key) ?? known.get(node)?.get(key);
    if (found !== undefined) return found;
    const isFirst = known.size === 0;
    // What is found by itself alone is not.
    namesIn(known, node).set(key, []);
    const from: Way = { ...beginning(false), walked, moves };
    const parts = [...ofValue(name === undefined ? from : taking(from, name), node)];
    const nodes = parts.flatMap((part) => (part.is === 'value' ? [part.node] : []));
    namesIn(isFirst ? kept : known, node).set(key, nodes);
    // What was found while this was asked for may lack something.
    if (isFirst) known.clear();
    return nodes;
  };
}

/** The way of a value in a function, which shares what is walked there. */
const beginningIn = (within: ts.Node | null, ...waits: readonly boolean[]): Way => ({
  ...beginning(false, ...waits),
  within,
  moves: within,
  ...(within !== null && { walked: walkedIn(within) }),
});

/** What a value is and holds. */
export const partsOf = (node: ts.Expression): Parts => ofValue(beginning(true), node);

/** What a name or a member may be, in a function: the expressions that say it, or what it is taken of. */
export function meaningsOf(within: ts.Node | null, node: ts.Expression): readonly Found[] {
  return [...follow(nextOf({ ...beginningIn(within, true), stops: true }, unwrap(node)))];
}

/** What the entries of a list may be, in a function. */
export function entriesOf(within: ts.Node, node: ts.Expression): readonly Found[] {
  const way = waited(before({ ...beginningIn(within, true), stops: true }, [atPlace]));
  return [...ofValue(way, node)];
}

/** Whether a name or a call in a function gives what an async function of the text promises. */
export function isPromised(within: ts.Node, node: ts.Expression): boolean {
  if (!isFollowed(within)) return false;
  const found = [...follow(nextOf(beginningIn(within), unwrap(node)))];
  return found.some(({ is, node: { kind } }) => is === 'promise' && kind !== ts.SyntaxKind.CallExpression);
}

/** What an expression is taken of in the end, in a function: whatever is called, chosen or set on the way. */
export function originsOf(within: ts.Node, node: ts.Expression): readonly Origin[] {
  const found = [...follow(nextOf(beginningIn(within), unwrap(node)))];
  return found.flatMap((one) => (one.is === 'origin' ? [one] : []));
}

/** What a function gives, once that has been waited for. */
export const partsOfResult = (fn: Body): Parts => follow(ofResult({ ...beginning(true, true), moves: fn }, fn));
