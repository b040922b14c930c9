/** handlers/handlers-path: which file of a package gets the handlers. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Entry, handlersPathFor } from '../files/entry.ts';
import { isLeftOut } from '../project/discover.ts';
import { readSource } from '../project/source.ts';
import { isBlank, readHandlers } from './handlers-file.ts';

/** The file to add to: one that every manager with handlers loads, or one that none of them does. */
export function pathFor(entry: Entry, loaded: readonly (readonly string[])[], root: string): string {
  const lists = loaded.filter((list) => list.length > 0);
  const all = [...new Set(lists.flat())];
  const isOpen = (path: string): boolean =>
    (isLeftOut(entry.path, root) || !isLeftOut(path, root)) &&
    (!all.includes(path) || lists.every((list) => list.includes(path)));
  const near = existingNear(entry);
  const there = readableOf(all.filter(isOpen)) ?? (near !== null && isOpen(near) ? near : null);
  if (there !== null) return there;
  const path = handlersPathFor(entry);
  const numbered = (n: number): string => {
    const other = path.replace(/\.\w+$/, (extension) => `-${n}${extension}`);
    const isFree = !existsSync(other) || (isOpen(other) && readableOf([other]) !== null);
    return isFree ? other : numbered(n + 1);
  };
  return existsSync(path) ? numbered(2) : path;
}

/** Of the files that the manager loads the one to add to. */
function readableOf(files: readonly string[]): string | null {
  const named = [...files].sort((a, b) => Number(isUsual(b)) - Number(isUsual(a)));
  const readable = (path: string): boolean => {
    const source = readSource(path);
    return source !== null && (isBlank(source) || readHandlers(source, true) !== null);
  };
  return named.find(readable) ?? null;
}

const isUsual = (path: string): boolean => /^cluster-handlers\.\w+$/.test(basename(path));

/** A handlers file that is already there, whichever extension it has. */
function existingNear(entry: Entry): string | null {
  const folder = dirname(entry.path);
  const names = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'].map((extension) =>
    join(folder, `cluster-handlers${extension}`),
  );
  return names.find((name) => existsSync(name)) ?? null;
}
