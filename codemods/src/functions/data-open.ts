/** functions/data-open: objects of a call's data whose members nobody sees, where its function merges or lists them. */
import { anyStep } from '../doubts/any-step.ts';
import type { HeldValue } from '../doubts/held-values.ts';
import { hasWholeMembers, mayLackMembers } from '../doubts/whole-members.ts';
import { tells } from '../results/holder-uses.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import { shortText } from '../syntax/short-text.ts';
import type { ts } from '../typescript.js';
import { isAt, type Read, staysInside } from './data-reads.ts';
import { copiedWhole, shownMember } from './data-words.ts';
import { asksDiscord } from './discord-calls.ts';
import { isMergedByMethod } from './merged-arguments.ts';

/** Whether a place merges, lists or asks for members that may be `undefined`; where that counts, also by handing them on. */
function notices({ file, fn }: FunctionSite, { node, without }: Read, handedOn: boolean): boolean {
  const isDiscord = (call: ts.CallExpression): boolean => asksDiscord(fn, call) || staysInside(fn, call);
  const holding = { file, missing: [anyStep], handedOn, isDiscord };
  return without.length === 0 && tells(holding, node);
}

/** A place that notices such members, and whether it does so itself, and not by handing on what it has. */
interface Noticing {
  readonly read: Read;
  readonly alone: boolean;
}

/** Whether a place notices that members of what is held there are `undefined`. */
function noticesOf(site: FunctionSite, { read, alone }: Noticing, { file, value, names }: HeldValue): boolean {
  const rest = read.names.slice(names.length);
  if (!isAt(read.names.slice(0, names.length), names) || hasWholeMembers(file, value, rest)) return false;
  // What a member holds may be a text, but for its type; the data of a call is an object, as a rule.
  const isObject = read.names.length === 0 || mayLackMembers(file, value, rest);
  return alone || isObject || isMergedByMethod(site.file.source.path, read.node);
}

/** What there is to say where members of the data may be `undefined` of which the call says nothing. */
export function openNotes(site: FunctionSite, reads: readonly Read[], held: readonly HeldValue[]): readonly Finding[] {
  // Data may hold thousands of values: what each place does is asked once.
  const noticing = reads
    .filter((one) => notices(site, one, true))
    .map((read) => ({ read, alone: notices(site, read, false) }));
  if (noticing.length === 0) return [];
  for (const one of held) {
    const { names } = one;
    const found = noticing.find((noticed) => noticesOf(site, noticed, one))?.read;
    if (found === undefined) continue;
    const whole = found.names.some((name) => name === null) ? names : found.names.map(String);
    const what = whole.length === 0 ? 'A member' : `A member of ${shownMember(site.fn, whole)}`;
    const use = shortText(found.node);
    return [finding('DC-W14', { what, value: 'undefined', made: 'left out', use, write: copiedWhole(one) })];
  }
  return [];
}
