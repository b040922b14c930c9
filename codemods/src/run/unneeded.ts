/** run/unneeded: a library that package.json still names when the bot has moved whole. */
import { dirname, sep } from 'node:path';
import type { PackagePlan, PlannedFile } from '../plan/decision.ts';
import { filesMatching } from '../project/discover.ts';
import { dependencyFields, type PackageInfo, partsOf, readManifest, usesHybrid } from '../project/package-info.ts';
import type { PackageSites } from '../sites/sites.ts';
import { shown } from '../wording/shown-path.ts';

const library = 'discord-hybrid-sharding';

/** A text that loads the library, or may. */
const says = /(['"`])discord-hybrid-sharding\b[^'"`\n]*\1/;

/** The package.json of each part of a package that names the library. */
const namingIn = (info: PackageInfo): readonly string[] =>
  partsOf(info).flatMap(({ manifest }) => {
    const fields = manifest === null ? {} : readManifest(manifest);
    return manifest !== null && dependencyFields.some((field) => library in Object(fields[field] ?? {}))
      ? [manifest]
      : [];
  });

/** Whether an import of the library moves, and nothing of the package is left. */
function movesWhole({ decisions }: PackagePlan): boolean {
  return (
    decisions.some(({ site, rewritten }) => rewritten && site.method === library) &&
    decisions.every(({ rewritten }) => rewritten)
  );
}

/** Whether nothing below a folder says the library any more, given or not, once the planned files are written. */
function isUnsaid(folder: string, files: readonly PlannedFile[]): boolean {
  const planned = new Map(files.map(({ path, after }) => [path, after]));
  const written = files.filter(({ path }) => path.startsWith(folder + sep) && !path.endsWith('package.json'));
  return (
    written.every(({ after }) => !says.test(after)) && filesMatching(folder, says).every((path) => planned.has(path))
  );
}

/** Each package.json, as reports show it, that names discord-hybrid-sharding when no file below it loads that any more. */
export function unneededOf(
  groups: readonly PackageSites[],
  plans: readonly PackagePlan[],
  { cwd, files }: { readonly cwd: string; readonly files: readonly PlannedFile[] },
): readonly string[] {
  const moved = groups.filter(({ info }, i) => usesHybrid(info) && plans.slice(i, i + 1).some(movesWhole));
  const manifests = new Set(moved.flatMap(({ info }) => namingIn(info)));
  return [...manifests].filter((one) => isUnsaid(dirname(one), files)).map((one) => shown(one, cwd));
}
