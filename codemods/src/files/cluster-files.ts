/** files/cluster-files: files of TypeScript that give a client its cluster of discord-hybrid-sharding where it is declared. */
import { discover } from '../project/discover.ts';
import type { SourceText } from '../project/source.ts';
import { isTypeScript } from '../syntax/program.ts';

/** Adds them, among the given paths: such a field may need a written type when the library's import moves. */
export function withClusterFields(
  sources: readonly SourceText[],
  paths: readonly string[],
  cwd: string,
): readonly SourceText[] {
  if (!sources.some(({ path, text }) => isTypeScript(path) && text.includes('discord-hybrid-sharding'))) return sources;
  const known = new Set(sources.map(({ path }) => path));
  const more = discover(paths, cwd, /\bcluster\s*=\s*new\b/).filter(
    ({ path }) => isTypeScript(path) && !known.has(path),
  );
  return [...sources, ...more].sort((a, b) => (a.path < b.path ? -1 : 1));
}
