/** outside: what the files of a package that were not among the given paths know of its managers. */
import type { ManagerSite } from './analyze/managers.ts';
import { discover } from './discover.ts';
import { analyseSites, type PackageSites } from './sites.ts';

/** The other files below the folder of a package. */
export interface Outside {
  readonly managers: readonly ManagerSite[];
  /** Those of the package itself, and not of one inside it; `null` where none of them names a manager. */
  readonly own: PackageSites | null;
}

/** Nobody looked, or nothing was found. */
export const nothingOutside: Outside = { managers: [], own: null };

/** Reads the files below the folder of a package that were not named and that name a manager. */
export function outsideOf({ files, info }: PackageSites, cwd: string): Outside {
  const named = new Set(files.map(({ source }) => source.path));
  const others = discover([info.root], info.root).filter(
    ({ path, text }) =>
      !named.has(path) && /ShardingManager|ClusterManager|discord-hybrid-sharding|\bshardlift\b/.test(text),
  );
  const groups = analyseSites(others, cwd, { legacy: false, fixCaptures: false });
  return {
    managers: groups.flatMap(({ managers }) => managers),
    own: groups.find((one) => one.info.root === info.root) ?? null,
  };
}
