/** plan/half-alone: one half of a bot of discord-hybrid-sharding that could move while nobody has seen the other. */
import { locate } from '../files/entry.ts';
import { halfTaken, halvesBuilt, halvesOf } from '../managers/hybrid-half.ts';
import { filesMatching, isLeftOut, ownFilesMatching } from '../project/discover.ts';
import { foldersOf } from '../project/package-info.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { Outside } from '../sites/outside.ts';
import type { PackageSites, Site } from '../sites/sites.ts';
import type { ts } from '../typescript.js';
import { shown } from '../wording/shown-path.ts';
import type { Decision } from './decision.ts';
import { hasMoved, isOfTypes } from './staying.ts';

/** A half whose other one is not seen. */
export interface HalfAlone {
  /** Its import. */
  readonly site: Site;
  /** Why it stays; `null` where it may be that the other half is of no concern here. */
  readonly stays: Finding | null;
  readonly note: Finding;
}

interface Import {
  readonly site: Site;
  readonly module: ts.StringLiteralLike;
}

const importsOf = ({ sites }: PackageSites): readonly Import[] =>
  sites.flatMap((site) => {
    const { verdict } = site;
    const isModule = verdict.kind === 'swap' && verdict.mention.kind === 'module' && !isOfTypes(site);
    return isModule ? [{ site, module: verdict.mention.module }] : [];
  });

/** Whether a half of the bot is shardlift's already. */
const movedBefore = (group: PackageSites, { own }: Outside): boolean =>
  hasMoved(group) ||
  (own !== null && hasMoved(own)) ||
  foldersOf(group.info).some((folder) => filesMatching(folder, /shardlift\/compat\/hybrid/).length > 0);

/** Whether a file that is read makes a client of discord.js: without one of the old library, that is all this bot has. */
const makesClient = ({ info }: PackageSites): boolean =>
  foldersOf(info).some((folder) => ownFilesMatching(folder, /\b(?:new|extends)\s+[\w.]*Client\b/).length > 0);

/** What is known of the bot file whose client nobody sees; `null` where it may have none. */
function botFile(group: PackageSites, cwd: string): string | null {
  const { managers, info } = group;
  for (const { file, started } of managers) {
    const entry = started === null ? null : locate(started, file.source.path, info);
    if (entry === null) continue;
    const name = shown(entry.path, cwd);
    if (isLeftOut(entry.path, info.root)) return `${name}, which the manager starts, is no source that is read`;
    if (!makesClient(group))
      return `neither ${name}, which the manager starts, nor another file that is read makes one`;
  }
  return null;
}

/** Whether the half that is there starts something: what does not is a part, and no bot alone. */
const starts = ({ info }: PackageSites, half: 'manager' | 'client'): boolean =>
  foldersOf(info).some(
    (folder) => filesMatching(folder, half === 'manager' ? /\.spawn\s*\(/ : /\.login\s*\(/).length > 0,
  );

/** Finds the half that is built and would move alone; `null` where both are seen, or nobody can tell what an import brings. */
export function halfAlone(group: PackageSites, outside: Outside, cwd: string): HalfAlone | null {
  const given = { files: group.files, cwd };
  const taken = importsOf(group).map(({ site, module }) => ({
    site,
    halves: halvesOf(site.file, module),
    built: halvesBuilt(site.file, module, given),
    half: halfTaken(site.file, module, given),
  }));
  const [first] = taken.filter(({ built }) => built.length > 0);
  const seen = new Set(taken.flatMap(({ halves, built }) => [...halves, ...built]));
  if (first === undefined || seen.size === 2 || taken.some(({ half }) => half === 'import')) return null;
  if (movedBefore(group, outside)) return null;
  const half = seen.has('manager') ? 'client' : 'manager';
  const why = half === 'client' ? botFile(group, cwd) : null;
  if (why === null && !starts(group, half === 'client' ? 'manager' : 'client')) return null;
  return {
    site: first.site,
    stays: why === null ? null : finding('DC-M17', { half, why }),
    note: finding('DC-M16', { half }),
  };
}

/** Says at its import that the other half was not seen. */
export const saidOfHalf = (decisions: readonly Decision[], alone: HalfAlone | null): readonly Decision[] =>
  decisions.map((one) =>
    alone !== null && one.site === alone.site && one.rewritten
      ? { ...one, findings: [...one.findings, alone.note] }
      : one,
  );
