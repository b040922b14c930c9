/** results/merged-results: members of results that JSON left out, where the code behind a call notices that they are there. */
import { isThing, isThingList } from '../doubts/discord-things.ts';
import { anyStep, type HeldValue, heldValues } from '../doubts/held-values.ts';
import { facts } from '../doubts/known-entries.ts';
import type { HandedData, Reading } from '../doubts/may-lack.ts';
import { maybeMissing } from '../doubts/maybe-missing.ts';
import { functionGivesOne, givesOne } from '../doubts/method-words.ts';
import { mayBeNothing } from '../doubts/nothing.ts';
import { hasWholeMembers } from '../doubts/whole-members.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { CallSite, FunctionSite } from '../syntax/call-site.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { shortText } from '../syntax/short-text.ts';
import { returnedBy, unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { consumerOf } from './consumer.ts';
import { isSent, printing, tells } from './holder-uses.ts';
import { restOf } from './result-entries.ts';
import { type Path, type Reach, reachFrom } from './result-paths.ts';
import { type CallersOf, isLost, type Place, resultsOf } from './result-places.ts';

/** What takes the results of a call, and how far that is followed. */
export interface Taken {
  readonly site: CallSite;
  /** Whether it takes the result of one shard, and no list. */
  readonly isOne: boolean;
  readonly callersOf: CallersOf;
}

/** Something of a result that may be `undefined`, which JSON left out. */
interface Doubt {
  /** What leads to the object that has it. */
  readonly path: Path;
  readonly member: string;
  /** Whether it counts where the object goes out of sight, since that is surely an object. */
  readonly handedOn: boolean;
  /** The calls that print it count. */
  readonly printed: RegExp | null;
  readonly what: string;
  readonly instead?: string;
}

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

/** What to do about what nobody wrote, of which the function cannot leave out a member. */
const asData = 'let the function give the values that are needed';

/** What there is to doubt of a copy of a thing of discord.js: nobody wrote what it has, any of its members may be the one. */
const ofCopy = (path: Path, text: string): Doubt => ({
  path,
  member: anyStep,
  handedOn: true,
  printed: printing,
  what: `A member of the object of discord.js (\`${text}\`)`,
  instead: asData,
});

const ofUnseen = (path: Path, text: string): Doubt => ({
  path,
  member: anyStep,
  handedOn: false,
  printed: null,
  what: `A member of what the function gives (\`${text}\`)`,
  instead: asData,
});

function doubtOfMember(
  reading: Reading,
  { names, value, file, missing, inList }: HeldValue,
  open: boolean,
): readonly Doubt[] {
  const name = names.at(-1);
  if (name === undefined || inList) return [];
  const isShown = missing || maybeMissing(file, value);
  if (open ? isShown || mayBeNothing(file, value, reading) === 'never' : !isShown) return [];
  return [{ path: names.slice(0, -1), member: name, handedOn: true, printed: null, what: `\`${name}\`` }];
}

/** Whether a value is surely a number, a text or the like, by what it is called. */
function isPlain(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isPropertyAccessExpression(at)) return facts.test(at.name.text);
  if (!ts.isCallExpression(at)) return false;
  const { expression: callee } = at;
  return (
    functionGivesOne.test(callee.getText()) ||
    (ts.isPropertyAccessExpression(callee) && givesOne.test(callee.name.text))
  );
}

/** `guild.toJSON()`: an object with all of its members, where a guild leaves out what is `undefined` on its way. */
function isWrittenOut(node: ts.Expression): boolean {
  const at = unwrap(node);
  return ts.isCallExpression(at) && /\.toJSON$/.test(at.expression.getText());
}

/** What there is to doubt of what is held itself. */
function doubtOfValue({ names, value, file, spread }: HeldValue): readonly Doubt[] {
  return branches(value).flatMap((one): readonly Doubt[] => {
    if (isThing(file, one)) return spread || isWrittenOut(one) ? [ofCopy(names, shortText(one))] : [];
    return isThingList(file, one) || isPlain(one) || hasWholeMembers(file, one, [])
      ? []
      : [ofUnseen(names, shortText(one))];
  });
}

/** Where something of the results is noticed, and whether that is seen. */
interface Noticed {
  readonly node: ts.Node;
  readonly isSeen: boolean;
}

/** What puts the members of all that is given into one object. */
const merging =
  /(^|\.)(assign|assignIn|extend|merge|mergeWith|mergeDeep|deepmerge|defaults|defaultsDeep)(\.apply|\.all)?$/;

/** `Object.assign({}, ...list)`, `_.merge.apply(null, list)`, and `inspect(list)` where that counts. */
function takesAll({ printed }: Doubt, list: Place['node']): ts.Node | null {
  const at = ts.isExpression(list) ? wrapped(list) : list;
  const call = ts.isSpreadElement(at.parent) ? at.parent.parent : at.parent;
  if (!ts.isCallExpression(call) || call.expression === at) return null;
  const callee = call.expression.getText();
  if (printed?.test(callee) === true) return call;
  return merging.test(callee) && (call !== at.parent || /\.(apply|all)$/.test(callee)) ? call : null;
}

/** The place itself, or the uses of what a pattern leaves of it. */
const restAt = (file: ParsedFile, node: Place['node'], member: string): readonly ts.Expression[] =>
  ts.isExpression(node) ? [node] : ts.isObjectBindingPattern(node) ? restOf(file, node, member) : [];

/** Where code merges, lists or asks for what is doubted, prints it, or has it out of sight. */
function noticed(doubt: Doubt, reach: Reach): Noticed | null {
  const { path, member, printed } = doubt;
  const { holders, around, lost } = reach({ path, member });
  const takers = around.flatMap(({ node }) => takesAll(doubt, node) ?? []);
  const tellers = holders.flatMap(({ file, node }) => {
    const holding = { file, missing: [member], handedOn: false, isDiscord: isSent, printed };
    return restAt(file, node, member).filter((one) => tells(holding, one));
  });
  const [told] = [...tellers, ...takers];
  if (told !== undefined) return { node: told, isSeen: true };
  const [gone] = [...lost, ...holders.filter(isLost).map(({ node }) => node)];
  return gone === undefined || !doubt.handedOn ? null : { node: gone, isSeen: false };
}

const unseenUse = { told: 'what is done with it is not seen' };

/** What there is to say of the first of some doubts that is noticed. */
function notesOf(doubts: readonly Doubt[], { site, isOne, callersOf }: Taken): readonly Finding[] {
  const reach = reachFrom({ places: resultsOf(site), through: isOne ? [] : [anyStep], callersOf });
  for (const doubt of doubts) {
    const found = noticed(doubt, reach);
    if (found === null) continue;
    const { what, instead } = doubt;
    const more = { ...(instead !== undefined && { instead }), ...(!found.isSeen && unseenUse) };
    return [finding('DC-W15', { what, use: shortText(found.node), ...more })];
  }
  return [];
}

/** What there is to say where a member of what a function gives may be `undefined`, and its caller notices. */
export function mergedNotes({ file, fn }: FunctionSite, data: HandedData, taken: Taken): readonly Finding[] {
  if (consumerOf(taken.site.file, taken.site.call) === 'ignored') return [];
  const reading = { file, fn, data };
  const held = returnedBy(fn)
    .flatMap(branches)
    .flatMap((one) => heldValues(file, one));
  const members = [false, true].flatMap((open) => held.flatMap((one) => doubtOfMember(reading, one, open)));
  const values = held.flatMap(doubtOfValue);
  return notesOf(
    [...members, ...values.filter((one) => one.handedOn), ...values.filter((one) => !one.handedOn)],
    taken,
  );
}

/** The same of what `fetchClientValues` gives for a path. */
export function mergedPathNotes(path: string, taken: Taken): readonly Finding[] {
  if (consumerOf(taken.site.file, taken.site.call) === 'ignored') return [];
  const isThings = /^(user|application)$|\.cache$/.test(path);
  return isThings ? [] : notesOf([ofUnseen([], path)], taken);
}
