/** functions/data-notes: what of the data of a call was something else as JSON, where its function notices that. */
import { type HeldValue, heldValues } from '../doubts/held-values.ts';
import type { HandedData } from '../doubts/may-lack.ts';
import { maybeMissing } from '../doubts/maybe-missing.ts';
import { isThere } from '../doubts/surely-there.ts';
import { notFiniteValue } from '../doubts/value-finite.ts';
import { type InPlaceOfNull, tellsNull } from '../doubts/value-uses.ts';
import { ofUse } from '../results/entry-tests.ts';
import { tells } from '../results/holder-uses.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import { shortText } from '../syntax/short-text.ts';
import { descendants, wrapped } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { listNotes } from './data-lists.ts';
import { openNotes } from './data-open.ts';
import { isAt, namesOf, type Read, readsOf, staysInside } from './data-reads.ts';
import { asBefore, saidOnce, shownMember } from './data-words.ts';
import { asksDiscord } from './discord-calls.ts';

/** A value of the data that JSON made something else of. */
interface Changed extends HeldValue {
  readonly is: InPlaceOfNull;
  /** Whether it was left out, and not `null`. */
  readonly leftOut: boolean;
  /** Whether the text shows that it may be missing; else nothing proves that it is there. */
  readonly shown: boolean;
}

function changedOf(held: HeldValue): readonly Changed[] {
  const { file, value, names, inList, spread } = held;
  if (spread) return [];
  const number = notFiniteValue(file, value);
  if (number !== null) return [{ ...held, is: number, leftOut: false, shown: true }];
  // The data itself came as `undefined` before as well.
  if (names.length === 0) return [];
  return [{ ...held, is: 'undefined', leftOut: !inList, shown: held.missing || maybeMissing(file, value) }];
}

/** A default stands for `undefined` and not for `null`. */
function defaultFor({ fn }: FunctionSite, { names }: Changed): ts.Node | null {
  const data = fn.parameters[1];
  const isOne = (one: ts.Node): boolean =>
    ts.isBindingElement(one) && one.initializer !== undefined && isAt(namesOf(one), names);
  return (data === undefined ? undefined : descendants(data.name).find(isOne)) ?? null;
}

/** What a function does with a value that is `undefined` or NaN and was `null`. */
function withNull(site: FunctionSite, reads: readonly Read[], changed: Changed): ts.Node | null {
  const { names, inList, is, shown } = changed;
  const tellsIt = (node: ts.Expression): boolean => tellsNull(is, node) && (shown || isCompared(node));
  const value = reads.find((one) => isAt(one.names, names) && tellsIt(one.node));
  if (value !== undefined) return value.node;
  if (is === 'undefined' && defaultFor(site, changed) !== null) return defaultFor(site, changed);
  if (!inList) return null;
  const lists = reads.filter((one) => isAt(one.names, names.slice(0, -1)));
  const told = lists.find(({ node }) => ofUse(site.file, node) === 'strict' || (is !== 'undefined' && handsOn(node)));
  return told?.node ?? null;
}

/** Whether a place compares what stands there with nothing. */
function isCompared(node: ts.Expression): boolean {
  const { parent } = wrapped(node);
  return ts.isBinaryExpression(parent) && [parent.left, parent.right].some(isNothing);
}

/** Whether a list goes on as a whole, or is made a text; its entries one by one are looked at where they are read. */
function handsOn(list: ts.Expression): boolean {
  const at = wrapped(list);
  const { parent } = at;
  if (ts.isPropertyAccessExpression(parent)) return /^(join|toString)$/.test(parent.name.text);
  if (ts.isSpreadElement(parent)) return !ts.isArrayLiteralExpression(parent.parent) && tellsNull('nan', parent);
  const isPlace = ts.isBinaryExpression(parent) || ts.isConditionalExpression(parent) || ts.isTypeOfExpression(parent);
  const isAsked = ts.isCallExpression(parent) && /^Array\./.test(parent.expression.getText());
  return !isPlace && !isAsked && tellsNull('nan', list);
}

/** What a function does with an object or a list that holds such a value. */
function withHolder(site: FunctionSite, reads: readonly Read[], changed: Changed): ts.Node | null {
  const { names, leftOut } = changed;
  const isDiscord = (call: ts.CallExpression): boolean => asksDiscord(site.fn, call) || staysInside(site.fn, call);
  for (let length = names.length - 1; length >= 0; length -= 1) {
    const own = names[length] ?? '';
    const missing = leftOut && length === names.length - 1 ? [own] : null;
    const holding = { file: site.file, missing, handedOn: true, isDiscord };
    const found = reads.find(
      (one) => isAt(one.names, names.slice(0, length)) && !one.without.includes(own) && tells(holding, one.node),
    );
    if (found !== undefined) return found.node;
  }
  return null;
}

const words: Readonly<Record<InPlaceOfNull, string>> = {
  undefined: 'undefined',
  nan: 'NaN',
  infinite: 'NaN or Infinity',
};

/** Where a function tells a value from what JSON made of it, and nothing proves that it was the same. */
function toldAt(site: FunctionSite, reads: readonly Read[], one: Changed): ts.Node | null {
  // What was left out was `undefined` to whoever read it.
  const found = (one.leftOut ? null : withNull(site, reads, one)) ?? withHolder(site, reads, one);
  return found !== null && !one.shown && isThere(one.file, one.value) ? null : found;
}

/** A value that a function tells from what JSON made of it, and where. */
interface Told {
  readonly one: Changed;
  readonly found: ts.Node;
}

/** What there is to say of the first of such values, and of all others that are the same as it. */
function toldNotes({ fn }: FunctionSite, told: readonly Told[]): readonly Finding[] {
  const [first] = told;
  if (first === undefined) return [];
  const { is, leftOut, shown } = first.one;
  const same = told.filter(({ one }) => one.is === is && one.leftOut === leftOut && one.shown === shown);
  const what = [...new Set(same.map(({ one }) => shownMember(fn, one.names)))].join(', ');
  const write = saidOnce(same.map(({ one }) => asBefore(one, is)));
  const made = leftOut ? 'left out' : 'made null of';
  return [finding('DC-W14', { what, value: words[is], made, use: shortText(first.found), write })];
}

/** What there is to say of the data that a function is given. */
export function dataNotes(site: FunctionSite, { file, context, callers }: HandedData): readonly Finding[] {
  if (context === null || site.fn.parameters[1] === undefined) return [];
  const held = heldValues(file, context, callers);
  const reads = readsOf(site);
  const changed = held.flatMap(changedOf);
  const ordered = [...changed.filter(({ shown }) => shown), ...changed.filter(({ shown }) => !shown)];
  const told = ordered.flatMap((one) => {
    const found = toldAt(site, reads, one);
    return found === null ? [] : [{ one, found }];
  });
  if (told.length > 0) return toldNotes(site, told);
  const lists = listNotes(site, reads, held);
  return lists.length > 0 ? lists : openNotes(site, reads, held);
}
