/** analyze/data-notes: what of the data of a call was something else as JSON, where its function notices that. */
import { type Finding, finding } from '../rules/reasons.ts';
import { ts } from '../typescript.js';
import type { FunctionSite } from './call-site.ts';
import { asBefore, shownMember } from './data-words.ts';
import { asksDiscord } from './discord-calls.ts';
import { ofUse } from './entry-tests.ts';
import { anyPlace, type HeldValue, heldValues } from './held-values.ts';
import { tells } from './holder-uses.ts';
import type { HandedData } from './may-lack.ts';
import { maybeMissing } from './maybe-missing.ts';
import { shortText } from './short-text.ts';
import { descendants, isDeclarationName, isNameOnly, nameText, symbolOf, wrapped } from './syntax.ts';
import { notFiniteValue } from './value-finite.ts';
import { pathsIn } from './value-path.ts';
import { type InPlaceOfNull, tellsNull } from './value-uses.ts';

/** A value of the data that JSON made something else of. */
interface Changed extends HeldValue {
  readonly is: InPlaceOfNull;
  /** Whether it was left out, and not `null`. */
  readonly leftOut: boolean;
}

function changedOf(held: HeldValue): readonly Changed[] {
  const { file, value, names, inList } = held;
  const number = notFiniteValue(file, value);
  if (number !== null) return [{ ...held, is: number, leftOut: false }];
  // The data itself came as `undefined` before as well.
  if (names.length === 0 || !(held.missing || maybeMissing(file, value))) return [];
  return [{ ...held, is: 'undefined', leftOut: !inList }];
}

/** A place of a function that reads its data. */
interface Read {
  readonly node: ts.Expression;
  readonly names: readonly (string | null)[];
  /** The names that a pattern took out before: `({ id, ...rest }) => rest`. */
  readonly without: readonly string[];
}

/** What leads to the object that a pattern takes apart, where it is the data or a part of it. */
function pathOfPattern({ fn }: FunctionSite, pattern: ts.ObjectBindingPattern): Read['names'] | null {
  const { parent: holder } = pattern;
  if (ts.isVariableDeclaration(holder)) {
    const paths = holder.initializer === undefined ? [] : pathsIn(fn, holder.initializer);
    return paths.find(({ root }) => root === 'data')?.names ?? null;
  }
  if (ts.findAncestor(pattern, ts.isParameter) !== fn.parameters[1]) return null;
  return ts.isBindingElement(holder) ? namesOf(holder) : [];
}

/** What the rest of an object holds that a pattern takes out of the data. */
function restOf(site: FunctionSite, node: ts.Expression): Omit<Read, 'node'> | null {
  if (!ts.isIdentifier(node)) return null;
  const declared = symbolOf(site.file.checker, node)?.valueDeclaration;
  if (declared === undefined || !ts.isBindingElement(declared) || declared.dotDotDotToken === undefined) return null;
  const { parent: pattern } = declared;
  const names = ts.isObjectBindingPattern(pattern) ? pathOfPattern(site, pattern) : null;
  if (names === null || !ts.isObjectBindingPattern(pattern)) return null;
  const others = pattern.elements.filter((one) => one !== declared);
  return { names, without: others.map((one) => nameText(one.propertyName ?? one.name)) };
}

/** Every place that reads the data of a function, or a part of it. */
function readsOf(site: FunctionSite): readonly Read[] {
  const { fn } = site;
  if (fn.parameters[1] === undefined) return [];
  return descendants(fn).flatMap((node): readonly Read[] => {
    const isRead = ts.isIdentifier(node)
      ? !isNameOnly(node) && (!isDeclarationName(node) || ts.isShorthandPropertyAssignment(node.parent))
      : ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
    if (!isRead || !ts.isExpression(node) || ts.isBindingElement(node.parent)) return [];
    const rest = restOf(site, node);
    if (rest !== null) return [{ node, ...rest }];
    return pathsIn(fn, node).flatMap(({ root, names }) => (root === 'data' ? [{ node, names, without: [] }] : []));
  });
}

/** Whether names lead to a value; those that are computed, and the place in a list, may be any. */
const isAt = (names: Read['names'], other: readonly string[]): boolean =>
  names.length === other.length &&
  names.every((one, i) => one === null || one === other[i] || (other[i] === anyPlace && /^\d+$/.test(one)));

/** The names that lead to an element of the pattern that is the parameter. */
function namesOf(element: ts.BindingElement): readonly string[] {
  const { parent, propertyName, name } = element;
  const own = ts.isArrayBindingPattern(parent)
    ? String(parent.elements.indexOf(element))
    : nameText(propertyName ?? name);
  return ts.isBindingElement(parent.parent) ? [...namesOf(parent.parent), own] : [own];
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
  const { names, inList, is } = changed;
  const value = reads.find((one) => isAt(one.names, names) && tellsNull(is, one.node));
  if (value !== undefined) return value.node;
  if (is === 'undefined' && defaultFor(site, changed) !== null) return defaultFor(site, changed);
  if (!inList) return null;
  const lists = reads.filter((one) => isAt(one.names, names.slice(0, -1)));
  const told = lists.find(({ node }) => ofUse(site.file, node) === 'strict' || (is !== 'undefined' && handsOn(node)));
  return told?.node ?? null;
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
  const isDiscord = (call: ts.CallExpression): boolean => asksDiscord(site.fn, call);
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

/** What there is to say of the data that a function is given. */
export function dataNotes(site: FunctionSite, { file, context }: HandedData): readonly Finding[] {
  if (context === null || site.fn.parameters[1] === undefined) return [];
  const changed = heldValues(file, context).flatMap(changedOf);
  const reads = changed.length === 0 ? [] : readsOf(site);
  for (const one of changed) {
    // What was left out was `undefined` to whoever read it.
    const found = (one.leftOut ? null : withNull(site, reads, one)) ?? withHolder(site, reads, one);
    if (found === null) continue;
    const what = shownMember(site.fn, one.names);
    const made = one.leftOut ? 'left out' : 'made null of';
    return [
      finding('DC-W14', { what, value: words[one.is], made, use: shortText(found), write: asBefore(one, one.is) }),
    ];
  }
  return [];
}
