/** values/value-way: how a value is followed: which of its members are taken, and what is waited for. */
import { ts } from '../typescript.js';

/** A member at a place of a list. */
export const atPlace = '#';
/** A value of a map, which its methods give and its properties do not. */
export const inMap = '@';
/** A member whose name nothing tells. */
export const anyName = '*';

/** One step to a part of a value: a member that is taken of it, or that it is waited for. */
export type Step = string | typeof wait;
export const wait = Symbol('wait');

/** What expressions themselves are, or their members of some name. */
type Selves = Map<ts.Node, Map<string, readonly ts.Node[]>>;

/** What has been walked for a question, or for all questions about one function. */
export interface Walked {
  steps: number;
  /** What expressions themselves are. */
  readonly kept: Selves;
  /** What they are as far as that is known, where one of them is asked for on the way to another. */
  readonly known: Selves;
}

/** What is asked of a value that is followed. */
export interface Way {
  /** The members that are taken of it, one of another; nothing beside them goes on. */
  readonly taken: readonly string[];
  /** Whether it is waited for, and what is taken of it, and what that holds, and so on. */
  readonly waits: readonly boolean[];
  /** Only what the last of them holds goes on: `[...list]`. */
  readonly opened: boolean;
  /** Names of what it holds that do not go on. */
  readonly without: ReadonlySet<string>;
  /** What a value holds goes on as well, and not itself alone. */
  readonly deep: boolean;
  /** Whether it ends at the first expression that is the value: what that is made of is nothing to the question. */
  readonly stops: boolean;
  /** Whether nothing else can be meant so far: no name that is set again, no choice, no method. */
  readonly sure: boolean;
  /** The function that is asked about: what its parameters are given by its callers is nothing to the question. */
  readonly within: ts.Node | null;
  /** The function that moves; where that is an arrow, its `this` is the client, whatever surrounds it. */
  readonly moves: ts.Node | null;
  readonly seen: Map<ts.Node, Set<string>>;
  readonly walked: Walked;
}

/** A function with a body. */
export type Body = ts.SignatureDeclaration & { readonly body: ts.ConciseBody };

/** Whether something is a function with a body, whose results can be followed. */
export const hasBody = (node: ts.Node): node is Body =>
  ts.isFunctionLike(node) && 'body' in node && node.body !== undefined && !isGenerator(node);

const isGenerator = (node: ts.Node): boolean => 'asteriskToken' in node && node.asteriskToken !== undefined;

const none: ReadonlySet<string> = new Set();

/** A value that holds itself in ever deeper parts ends somewhere, and so does what is asked of one place. */
const deepest = 8;
const mostWays = 16;
/** After so many steps nothing more is known of a function; a hundred lines of what people write take a few thousand. */
export const mostSteps = 50_000;

export const notWalked = (): Walked => ({ steps: 0, kept: new Map(), known: new Map() });

/** The way of a value that is followed from here. */
export const beginning = (deep: boolean, ...waits: readonly boolean[]): Way => ({
  taken: [],
  waits,
  opened: false,
  without: none,
  deep,
  stops: false,
  sure: true,
  within: null,
  moves: null,
  seen: new Map(),
  walked: notWalked(),
});

/** Whether a value itself goes on, and not only what is taken of it, or what it holds. */
export const isEnd = ({ taken, opened }: Way): boolean => taken.length === 0 && !opened;

export const waited = (way: Way): Way => ({ ...way, waits: [true, ...way.waits.slice(1)] });

/** The way of what is one of several, or made of something. */
export const unsure = (way: Way): Way => ({ ...way, sure: false });

/** The way of something of which a member is taken. */
export const taking = (way: Way, name: string): Way => ({
  ...way,
  taken: [name, ...way.taken],
  waits: [false, ...way.waits],
});

/** The way of something from which steps lead to the value. */
export const before = (way: Way, steps: readonly Step[]): Way =>
  steps.reduceRight((to: Way, step) => (step === wait ? waited(to) : taking(to, step)), way);

/** A place that is counted may be the one that is asked for. */
const mayBePlace = (one: string, other: string): boolean => one === atPlace && /^(#|\d+)$/.test(other);

/** A name that nothing tells may be any, but hardly that of a size. */
const mayBeAny = (one: string, other: string): boolean => one === anyName && !/^(size|length)$/.test(other);

const mayBe = (one: string, other: string): boolean =>
  one === other || [mayBeAny, mayBePlace].some((may) => may(one, other) || may(other, one));

/** The way of what a value holds under a name; `null` where that does not go on. */
export function held(way: Way, name: string): Way | null {
  const [first, ...taken] = way.taken;
  const waits = way.waits.slice(1);
  // What is put under a made name need not be what is asked for.
  const sure = way.sure && (name !== anyName || first === anyName);
  if (first !== undefined) return mayBe(first, name) ? { ...way, taken, waits, sure } : null;
  return way.deep && !way.without.has(name) ? { ...way, waits, opened: false, without: none } : null;
}

/** The way of something whose parts become parts of the value, some names aside. */
export function opened(way: Way, without: readonly string[] = []): Way | null {
  const [first] = way.taken;
  if (first !== undefined) return without.includes(first) ? null : way;
  if (!way.deep) return null;
  return { ...waited(way), opened: true, without: new Set([...way.without, ...without]) };
}

/** The ways of a list of lists that becomes one list. */
export function flattened(way: Way): readonly Way[] {
  const [list = false, each = false, ...more] = way.waits;
  const lists = { ...way, waits: [list, each, each, ...more].slice(0, deepest) };
  return way.taken.length === 0 ? [lists] : [way, { ...lists, taken: [anyName, ...way.taken] }];
}

/** The way of a list, which has places alone. */
export function inList(way: Way): Way {
  const [first, ...more] = way.taken;
  return first === anyName ? { ...way, taken: [atPlace, ...more] } : way;
}

/** The way of a list of the values of something: `Object.values(it)`, `it.values()`. */
export function valuesOf(way: Way): Way | null {
  const [first, ...more] = way.taken;
  return opened(first === atPlace ? { ...way, taken: [anyName, ...more] } : way);
}

/** The way of a list of the entries of something, each of them its name and its value. */
export function entriesOf(way: Way): Way | null {
  const [, part, ...more] = way.taken;
  if (part === undefined) return opened(way);
  const [waits = false, , ...deeper] = way.waits;
  return part === '0' ? null : { ...way, taken: [anyName, ...more], waits: [waits, ...deeper] };
}

/** The way of the entries that something is made of: `new Map(entries)`. */
export function ofEntries(way: Way): Way | null {
  const [first, ...more] = way.taken;
  if (first === undefined || first === atPlace) return opened(way);
  const [waits = false, ...deeper] = way.waits;
  return { ...way, taken: [atPlace, '1', ...more], waits: [waits, false, ...deeper] };
}

/** Whether a step may be taken: there is an end to them. */
export function mayGoOn({ walked }: Way): boolean {
  if (walked.steps <= mostSteps) walked.steps += 1;
  return walked.steps <= mostSteps;
}

/** Whether a node was followed in this way before, or is followed in too many. */
export function isSeen(way: Way, node: ts.Node): boolean {
  const key = [way.waits.join(), way.taken.join('.'), way.opened, [...way.without].sort().join()].join(' ');
  const keys = way.seen.get(node) ?? new Set();
  way.seen.set(node, keys);
  return way.taken.length > deepest || keys.size >= mostWays || keys.size === keys.add(key).size;
}
