/** syntax/reach: which files of a large project a program has to hold for its candidates. Read-only. */
import { dirname } from 'node:path';
import { ts } from '../typescript.js';

/** Levels of imports below the candidates that are always followed: what they import, and what that imports. */
const leastLevels = 2;

/** Own files up to which every level is followed. Packages and the language itself are not counted. */
export const mostFiles = 300;

/** The project's own files that a file imports. */
function importsOf(file: string, text: string, given: ResolveGiven): readonly string[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.flatMap(({ fileName }) => {
    const { resolvedModule } = ts.resolveModuleName(fileName, file, given.options, ts.sys, given.cache);
    if (resolvedModule === undefined || resolvedModule.isExternalLibraryImport === true) return [];
    return [resolvedModule.resolvedFileName];
  });
}

interface ResolveGiven {
  readonly options: ts.CompilerOptions;
  readonly cache: ts.ModuleResolutionCache;
}

/**
 * The files to read, level by level from the candidates, until there are more than `most`: what lies further away says
 * little about a call and would cost most of the time and memory.
 *
 * @returns `null` when the project is small enough to be read as a whole
 */
export function filesInReach(
  roots: readonly string[],
  options: ts.CompilerOptions,
  most: number = mostFiles,
): ReadonlySet<string> | null {
  const cache = ts.createModuleResolutionCache(dirname(roots[0] ?? '.'), (name) => name, options);
  const known = new Set(roots);
  let level: readonly string[] = roots;
  for (let depth = 0; level.length > 0; depth += 1) {
    const found = level.flatMap((file) => importsOf(file, ts.sys.readFile(file) ?? '', { options, cache }));
    const next = [...new Set(found)].filter((file) => !known.has(file));
    if (depth >= leastLevels && known.size + next.length > most) return known;
    for (const file of next) known.add(file);
    level = next;
  }
  return null;
}
