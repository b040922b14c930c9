/** sites/outside: what the files of a bot that were not among the given paths know of its managers. */
import { join } from 'node:path';
import { projectRoot } from '../files/wrapper-files.ts';
import type { ManagerSite } from '../managers/managers.ts';
import { discover, isBelow } from '../project/discover.ts';
import { foldersOf, partsOf } from '../project/package-info.ts';
import { analyseSites, type PackageSites } from './sites.ts';
import { areTied, asOne, botsLoading } from './together.ts';

/** The other files of a bot. */
export interface Outside {
  readonly managers: readonly ManagerSite[];
  /** Those of the package itself and of those that belong to the same bot; `null` where none of them names a manager. */
  readonly own: PackageSites | null;
  /** The bots that load the package, where several do. */
  readonly bots: readonly PackageSites[];
}

/** Nobody looked, or nothing was found. */
export const nothingOutside: Outside = { managers: [], own: null, bots: [] };

const worthReading = /ShardingManager|ClusterManager|discord-hybrid-sharding|\bshardlift\b/;

const projectOf = (folder: string): string => projectRoot(join(folder, 'package.json'));

const isPart = ({ info }: PackageSites, group: PackageSites): boolean =>
  partsOf(group.info).some(({ root }) => root === info.root);

/** The run that a package is planned in. */
export interface RunAround {
  readonly cwd: string;
  readonly groups: readonly PackageSites[];
}

/** Reads the files of a bot that were not named and that name a manager: below its packages, and in their workspaces. */
export function outsideOf(group: PackageSites, { cwd, groups }: RunAround): Outside {
  const named = new Set(groups.flatMap(({ files }) => files.map(({ source }) => source.path)));
  const folders = foldersOf(group.info);
  const projects = group.info.manifest === null && group.info.parts.length === 0 ? [] : folders.map(projectOf);
  const found = [...new Set([...folders, ...projects])].flatMap((folder) => discover([folder], folder));
  const others = [...new Map(found.map((one) => [one.path, one])).values()].filter(
    ({ path, text }) => !named.has(path) && worthReading.test(text),
  );
  const around = analyseSites(others, cwd, { legacy: false, fixCaptures: false });
  const isBelowOne = ({ info }: PackageSites): boolean => folders.some((folder) => isBelow(info.root, folder));
  const own = around.filter((one) => isPart(one, group) || areTied(one, group));
  const near = around.filter((one) => own.includes(one) || isBelowOne(one));
  return { managers: near.flatMap(({ managers }) => managers), own: asOne(own), bots: botsLoading(group, around) };
}
