/** results/merged-results: members of results that JSON left out, where the code behind a call notices that they are there. */

import { anyStep } from '../doubts/any-step.ts';
import { isThing, isThingList } from '../doubts/discord-things.ts';
import { type HeldValue, heldValues } from '../doubts/held-values.ts';
import { facts } from '../doubts/known-entries.ts';
import type { HandedData, Reading } from '../doubts/may-lack.ts';
import { maybeMissing } from '../doubts/maybe-missing.ts';
import { functionGivesOne, givesOne } from '../doubts/method-words.ts';
import { mayBeNothing } from '../doubts/nothing.ts';
import { sidesOf } from '../doubts/value-sides.ts';
import { hasWholeMembers } from '../doubts/whole-members.ts';
import { assumption } from '../rules/assumption.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { CallSite, FunctionSite } from '../syntax/call-site.ts';
import { shortText } from '../syntax/short-text.ts';
import { returnedBy, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { consumerOf } from './consumer.ts';
import { printing, showing } from './holder-uses.ts';
import { type Doubt, loggedIn, noticed } from './noticed-members.ts';
import { type Path, type Reach, reachFrom } from './result-paths.ts';
import { type CallersOf, resultsOf } from './result-places.ts';

/** What takes the results of a call, and how far that is followed. */
export interface Taken {
  readonly site: CallSite;
  /** Whether it takes the result of one shard, and no list. */
  readonly isOne: boolean;
  readonly callersOf: CallersOf;
}

/** The sides of a choice, what is waited for. */
function branches(node: ts.Expression): readonly ts.Expression[] {
  const at = unwrap(node);
  return sidesOf(at)?.flatMap(branches) ?? [at];
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
  return [{ path: names.slice(0, -1), member: name, handedOn: true, printed: showing, what: `\`${name}\`` }];
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
  return loggedOf(doubts, reach);
}

/** What a log shows of the first of some doubts that it shows: who reads it does not mind, as a rule. */
function loggedOf(doubts: readonly Doubt[], reach: Reach): readonly Finding[] {
  for (const doubt of doubts) {
    const found = loggedIn(doubt, reach);
    if (found !== null) return [assumption('DC-A8', [doubt.what.replaceAll('`', '')], { use: shortText(found.node) })];
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
