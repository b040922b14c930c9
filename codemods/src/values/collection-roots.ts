/** values/collection-roots: what the things in a list, a map or a container can be led back to. */
import type { Written } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { saysClients, saysOther } from './client-words.ts';
import { addedTo, keyInstance, keyName, madeWith, takenOut } from './collection.ts';
import { keyedRoots, meant } from './keyed.ts';
import { isToldByName } from './list-mentions.ts';
import { called, type Follower, type Root, type Roots } from './roots.ts';

const areOther = (roots: Roots): boolean => roots.some(({ names }) => names.some(saysOther));

/** The name by which a list says what is in there. */
const tellingName = (root: Root): string | undefined => {
  const name = root.names.find(saysClients);
  return name !== undefined && isToldByName(root) ? name : undefined;
};

function whereMade(by: Follower, root: Root, here: readonly Written[]): Roots {
  if ((root.kind !== 'open' && root.kind !== 'package' && root.kind !== 'value') || root.node === null) return [];
  return by.inside(root.file).ofAll(madeWith(root.node).filter((one) => !here.includes(one)));
}

/** What says itself that it is something else is that by every name. */
const lent = (roots: Roots, name: string | null): Roots =>
  roots.flatMap((root) => (areOther([root]) ? [root] : called([root], name)));

/** What is put into it, or under one of its keys; `null` where nothing is. */
function putRoots(by: Follower, holder: ts.Expression, held: Roots, key: string | null): Roots | null {
  const added = addedTo(holder, key);
  const here = key === null ? added : added.flatMap(meant);
  const there = key === null ? held.flatMap((root) => whereMade(by, root, here)) : [];
  const all = [...there, ...by.ofAll(here)];
  const says = key ?? held.map(tellingName).find((name) => name !== undefined) ?? null;
  return all.length === 0 ? null : lent(all, says);
}

/** What is under a key, here or in what any file of the package binds to it. */
function keyed(by: Follower, holder: ts.Expression, held: Roots, name: string): Roots | null {
  const all = [...(putRoots(by, holder, held, name) ?? []), ...lent(instances(keyedRoots(by, name)), name)];
  return all.length === 0 ? null : all;
}

/** A container makes an instance of a class that is bound to a key. */
const instances = (roots: Roots): Roots => roots.map((root) => keyInstance(root) ?? root);

/** Each of a list. */
export function eachOf(by: Follower, list: ts.Expression): Roots {
  const held = by.of(list);
  return putRoots(by, list, held, null) ?? held;
}

/** What an object holds may be any of its members; other values of the bot have methods of their own. */
const isOpaque = (root: Root, at: ts.Expression): boolean =>
  root.kind === 'instance' ||
  (root.kind === 'value' && !(ts.isObjectLiteralExpression(root.node) && ts.isElementAccessExpression(at)));

/** The name of something else that a key has, be it a text or a class: `kafka`, `KafkaService`. */
const otherKey = (keys: Roots): string | undefined =>
  keys
    .flatMap((root) => [keyName([root]) ?? '', ...root.names.filter((name) => /^[A-Z]/.test(name))])
    .find((name) => saysOther(name));

/** One of a list, or what a container has under a key; `null` where neither what is in there nor a name says it. */
export function takenRoots(by: Follower, at: ts.Expression): Roots | null {
  const taken = takenOut(at);
  const held = taken === null ? [] : by.of(taken.holder);
  if (taken === null || held.some((root) => isOpaque(root, at))) return null;
  const { holder, key } = taken;
  const keys = key === undefined ? [] : by.of(key);
  const name = keyName(keys);
  const put = name === null ? null : keyed(by, holder, held, name);
  if (put !== null) return put;
  const other = otherKey(keys);
  if (other !== undefined) return called(held, other);
  if (areOther(held)) return held;
  const several = held.length > 0 && held.every((root) => tellingName(root) !== undefined);
  const any = several || name === null ? putRoots(by, holder, held, null) : null;
  if (any !== null) return any;
  const made = keys.map((root) => keyInstance(root));
  if (made.length > 0 && made.every((one) => one !== null)) return made;
  if (several) return held;
  return name === null ? null : by.member(held, name);
}
