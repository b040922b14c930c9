/** results/result-paths: the places that have a part of a result, and those where what holds it goes out of sight. */
import { anyStep } from '../doubts/any-step.ts';
import type { CallSite } from '../syntax/call-site.ts';
import { ts } from '../typescript.js';
import { isLost, type Place } from './put-into.ts';
import { addedInto, entriesIn, gatheredOf, keptOf, laidOutOf, membersOf } from './result-entries.ts';
import { type CallersOf, usedAt } from './result-places.ts';

/** A step into a value: a name, or any place of a list. */
export type Path = readonly string[];

const isEntry = (step: string | undefined): boolean => step !== undefined && /^(\*|\d+)$/.test(step);

/** What is found of a part of a result. */
interface Reached {
  /** The places that have it, or that it comes to first. */
  readonly holders: readonly Place[];
  /** The places that have what it is a part of. */
  readonly around: readonly Place[];
  /** Where it goes out of sight, or what holds it. */
  readonly lost: readonly ts.Node[];
}

interface Walk {
  readonly entered: Map<ts.Node, readonly CallSite[]>;
  readonly callersOf: CallersOf;
  /** What was walked, by how far it is to the end. */
  readonly seen: Map<number, Set<ts.Node>>;
}

const none: Reached = { holders: [], around: [], lost: [] };

const together = (all: readonly Reached[]): Reached => ({
  holders: all.flatMap(({ holders }) => holders),
  around: all.flatMap(({ around }) => around),
  lost: all.flatMap(({ lost }) => lost),
});

/** Those places that were not walked before on the same way. */
function unseen({ seen }: Walk, places: readonly Place[], left: number): readonly Place[] {
  const nodes = seen.get(left) ?? new Set();
  seen.set(left, nodes);
  return places.filter(({ node }) => nodes.size !== nodes.add(node).size);
}

const placesFrom = (places: readonly Place[], taken: (place: Place) => readonly Place['node'][]): readonly Place[] =>
  places.flatMap((place) => taken(place).map((node) => ({ file: place.file, node })));

/** The way into the lists that places have: through their entries, the lists these are put into, and those laid out flat. */
function intoList(walk: Walk, lists: readonly Place[], path: Path): Reached {
  const [, next, ...further] = path;
  const entries = placesFrom(lists, ({ file, node }) => entriesIn(file, node));
  const gathered = placesFrom(lists, ({ file, node }) => (ts.isExpression(node) ? gatheredOf(file, node) : []));
  const kept = placesFrom(lists, ({ file, node }) => [...keptOf(node), ...addedInto(file, node)]);
  const flat = isEntry(next)
    ? placesFrom(lists, ({ file, node }) => (ts.isExpression(node) ? laidOutOf(file, node) : []))
    : [];
  return together([
    walked(walk, entries, path.slice(1)),
    walked(walk, [...gathered, ...kept], path),
    walked(walk, flat, [anyStep, ...further]),
  ]);
}

function walked(walk: Walk, from: readonly Place[], path: Path): Reached {
  const places = unseen(walk, from, path.length);
  if (places.length === 0) return none;
  const [step] = path;
  if (step === undefined) return { ...none, holders: places };
  const isList = isEntry(step);
  const { uses, lost, within } = usedAt(places, { ...walk, isList, member: null });
  // A list that is added to another is one with it: an object would be an entry there.
  const own = uses.filter(({ node }) => !isList || keptOf(node).length === 0);
  const goneOn = [...lost, ...own.filter(isLost).map(({ node }) => node)];
  const inside = isList
    ? intoList(walk, uses, path)
    : walked(
        walk,
        placesFrom(uses, ({ file, node }) => membersOf(file, node, step)),
        path.slice(1),
      );
  return together([{ ...none, around: [...uses, ...within], lost: goneOn }, inside]);
}

/** A member of a part of a value. */
export interface Wanted {
  readonly path: Path;
  readonly member: string;
}

/** Follows values to the part that may have a member. */
export type Reach = (wanted: Wanted) => Reached;

/** Where values are followed from. */
interface From {
  readonly places: readonly Place[];
  /** What leads from there to where the paths begin. */
  readonly through: Path;
  readonly callersOf: CallersOf;
}

/** Makes what follows some values to any of their parts: the way to each is walked once for all of its members. */
export function reachFrom({ places, through, callersOf }: From): Reach {
  const ways = new Map<string, Reached & Pick<Walk, 'entered'>>();
  const wayTo = (path: Path) => {
    const entered: Walk['entered'] = new Map();
    return { ...walked({ callersOf, entered, seen: new Map() }, places, [...through, ...path]), entered };
  };
  return ({ path, member }) => {
    const key = JSON.stringify(path);
    const way = ways.get(key) ?? wayTo(path);
    ways.set(key, way);
    // What one member enters on its further way is no way of another.
    const entered = new Map(way.entered);
    const { uses, lost, within } = usedAt(way.holders, { callersOf, entered, isList: false, member });
    return { holders: uses, around: [...way.around, ...within], lost: [...way.lost, ...lost] };
  };
}
