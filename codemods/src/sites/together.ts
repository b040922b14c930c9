/** sites/together: the packages of one run that belong to one bot are planned as one, so that each file has one plan. */
import { dirname } from 'node:path';
import { locate } from '../files/entry.ts';
import { startedFile } from '../managers/managers.ts';
import { filesMatching, isBelow } from '../project/discover.ts';
import { foldersOf, type PackageInfo, partsOf, readPackage, usesHybrid } from '../project/package-info.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { escaped } from '../wording/escaped.ts';
import type { PackageSites } from './sites.ts';

/** Whether a file is one of a package's own. */
function isOf(path: string, { info }: PackageSites): boolean {
  const { root } = readPackage(dirname(path), info.root);
  return partsOf(info).some((part) => part.root === root);
}

const byItsName = /(?:^|\.)(?:Sharding|Cluster)Manager$/;

/** What is built under the name of a manager's class, wherever that is taken from. */
const namedManagers = ({ tree, source }: ParsedFile): readonly ts.NewExpression[] =>
  /Manager\b/.test(source.text)
    ? descendants(tree).filter(
        (node): node is ts.NewExpression => ts.isNewExpression(node) && byItsName.test(node.expression.getText()),
      )
    : [];

/** The files that managers of a package start, as far as that is read. */
function startedBy({ managers, files, info }: PackageSites): readonly string[] {
  const known = managers.flatMap(({ file, started, others }) =>
    [started, ...others].map((one) => [file, one] as const),
  );
  const named = files.flatMap((file) =>
    namedManagers(file).map((node) => [file, startedFile(file, node.arguments?.[0])] as const),
  );
  return [...known, ...named].flatMap(([file, started]) => {
    const entry = started === null ? null : locate(started, file.source.path, info);
    return entry === null ? [] : [entry.path];
  });
}

/** Whether a manager of one package starts a file of the other. */
const starts = (group: PackageSites, other: PackageSites): boolean =>
  startedBy(group).some((path) => isOf(path, other));

/** Whether a file of one package loads the other by its name. */
function loads(group: PackageSites, other: PackageSites): boolean {
  const names = partsOf(other.info).flatMap(({ name }) => (name === null ? [] : [escaped(name)]));
  if (names.length === 0) return false;
  const loading = new RegExp(`\\b(?:from|import|require)\\s*\\(?\\s*['"\`](?:${names.join('|')})['"\`/]`);
  const files = foldersOf(group.info).flatMap((folder) => filesMatching(folder, loading));
  return files.some((path) => isOf(path, group));
}

type Tied = (a: PackageSites, b: PackageSites) => boolean;

/** Whether a manager of one of two packages starts the other. */
const byManager: Tied = (a, b) => starts(a, b) || starts(b, a);

/** Whether one of two packages loads the other, and one of them has the managers. */
const byName: Tied = (a, b) => (a.managers.length === 0) !== (b.managers.length === 0) && (loads(a, b) || loads(b, a));

/** Whether two packages belong to one bot. */
export const areTied: Tied = (a, b) => byManager(a, b) || byName(a, b);

function commonFolder(folders: readonly string[]): string {
  const [first = ''] = folders;
  for (let folder = first; ; folder = dirname(folder))
    if (folder === dirname(folder) || folders.every((one) => isBelow(one, folder))) return folder;
}

function infoOf(parts: readonly PackageInfo[]): PackageInfo {
  return {
    root: commonFolder(parts.map(({ root }) => root)),
    ...{ manifest: null, name: null, main: null },
    dependencies: new Set(parts.flatMap(({ dependencies }) => [...dependencies])),
    parts,
  };
}

/** Several packages as one; `null` for none. */
export function asOne(groups: readonly PackageSites[]): PackageSites | null {
  const [first = null] = groups;
  if (groups.length < 2) return first;
  return {
    info: infoOf(groups.flatMap(({ info }) => partsOf(info))),
    files: groups.flatMap(({ files }) => files),
    sites: groups.flatMap(({ sites }) => sites),
    managers: groups.flatMap(({ managers }) => managers),
  };
}

/** Joins what is tied until nothing is any more; each stands where the first of its packages stood. */
function joined(groups: readonly PackageSites[], tied: Tied): readonly PackageSites[] {
  for (const [i, group] of groups.entries()) {
    const other = groups.find((one, at) => at > i && tied(group, one));
    if (other === undefined) continue;
    const both = asOne([group, other]) ?? group;
    return joined(
      groups.flatMap((one) => (one === other ? [] : one === group ? [both] : [one])),
      tied,
    );
  }
  return groups;
}

const asks = ({ sites }: PackageSites): boolean => sites.some(({ verdict }) => verdict.kind === 'call');

/** Whether the handlers of two packages go to the file that the user named for all. */
const shareFile: Tied = (a, b) => asks(a) && asks(b) && usesHybrid(a.info) === usesHybrid(b.info);

/** The bots that load a package which has no manager itself. */
const loadersOf = (group: PackageSites, groups: readonly PackageSites[]): readonly PackageSites[] =>
  group.managers.length > 0 ? [] : groups.filter((one) => byName(group, one));

/** The bots that load a package, where several do; none where it belongs to one of them. */
export function botsLoading(group: PackageSites, groups: readonly PackageSites[]): readonly PackageSites[] {
  const bots = loadersOf(group, groups);
  return bots.length > 1 ? bots : [];
}

/** What several bots load belongs to none of them. */
function withLoaded(groups: readonly PackageSites[]): readonly PackageSites[] {
  const only = (group: PackageSites): PackageSites | null => {
    const bots = loadersOf(group, groups);
    return bots.length === 1 ? (bots[0] ?? null) : null;
  };
  const all = joined(groups, (a, b) => groups.includes(a) && groups.includes(b) && (only(a) === b || only(b) === a));
  return all.map((group) => ({ ...group, bots: botsLoading(group, groups) }));
}

/** Makes one of the packages that belong together. */
export function together(groups: readonly PackageSites[], handlers: string | null): readonly PackageSites[] {
  const started = joined(groups, (a, b) => byManager(a, b) || (handlers !== null && shareFile(a, b)));
  return withLoaded(started);
}
