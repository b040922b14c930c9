/** verify/directives: `@ts-expect-error` comments that hid an error of the old library's types, and nothing else. */
import { basename } from 'node:path';
import type { PlacedSplice } from '../managers/cluster-types.ts';
import type { Decision } from '../plan/decision.ts';
import type { PackageSites, Site } from '../sites/sites.ts';
import { positionOf } from '../syntax/syntax.ts';
import type { ts } from '../typescript.js';

/** A comment that has to go with an import. */
export interface UnusedDirective extends PlacedSplice {
  /** The import that moves. */
  readonly site: Site;
  /** Where the comment stands, for the report. */
  readonly where: string;
}

const isMovedModule = ({ rewritten, site: { verdict } }: Decision): boolean =>
  rewritten && verdict.kind === 'swap' && verdict.mention.kind === 'module';

/** Whether a comment stands in or right above a call that is rewritten: the call answers for it then. */
function isOfCall({ file: { tree, source }, at, verdict }: Site, path: string, comment: number): boolean {
  if (verdict.kind !== 'call' || source.path !== path) return false;
  const lineOf = (position: number): number => positionOf(tree, position).line;
  return lineOf(comment) >= lineOf(at) - 1 && comment < verdict.plan.callEnd;
}

/** What takes a comment away, with its line where it stands alone on it; `null` for one that is no comment of one line. */
function removal(text: string, at: number): PlacedSplice['splice'] | null {
  const comment = /^\/\/.*/.exec(text.slice(at))?.[0];
  if (comment === undefined) return null;
  const line = text.lastIndexOf('\n', at - 1) + 1;
  const alone = text.slice(line, at).trim() === '';
  const end = at + comment.replace(/\r$/, '').length;
  if (!alone) return { start: at - (/[ \t]*$/.exec(text.slice(line, at))?.[0].length ?? 0), end, text: '' };
  return { start: line, end: end + (/^\r?\n/.exec(text.slice(end))?.[0].length ?? 0), text: '' };
}

/**
 * The comment at a place that hides nothing any more, and the import it goes with.
 *
 * @param at - where it is in the text as it was
 * @returns `null` where no import of discord-hybrid-sharding moves, or a call is to blame
 */
export function unusedDirective(
  tree: ts.SourceFile,
  at: number,
  decisions: readonly Decision[],
  near: readonly Site[] = [],
): UnusedDirective | null {
  const path = tree.fileName;
  const moved = decisions.filter(isMovedModule).map(({ site }) => site);
  const site =
    moved.find((one) => near.includes(one)) ?? moved.find(({ file }) => file.source.path === path) ?? moved[0];
  const splice = removal(tree.text, at);
  const ofCall = decisions.some((one) => one.rewritten && isOfCall(one.site, path, at));
  if (site === undefined || splice === null || ofCall) return null;
  return { path, splice, site, where: `${basename(path)}:${positionOf(tree, at).line}` };
}

/** The package with what goes with its imports. */
export function withoutDirectives(group: PackageSites, gone: readonly UnusedDirective[]): PackageSites {
  const sites = group.sites.map((site): Site => {
    const mine = gone.filter((one) => one.site === site);
    const { verdict } = site;
    if (mine.length === 0 || verdict.kind !== 'swap') return site;
    const unused = [...(verdict.unused ?? []), ...mine.map(({ where }) => where)];
    return { ...site, verdict: { ...verdict, beside: [...(verdict.beside ?? []), ...mine], unused } };
  });
  return { ...group, sites };
}
