/** files/ordered-calls: files that start shards in the manner of discord.js 11 and 12, and say nothing else of sharding. */
import { dirname } from 'node:path';
import { evaluatesTexts } from '../project/discord-version.ts';
import { discover } from '../project/discover.ts';
import { readPackage } from '../project/package-info.ts';
import type { SourceText } from '../project/source.ts';

const starts = /\brespawnAll\s*\(\s*[^){\s]|\b\w*[mM]anager\.(?:spawn|shards)\b/;

/** Adds them, among the given paths: their arguments get names when the manager of their package moves. */
export function withOrderedCalls(
  sources: readonly SourceText[],
  paths: readonly string[],
  cwd: string,
): readonly SourceText[] {
  const isOld = ({ path }: SourceText): boolean => evaluatesTexts(readPackage(dirname(path), cwd).root);
  if (!sources.some((one) => one.text.includes('ShardingManager') && isOld(one))) return sources;
  const known = new Set(sources.map(({ path }) => path));
  const more = discover(paths, cwd, starts).filter((one) => !known.has(one.path) && isOld(one));
  return [...sources, ...more].sort((a, b) => (a.path < b.path ? -1 : 1));
}
