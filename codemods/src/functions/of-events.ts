/** functions/of-events: whether a place of a bot is reached by what happens to its shards, and not by what each process does once. */
import { isCalledAtOnce } from '../clients/thing-there.ts';
import { descendants, placesOf, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { placesIn } from '../values/class-members.ts';

/** What a place is asked for. */
export interface Reached {
  /** The folder of the package around it. */
  readonly folder: string;
  /** The name that says the client there. */
  readonly root: string;
}

interface Search extends Reached {
  /** The functions that have been looked at, so that those which call one another end somewhere. */
  readonly seen: Set<string>;
}

/** Who calls a function: what happens to the shards, what a process does once, or nobody that is known. */
export type Caller = 'event' | 'process' | null;

const listens = /\.(on|once|addListener|prependListener)$/;

/** Events of a process, which each has once. */
const ofProcess = /^['"`](ready|clientReady)['"`]$/;

/** Functions that call what they get there and then, for what they were called on. */
const calling = /\.(forEach|each|map|filter|then|catch|finally|reduce|some|every|find)$/;

/** Who calls what is handed to a call. */
function callerBy(call: ts.CallExpression, fn: ts.Node, { root }: Search): Caller {
  const callee = call.expression.getText();
  const [event] = call.arguments;
  if (listens.test(callee)) return event !== undefined && ofProcess.test(event.getText()) ? 'process' : 'event';
  if (calling.test(callee)) return null;
  const [first] = ts.isFunctionLike(fn) ? fn.parameters : [];
  // Who hands a client over may ask each process for it.
  const getsClient = first !== undefined && descendants(first.name).some((one) => one.getText() === root);
  return getsClient || /(^|\.)(broadcastEval|set(Interval|Timeout|Immediate))$/.test(callee) ? 'process' : null;
}

/** The places of what a function is called by: a name in its file, or the name of a member of a class or an object in any file. */
function namesOf(fn: ts.Node, folder: string): readonly ts.Expression[] {
  if (ts.isFunctionDeclaration(fn)) return fn.name === undefined ? [] : plainNames(fn.name);
  const { parent } = fn;
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? plainNames(parent.name) : [];
  const member = ts.isMethodDeclaration(fn) && ts.isClassLike(parent) ? fn.name : memberSet(parent);
  if (member === null || !ts.isIdentifier(member)) return [];
  return placesIn(folder, member.text).flatMap((place) =>
    ts.isPropertyAccessExpression(place.parent) && place.parent.name === place ? [place.parent] : [],
  );
}

const plainNames = (name: ts.Identifier): readonly ts.Expression[] =>
  placesOf(name.getSourceFile(), name.text).filter((one): one is ts.Identifier => ts.isIdentifier(one) && one !== name);

/** The member that a function is set as: `hit = () => {}` in a class, `client.hit = () => {}`. */
function memberSet(parent: ts.Node): ts.Node | null {
  if (ts.isPropertyDeclaration(parent)) return parent.name;
  const target = ts.isBinaryExpression(parent) ? parent.left : null;
  if (target === null || !ts.isPropertyAccessExpression(target)) return null;
  return /^(module\.)?exports$/.test(target.expression.getText()) ? null : target.name;
}

/** Who calls a function by its names: at the places of its calls, or by what it is handed to. */
function callersByName(fn: ts.Node, search: Search): readonly Caller[] {
  const key = `${fn.getSourceFile().fileName}#${fn.pos}`;
  if (search.seen.has(key)) return [];
  search.seen.add(key);
  return namesOf(fn, search.folder).flatMap((name): readonly Caller[] => {
    const { parent } = name;
    if (!ts.isCallExpression(parent)) return [];
    const isThere = parent.expression === name || calling.test(parent.expression.getText());
    if (isThere) return [callerAround(parent, search)];
    return [callerBy(parent, fn, search)];
  });
}

/** Whether what a function does is done where it stands: it is called at once, or by what gets it there. */
function isDoneThere(fn: ts.Node): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const { parent } = wrapped(fn);
  if (ts.isNewExpression(parent)) return parent.expression.getText() === 'Promise';
  return isCalledAtOnce(fn) || (ts.isCallExpression(parent) && calling.test(parent.expression.getText()));
}

function callersOf(fn: ts.Node, search: Search): readonly Caller[] {
  const { parent } = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn) : fn;
  return ts.isCallExpression(parent) ? [callerBy(parent, fn, search)] : callersByName(fn, search);
}

/** The file of an event that each process has once: `events/ready.js`. */
const isOfReady = (tree: ts.SourceFile): boolean => /(^|[/\\])(client)?ready\.[cm]?[jt]sx?$/i.test(tree.fileName);

/** Who calls for what is done at a place. */
function callerAround(node: ts.Node, search: Search): Caller {
  let isInside = false;
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    // Who makes one when its process starts is not looked for.
    if (ts.isConstructorDeclaration(at)) return 'process';
    if (!ts.isFunctionLike(at) || isDoneThere(at)) continue;
    isInside = true;
    const callers = callersOf(at, search);
    if (callers.includes('process')) return 'process';
    if (callers.includes('event')) return 'event';
  }
  return isInside && !isOfReady(node.getSourceFile()) ? null : 'process';
}

/** Whether a place is reached by what happens to the shards, or by what each process does once; `null` where nothing tells. */
export const reachedByEvent = (node: ts.Node, reached: Reached): Caller =>
  callerAround(node, { ...reached, seen: new Set() });
