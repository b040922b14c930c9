/** files/ordered-calls: files that start shards in the manner of older libraries, and say nothing else of sharding. */
import { dirname } from 'node:path';
import { hybridArguments } from '../project/dependency-version.ts';
import { evaluatesTexts } from '../project/discord-version.ts';
import { discover } from '../project/discover.ts';
import { readPackage } from '../project/package-info.ts';
import type { SourceText } from '../project/source.ts';

/** Whoever starts something with arguments that are no object and no text; nothing else is started by `'auto'`. */
const starts =
  /\brespawnAll\s*\(\s*[^){\s]|\bspawn['"`\]]*\s*\(\s*(?!['"`](?!auto\b)|[){\s])|\b\w*(?:[mM]anager|[sS]harder)\.(?:spawn|shards|clusters)\b/;

/** Adds them, among the given paths: their arguments get names when the manager of their package moves. */
export function withOrderedCalls(
  sources: readonly SourceText[],
  paths: readonly string[],
  cwd: string,
): readonly SourceText[] {
  const rootOf = ({ path }: SourceText): string => readPackage(dirname(path), cwd).root;
  const isOld = (one: SourceText): boolean => evaluatesTexts(rootOf(one));
  const isOldHybrid = (one: SourceText): boolean => hybridArguments(rootOf(one)) !== 'named';
  const has = (name: string, old: (one: SourceText) => boolean): boolean =>
    sources.some((one) => one.text.includes(name) && old(one));
  const [discord, hybrid] = [has('ShardingManager', isOld), has('discord-hybrid-sharding', isOldHybrid)];
  if (!discord && !hybrid) return sources;
  const known = new Set(sources.map(({ path }) => path));
  const more = discover(paths, cwd, starts).filter(
    (one) => !known.has(one.path) && ((discord && isOld(one)) || (hybrid && isOldHybrid(one))),
  );
  return [...sources, ...more].sort((a, b) => (a.path < b.path ? -1 : 1));
}
