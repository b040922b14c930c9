/** sites/untangled: calls inside calls, of which neither can be rewritten without the other. */
import type { CallPlan } from '../calls/call.ts';
import type { Mention } from '../managers/mentions.ts';
import { leftWith } from '../rules/left-together.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import { positionOf } from '../syntax/syntax.ts';
import type { Site } from './sites.ts';

const isForeign = ({ verdict }: Site): boolean => verdict.kind === 'left' && verdict.finding.code.startsWith('DC-S');

/** Whether a call's function asks through another call, which moves with it. */
function holds({ verdict: outer }: Site, { verdict: inner }: Site): boolean {
  if (outer.kind !== 'call' || inner.kind !== 'call') return false;
  const all = (plan: CallPlan): readonly CallPlan[] => plan.nested.flatMap((one) => [one, ...all(one)]);
  return all(outer.plan).includes(inner.plan);
}

/** Whether a call stands among the arguments of another. */
export const isInside = (inner: Mention | undefined, outer: Mention | undefined): boolean => {
  if (inner?.kind !== 'call' || outer?.kind !== 'call' || inner === outer) return false;
  return outer.call.arguments.some((argument) => argument.pos <= inner.call.pos && inner.call.end <= argument.end);
};

const lineOf = ({ file, at }: Site): number => positionOf(file.tree, at).line;

/** What a call is left for, whatever stands around it. */
const ownReason = ({ verdict }: Site): Finding | null =>
  verdict.kind === 'left' && verdict.finding.code !== 'DC-W4' ? verdict.finding : null;

/** A call among the arguments of another cannot be rewritten on its own, nor can the call around it; each may have a reason of its own. */
export function untangled(mentions: readonly Mention[], sites: readonly Site[]): readonly Site[] {
  return sites.map((site, i) => {
    if (isForeign(site) || ownReason(site) !== null) return site;
    const related = sites.filter((_, j) => isInside(mentions[i], mentions[j]) || isInside(mentions[j], mentions[i]));
    const isTangled = related.some((other) => !isForeign(other) && !holds(site, other) && !holds(other, site));
    if (site.verdict.kind !== 'left' && !isTangled) return site;
    const other = related.find((one) => ownReason(one) !== null);
    const why = other === undefined ? finding('DC-W4') : leftWith(lineOf(other), ownReason(other));
    return { ...site, verdict: { kind: 'left', finding: why } };
  });
}
