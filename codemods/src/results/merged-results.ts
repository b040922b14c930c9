/** results/merged-results: members of results that JSON left out, where the code behind a call notices that they are there. */

import { isThing, isThingList } from '../doubts/discord-things.ts';
import { heldValues } from '../doubts/held-values.ts';
import { entriesMade } from '../doubts/made-entries.ts';
import { maybeMissing } from '../doubts/maybe-missing.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { CallSite, FunctionSite } from '../syntax/call-site.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { shortText } from '../syntax/short-text.ts';
import { returnedBy, unwrap, wrapped } from '../syntax/syntax.ts';
import { usesOfResult } from '../syntax/uses.ts';
import { ts } from '../typescript.js';
import { anyMember, printing, tells } from './holder-uses.ts';
import { entriesOf, gatheredOf, laidOutOf } from './result-entries.ts';

/** The sides of a choice, what is waited for. */
function branches(node: ts.Expression): readonly ts.Expression[] {
  const at = unwrap(node);
  if (ts.isConditionalExpression(at)) return [at.whenTrue, at.whenFalse].flatMap(branches);
  if (ts.isAwaitExpression(at)) return branches(at.expression);
  if (!ts.isBinaryExpression(at)) return [at];
  const { BarBarToken, QuestionQuestionToken, AmpersandAmpersandToken } = ts.SyntaxKind;
  const { kind } = at.operatorToken;
  if (kind === AmpersandAmpersandToken) return branches(at.right);
  return kind === BarBarToken || kind === QuestionQuestionToken ? [at.left, at.right].flatMap(branches) : [at];
}

/** The members of an object that are `undefined` perhaps. */
const lackedBy = (from: ParsedFile, made: ts.Expression): readonly string[] =>
  heldValues(from, made).flatMap(({ names: [name, deeper], inList, value, file, missing }) => {
    if (name === undefined || deeper !== undefined || inList) return [];
    return missing || maybeMissing(file, value) ? [name] : [];
  });

/** What puts the members of all that is given into one object. */
const merging =
  /(^|\.)(assign|assignIn|extend|merge|mergeWith|mergeDeep|deepmerge|defaults|defaultsDeep)(\.apply|\.all)?$/;

/** `Object.assign({}, ...list)`, `_.merge.apply(null, list)` */
function isAssigned(list: ts.Expression): boolean {
  const { parent } = wrapped(list);
  const call = ts.isSpreadElement(parent) ? parent.parent : parent;
  if (!ts.isCallExpression(call) || call.expression === wrapped(list)) return false;
  const callee = call.expression.getText();
  return merging.test(callee) && (call !== parent || /\.(apply|all)$/.test(callee));
}

/** `util.inspect(list)` */
function isPrinted(list: ts.Expression): boolean {
  const { parent } = wrapped(list);
  return (
    ts.isCallExpression(parent) && parent.expression !== wrapped(list) && printing.test(parent.expression.getText())
  );
}

interface Given {
  readonly lists: readonly ts.Expression[];
  readonly single: readonly ts.Expression[];
}

/** Where some lists, or single results, are merged, listed or asked for one of the members; or printed, where it is things. */
function noticed(file: ParsedFile, { lists, single }: Given, missing: readonly string[]): ts.Node | null {
  if (missing.length === 0) return null;
  const printed = missing.includes(anyMember);
  const holding = { file, missing, handedOn: false, isDiscord: () => true, printed };
  const whole = printed ? lists.find(isPrinted) : undefined;
  if (whole !== undefined) return whole.parent;
  const entries = [...single, ...lists.flatMap((list) => entriesOf(file, list))];
  const assigned = lists.find(isAssigned);
  return assigned?.parent ?? entries.find((one) => ts.isExpression(one) && tells(holding, one)) ?? null;
}

/** `const [first] = await call`: the list has no name of its own. */
function resultItself(call: ts.CallExpression): readonly ts.Expression[] {
  const waited = wrapped(call).parent;
  if (!ts.isAwaitExpression(waited)) return [];
  const { parent } = wrapped(waited);
  return ts.isVariableDeclaration(parent) && ts.isArrayBindingPattern(parent.name) ? [waited] : [];
}

/** The places of the results themselves, and those of what the lists in them hold. */
function placesOf(file: ParsedFile, uses: readonly ts.Expression[], isOne: boolean): Record<'own' | 'inLists', Given> {
  const inner = isOne ? uses : uses.flatMap((list) => entriesOf(file, list).filter((one) => ts.isExpression(one)));
  const laidOut = isOne ? [] : uses.flatMap((list) => laidOutOf(file, list));
  const gathered = (lists: readonly ts.Expression[]): readonly ts.Expression[] => [
    ...lists,
    ...lists.flatMap((list) => gatheredOf(file, list)),
  ];
  return {
    own: isOne ? { lists: [], single: uses } : { lists: gathered(uses), single: [] },
    inLists: { lists: [...gathered(inner), ...laidOut], single: [] },
  };
}

const said = (what: string, found: ts.Node, more = {}): readonly Finding[] => [
  finding('DC-W15', { what, use: shortText(found), ...more }),
];

/** What to do about a thing of discord.js, of which the function cannot leave out a member. */
const asData = { instead: 'let the function give the values that are needed' };

/** What there is to say where a member of what a function gives may be `undefined`, and its caller notices. */
export function mergedNotes(
  { file: from, fn }: FunctionSite,
  { file, call }: CallSite,
  isOne: boolean,
): readonly Finding[] {
  const uses = usesOfResult(file, wrapped(call)) ?? resultItself(call);
  if (uses.length === 0) return [];
  const values = returnedBy(fn).flatMap(branches);
  const entries = values.flatMap((one) => entriesMade(from, one).flatMap(branches));
  const [own, inLists] = [values, entries].map((all) => all.flatMap((one) => lackedBy(from, one)));
  const places = placesOf(file, uses, isOne);
  const found = noticed(file, places.own, own ?? []) ?? noticed(file, places.inLists, inLists ?? []);
  const [name] = [...(own ?? []), ...(inLists ?? [])];
  if (found !== null) return said(`\`${name}\``, found);
  // Nobody wrote what a thing of discord.js has: any of its members may be the one.
  const thing = values.find((one) => isThing(from, one));
  const listed = values.find((one) => isThingList(from, one)) ?? entries.find((one) => isThing(from, one));
  const seen =
    noticed(file, places.own, thing === undefined ? [] : [anyMember]) ??
    noticed(file, places.inLists, listed === undefined ? [] : [anyMember]);
  const [what] = [thing, listed].flatMap((one) => (one === undefined ? [] : [shortText(one)]));
  return seen === null ? [] : said(`A member of the object of discord.js (\`${what}\`)`, seen, asData);
}
