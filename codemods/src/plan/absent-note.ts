/** plan/absent-note: calls of discord-hybrid-sharding that shardlift/compat/hybrid does not have, where the import moves. */
import { isAccess } from '../analyze/asks-client.ts';
import { saysOther } from '../analyze/client-words.ts';
import { accessName } from '../analyze/puts.ts';
import { shownPlace } from '../analyze/source-place.ts';
import { descendants, nameText } from '../analyze/syntax.ts';
import { usesHybrid } from '../package-info.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { PackageSites } from '../sites.ts';
import { ts } from '../typescript.js';
import { lastName } from './defining.ts';
import { importMoves, ownFiles } from './own-files.ts';
import type { Decision } from './package-plan.ts';

/** What throws NOT_SUPPORTED there, and what to use. */
const absent = new Map([
  ['evalOnManager', 'manager.hybrid.ipc.handle(name, handler), and cluster.ipc.requestManager(name) in the bot'],
  ['createCluster', 'spawn(), or queue: { auto: false } and manager.queue.next()'],
]);

/** Whether a receiver may be a manager or a cluster; other libraries create clusters as well. */
function mayHave(receiver: ts.Expression, name: string): boolean {
  const of = lastName(receiver);
  if (name === 'createCluster' && of !== null) return /manager|shard|cluster/i.test(of);
  return of === null || !saysOther(of);
}

/** The name of one of them that a node uses: `manager.createCluster`, `const { evalOnManager } = client.cluster`. */
function usedAt(node: ts.Node): string | null {
  if (isAccess(node)) {
    const name = accessName(node);
    return absent.has(name) && mayHave(node.expression, name) ? name : null;
  }
  if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return null;
  const name = nameText(node.propertyName ?? node.name);
  return absent.has(name) ? name : null;
}

/** The uses of what is not there, where the import of discord-hybrid-sharding moves. */
export function absentNotes(group: PackageSites, decisions: readonly Decision[]): readonly Finding[] {
  const { info } = group;
  if (!importMoves(decisions) || !usesHybrid(info)) return [];
  const found = ownFiles(group, /\b(?:evalOnManager|createCluster)\b/).flatMap(({ path, tree }) =>
    descendants(tree).flatMap((node) => {
      const name = usedAt(node);
      return name === null ? [] : [{ name, where: shownPlace({ path, tree, at: node.getStart() }, info.root) }];
    }),
  );
  return [...absent].flatMap(([name, instead]) => {
    const where = [...new Set(found.filter((one) => one.name === name).map((one) => one.where))].join(', ');
    return where === '' ? [] : [finding('DC-M18', { name, where, instead })];
  });
}
