/** plan/shard-ids: where a bot reads which shard it is, beside its broadcasts: a process has several of them now. */

import type { PackageSites } from '../sites/sites.ts';
import { isAccess } from '../syntax/access.ts';
import { shownPlace } from '../syntax/source-place.ts';
import { descendants, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { accessName } from '../values/puts.ts';
import { ownFiles } from './own-files.ts';

const broadcasting = /\b(broadcastEval|evalOnManager)$/;

/** Whether a place is in a function that is handed to other processes: its calls say what becomes of it. */
const isBroadcast = (node: ts.Node): boolean =>
  ts.findAncestor(node, (at) => ts.isCallExpression(at) && broadcasting.test(at.expression.getText())) !== undefined;

/** `client.shard.ids.includes(0)`: true in one process, as before; `.length` and lists of them are others. */
function asksForOne(ids: ts.Expression): boolean {
  const { parent } = wrapped(ids);
  if (!isAccess(parent) || accessName(parent) !== 'includes' || !ts.isCallExpression(parent.parent)) return false;
  const [shard] = parent.parent.arguments;
  return shard !== undefined && ts.isNumericLiteral(shard);
}

/** Whether a node reads the ids of `client.shard`, as those of one shard. */
function readsIds(node: ts.Node): boolean {
  if (!isAccess(node) || accessName(node) !== 'ids' || !/\bshard[?!]*$/.test(node.expression.getText())) return false;
  return !asksForOne(node) && !isBroadcast(node);
}

/** The places where a package reads `client.shard.ids` beside its broadcasts, for people; empty where there is none. */
export const shardIdPlaces = (group: PackageSites): readonly string[] =>
  ownFiles(group, /\bshard\b[\s\S]*\bids\b/).flatMap(({ path, tree }) =>
    descendants(tree)
      .filter(readsIds)
      .map((node) => shownPlace({ path, tree, at: node.getStart() }, group.info.root)),
  );
