/** plan/torn-hybrid: a bot of discord-hybrid-sharding moves as a whole, since its managers and clients understand only each other. */
import { hybridClassOf } from '../analyze/bindings.ts';
import { namesElsewhere } from '../analyze/names-elsewhere.ts';
import { namesTaken } from '../analyze/names-taken.ts';
import { descendants } from '../analyze/syntax.ts';
import { usesHybrid } from '../package-info.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { PackageSites, Site } from '../sites.ts';
import { ts } from '../typescript.js';
import { type Asked, buildsClient, isTakenBack, placeOf, staysHybrid } from './staying.ts';

/** Whether a manager or a client may be built from what an import brings, there or where the file hands it on to. */
function bringsClass({ files }: PackageSites, { file, at }: Site, cwd: string): boolean {
  const module = descendants(file.tree).find(
    (node): node is ts.StringLiteralLike => ts.isStringLiteralLike(node) && node.getStart() === at,
  );
  if (module === undefined) return false;
  const { names, exports } = namesTaken(file, module);
  const all = [...names, ...namesElsewhere(file, exports, { files, cwd }).names];
  return all.some(({ name }) => hybridClassOf(name) !== null);
}

/**
 * Why nothing of a bot moves: its client or its manager stays. An import that the check took back counts as well, since
 * nobody knows what else goes with it.
 */
export function tornHybrid(group: PackageSites, { dropped, cwd }: Asked): Finding | null {
  if (!usesHybrid(group.info)) return null;
  const builds = ({ file }: Site): boolean => buildsClient(file) || group.managers.some((one) => one.file === file);
  const keeps = (site: Site): boolean => staysHybrid(site, dropped) && (builds(site) || bringsClass(group, site, cwd));
  // Also one of types: what they say of the client is not what the others have by then.
  const why = group.sites.find((site) => isTakenBack(site, dropped) || keeps(site));
  return why === undefined ? null : finding('DC-M12', { where: placeOf(why, cwd) });
}
