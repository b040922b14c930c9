/** handlers/wired: the handlers files that a manager loads already. */
import { dirname, resolve } from 'node:path';
import { handlersOption, sourceOf } from '../files/entry.ts';
import { knownFile } from '../managers/managers.ts';
import { constValue } from '../syntax/const-value.ts';
import { positionOf } from '../syntax/syntax.ts';
import { handlersGiven } from './given-handlers.ts';
import type { LocatedManager } from './place.ts';

/** A handlers file of a manager. */
export interface LoadedFile {
  /** Where it is looked for. */
  readonly at: string;
  /** What is there now, as source. */
  readonly source: string | null;
}

/** What a manager loads. */
export interface LoadedFiles {
  readonly files: readonly LoadedFile[];
  /** Where it names files that cannot be read. */
  readonly unread: readonly { readonly path: string; readonly line: number }[];
}

/** The files behind `hybrid: { handlers }` of a manager, or `handlers` of shardlift's own. */
export function loadedBy({ manager, entry }: LocatedManager): LoadedFiles {
  const { file } = manager;
  const given = handlersGiven(manager);
  const found = given.files.map((one) => {
    const named = knownFile(file, constValue(file, one));
    if (named === null) return null;
    const at = resolve(dirname(named.relativeTo === 'file' ? file.source.path : entry.path), named.path);
    return { at, source: sourceOf(at) };
  });
  const files = found.filter((one) => one !== null);
  const node = files.length < found.length ? (given.files[found.indexOf(null)] ?? null) : given.unread;
  const unread = node === null ? [] : [{ path: file.source.path, line: positionOf(file.tree, node.getStart()).line }];
  return { files, unread };
}

/** The sources of handlers files. */
export const sourcesOf = ({ files }: LoadedFiles): readonly string[] =>
  files.flatMap(({ source }) => (source === null ? [] : [source]));

/** The sources of the handlers files that a manager loads. */
export const wiredFiles = (manager: LocatedManager): readonly string[] => sourcesOf(loadedBy(manager));

/** Whether a manager loads a handlers file, under whichever spelling. */
export function loads(manager: LocatedManager, path: string): boolean {
  const { entry } = manager;
  const own = resolve(dirname(entry.path), handlersOption(entry, path));
  return loadedBy(manager).files.some(({ at, source }) => source === path || at === own);
}
