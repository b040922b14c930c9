/** plan/own-counts: what a bot counts of its own client, beside its broadcasts: that is of all shards of its process now. */
import { assumption } from '../rules/assumption.ts';
import type { Finding } from '../rules/reasons.ts';
import type { PackageSites } from '../sites/sites.ts';
import { type Access, isAccess } from '../syntax/access.ts';
import { ts } from '../typescript.js';
import { accessName } from '../values/puts.ts';
import { takenOfClient } from '../values/taken-of-client.ts';
import { memberName } from '../values/value-members.ts';
import { placesBeside } from './beside-broadcasts.ts';
import type { Decision } from './decision.ts';

/** How much each shard has, and how far away it is; discord.js 11 had no `cache`, and the ping on the client itself. */
const counting =
  /^(?:(?:guilds|users|channels|members)\.(?:cache\.)?size|guilds\.(?:cache\.)?(?:reduce|map|filter)|ws\.shards\.size|(?:ws\.)?ping)$/;

/** Their last names, which are looked at before anything is followed. */
const lastNames = /^(?:size|reduce|map|filter|ping)$/;

/** The name of the member that a node takes out of something. */
const nameTaken = (node: Access | ts.BindingElement): string =>
  isAccess(node) ? accessName(node) : memberName(node.propertyName ?? node.name);

function counts(node: ts.Node): boolean {
  const isElement = ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent);
  if (!isElement && !isAccess(node)) return false;
  return lastNames.test(nameTaken(node)) && takenOfClient(node).some((path) => counting.test(path));
}

/** What is taken for granted of the numbers that a package reads of its own client; nothing where it reads none. */
export function countsTaken(group: PackageSites, decisions: readonly Decision[]): readonly Finding[] {
  // The rarer words first: what says none of them is not looked at any further.
  const words = [/\b(?:guilds|users|channels|members|shards|ping)\b/, /\b(?:size|reduce|map|filter|ping)\b/] as const;
  const places = placesBeside(group, { isOne: counts, words, decisions });
  return places.length === 0 ? [] : [assumption('DC-A7', places)];
}
