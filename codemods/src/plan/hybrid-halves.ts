/** plan/hybrid-halves: managers and clients of discord-hybrid-sharding understand only each other, so both move or none. */
import { namesElsewhere } from '../analyze/names-elsewhere.ts';
import { namesTaken } from '../analyze/names-taken.ts';
import { descendants } from '../analyze/syntax.ts';
import type { Outside } from '../outside.ts';
import { usesHybrid } from '../package-info.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { PackageSites, Site } from '../sites.ts';
import { ts } from '../typescript.js';
import { type Asked, hasMoved, isOfTypes, isTakenBack, placeOf, staysHybrid } from './staying.ts';

const owner = 'discord-hybrid-sharding';

const ofManager = /^(?:Cluster)?Manager$/;
const ofClient = /^(?:(?:AutoResharderCluster|Cluster)?Client|Shard)$/;

/** What a file brings of the two halves; `import` where other files take it out of there, or may. */
type Half = 'manager' | 'client' | 'import';

function moduleAt({ file: { tree }, at }: Site): ts.StringLiteralLike | undefined {
  return descendants(tree).find(
    (node): node is ts.StringLiteralLike => ts.isStringLiteralLike(node) && node.getStart() <= at && at < node.end,
  );
}

/** Which half of a bot has its class by an import of discord-hybrid-sharding, if one does. */
function halfBy(site: Site, { files }: PackageSites, cwd: string): Half | null {
  const module = site.method === owner && !isOfTypes(site) ? moduleAt(site) : undefined;
  if (module === undefined) return null;
  const { names, exports, open } = namesTaken(site.file, module);
  if (names.some(({ name }) => ofManager.test(name))) return 'manager';
  if (names.some(({ name }) => ofClient.test(name))) return 'client';
  const elsewhere = namesElsewhere(site.file, exports, { files, cwd });
  const isTaken = elsewhere.names.some(({ name }) => ofManager.test(name) || ofClient.test(name));
  return isTaken || open !== null || elsewhere.open !== null ? 'import' : null;
}

/** Whether something of a bot of discord-hybrid-sharding could move, so that its other half has to be known. */
export const asksHalves = ({ info, sites }: PackageSites): boolean =>
  usesHybrid(info) && sites.some(({ verdict }) => verdict.kind !== 'left');

/** Why nothing of these files can be moved: a file that was not named has a manager or a client of the old library. */
export function outsideHalf(group: PackageSites, { own }: Outside, cwd: string): Finding | null {
  if (own === null || !asksHalves(group) || hasMoved(own) || hasMoved(group)) return null;
  for (const site of own.sites) {
    const what = halfBy(site, own, cwd);
    if (what !== null) return finding('DC-M13', { what, where: placeOf(site, cwd), owner });
  }
  return null;
}

/**
 * Why nothing of a bot moves: the import stays that one of its halves has its class by. One that the check took back counts in
 * any case, also of types: nobody knows what else goes with it.
 */
export function tornHalves(group: PackageSites, { dropped, cwd }: Asked): Finding | null {
  if (!usesHybrid(group.info)) return null;
  const keeps = (site: Site): boolean => staysHybrid(site, dropped) && halfBy(site, group, cwd) !== null;
  const why = group.sites.find((site) => isTakenBack(site, dropped) || keeps(site));
  return why === undefined ? null : finding('DC-M12', { where: placeOf(why, cwd) });
}
