/** wording/shown-path: a path as people are told it. */
import { relative, resolve, sep } from 'node:path';

/** A path as reports show it: relative to the working folder, with forward slashes. */
export function shown(path: string, cwd: string): string {
  return relative(cwd, path).split(sep).join('/') || '.';
}

/** A path as it was given; whole where it is made of dots alone, which say nothing in a sentence. */
export const named = (given: string, cwd: string): string => (/^[./\\]+$/.test(given) ? resolve(cwd, given) : given);
