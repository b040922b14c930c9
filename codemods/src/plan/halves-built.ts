/** plan/halves-built: whether both halves of a bot of discord-hybrid-sharding are seen to move. */
import { halvesBuilt } from '../managers/hybrid-half.ts';
import type { PackageSites, Site } from '../sites/sites.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** Whether a site is an import of the library that moves. */
export const isImport = ({ verdict }: Site): boolean => verdict.kind === 'swap' && verdict.mention.kind === 'module';

/** The name of the module at a site. */
export function moduleAt({ file: { tree }, at }: Site): ts.StringLiteralLike | undefined {
  return descendants(tree).find(
    (node): node is ts.StringLiteralLike => ts.isStringLiteralLike(node) && node.getStart() <= at && at < node.end,
  );
}

/** Whether a manager and a client are seen to be built of imports that move. */
export function buildsBoth({ sites, files }: PackageSites, cwd: string): boolean {
  const built = new Set(
    sites.filter(isImport).flatMap((site) => {
      const module = moduleAt(site);
      return module === undefined ? [] : halvesBuilt(site.file, module, { files, cwd });
    }),
  );
  return built.size === 2;
}
