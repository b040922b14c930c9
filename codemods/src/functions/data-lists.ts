/** functions/data-lists: lists of a call's data whose entries nobody sees, where its function compares these or hands them on. */
import { anyStep } from '../doubts/any-step.ts';
import type { HeldValue } from '../doubts/held-values.ts';
import { mayBeNothing } from '../doubts/nothing.ts';
import { valuesOf } from '../doubts/value-given.ts';
import { isComputed, sidesOf } from '../doubts/value-sides.ts';
import { tellsNull } from '../doubts/value-uses.ts';
import { typeIsWhole } from '../doubts/whole-types.ts';
import { ofUse } from '../results/entry-tests.ts';
import { tells } from '../results/holder-uses.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { shortText } from '../syntax/short-text.ts';
import { unwrap, wrapped } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { isAt, type Read, staysInside } from './data-reads.ts';
import { filledList, shownMember } from './data-words.ts';
import { asksDiscord } from './discord-calls.ts';

/** Methods whose list holds what theirs holds. */
const keeping = /^(filter|slice|splice|sort|reverse|concat|toSorted|toReversed|values)$/;
/** What makes a list of texts. */
const whole = /^(Object\.keys)$|\.(split|keys|keyArray|match|matchAll|toJSON)$/;

/** How many names and methods are followed. */
const deepest = 4;

/** What is no list, by how it is written. */
const isNoList = (at: ts.Expression): boolean =>
  ts.isLiteralExpression(at) ||
  ts.isTemplateExpression(at) ||
  ts.isPrefixUnaryExpression(at) ||
  ts.isPostfixUnaryExpression(at) ||
  ts.isTypeOfExpression(at) ||
  isComputed(at) ||
  ts.isObjectLiteralExpression(at) ||
  at.kind === ts.SyntaxKind.TrueKeyword ||
  at.kind === ts.SyntaxKind.FalseKeyword ||
  isNothing(at);

/** Whether the entries of a list are surely there, by what makes it or by its type. */
function isWholeList(file: ParsedFile, value: ts.Expression, depth = deepest): boolean {
  const at = unwrap(value);
  if (depth === 0) return false;
  if (file.typed && typeIsWhole(file, at, 1)) return true;
  const sides = sidesOf(at);
  if (sides !== null) return sides.every((one) => isWholeList(file, one, depth));
  if (isNoList(at)) return true;
  if (ts.isIdentifier(at)) {
    const values = valuesOf(file, at);
    return values.length > 0 && values.every((one) => isWholeList(file, one, depth - 1));
  }
  if (ts.isArrayLiteralExpression(at))
    return at.elements.every((one) =>
      ts.isSpreadElement(one) ? isWholeList(file, one.expression, depth) : mayBeNothing(file, one) === 'never',
    );
  return ts.isCallExpression(at) && isMadeWhole(file, at, depth);
}

/** Whether a method or a function makes a list whose entries are surely there. */
function isMadeWhole(file: ParsedFile, { expression: callee }: ts.CallExpression, depth: number): boolean {
  if (whole.test(callee.getText())) return true;
  const isKept = ts.isPropertyAccessExpression(callee) && keeping.test(callee.name.text);
  return isKept && isWholeList(file, callee.expression, depth - 1);
}

/** Whether a value is a list, by what makes it: `[...x]`, `x.slice(1)`, `Object.values(x)`. */
function isList({ value, spread, inList }: HeldValue): boolean {
  return spread ? inList : isMadeList(value);
}

function isMadeList(value: ts.Expression): boolean {
  const at = unwrap(value);
  const sides = sidesOf(at);
  if (sides !== null) return sides.some(isMadeList);
  if (!ts.isCallExpression(at)) return false;
  const { expression: callee } = at;
  if (/^(Object\.values|Array\.from)$/.test(callee.getText())) return true;
  return ts.isPropertyAccessExpression(callee) && keeping.test(callee.name.text) && callee.name.text !== 'values';
}

/** Whether a place compares what stands there with nothing. */
function isCompared(node: ts.Expression): boolean {
  const { parent } = wrapped(node);
  const isBeside = ts.isBinaryExpression(parent) && [parent.left, parent.right].some(isNothing);
  return isBeside && tellsNull('undefined', node);
}

/** Where a function tells an entry of a list from the `null` that it was, or hands on the list. */
function toldAt(site: FunctionSite, reads: readonly Read[], one: HeldValue): ts.Node | null {
  const names = one.spread ? one.names.slice(0, -1) : one.names;
  const { file, fn } = site;
  const entry = reads.find(
    ({ names: own, node }) => isAt(own, [...names, anyStep]) && own.length > 0 && isCompared(node),
  );
  if (entry !== undefined) return entry.node;
  const isDiscord = (call: ts.CallExpression): boolean => asksDiscord(fn, call) || staysInside(fn, call);
  const holding = { file, missing: null, handedOn: true, isDiscord };
  const list = reads.find(
    ({ names: own, node }) =>
      isAt(own, names) &&
      own.every((name) => name !== null) &&
      (ofUse(file, node) === 'strict' || (isList(one) && tells(holding, node))),
  );
  return list?.node ?? null;
}

/** What there is to say where an entry of a list may be missing of which the call shows no entries. */
export function listNotes(site: FunctionSite, reads: readonly Read[], held: readonly HeldValue[]): readonly Finding[] {
  for (const one of held) {
    if (one.inList !== one.spread || isWholeList(one.file, one.value)) continue;
    const found = toldAt(site, reads, one);
    if (found === null) continue;
    const names = one.spread ? one.names : [...one.names, anyStep];
    const what = shownMember(site.fn, names);
    const use = shortText(found);
    return [finding('DC-W14', { what, value: 'undefined', made: 'made null of', use, write: filledList(one) })];
  }
  return [];
}
