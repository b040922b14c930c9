/** plan/taken-cluster: calls of a bot of several packages, of which another one gives the client a `cluster` of its own. */
import { ownClusterIn } from '../clients/own-cluster.ts';
import { foldersOf, partsOf, usesHybrid } from '../project/package-info.ts';
import { finding } from '../rules/reasons.ts';
import type { PackageSites } from '../sites/sites.ts';
import { shownPlace } from '../syntax/source-place.ts';

/** Leaves the calls through `client.cluster` where a package of the same bot has something else there. */
export function withClusterTaken(group: PackageSites, cwd: string): PackageSites {
  const { info, sites } = group;
  const isAsked = sites.some(({ verdict }) => verdict.kind === 'call' && verdict.plan.ofClient);
  if (!isAsked || partsOf(info).length < 2 || usesHybrid(info)) return group;
  const place = ownClusterIn(foldersOf(info));
  if (place === null) return group;
  const left = { kind: 'left', finding: finding('DC-R10', { where: shownPlace(place, cwd) }) } as const;
  return {
    ...group,
    sites: sites.map((one) =>
      one.verdict.kind === 'call' && one.verdict.plan.ofClient ? { ...one, verdict: left } : one,
    ),
  };
}
