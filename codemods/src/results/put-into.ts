/** results/put-into: what becomes of a value that is put into a list or an object: it goes where that goes. */
import type { ParsedFile } from '../syntax/program.ts';
import { usesOf } from '../syntax/uses.ts';
import { ts } from '../typescript.js';
import { goesOutOfSight } from './holder-uses.ts';
import { type Entry, entriesIn, isGathered, laidOutOf, listsAround, membersOf } from './result-entries.ts';
import type { FollowedValue, Held, Made } from './value-around.ts';

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
  /** What was walked. */
  readonly seen: Set<ts.Node>;
  /** What was walked of the things that the value is put into, by what they are followed for. */
  readonly seenAround: Map<string | null, Set<ts.Node>>;
  /** Goes on with a value in the same walk. */
  readonly follow: (to: To, file: ParsedFile, value: Entry) => void;
}

/** Walks along the places of lists (`null`), or of objects with a member of a name, that hold what is followed. */
function along<To extends Putting<To>>(to: To, from: readonly Place[], name: string | null): readonly Place[] {
  const uses: Place[] = [];
  const seen = to.seenAround.get(name) ?? new Set();
  to.seenAround.set(name, seen);
  for (const { file, node } of from) to.follow({ ...to, isList: name === null, member: name, seen, uses }, file, node);
  to.within.push(...uses);
  to.lost.push(...uses.flatMap((use) => (isLost(use) ? [use.node] : [])));
  return uses;
}

/** What is taken out of lists, or out of objects under a name. */
const takenOut = (places: readonly Place[], name: string | null): readonly Place[] =>
  places.flatMap(({ file, node }) =>
    (name === null ? entriesIn(file, node) : membersOf(file, node, name)).map((part) => ({ file, node: part })),
  );

/** The value is part of a list, or a member of an object, that is made. */
export function ofMade<To extends Putting<To>>(to: To, place: ParsedFile, { made, name }: Made): void {
  const uses = along(to, [{ file: place, node: made }], name);
  const lists = along(
    to,
    uses.flatMap(({ file, node }) =>
      (ts.isExpression(node) ? listsAround(file, node) : []).map((list) => ({ file, node: list })),
    ),
    null,
  );
  // What is an entry of a list there was put into that with what is around it.
  for (const { file, node } of takenOut([...uses, ...takenOut(lists, null)], name)) to.follow(to, file, node);
}

/** Whether a place hands on what it has, and that is not put into what is followed. */
export function isLost({ file, node }: Place): boolean {
  if (!ts.isExpression(node) || isGathered(file, node) || laidOutOf(file, node).length > 0) return false;
  return goesOutOfSight(file, node);
}

/** The value is put into a part of an object or a list: it is where that part is read. */
export function ofHolder<To extends Putting<To>>(to: To, file: ParsedFile, { root, path }: Held): void {
  let places: readonly Place[] = usesOf(file, root).map((node) => ({ file, node }));
  for (const name of path) places = takenOut(along(to, places, name), name);
  for (const place of places) to.follow(to, place.file, place.node);
}
