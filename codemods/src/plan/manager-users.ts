/** plan/manager-users: what names or asks a manager that its file does not build moves with that manager, or stays. */
import { usesHybrid } from '../project/package-info.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { Outside } from '../sites/outside.ts';
import type { PackageSites, Site } from '../sites/sites.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { isTypePosition, placesOf } from '../syntax/syntax.ts';
import { hasSubclass } from './core.ts';
import { type Asked, hasMoved, isCompared, placeOf, stayingManager } from './staying.ts';

/** Whether a site is an import of the class that could move, or a call on a manager. */
const usesManager = ({ verdict, method }: Site): boolean =>
  verdict.kind === 'call' ? verdict.plan.ofManager : verdict.kind === 'swap' && method === 'ShardingManager';

const builds = ({ managers }: PackageSites, file: ParsedFile): boolean =>
  managers.some((one) => one.file === file) || hasSubclass(file);

/** Whether a file of a package uses a manager that another file builds. */
export const asksOutside = (group: PackageSites): boolean =>
  group.sites.some((site) => usesManager(site) && !builds(group, site.file));

/** Whether what an import brings is used other than to compare with, or as a type. */
function isUsed(site: Site): boolean {
  const mention = site.verdict.kind === 'swap' ? site.verdict.mention : null;
  if (mention?.kind !== 'import') return mention !== null && !isCompared(site);
  const { node, local } = mention.binding;
  return placesOf(site.file.tree, local).some((place) => {
    const declares = node.pos <= place.pos && place.end <= node.end;
    return !declares && !isTypePosition(place) && !isCompared({ ...site, at: place.getStart() });
  });
}

/** Whether a mention in a file that was not named takes the class of a manager, however it does. */
function takesClass(site: Site): boolean {
  const { verdict, file } = site;
  if (verdict.kind === 'call') return false;
  if (verdict.kind === 'swap') return isUsed(site) || hasSubclass(file);
  if (verdict.finding.code === 'DC-F1') return /\b(?:new|extends)\s+[\w.]*\bShardingManager\b/.test(file.source.text);
  return verdict.finding.code === 'DC-M3' && !isCompared(site);
}

function outsideManager(group: PackageSites, { own }: Outside, cwd: string): Finding | null {
  if (own === null || hasMoved(own) || hasMoved(group)) return null;
  const why = own.sites.find((site) => site.method === 'ShardingManager' && takesClass(site));
  if (why === undefined) return null;
  return finding('DC-M13', { what: 'manager', where: placeOf(why, cwd), owner: 'discord.js' });
}

/**
 * Why nothing of these files can be moved: they use a manager that none of them builds, and a file that was not named
 * has it from discord.js. With one side moved alone, they are handed what they do not expect.
 */
export function outsideOwner(group: PackageSites, outside: Outside, cwd: string): Finding | null {
  const isBuilt = group.managers.length > 0 || group.files.some(hasSubclass);
  return isBuilt || !group.sites.some(usesManager) ? null : outsideManager(group, outside, cwd);
}

/** Why a use of a manager in a file that builds none cannot be moved: one that may get there stays. */
export function stayingUser(group: PackageSites, outside: Outside, asked: Asked): (site: Site) => Finding | null {
  const why = usesHybrid(group.info) ? null : stayingManager(group, asked);
  const inside = why === null ? null : finding('DC-M15', why.details);
  const stays = inside ?? outsideManager(group, outside, asked.cwd);
  return (site) => {
    const isCall = site.verdict.kind === 'call';
    if (stays === null || (isCall && stays === inside)) return null;
    return usesManager(site) && !builds(group, site.file) ? stays : null;
  };
}
