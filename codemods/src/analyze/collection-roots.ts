/** analyze/collection-roots: what the things in a list, a map or a container can be led back to. */
import type { ts } from '../typescript.js';
import { saysClients, saysOther } from './client-words.ts';
import { keyInstance, keyName, madeWith, putInto, takenOut } from './collection.ts';
import { called, type Follower, type Root, type Roots } from './roots.ts';
import type { Written } from './writes.ts';

const areOther = (roots: Roots): boolean => roots.some(({ names }) => names.some(saysOther));

function whereMade(by: Follower, root: Root, here: readonly Written[]): Roots {
  if ((root.kind !== 'open' && root.kind !== 'package') || root.node === null) return [];
  return by.inside(root.file).ofAll(madeWith(root.node).filter((one) => !here.includes(one)));
}

/** What is put into it, or under one of its keys; `null` where nothing is. */
function putRoots(by: Follower, holder: ts.Expression, held: Roots, key: string | null): Roots | null {
  const here = putInto(holder, key);
  const there = key === null ? held.flatMap((root) => whereMade(by, root, here)) : [];
  const all = [...there, ...by.ofAll(here)];
  const says = key ?? held.flatMap(({ names }) => names).find(saysClients) ?? null;
  return all.length === 0 ? null : all.flatMap((root) => (areOther([root]) ? [root] : called([root], says)));
}

/** Each of a list. */
export function eachOf(by: Follower, list: ts.Expression): Roots {
  const held = by.of(list);
  return putRoots(by, list, held, null) ?? held;
}

/** One of a list, or what a container has under a key; `null` where neither what is in there nor a name says it. */
export function takenRoots(by: Follower, at: ts.Expression): Roots | null {
  const taken = takenOut(at);
  const held = taken === null ? [] : by.of(taken.holder);
  if (taken === null || held.some(({ kind }) => kind === 'instance' || kind === 'value')) return null;
  const { holder, key } = taken;
  const keys = key === undefined ? [] : by.of(key);
  const name = keyName(keys);
  const put = name === null ? null : putRoots(by, holder, held, name);
  if (put !== null) return put;
  if (areOther(held) || (name !== null && saysOther(name))) return null;
  const several = held.length > 0 && held.every(({ names }) => names.some(saysClients));
  const any = several || name === null ? putRoots(by, holder, held, null) : null;
  if (any !== null) return any;
  const made = keys.map((root) => keyInstance(root));
  if (made.length > 0 && made.every((one) => one !== null)) return made;
  if (several) return held;
  return name === null ? null : by.member(held, name);
}
