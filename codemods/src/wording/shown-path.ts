/** wording/shown-path: a path as people are told it. */
import { relative, sep } from 'node:path';

/** A path as reports show it: relative to the working folder, with forward slashes. */
export function shown(path: string, cwd: string): string {
  return relative(cwd, path).split(sep).join('/') || '.';
}
