/** results/put-into: what becomes of a value that is put into a list or an object: it goes where that goes. */
import type { ParsedFile } from '../syntax/program.ts';
import { usesOf } from '../syntax/uses.ts';
import { ts } from '../typescript.js';
import { goesOutOfSight } from './holder-uses.ts';
import { type Entry, entriesIn, isGathered, laidOutOf, listsAround, membersOf } from './result-entries.ts';
import type { FollowedValue, Made } from './value-around.ts';

/** A place that has a value: an expression, or the pattern that takes it apart. */
export interface Place {
  readonly file: ParsedFile;
  readonly node: Entry;
}

/** One walk along the places of a value, as far as it is put into something there. */
export interface Putting<To> extends FollowedValue {
  readonly uses: Place[];
  readonly lost: ts.Node[];
  /** The places of what the value is put into. */
  readonly within: Place[];
  /** Goes on with a value in the same walk. */
  readonly follow: (to: To, file: ParsedFile, value: Entry) => void;
}

/** The value is part of a list, or a member of an object, that is made. */
export function ofMade<To extends Putting<To>>(to: To, place: ParsedFile, { made, name }: Made): void {
  const uses: Place[] = [];
  to.follow({ ...to, isList: name === null, uses }, place, made);
  to.within.push(...uses);
  to.lost.push(...uses.flatMap((use) => (isLost(use) ? [use.node] : [])));
  for (const { file, node } of [...uses, ...inLists(to, uses)])
    for (const part of name === null ? entriesIn(file, node) : membersOf(file, node, name)) to.follow(to, file, part);
}

/** The entries of the lists that something is put into, where it is one of them: `rows.push({ i, result })`. */
function inLists<To extends Putting<To>>(to: To, put: readonly Place[]): readonly Place[] {
  const lists: Place[] = [];
  for (const { file, node } of put)
    for (const list of ts.isExpression(node) ? listsAround(file, node) : [])
      to.follow({ ...to, isList: true, member: null, uses: lists }, file, list);
  to.lost.push(...lists.flatMap((list) => (isLost(list) ? [list.node] : [])));
  return lists.flatMap(({ file, node }) => entriesIn(file, node).map((entry) => ({ file, node: entry })));
}

/** Whether a place hands on what it has, and that is not put into what is followed. */
export function isLost({ file, node }: Place): boolean {
  if (!ts.isExpression(node) || isGathered(file, node) || laidOutOf(file, node).length > 0) return false;
  return goesOutOfSight(file, node);
}

/** The value is somewhere in an object or a list: where that goes out of sight, it does. */
export function ofHolder<To extends Putting<To>>(to: To, file: ParsedFile, holder: ts.Identifier): void {
  const uses: Place[] = [];
  for (const use of usesOf(file, holder)) to.follow({ ...to, isList: false, member: null, uses }, file, use);
  to.lost.push(...uses.flatMap((use) => (isLost(use) ? [use.node] : [])));
}
