/** functions/of-events: whether a place of a bot is reached by what happens to its shards, and not by what each process does once. */
import { later } from '../clients/reached-by.ts';
import { isCalledAtOnce } from '../clients/thing-there.ts';
import { isHandlerItself } from '../syntax/defining.ts';
import { descendants, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { type CalledAs, calledAs } from './called-as.ts';

/** Who calls a function: what happens to the shards, what a process does once, or nobody that is known. */
export type Caller = 'event' | 'process' | null;

/** One search through a package for who reaches its places; what it has found out of a function it knows for all of them. */
export interface CallerSearch {
  readonly folder: string;
  /** Who calls what is called so. */
  readonly known: Map<string, readonly Caller[]>;
  /** The places where something is said. */
  readonly said: Map<string, readonly ts.Expression[]>;
}

/** Begins a search through the package in a folder. */
export const callerSearch = (folder: string): CallerSearch => ({ folder, known: new Map(), said: new Map() });

/** The way from one place to those who reach it. */
interface Way {
  readonly search: CallerSearch;
  /** The name that says the client there. */
  readonly root: string;
  /** What has been looked at, so that functions which call one another end somewhere. */
  readonly seen: Set<string>;
  /** How often the way came back to something of which not all is known yet. */
  open: number;
}

const listens = /\.(on|once|addListener|prependListener)$/;

/** Events of a process, which each has once. */
const ofProcess = /^['"`](ready|clientReady)['"`]$/;

/** Functions that call what they get there and then, for what they were called on. */
const calling = /\.(forEach|each|map|filter|then|catch|finally|reduce|some|every|find)$/;

/** Whether a function gets the client by the name that says it where it is counted. */
function getsClient(fn: ts.Node, root: string): boolean {
  const [first] = ts.isFunctionLike(fn) ? fn.parameters : [];
  return first !== undefined && descendants(first.name).some((one) => one.getText() === root);
}

/** Who calls what is handed to a call. */
function callerBy(call: ts.CallExpression, gets: boolean): Caller {
  const callee = call.expression.getText();
  const [event] = call.arguments;
  if (listens.test(callee)) return event !== undefined && ofProcess.test(event.getText()) ? 'process' : 'event';
  if (calling.test(callee)) return null;
  const method = callee.split('.').at(-1) ?? '';
  const isPerProcess = method === 'broadcastEval' || [callee, method].some((one) => later.test(one));
  // Who hands a client over may ask each process for it.
  return gets || isPerProcess ? 'process' : null;
}

/** Where something is said that is called so. */
function placesOf({ said }: CallerSearch, { key, places }: CalledAs): readonly ts.Expression[] {
  const known = said.get(key) ?? places();
  said.set(key, known);
  return known;
}

/** Who calls at a place that says a function: there, or by what it is handed to. */
function callerAt(place: ts.Expression, gets: boolean, way: Way): readonly Caller[] {
  const { parent } = place;
  if (!ts.isCallExpression(parent)) return [];
  const isThere = parent.expression === place || calling.test(parent.expression.getText());
  return [isThere ? callerAround(parent, way) : callerBy(parent, gets)];
}

/** Who calls a function by its names. */
function callersByName(fn: ts.Node, way: Way): readonly Caller[] {
  const { search, root, seen } = way;
  const called = calledAs(fn, search.folder);
  const gets = getsClient(fn, root);
  const key = `${called.key} ${gets ? 'gets' : 'is'} ${root}`;
  const known = search.known.get(key);
  if (known !== undefined) return known;
  if (seen.has(key)) {
    way.open += 1;
    return [];
  }
  const isFirst = seen.size === 0;
  const { open } = way;
  seen.add(key);
  const callers = [...new Set(placesOf(search, called).flatMap((place) => callerAt(place, gets, way)))];
  // What was left out on the way is part of what the first of them is asked.
  if (isFirst || way.open === open) search.known.set(key, callers);
  return callers;
}

/** Whether what a function does is done where it stands: it is called at once, or by what gets it there. */
function isDoneThere(fn: ts.Node): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const { parent } = wrapped(fn);
  if (ts.isNewExpression(parent)) return parent.expression.getText() === 'Promise';
  return isCalledAtOnce(fn) || (ts.isCallExpression(parent) && calling.test(parent.expression.getText()));
}

function callersOf(fn: ts.Node, way: Way): readonly Caller[] {
  // Whoever asks for it may ask each process.
  if (isHandlerItself(fn)) return ['process'];
  const { parent } = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn) : fn;
  return ts.isCallExpression(parent) ? [callerBy(parent, getsClient(fn, way.root))] : callersByName(fn, way);
}

/** The file of an event that each process has once: `events/ready.js`. */
const isOfReady = (tree: ts.SourceFile): boolean => /(^|[/\\])(client)?ready\.[cm]?[jt]sx?$/i.test(tree.fileName);

/** Who calls for what is done at a place. */
function callerAround(node: ts.Node, way: Way): Caller {
  let isInside = false;
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    // Who makes one when its process starts is not looked for.
    if (ts.isConstructorDeclaration(at)) return 'process';
    if (!ts.isFunctionLike(at) || isDoneThere(at)) continue;
    isInside = true;
    const callers = callersOf(at, way);
    if (callers.includes('process')) return 'process';
    if (callers.includes('event')) return 'event';
  }
  return isInside && !isOfReady(node.getSourceFile()) ? null : 'process';
}

/**
 * Whether a place is reached by what happens to the shards, or by what each process does once; `null` where nothing tells.
 *
 * @param root - the name that says the client there
 */
export const reachedByEvent = (node: ts.Node, root: string, search: CallerSearch): Caller =>
  callerAround(node, { search, root, seen: new Set(), open: 0 });
