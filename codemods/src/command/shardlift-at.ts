/** command/shardlift-at: whether there is something to install after a run. */
import { basename, dirname, resolve } from 'node:path';
import { findUp } from '../project/package-info.ts';
import type { ShardliftAt } from '../report/pretty.ts';
import type { Report } from '../report/types.ts';

/** How the files that a run changed come by shardlift. */
export function shardliftAt({ files }: Report, cwd: string): ShardliftAt {
  const folders = [...new Set(files.map(({ file }) => dirname(resolve(cwd, file))))];
  const isBeside = (name: string) => (folder: string) => findUp(name, folder) !== null;
  if (!folders.every(isBeside('package.json'))) return 'unnamed';
  if (files.some(({ file }) => basename(file) === 'package.json')) return 'added';
  return folders.every(isBeside('node_modules/shardlift')) ? 'installed' : 'named';
}
