/** plan/absent-note: what shardlift/compat/hybrid does not have is named where the import moves. */
import { usesHybrid } from '../project/package-info.ts';
import { assumption } from '../rules/assumption.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { PackageSites } from '../sites/sites.ts';
import { shownPlace } from '../syntax/source-place.ts';
import { descendants } from '../syntax/syntax.ts';
import type { ts } from '../typescript.js';
import { absent, absentAt, mayUseAbsent, options, type Use } from './absent-names.ts';
import type { Decision } from './decision.ts';
import { hasOpenOptions, namedOption } from './open-options.ts';
import { importMoves, ownFiles } from './own-files.ts';

/** The uses of what is not there, where the import of discord-hybrid-sharding moves, or that none of it is among options that cannot be read. */
export function absentNotes(group: PackageSites, decisions: readonly Decision[]): readonly Finding[] {
  const { info } = group;
  if (!importMoves(decisions) || !usesHybrid(info)) return [];
  const files = ownFiles(group, mayUseAbsent);
  const open = files.flatMap(({ path, tree }) =>
    descendants(tree).flatMap((node) =>
      hasOpenOptions(node) ? [shownPlace({ path, tree, at: node.getStart() }, info.root)] : [],
    ),
  );
  const isOpen = open.length > 0;
  const uses = (node: ts.Node): readonly Use[] => [...absentAt(node), ...(isOpen ? namedOption(node) : [])];
  const found = files.flatMap(({ path, tree }) =>
    descendants(tree)
      .flatMap(uses)
      .map(({ name, at }) => ({ name, where: shownPlace({ path, tree, at: at.getStart() }, info.root) })),
  );
  const isNamed = found.some(({ name }) => options.has(name));
  const assumed = isOpen && !isNamed ? [assumption('DC-A10', open)] : [];
  const notes = [...absent].flatMap(([name, { does, instead }]) => {
    const where = [...new Set(found.filter((one) => one.name === name).map((one) => one.where))].join(', ');
    return where === '' ? [] : [finding('DC-M18', { name, where, does, instead })];
  });
  return [...notes, ...assumed];
}
