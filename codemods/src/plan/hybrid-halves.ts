/** plan/hybrid-halves: managers and clients of discord-hybrid-sharding understand only each other, so both move or none. */
import { type Half, halfTaken } from '../managers/hybrid-half.ts';
import { madeLoadOfHalf, textOfHybrid } from '../managers/hybrid-text.ts';
import { discover } from '../project/discover.ts';
import { foldersOf, usesHybrid } from '../project/package-info.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { Outside } from '../sites/outside.ts';
import type { PackageSites, Site } from '../sites/sites.ts';
import { parseAlone } from '../syntax/program.ts';
import { shownPlace } from '../syntax/source-place.ts';
import { declaresCluster } from './declares-cluster.ts';
import { buildsBoth, isImport, moduleAt } from './halves-built.ts';
import {
  type Asked,
  aliasPlace,
  brokenPlace,
  type HeldPlace,
  hasMoved,
  importPlace,
  isBroken,
  isOfTypes,
  isTakenBack,
  placeOf,
  staysFor,
  staysHybrid,
} from './staying.ts';

const owner = 'discord-hybrid-sharding';

/** Which half of a bot has its class by an import of discord-hybrid-sharding, if one does. */
function halfBy(site: Site, { files }: PackageSites, cwd: string): Half | null {
  const module = site.method === owner && !isOfTypes(site) ? moduleAt(site) : undefined;
  return module === undefined ? null : halfTaken(site.file, module, { files, cwd });
}

/** Whether what moves at a site is a class of discord.js, which no bot of discord-hybrid-sharding asks. */
export const isOfDiscord = (site: Site): boolean => site.verdict.kind === 'swap' && !isImport(site);

/** Whether something of a bot of discord-hybrid-sharding could move, so that its other half has to be known. */
export const asksHalves = ({ info, sites }: PackageSites): boolean =>
  sites.some((site) => (usesHybrid(info) ? site.verdict.kind !== 'left' : isImport(site)));

/** A file that makes the name of a module of texts, or names a class: no text of it need be the name of the library. */
const makesName = /\b(?:require|import)\s*\([^()\n]*(?:['"`]\s*\+|\+\s*['"`]|\$\{)|\bCluster(?:Manager|Client)\b/;

const written =
  'a text, which may load it; name it in the import itself; if it loads nothing, take it out until the bot has moved';
const made = 'a name made at run time, which may load it; name it in the import itself';

/** The first place of some files where a half may be that nobody sees: one that does not parse, a text, or a load of a made name. */
function unseen({ sites, files, info }: PackageSites, cwd: string): HeldPlace | null {
  const broken = sites.find((site) => site.method === owner && isBroken(site));
  if (broken !== undefined) return brokenPlace(broken, cwd);
  const alias = aliasPlace(info, cwd);
  if (alias !== null) return alias;
  const given = new Set(files.map(({ source }) => source.path));
  const others = discover(foldersOf(info), info.root, makesName).filter(({ path }) => !given.has(path));
  const trees = [...files.map(({ tree }) => tree), ...others.map(({ path, text }) => parseAlone(path, text))];
  for (const tree of trees) {
    const text = textOfHybrid(tree);
    const at = text ?? madeLoadOfHalf(tree);
    if (at === undefined) continue;
    const place = shownPlace({ path: tree.fileName, tree, at: at.getStart() }, cwd);
    return text === undefined
      ? { what: 'name', where: `${place} (${made})` }
      : { what: 'text', where: `${place} (${written})` };
  }
  return null;
}

/** Where one half may stay of a bot whose other one moves: both are known to move only where both are seen. */
function unseenHalf(group: PackageSites, among: PackageSites, cwd: string): HeldPlace | null {
  if (!group.sites.some(isImport) || hasMoved(group)) return null;
  const where = unseen(among, cwd);
  return where === null || buildsBoth(group, cwd) ? null : where;
}

/** Why nothing of these files can be moved: a file that was not named has a manager or a client of the old library. */
export function outsideHalf(group: PackageSites, { own }: Outside, cwd: string): Finding | null {
  if (own === null || !asksHalves(group) || hasMoved(own) || hasMoved(group)) return null;
  for (const site of own.sites) {
    const what = halfBy(site, own, cwd);
    if (what !== null) return finding('DC-M13', { what, where: placeOf(site, cwd), owner });
  }
  const held = unseenHalf(group, own, cwd);
  return held === null ? null : finding('DC-M13', { ...held, owner });
}

/**
 * Why nothing of a bot moves: the import stays that one of its halves has its class by, or may. One that the check took back
 * counts in any case, also of types: nobody knows what else goes with it.
 */
export function tornHalves(group: PackageSites, { dropped, cwd }: Asked): Finding | null {
  if (!group.sites.some(isImport)) return null;
  const isPart = (site: Site): boolean => halfBy(site, group, cwd) !== null || declaresCluster(site);
  const keeps = (site: Site): boolean => staysHybrid(site, dropped) && isPart(site);
  const why = group.sites.find((site) => isTakenBack(site, dropped) || keeps(site));
  const held = why === undefined ? unseenHalf(group, group, cwd) : importPlace(why, cwd);
  return held === null ? null : staysFor(held);
}
