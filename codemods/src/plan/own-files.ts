/** plan/own-files: the files of a package that say something, whether they were among the given paths or not. */
import { dirname } from 'node:path';
import { outputFolder } from '../files/entry.ts';
import { discover, isBelow } from '../project/discover.ts';
import { foldersOf, partsOf, readPackage } from '../project/package-info.ts';
import type { PackageSites } from '../sites/sites.ts';
import { parseAlone } from '../syntax/program.ts';
import type { ts } from '../typescript.js';
import type { Decision } from './decision.ts';

/** A file that is read alone. */
export interface OwnFile {
  readonly path: string;
  readonly tree: ts.SourceFile;
}

/** Whether an import of discord-hybrid-sharding moves. */
export const importMoves = (decisions: readonly Decision[]): boolean =>
  decisions.some(
    ({ site: { verdict }, rewritten }) => rewritten && verdict.kind === 'swap' && verdict.mention.kind === 'module',
  );

/** Which of the files are not read. */
interface OwnFilesGiven {
  readonly without?: ReadonlySet<string>;
  /** What has to stand in them as well: one test for several words would go over a text again and again. */
  readonly more?: readonly RegExp[];
}

/** The files of a package in which a word stands. What a compiler made is none of them. */
export function ownFiles(
  { info, files }: PackageSites,
  word: RegExp,
  { without = new Set(), more = [] }: OwnFilesGiven = {},
): readonly OwnFile[] {
  const folders = foldersOf(info);
  const read = new Map(files.map(({ source, tree }) => [source.path, tree]));
  const compiled = folders.flatMap((folder) => outputFolder(folder) ?? []).filter((one) => !folders.includes(one));
  const isOwn = (path: string): boolean =>
    !compiled.some((one) => isBelow(path, one)) &&
    partsOf(info).some(({ root }) => root === readPackage(dirname(path), info.root).root);
  return discover(folders, info.root, word).flatMap(({ path, text }) =>
    without.has(path) || !more.every((one) => one.test(text)) || !isOwn(path)
      ? []
      : [{ path, tree: read.get(path) ?? parseAlone(path, text) }],
  );
}
