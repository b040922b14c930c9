/** eslint/command: the paths that a run needs so that a file's calls are answered afterwards. */
import { dirname, isAbsolute } from 'node:path';
import { MigrateError } from '../errors.ts';
import { unservedManagers } from '../handlers/unserved.ts';
import { isBelow } from '../project/discover.ts';
import { readPackage } from '../project/package-info.ts';
import { inShell } from '../wording/shell.ts';
import { shown } from '../wording/shown-path.ts';

/** What a run is to be given. */
export interface Target {
  /** As they are typed. */
  readonly paths: string;
  /** The file of a manager that has to move along; `null` where one file is enough. */
  readonly manager: string | null;
}

function managersFor(folder: string, cwd: string): readonly string[] {
  try {
    return unservedManagers(readPackage(folder, cwd));
  } catch (error) {
    // Of a folder that is not there, or cannot be read, nothing is known; the file is linted all the same.
    if (error instanceof MigrateError) return [];
    throw error;
  }
}

/** The file alone, or the packages of it and of its managers while one of those would not load its handlers. */
export function targetOf(path: string, cwd: string): Target {
  const managers = isAbsolute(path) ? managersFor(dirname(path), cwd) : [];
  const [manager] = managers;
  if (manager === undefined || managers.every((one) => one === path))
    return { paths: inShell(shown(path, cwd)), manager: null };
  const roots = [path, ...managers].map((one) => readPackage(dirname(one), cwd).root);
  const folders = [...new Set(roots)].filter((one, _, all) =>
    all.every((other) => other === one || !isBelow(one, other)),
  );
  return { paths: folders.map((one) => inShell(shown(one, cwd))).join(' '), manager: shown(manager, cwd) };
}
