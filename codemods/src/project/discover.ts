/** project/discover: the files under the given paths that mention discord.js sharding. */
import { execFileSync } from 'node:child_process';
import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { MigrateError } from '../errors.ts';
import { declarationFile, isOwnDeclaration } from './declarations.ts';
import { askedOnce } from './read-once.ts';
import { readSource, type SourceText } from './source.ts';

/** The text of every name dc-migrate knows; a file without a match is never parsed. */
export const mentionPattern =
  /\b(broadcastEval|fetchClientValues|ShardingManager|ShardClientUtil|discord-hybrid-sharding)\b/;

/** The same, and the managers of an earlier run: nothing is said of them, but they may load one more handlers file. */
const worthReading = new RegExp(
  `${mentionPattern.source}|\\b(?:Cluster)?Manager\\b[^]*?shardlift|shardlift[^]*?\\b(?:Cluster)?Manager\\b`,
);

const sourceFile = /\.[mc]?[jt]sx?$/;
const settingsFile = /\.(?:json[5c]?|ya?ml)$/;
const skippedFile = /(\.d\.[mc]?ts|\.min\.[mc]?js)$/;
const skippedFolders = new Set(['node_modules', 'dist', '.git', '.dc-migrate']);

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new MigrateError('UNREADABLE', { path: folder, reason }, { cause });
  }
}

function* walk(folder: string, wanted: (entry: Dirent) => boolean): Generator<string> {
  // Links are not followed: they may lead out of the project, or back into it.
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !skippedFolders.has(entry.name)) yield* walk(path, wanted);
    else if (wanted(entry)) yield path;
  }
}

const isFileOf =
  (names: RegExp) =>
  (entry: Dirent): boolean =>
    entry.isFile() && names.test(entry.name) && !skippedFile.test(entry.name);

/** Whether a file is one of code, by its name. */
export const isSource = (path: string): boolean => sourceFile.test(path) && !skippedFile.test(path);

/**
 * Asks git which of these files it ignores; none when there is no git or no repository, and none when the folder itself
 * is ignored: who names an ignored folder means what is in it.
 */
function ignoredByGit(folder: string, files: readonly string[]): ReadonlySet<string> {
  if (files.length === 0) return new Set();
  try {
    const output = execFileSync('git', ['check-ignore', '-z', '--stdin'], {
      cwd: folder,
      input: [folder, ...files].join('\0'),
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const ignored = new Set(output.split('\0'));
    return ignored.has(folder) ? new Set() : ignored;
  } catch {
    // Exit code 1 means that nothing is ignored; any other failure means no git here, so nothing can be ignored.
    return new Set();
  }
}

/** Where a path leads to by links; what is not there is where its folder leads to. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
  }
}

const filesOnce = askedOnce<readonly string[]>();

const isCode = isFileOf(sourceFile);

/** The files below a folder, those of declarations among them; a file itself. */
function filesUnder(path: string): readonly string[] {
  // Below a file there is nothing, which `statSync` alone would take for a fault of the disk.
  if (!existsSync(path)) throw new MigrateError('PATH_NOT_FOUND', { path });
  const isRead = (entry: Dirent): boolean => isCode(entry) || (entry.isFile() && declarationFile.test(entry.name));
  return statSync(path).isDirectory() ? filesOnce(path, (folder) => [...walk(folder, isRead)]) : [path];
}

/** The same without declarations: what runs. */
const codeUnder = (path: string): readonly string[] =>
  filesUnder(path).filter((file) => file === path || !declarationFile.test(file));

/**
 * Reads every file under the paths that matches, sorted by path; by default what mentions a name dc-migrate knows, or a
 * manager that it has moved.
 *
 * Left out: `node_modules`, `dist`, declaration files but for those of the bot's author that take what moves, minified
 * files, what git ignores and files that are not UTF-8.
 *
 * @throws MigrateError `PATH_NOT_FOUND`, `UNREADABLE`
 */
export function discover(paths: readonly string[], cwd: string, pattern: RegExp = worthReading): readonly SourceText[] {
  const found = new Map<string, SourceText>();
  for (const given of paths) {
    const path = realPath(resolve(cwd, given));
    const candidates = filesUnder(path).flatMap((file) => {
      const source = readSource(file, pattern);
      const isOther =
        source === null || (file !== path && declarationFile.test(file) && !isOwnDeclaration(file, source.text));
      return isOther ? [] : [source];
    });
    const named = candidates.length === 1 && candidates[0]?.path === path;
    const files = candidates.map((c) => c.path);
    const ignored = named
      ? new Set<string>()
      : ignoredByGit(statSync(path).isDirectory() ? path : dirname(path), files);
    for (const source of candidates) if (!ignored.has(source.path)) found.set(source.path, source);
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Whether a file below a folder is one of those that `discover` leaves out: what is written into it is lost. */
export function isLeftOut(path: string, folder: string): boolean {
  const folders = relative(folder, dirname(path)).split(sep);
  return (
    skippedFile.test(path) || folders.some((one) => skippedFolders.has(one)) || ignoredByGit(folder, [path]).has(path)
  );
}

/** Whether a path is one of packages: what a bot installs is not its code. */
export const isOfPackages = (path: string): boolean => resolve(path).split(sep).includes('node_modules');

/** What is said of a path of packages. */
export const packagesRefused = (given: string): string =>
  `${given} is in node_modules, and packages are not migrated. Name the files and folders of the bot itself.`;

/** Makes sure that no path is one of packages. @throws MigrateError `BAD_USAGE` */
export function refusePackages(paths: readonly string[], cwd: string): void {
  const given = paths.find((path) => isOfPackages(resolve(cwd, path)));
  if (given !== undefined) throw new MigrateError('BAD_USAGE', { problem: packagesRefused(given) });
}

/** Those of the given paths below which there is no file of code. */
export function withoutCode(paths: readonly string[], cwd: string): readonly string[] {
  return paths.filter((given) => !codeUnder(resolve(cwd, given)).some((file) => sourceFile.test(file)));
}

/** The files of a folder whose text matches, sorted by path; for questions about a whole package. */
export function filesMatching(folder: string, pattern: RegExp): readonly string[] {
  return codeUnder(folder)
    .filter((file) => readSource(file, pattern) !== null)
    .sort();
}

/** Whether the text of any file below a folder matches, those of declarations among them. */
export const someFileMatches = (folder: string, pattern: RegExp): boolean =>
  filesUnder(folder).some((file) => readSource(file, pattern) !== null);

const settingsOnce = askedOnce<readonly string[]>();

/** The same of files that hold no code: settings in JSON or YAML. */
export const settingsMatching = (folder: string, pattern: RegExp): readonly string[] =>
  settingsOnce(folder, () => [...walk(folder, isFileOf(settingsFile))]).filter(
    (file) => readSource(file, pattern) !== null,
  );

/** The links below a folder that git does not ignore. */
export function linksUnder(folder: string): readonly string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const isLink = (entry: Dirent): boolean => entry.isSymbolicLink() && !skippedFolders.has(entry.name);
  const links = [...walk(folder, isLink)];
  const ignored = ignoredByGit(folder, links);
  return links.filter((link) => !ignored.has(link));
}

/** Whether a path is a folder, or lies below it. */
export function isBelow(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

/** Those of them that git does not ignore. */
export function ownFilesMatching(folder: string, pattern: RegExp): readonly string[] {
  const files = filesMatching(folder, pattern);
  const ignored = ignoredByGit(folder, files);
  return files.filter((file) => !ignored.has(file));
}
