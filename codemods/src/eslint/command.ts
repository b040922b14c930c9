/** eslint/command: the paths that a run needs so that a file's calls are answered afterwards. */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { MigrateError } from '../errors.ts';
import { unservedManagers } from '../handlers/unserved.ts';
import { withoutCode } from '../project/discover.ts';
import { outermost } from '../project/folders.ts';
import { readPackage } from '../project/package-info.ts';
import { pathInShell } from '../wording/shell.ts';
import { shown } from '../wording/shown-path.ts';

/** What a run is to be given. */
export interface Target {
  /** As they are typed. */
  readonly paths: string;
  /** The file of a manager that has to move along; `null` where one file is enough. */
  readonly manager: string | null;
  /** The file itself where no run reads it, since it is not one of code: Markdown, a component. */
  readonly unread: string | null;
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

/**
 * The file alone, or the packages of it and of its managers while one of those would not load its handlers; its package
 * where it is not on disk: an editor has it, or the standard input.
 */
export function targetOf(path: string, cwd: string): Target {
  const file = resolve(cwd, path);
  const isThere = existsSync(file);
  const unread = isThere && withoutCode([file], cwd).length > 0 ? shown(file, cwd) : null;
  const managers = isAbsolute(path) ? managersFor(dirname(file), cwd) : [];
  const packages = (files: readonly string[]) => outermost(files.map((one) => readPackage(dirname(one), cwd).root));
  const typed = (paths: readonly string[]): string => paths.map((one) => pathInShell(shown(one, cwd))).join(' ');
  const [manager] = managers;
  if (manager === undefined || managers.every((one) => one === file))
    return { paths: typed(isThere ? [file] : packages([file])), manager: null, unread };
  return { paths: typed(packages([file, ...managers])), manager: shown(manager, cwd), unread };
}
