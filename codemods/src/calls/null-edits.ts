/** calls/null-edits: what a function gives has no `undefined` where JSON made `null` of it so far. */
import { mayPromiseNothing } from '../doubts/always-given.ts';
import { holdsNothing, isOfAsync, madeFor } from '../doubts/held-nothing.ts';
import { isList } from '../doubts/list-kinds.ts';
import type { Reading } from '../doubts/may-lack.ts';
import { isAct, isNoPromise, isSurelyPromise, mayWait } from '../doubts/no-promise.ts';
import { mayBeNothing } from '../doubts/nothing.ts';
import { isWhole } from '../doubts/whole-lists.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import type { Splice } from '../syntax/edits.ts';
import { cutText } from '../syntax/short-text.ts';
import { type MovableFunction, returnedBy, returnsOf, unwrap } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { isPromised } from '../values/value-parts.ts';
import { endEdits } from './null-end.ts';
import type { Nulls } from './nulls-told.ts';

type AnyFunction = MovableFunction | ts.ArrowFunction | ts.FunctionExpression;

interface Work {
  readonly reading: Reading;
  /** What of which nothing tells that it may be missing is looked at as well; of members, only what can be filled is. */
  readonly open: 'all' | 'members' | 'none';
  /** In how many lists, one inside the other, every entry has to be surely there. */
  readonly levels: number;
  /** Whether these lists are looked at where nobody sees it: what nothing shows to be a list is taken for none then. */
  readonly isBeyond: boolean;
  /** The nothing of a function that never gives anything is looked at. */
  readonly asked: boolean;
  readonly edits: Splice[];
  /** What may be nothing, or hold it, where no edit can be written that is sure to be right. */
  readonly lost: ts.Node[];
  /** Those that may be a promise, which would have to be waited for. */
  readonly promised: ts.Node[];
}

const isFunction = (node: ts.Node | undefined): node is ts.ArrowFunction | ts.FunctionExpression =>
  node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));

/** `a || b` does not go with `??` unless it stands in parentheses; the others read better like that. */
const needsParentheses = (node: ts.Expression): boolean =>
  ts.isAwaitExpression(node) ||
  ts.isConditionalExpression(node) ||
  ts.isArrowFunction(node) ||
  (ts.isBinaryExpression(node) && node.operatorToken.kind !== ts.SyntaxKind.QuestionQuestionToken);

/** What `void work()` does; `null` where nothing is done, as by `void 0`. */
function workOf(node: ts.Expression): ts.Expression | null {
  if (!ts.isVoidExpression(node)) return null;
  return ts.isLiteralExpression(unwrap(node.expression)) ? null : node.expression;
}

const filledLater = '.then((one) => one ?? null)';

/** Fills what may be a promise: where it surely is one, or where it can be waited for. */
function fillPromise({ reading, edits, lost, promised }: Work, node: ts.Expression): void {
  const at = unwrap(node);
  const [start, end] = [node.getStart(), node.end];
  if (node === at && isSurelyPromise(reading, at)) edits.push({ start: end, end, text: filledLater });
  else if (mayWait(at)) {
    const isOpen = node === at && (needsParentheses(at) || ts.isBinaryExpression(at));
    const [before, behind] = isOpen ? ['(await (', ')) ?? null'] : ['(await ', ') ?? null'];
    edits.push({ start, end: start, text: before }, { start: end, end, text: behind });
  } else {
    lost.push(at);
    promised.push(at);
  }
}

/** Whether a value of which nothing tells that it may be missing is looked at. */
const asksOpen = ({ reading, open }: Work, at: ts.Expression): boolean =>
  open === 'all' || (open === 'members' && ts.isPropertyAccessExpression(at) && isNoPromise(reading, at));

function fillValue(work: Work, node: ts.Expression): void {
  const { reading, edits, lost } = work;
  const at = unwrap(node);
  const found = mayBeNothing(reading.file, at, reading);
  if (found === 'never' || (found === 'open' && !asksOpen(work, at))) return;
  // `as T` and `!` around it say that it is there.
  const [start, end] = [node.getStart(), node.end];
  const done = workOf(at);
  if (done !== null) {
    edits.push({ start, end: done.getStart(), text: '(' }, { start: done.end, end, text: ', null)' });
    return;
  }
  if (isNothing(at)) {
    edits.push({ start, end, text: 'null' });
    return;
  }
  if (isPromised(reading.fn, at)) {
    if (isOfAsync(at)) edits.push({ start: end, end, text: filledLater });
    else lost.push(at);
    return;
  }
  if (!isNoPromise(reading, at)) {
    // Methods of discord.js promise something, except for some.
    if (found === 'likely' || !isAct(at) || mayPromiseNothing(reading.fn, at)) fillPromise(work, node);
    return;
  }
  const isBare = !ts.isParenthesizedExpression(node) && needsParentheses(node);
  if (isBare) edits.push({ start, end: start, text: '(' });
  edits.push({ start: end, end, text: isBare ? ') ?? null' : ' ?? null' });
}

/** `promise.then(f, g)`, `promise.catch(f)`: the functions whose values it gives, and the promise where that is one too. */
function ofPromise(node: ts.Expression) {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return null;
  const { name, expression } = node.expression;
  const fns = node.arguments.filter(isFunction);
  if (!/^(then|catch)$/.test(name.text) || fns.length === 0) return null;
  return { fns, before: name.text === 'catch' ? unwrap(expression) : null };
}

/** The function that is called right where it is written: `(() => 1)()`, `(function () {}).call(client)`. */
function calledHere(at: ts.Expression) {
  if (!ts.isCallExpression(at) || (at.flags & ts.NodeFlags.OptionalChain) !== 0) return null;
  const callee = unwrap(at.expression);
  const isHandedThis = ts.isPropertyAccessExpression(callee) && /^(apply|call)$/.test(callee.name.text);
  const fn = isHandedThis ? unwrap(callee.expression) : callee;
  return isFunction(fn) && fn.asteriskToken === undefined ? fn : null;
}

/** Fills what an expression gives: right there, or in the branches and callbacks it comes from. */
function fill(work: Work, node: ts.Expression): void {
  const at = unwrap(node);
  if (ts.isConditionalExpression(at)) {
    fill(work, at.whenTrue);
    fill(work, at.whenFalse);
    return;
  }
  const given = ts.isAwaitExpression(at) ? unwrap(at.expression) : at;
  const called = calledHere(given);
  if (called !== null) {
    fillFunction(work, called);
    return;
  }
  const promise = ofPromise(given);
  if (promise !== null) {
    const { fns, before } = promise;
    for (const fn of fns) fillFunction(work, fn);
    if (before !== null && ofPromise(before) !== null) fill(work, before);
    else if (before !== null && isPromised(work.reading.fn, before)) fillValue(work, before);
    if ((at.flags & ts.NodeFlags.OptionalChain) === 0) return;
  }
  fillLists(work, at);
  fillValue(work, node);
}

/** Says of a list that it may hold nothing where that cannot be filled. */
function lose({ reading, levels, isBeyond, lost }: Work, at: ts.Expression): void {
  const asked = isBeyond ? Math.min(levels, 1) : levels;
  const isSure = (isBeyond && !isList(reading, at)) || isWhole(reading, at, asked);
  if (holdsNothing(reading, at) || !isSure) lost.push(at);
}

/** The work on the entries of a list. */
const inList = (work: Work): Work => {
  const isTold = work.levels > 0;
  return { ...work, open: isTold ? 'all' : 'none', asked: isTold, levels: isTold ? work.levels - 1 : 0 };
};

/** Fills the list that a name stands for: where it is made, if nothing else reads that. */
function fillNamed(work: Work, name: ts.Identifier): void {
  const made = madeFor(name);
  if (made === null) lose(work, name);
  else fillLists(work, made);
}

function fillEntries(work: Work, { elements }: ts.ArrayLiteralExpression): void {
  for (const one of elements) {
    if (ts.isSpreadElement(one)) fillLists(work, one.expression);
    else if (ts.isOmittedExpression(one)) work.lost.push(one);
    else fill(inList(work), one);
  }
}

function fillMembers(work: Work, { properties }: ts.ObjectLiteralExpression): void {
  for (const one of properties) {
    if (ts.isPropertyAssignment(one)) fillLists(work, one.initializer);
    else if (ts.isShorthandPropertyAssignment(one)) fillNamed(work, one.name);
    else if (ts.isSpreadAssignment(one) && work.levels > 0) lose(work, one.expression);
  }
}

/** Fills the lists that a value is made of. */
function fillLists(work: Work, node: ts.Expression): void {
  const outer = unwrap(node);
  const at = ts.isAwaitExpression(outer) ? unwrap(outer.expression) : outer;
  if (ts.isArrayLiteralExpression(at)) fillEntries(work, at);
  else if (ts.isObjectLiteralExpression(at)) fillMembers(work, at);
  else if (ts.isCallExpression(at)) fillListOf(work, at);
  else if (ts.isConditionalExpression(at) && at === outer) {
    fillLists(work, at.whenTrue);
    fillLists(work, at.whenFalse);
  } else if (ts.isIdentifier(at) && at === outer) fillNamed(work, at);
  else lose(work, outer);
}

/** Fills the list that a call gives. */
function fillListOf(work: Work, call: ts.CallExpression): void {
  const { expression: callee, arguments: given } = call;
  const [first, second] = given;
  const inside = inList(work);
  if (!ts.isPropertyAccessExpression(callee)) lose(work, call);
  else if (callee.getText() === 'Array.from' && isFunction(second)) fillFunction(inside, second);
  else if (callee.getText() === 'Promise.all' && first !== undefined) fillLists(work, first);
  else if (callee.name.text === 'map' && isFunction(first)) fillFunction(inside, first);
  else if (callee.name.text === 'flat')
    fillLists({ ...work, levels: work.levels && work.levels + 1 }, callee.expression);
  else if (callee.name.text === 'slice') fillLists(work, callee.expression);
  // What these give are objects, and JSON dropped what is nothing of an object.
  else if (callee.getText() !== 'Promise.allSettled') lose(work, call);
}

/** Fills everything a function gives. One that never gives anything is left, unless its nothing is looked at. */
function fillFunction(work: Work, fn: AnyFunction): void {
  const { body } = fn;
  if (!ts.isBlock(body)) {
    fill(work, body);
    return;
  }
  const returns = returnsOf(body);
  const gives = returns.some(({ expression }) => expression !== undefined);
  if (!gives && !work.asked && body.statements.length > 0) return;
  for (const one of returns) {
    if (one.expression !== undefined) fill(work, one.expression);
    else
      work.edits.push({
        start: one.getStart() + 'return'.length,
        end: one.getStart() + 'return'.length,
        text: ' null',
      });
  }
  work.edits.push(...endEdits(body));
}

/** What keeps for the callers of a function what they have got for what is not there. */
export interface KeptNulls {
  readonly edits: readonly Splice[];
  /** That something is left that no edit keeps. */
  readonly notes: readonly Finding[];
}

/** What to do about the first that is left. */
function noteOf({ lost, promised }: Work): Finding {
  const [first] = lost;
  if (first === undefined || !promised.includes(first)) return finding('DC-W6');
  const isFilled = ts.isBinaryExpression(first) && first.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
  const awaited = cutText(isFilled ? first.left : first);
  return finding('DC-W6', { how: `\`(await ${awaited}) ?? null\` in an async function, since it may be a promise` });
}

/** The edits that keep what the callers of a function have got for what is not there, and whether that is all of it. */
export function keptNulls({ file, fn }: FunctionSite, nulls: Nulls | null): KeptNulls {
  if (nulls === null) return { edits: [], notes: [] };
  const { entries, told, inside, beyond, data, isSaid } = nulls;
  const work: Work = {
    reading: { file, fn, data },
    // Out of sight a type is believed that says nothing of it.
    open: told === 'no' || (file.typed && told === 'perhaps') ? 'none' : 'all',
    levels: Math.max(inside, beyond),
    isBeyond: inside === 0,
    asked: told !== 'no' && !(file.typed && told === 'perhaps'),
    edits: [],
    lost: [],
    promised: [],
  };
  if (entries && told !== 'no') fillFunction(work, fn);
  else for (const one of returnedBy(fn)) fillLists(work, one);
  const isLeft = work.lost.length > 0 || (isSaid && work.edits.length > 0);
  return { edits: isSaid ? [] : work.edits, notes: isLeft ? [noteOf(work)] : [] };
}
