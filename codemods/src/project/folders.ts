/** project/folders: fewer paths for many. */
import { dirname } from 'node:path';
import { isBelow } from './discover.ts';

/** The nearest folder that all of some paths are in; one path alone is itself. */
export function commonFolder([first = '', ...others]: readonly string[]): string {
  return others.reduce(holding, first);
}

function holding(folder: string, path: string): string {
  const above = dirname(folder);
  return isBelow(path, folder) || above === folder ? folder : holding(above, path);
}

/** Those of some paths that are not below others of them, each once. */
export const outermost = (paths: readonly string[]): readonly string[] =>
  [...new Set(paths)].filter((one, _, all) => all.every((other) => other === one || !isBelow(one, other)));
