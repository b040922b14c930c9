/** run/command-with: a run as it is typed, to be typed again with more files. */
import { parse, resolve } from 'node:path';
import { realPath } from '../project/discover.ts';
import { commonFolder, outermost } from '../project/folders.ts';
import { readPackage } from '../project/package-info.ts';
import { pathInShell } from '../wording/shell.ts';
import { shown } from '../wording/shown-path.ts';
import type { MigrateOptions } from './run.ts';

/** More than this nobody types: the folders that they are in do as well. */
const mostPaths = 4;

/** The options that change what is written. */
function typed({ legacy, fixCaptures, idioms, inline, core, entry, handlers }: MigrateOptions): readonly string[] {
  const switches = { legacy, 'fix-captures': fixCaptures, idioms, inline, core };
  const given = Object.entries(switches).flatMap(([name, on]) => (on === true ? [`--${name}`] : []));
  const named = Object.entries({ entry, handlers }).flatMap(([name, to]) =>
    to === undefined ? [] : [`--${name}`, pathInShell(to)],
  );
  return [...given, ...named];
}

/** The nearest folders of many paths, one for each package: that of several would have packages that nobody named. */
function foldersOf(paths: readonly string[]): readonly string[] {
  const byPackage = new Map<string, readonly string[]>();
  for (const path of paths) {
    const { root } = readPackage(path, parse(path).root);
    byPackage.set(root, [...(byPackage.get(root) ?? []), path]);
  }
  return outermost([...byPackage.values()].map(commonFolder));
}

/** The command of a run, with files that it was not given. */
export function commandWith(options: MigrateOptions, files: readonly string[], cwd: string): string {
  const { paths } = options;
  const many = [...paths.map((path) => realPath(resolve(cwd, path))), ...files];
  const all =
    paths.length > mostPaths
      ? foldersOf(many).map((path) => shown(path, cwd))
      : [...paths, ...files.map((file) => shown(file, cwd))];
  return ['npx', 'dc-migrate', ...typed(options), ...all.map(pathInShell)].join(' ');
}
