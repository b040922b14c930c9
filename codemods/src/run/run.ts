/** run/run: discover, analyse, plan, write, report. Nothing is written before everything is planned. */
import { existsSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { MigrateError } from '../errors.ts';
import { withClusterFields } from '../files/cluster-files.ts';
import { entryFromPath } from '../files/entry.ts';
import { assertHandlersName, assertHandlersPlace } from '../files/handlers-name.ts';
import { withOrderedCalls } from '../files/ordered-calls.ts';
import { withCallers } from '../files/wrapper-files.ts';
import type { PackagePlan, PlannedFile } from '../plan/decision.ts';
import { withClusterTaken } from '../plan/taken-cluster.ts';
import { discover, realPath, refusePackages, withoutCode } from '../project/discover.ts';
import { linksOut } from '../project/links.ts';
import { type PackageInfo, partsOf } from '../project/package-info.ts';
import { readingOnce } from '../project/read-once.ts';
import { type SourceText, withBom } from '../project/source.ts';
import { buildReport } from '../report/build.ts';
import { checkedOf } from '../report/checked.ts';
import { type FileDiff, unifiedDiff } from '../report/diff.ts';
import type { Report, Warning } from '../report/types.ts';
import { outsideOf } from '../sites/outside.ts';
import { analyseSites, type PackageSites } from '../sites/sites.ts';
import { together } from '../sites/together.ts';
import { named, shown } from '../wording/shown-path.ts';
import { commandWith } from './command-with.ts';
import { dropJournal, journalFolder, keepJournal } from './journal.ts';
import { planPackage } from './package-plan.ts';
import { uninterrupted } from './uninterrupted.ts';
import { unneededOf } from './unneeded.ts';
import { unsaidOf, warningsOf } from './warnings.ts';
import { guard, throughLinks, writeFiles } from './write.ts';

/** What one run of dc-migrate is asked to do. */
export interface MigrateOptions {
  /** Files and folders, relative to `cwd`. */
  readonly paths: readonly string[];
  /** The working folder; default `process.cwd()`. */
  readonly cwd?: string;
  /** Plans everything and writes nothing. */
  readonly dryRun?: boolean;
  /** Also rewrites texts that are evaluated: discord.js 11 and 12, discord-hybrid-sharding. */
  readonly legacy?: boolean;
  /** Passes variables a function captures as data; such calls throw until then. */
  readonly fixCaptures?: boolean;
  /** Writes `cluster.guilds.count()`, `guilds.fetch` and `channels.send` where they provably do what a broadcast does. */
  readonly idioms?: boolean;
  /** Writes handlers beside the client (`client.cluster.ipc.handle(...)`) instead of into a file of their own. */
  readonly inline?: boolean;
  /** Makes managers shardlift's own ClusterManager, where nothing of them is lost. */
  readonly core?: boolean;
  /** Hears what the run is at, for long work. */
  readonly progress?: (text: string) => void;
  /** Hears, before anything is written, what has to be done before the result can run. The report has it, too. */
  readonly warn?: (text: string) => void;
  /** Hears which of the given paths lead to nothing, or out of them. */
  readonly passedOver?: (text: string) => void;
  /** The file the manager starts, when it cannot be found. */
  readonly entry?: string;
  /** Where the handlers file goes, instead of beside the entry. */
  readonly handlers?: string;
}

/** The report of a run and the diff of its changes. */
export interface RunResult {
  readonly report: Report;
  /** A unified diff of every changed file, and all of them in one. */
  readonly diffs: readonly FileDiff[];
  readonly diff: string;
  /** What `undo` takes this run back by; `null` when nothing was written. */
  readonly undoId: string | null;
}

const managerSubclass = /\bclass\s+(\w+)\s+extends\s+[\w.]*Manager\b/g;

/** Adds the files that build a manager class of the bot's own: their options name the handlers file. */
function withBuilders(sources: readonly SourceText[], paths: readonly string[], cwd: string): readonly SourceText[] {
  const names = sources.flatMap(({ text }) => [...text.matchAll(managerSubclass)].map((match) => match[1] ?? ''));
  if (names.length === 0) return sources;
  const all = new Map(sources.map((source) => [source.path, source]));
  for (const source of discover(paths, cwd, new RegExp(`\\bnew\\s+(${names.join('|')})\\s*\\(`))) {
    if (!all.has(source.path)) all.set(source.path, source);
  }
  return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Keeps what the files are, or says that this cannot be done. */
function journalOf(files: readonly PlannedFile[], cwd: string): string {
  try {
    return keepJournal(files, cwd);
  } catch (cause) {
    throw new MigrateError(
      'WRITE_FAILED',
      { path: `${cwd}/${journalFolder}`, restored: true, reason: String(cause) },
      { cause },
    );
  }
}

function writeAll(given: readonly PlannedFile[], cwd: string): string {
  const files = throughLinks(given);
  for (const file of files) guard(file);
  const id = journalOf(files, cwd);
  try {
    writeFiles(files);
    return id;
  } catch (error) {
    // When putting files back failed as well, the journal is the only copy of what they were.
    const restored =
      !(error instanceof MigrateError) || (error as MigrateError<'WRITE_FAILED'>).details.restored !== false;
    if (restored) dropJournal(id, cwd);
    throw error;
  }
}

/** The folder that all files are in; no tool takes a diff with `..` in its names. */
function folderOf(files: readonly PlannedFile[], cwd: string): string {
  const isInside = ({ path }: PlannedFile): boolean => path.startsWith(cwd + sep);
  return files.every(isInside) || dirname(cwd) === cwd ? cwd : folderOf(files, dirname(cwd));
}

function diffsOf(files: readonly PlannedFile[], cwd: string): readonly FileDiff[] {
  const folder = folderOf(files, cwd);
  return files.map(({ path, before, after }) => {
    const old = before === null ? null : withBom(before, before.text);
    const text = unifiedDiff(shown(path, folder), old, withBom(before ?? { bom: false }, after));
    return { file: shown(path, cwd), text };
  });
}

/** What a run would write, and its report. */
export interface Planned {
  readonly cwd: string;
  readonly files: readonly PlannedFile[];
  readonly report: Report;
}

/** Makes sure that the entry is a file, or the name of one that it is compiled to. */
function assertEntry(entry: string, groups: readonly PackageSites[], cwd: string): void {
  const stat = existsSync(entry) ? statSync(entry) : undefined;
  const isEntry = (info: PackageInfo): boolean => partsOf(info).some((part) => entryFromPath(entry, part) !== null);
  if (stat?.isFile() === true || groups.some(({ info }) => isEntry(info))) return;
  if (stat === undefined) throw new MigrateError('PATH_NOT_FOUND', { path: entry });
  const problem = `--entry takes a file, and this is a folder: ${shown(entry, cwd)}.`;
  throw new MigrateError('BAD_USAGE', { problem });
}

/** Makes sure that each file has one plan: of two, the second would be written over the first. */
function assertOnePlan(files: readonly PlannedFile[], cwd: string): void {
  const paths = files.map(({ path }) => realPath(path));
  const twice = files.find((_, i) => paths.indexOf(paths[i] ?? '') < i);
  if (twice === undefined) return;
  const problem = `Several packages of this run change ${shown(twice.path, cwd)}. Run dc-migrate on one package after the other.`;
  throw new MigrateError('BAD_USAGE', { problem });
}

/** Plans a run; nothing is written. @throws MigrateError `PATH_NOT_FOUND`, `BAD_USAGE` */
export function plan(options: MigrateOptions): Planned {
  return readingOnce(() => planned(options));
}

/** What has to be put right in a package beside its code, and notes that no place of it carries. */
const warningsFor = (group: PackageSites, plan: PackagePlan | undefined, cwd: string): readonly Warning[] => [
  ...unsaidOf(group, plan?.unsaid ?? [], cwd),
  ...warningsOf(group, { cwd, written: plan?.files.length !== 0 }),
];

/** The files of a run: those that mention sharding, and those that it cannot do without. */
function sourcesOf(paths: readonly string[], cwd: string): readonly SourceText[] {
  const found = withBuilders(discover(paths, cwd), paths, cwd);
  return withOrderedCalls(withClusterFields(withCallers(found, paths, cwd), paths, cwd), paths, cwd);
}

/** The plans of all packages as one, with its report. */
function allOf(groups: readonly PackageSites[], plans: readonly PackagePlan[], cwd: string): Planned {
  const files = plans.flatMap((one) => one.files);
  assertOnePlan(files, cwd);
  const decisions = plans.flatMap((one) => one.decisions);
  const warnings = groups.flatMap((group, i) => warningsFor(group, plans[i], cwd));
  const unneeded = unneededOf(groups, plans, { cwd, files });
  return { cwd, files, report: buildReport(decisions, files, { cwd, checked: checkedOf(plans), warnings, unneeded }) };
}

function planned(options: MigrateOptions): Planned {
  const cwd = realPath(resolve(options.cwd ?? process.cwd()));
  refusePackages(options.paths, cwd);
  const { progress = () => undefined } = options;
  progress('looking for files that mention sharding');
  const at = (path: string | undefined): string | null => (path === undefined ? null : realPath(resolve(cwd, path)));
  for (const path of withoutCode(options.paths, cwd))
    options.passedOver?.(`there is no JavaScript or TypeScript in ${named(path, cwd)}.`);
  for (const said of linksOut(options.paths, cwd)) options.passedOver?.(said);
  const sources = sourcesOf(options.paths, cwd);
  progress(`reading ${sources.length} files that mention sharding, and what they import`);
  const entry = at(options.entry);
  const handlers = at(options.handlers);
  const { legacy = false, fixCaptures = false, idioms = false, inline = false, core = false } = options;
  for (const name of [options.handlers, handlers]) if (typeof name === 'string') assertHandlersName(name, inline);
  const analysed = analyseSites(sources, cwd, { legacy, fixCaptures, idioms, inline, core });
  const groups = together(analysed, handlers).map((group) => withClusterTaken(group, cwd));
  const paths = sources.map(({ path }) => path);
  if (handlers !== null) assertHandlersPlace(handlers, paths, cwd);
  if (entry !== null) assertEntry(entry, groups, cwd);
  const settings = {
    cwd,
    entry,
    handlers,
    outside: (group: PackageSites) => outsideOf(group, { cwd, groups }),
    inline,
    core,
    progress,
    again: (files: readonly string[]) => commandWith(options, files, cwd),
  };
  const plans = groups.map((group): PackagePlan => {
    progress(`planning ${group.sites.length} places in ${shown(group.info.root, cwd)}`);
    return planPackage(group, settings);
  });
  return allOf(groups, plans, cwd);
}

/**
 * Runs dc-migrate and writes the result, unless `dryRun` is set.
 *
 * @throws MigrateError `PATH_NOT_FOUND`, `BAD_USAGE`, `FILE_CHANGED`, `READ_ONLY`; nothing is written then. `WRITE_FAILED`;
 * its `restored` says whether all files are as they were
 */
export async function run(options: MigrateOptions): Promise<RunResult> {
  const { cwd, files, report } = plan(options);
  for (const { message } of report.warnings ?? []) options.warn?.(message);
  const undoId = options.dryRun === true || files.length === 0 ? null : uninterrupted(() => writeAll(files, cwd));
  const diffs = diffsOf(files, cwd);
  return { report, diffs, diff: diffs.map(({ text }) => text).join(''), undoId };
}

/** Runs dc-migrate and gives its report. */
export async function migrate(options: MigrateOptions): Promise<Report> {
  return (await run(options)).report;
}
