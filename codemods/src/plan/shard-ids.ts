/** plan/shard-ids: where a bot reads which shard it is, beside its broadcasts: a process has several of them now. */

import type { PackageSites } from '../sites/sites.ts';
import { type Access, isAccess } from '../syntax/access.ts';
import { placesOfDeclared } from '../syntax/free-names.ts';
import { dottedNames, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { accessName } from '../values/puts.ts';
import { takenOfClient } from '../values/taken-of-client.ts';
import { memberName } from '../values/value-members.ts';
import type { Seen } from './asked-handlers.ts';
import { placesBeside } from './beside-broadcasts.ts';
import type { Decision } from './decision.ts';

/** Where a client tells which shards are those of its process. */
const telling = /^(?:shard\.ids|options\.shards|ws\.shards\.first)$/;

/** Those of them that tell a handler its shard, where it is asked for one. */
const ofView = /^(?:shard\.ids|ws\.shards\.first)$/;

/** Their last names, which are looked at before anything is followed. */
const lastNames = /^(?:ids|shards|first)$/;

/** `client.shard.ids.includes(0)`: true in one process, as before; `.length` and lists of them are others. */
function asksForOne(ids: ts.Expression): boolean {
  const { parent } = wrapped(ids);
  if (!isAccess(parent) || accessName(parent) !== 'includes' || !ts.isCallExpression(parent.parent)) return false;
  const [shard] = parent.parent.arguments;
  return shard !== undefined && ts.isNumericLiteral(shard);
}

/** Whether a name is set to the ids, and only asked for one of them. */
function keptToAsk(declared: ts.Node): boolean {
  if (!ts.isVariableDeclaration(declared) && !ts.isBindingElement(declared)) return false;
  const uses = ts.isIdentifier(declared.name) ? placesOfDeclared(declared.name) : [];
  return uses.length > 0 && uses.every(asksForOne);
}

const tells = (node: Access | ts.BindingElement, paths: RegExp): boolean =>
  takenOfClient(node).some((path) => paths.test(path));

/** Whether a node reads which shards its process has, as if that were one. */
function readsIds(node: ts.Node): boolean {
  if (isAccess(node)) {
    if (dottedNames(node)?.join('.') === 'process.env.SHARDS') return true;
    const isAsked = asksForOne(node) || keptToAsk(wrapped(node).parent);
    return lastNames.test(accessName(node)) && !isAsked && tells(node, telling);
  }
  if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return false;
  return lastNames.test(memberName(node.propertyName ?? node.name)) && !keptToAsk(node) && tells(node, telling);
}

/** Whether a handler that is asked once per process reads which shard it is as little as one of a broadcast does then. */
function isRight(node: ts.Node, seen: ReadonlySet<Seen>): boolean {
  const isTaken = isAccess(node) || ts.isBindingElement(node);
  return !seen.has('process') || !isTaken || !tells(node, ofView);
}

/** The places where a package reads `client.shard.ids` beside its broadcasts, for people; empty where there is none. */
export const shardIdPlaces = (group: PackageSites, decisions: readonly Decision[]): readonly string[] =>
  placesBeside(group, {
    isOne: readsIds,
    isRight,
    words: [/\b(?:ids|shards|SHARDS)\b/, /\b(?:shards?|SHARDS)\b/],
    decisions,
  });
