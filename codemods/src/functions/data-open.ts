/** functions/data-open: objects of a call's data whose members nobody sees, where its function merges or lists them. */
import { anyStep } from '../doubts/any-step.ts';
import type { HeldValue } from '../doubts/held-values.ts';
import { hasWholeMembers } from '../doubts/whole-members.ts';
import { tells } from '../results/holder-uses.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import { shortText } from '../syntax/short-text.ts';
import type { ts } from '../typescript.js';
import { isAt, type Read, staysInside } from './data-reads.ts';
import { copiedWhole, shownMember } from './data-words.ts';
import { asksDiscord } from './discord-calls.ts';

/** Whether a place merges, lists or asks for members that may be `undefined`, or hands on the data as a whole. */
function notices({ file, fn }: FunctionSite, { node, names, without }: Read): boolean {
  const isDiscord = (call: ts.CallExpression): boolean => asksDiscord(fn, call) || staysInside(fn, call);
  // What a member holds may be a text; the data of a call is an object, as a rule.
  const holding = { file, missing: [anyStep], handedOn: names.length === 0, isDiscord };
  return without.length === 0 && tells(holding, node);
}

/** What there is to say where members of the data may be `undefined` of which the call says nothing. */
export function openNotes(site: FunctionSite, reads: readonly Read[], held: readonly HeldValue[]): readonly Finding[] {
  const noticing = reads.filter((one) => notices(site, one));
  if (noticing.length === 0) return [];
  for (const one of held) {
    const { names, file, value } = one;
    const found = noticing.find(
      (read) =>
        isAt(read.names.slice(0, names.length), names) && !hasWholeMembers(file, value, read.names.slice(names.length)),
    );
    if (found === undefined) continue;
    const whole = found.names.some((name) => name === null) ? names : found.names.map(String);
    const what = whole.length === 0 ? 'A member' : `A member of ${shownMember(site.fn, whole)}`;
    const use = shortText(found.node);
    return [finding('DC-W14', { what, value: 'undefined', made: 'left out', use, write: copiedWhole(one) })];
  }
  return [];
}
