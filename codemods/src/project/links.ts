/** project/links: what a run does not look into, since only a link leads there. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { shown } from '../wording/shown-path.ts';
import { isBelow, isSource, linksUnder, realPath } from './discover.ts';

/** Whether something is a folder, or a file of code. */
function holdsCode(target: string): boolean {
  const stat = statSync(target, { throwIfNoEntry: false });
  return stat !== undefined && (stat.isDirectory() || (stat.isFile() && isSource(target)));
}

/**
 * Says of each link below the given paths that it is not followed, where it leads to code that none of them holds. One that
 * leads back to what holds a path itself leads to nothing new.
 */
export function linksOut(paths: readonly string[], cwd: string): readonly string[] {
  const given = paths.map((path) => realPath(resolve(cwd, path)));
  const links = [...new Set(given.flatMap(linksUnder))].map((link) => ({ link, target: realPath(link) }));
  const isNew = (target: string): boolean => !given.some((path) => isBelow(target, path) || isBelow(path, target));
  return links
    .filter(({ target }) => isNew(target) && holdsCode(target))
    .map(
      ({ link, target }) =>
        `${shown(link, cwd)} is a link and was not followed. Where what it leads to belongs to the bot, give that path as well: ${shown(target, cwd)}`,
    );
}
