/** handlers/unserved: managers that would not load the handlers of a file that is migrated alone. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { compiledFrom } from '../files/compiled-beside.ts';
import { locate, outputFolder } from '../files/entry.ts';
import { projectRoot } from '../files/wrapper-files.ts';
import { isMoved } from '../managers/manager-library.ts';
import { type ManagerSite, managersOf } from '../managers/managers.ts';
import { isBelow, ownFilesMatching } from '../project/discover.ts';
import { type PackageInfo, readPackage } from '../project/package-info.ts';
import { readSource, type SourceText } from '../project/source.ts';
import { parsedAlone } from '../syntax/program.ts';
import { handlersGiven } from './given-handlers.ts';
import { isForTests } from './handler-names.ts';

const namesManager = /\b(?:Sharding|Cluster)Manager\b|\bdiscord-hybrid-sharding\b/;

/** Those of a folder that name a manager; a linter asks for every file of it, and hears of no new manager till it starts again. */
const namingFiles = new Map<string, readonly string[]>();

function filesNaming(folder: string): readonly string[] {
  const known = namingFiles.get(folder);
  if (known !== undefined) return known;
  const out = outputFolder(folder);
  const isOutput = (path: string): boolean => out !== null && out !== folder && isBelow(path, out);
  const found = ownFilesMatching(folder, namesManager).filter((path) => !isOutput(path) && !isForTests(path, [folder]));
  namingFiles.set(folder, found);
  return found;
}

/** Whether a manager is not shardlift's yet, or has no handlers at all: of one that has some, the file is taken for theirs. */
function isUnserved(manager: ManagerSite): boolean {
  if (!isMoved(manager)) return true;
  const { files, unread } = handlersGiven(manager);
  return files.length === 0 && unread === null;
}

/** What is kept of a manager; its tree is not. */
type Unserved = Pick<ManagerSite, 'started'> & { readonly path: string };

const byText = new Map<string, { readonly text: string; readonly managers: readonly Unserved[] }>();

/** The managers of a file that are so, read again only when it has changed. */
function unservedIn(source: SourceText): readonly Unserved[] {
  const { path, text } = source;
  const known = byText.get(path);
  if (known?.text === text) return known.managers;
  const file = compiledFrom(path, text) === null ? parsedAlone(source) : null;
  const found = file === null ? [] : managersOf(file).filter(isUnserved);
  const managers = found.map(({ started }) => ({ path, started }));
  byText.set(path, { text, managers });
  return managers;
}

const unservedBelow = (folder: string): readonly Unserved[] =>
  filesNaming(folder).flatMap((path) => {
    const source = existsSync(path) ? readSource(path, namesManager) : null;
    return source === null ? [] : unservedIn(source);
  });

/** Whether a manager starts a file of a package. */
function startsIn(info: PackageInfo, { path, started }: Unserved): boolean {
  const entry = started === null ? null : locate(started, path, readPackage(dirname(path), info.root));
  return entry !== null && isBelow(entry.path, info.root);
}

/**
 * The files of managers that a package's handlers need and that do not load any yet: those of the package, or, where it
 * has none, those of its workspace that start a file of it.
 *
 * @throws MigrateError `PATH_NOT_FOUND`, `UNREADABLE`
 */
export function unservedManagers(info: PackageInfo): readonly string[] {
  const { root, manifest } = info;
  const own = unservedBelow(root);
  const around = manifest === null ? root : projectRoot(manifest);
  const near = own.length > 0 || around === root ? own : unservedBelow(around).filter((one) => startsIn(info, one));
  return [...new Set(near.map(({ path }) => path))];
}
