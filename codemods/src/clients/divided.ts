/** clients/divided: proof that what a function does for a whole process is what it does for each of its shards, together. */
import { isAccess } from '../syntax/access.ts';
import { descendants, type MovableFunction, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { accessName } from '../values/puts.ts';
import { pathsIn } from '../values/value-path.ts';
import { actsIn } from './acts.ts';
import { type ClientRead, clientReads } from './client-paths.ts';
import { acts as emitting } from './effects.ts';
import { isGoneThrough, isLeft } from './gone-through.ts';
import { isTold } from './own-told.ts';
import { type Control, reachedBy } from './reached-by.ts';
import { type ReadBehind, type ReadsBehind, readsBehind } from './reads-behind.ts';
import { isReachedWith, isTakenOf } from './thing-there.ts';
import { isSafe, sameThing } from './throws-without.ts';
import { failuresOf } from './waited-for.ts';

/** Members of a client that are those of its process, or the same for all. */
const ofProcess = /^(options|fetch\w+|generate\w+|toJSON|toString|valueOf|constructor|hasOwnProperty)$/;

const asking: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.InKeyword, ts.SyntaxKind.InstanceOfKeyword]);

/** Whether the client itself is only asked whether it has a member, or is of a class. */
const isAskedOnly = ({ parent }: ts.Expression): boolean =>
  ts.isBinaryExpression(parent) && asking.has(parent.operatorToken.kind);

/** Whether a read tells nothing of what the shards divide among themselves. */
function isUndivided({ kind, member, node }: ClientRead): boolean {
  if (kind === 'same' || kind === 'own') return true;
  if (kind !== 'other') return false;
  if (member === undefined) return isAskedOnly(node);
  return ofProcess.test(member) || emitting.test(member) || isEmitting(node.parent);
}

/** `c.ws.on`, `c.rest.on` */
const isEmitting = (node: ts.Node): boolean => ts.isPropertyAccessExpression(node) && emitting.test(node.name.text);

/** The parts of what is done that are made out where it stands; functions that it gets are looked at by themselves. */
function partsOf(act: ts.Node): readonly ts.Node[] {
  if (!ts.isCallExpression(act) && !ts.isNewExpression(act)) return [act];
  return [act.expression, ...(act.arguments ?? []).filter((one) => !ts.isFunctionLike(one))];
}

/** What decides what is done at a place, and whether it is. */
interface Behind {
  /** What is looked at. */
  readonly reads: readonly ReadBehind[];
  /** Lists of shards of which each entry is gone through. */
  readonly lists: readonly ReadBehind[];
  readonly changes: boolean;
}

function behindOf(fn: MovableFunction, act: ts.Node, controls: readonly Control[]): Behind {
  const looked = [...partsOf(act), ...controls.flatMap(({ by, each }) => (each ? [] : [by]))];
  const lists = controls.flatMap(({ by, each }) => (each ? [readsBehind(fn, by)] : []));
  const found: readonly ReadsBehind[] = looked.map((one) => readsBehind(fn, one));
  const ofLists = lists.flatMap(({ reads }) => reads);
  return {
    reads: [...found.flatMap(({ reads }) => reads), ...ofLists.filter(({ kind }) => kind !== 'all')],
    lists: ofLists.filter(({ kind }) => kind === 'all'),
    changes: [...found, ...lists].some(({ changes }) => changes),
  };
}

const presence = /^set(Presence|Activity|Status|AFK)$/;

/** Whether a node sets what the shards of a client show, each of which has a presence of its own. */
function setsPresence(fn: MovableFunction, node: ts.Node): boolean {
  const callee = ts.isCallExpression(node) ? unwrap(node.expression) : null;
  if (callee === null || !isAccess(callee) || !presence.test(accessName(callee))) return false;
  const of = unwrap(callee.expression);
  return (isAccess(of) && accessName(of) === 'user') || pathsIn(fn, of).some(({ names }) => names.at(-1) === 'user');
}

/** Names of what may not be there, of something that is. */
const mayLack =
  /^(get|find|first|last|at|random|resolve|pop|shift|systemChannel|rulesChannel|publicUpdatesChannel|afkChannel|widgetChannel|safetyAlertsChannel|parent|owner|lastMessage)$/;

/** What a node takes that may not be there. */
function lackedAt(node: ts.Node): ts.Expression | null {
  if (!ts.isPropertyAccessExpression(node) || !mayLack.test(node.name.text)) return null;
  const { parent } = node;
  return ts.isCallExpression(parent) && parent.expression === node ? parent : node;
}

/** Whether all that is done for each entry of a list is done for all of them: none ends the rest by an error, or by leaving. */
function goesOnForEach(fn: MovableFunction, { by }: Control): boolean {
  const around = ts.findAncestor(by.parent, (at) => ts.isForOfStatement(at) || ts.isCallExpression(at));
  if (around !== undefined && ts.isForOfStatement(around) && isLeft(around)) return false;
  const inside = around === undefined ? [] : descendants(around).filter(({ pos }) => pos >= by.end);
  return inside.every((node) => {
    const lacked = lackedAt(node);
    return lacked === null || isSafe({ fn, isThing: (one) => one === lacked || sameText(one, lacked) }, lacked);
  });
}

const sameText = (one: ts.Node, other: ts.Node): boolean =>
  one.kind === other.kind && one.getText() === other.getText();

/** Whether what is done for one thing, that is looked up, is done only where that thing is. */
function isDoneWith(fn: MovableFunction, act: ts.Node, lookups: readonly ReadBehind[]): boolean {
  const [first, ...more] = lookups.flatMap(({ node }) => (ts.isCallExpression(node.parent) ? [node.parent] : []));
  if (first === undefined) return false;
  const isThing = sameThing(first);
  return more.every(isThing) && (isReachedWith({ fn, isThing }, act) || isTaken(fn, act, isThing));
}

const isTaken = (fn: MovableFunction, act: ts.Node, isThing: (node: ts.Expression) => boolean): boolean =>
  ts.isCallExpression(act) && isTakenOf({ fn, isThing }, act);

/** Whether a read tells of what the bot has, and so decides what is done; what the act itself gives does not. */
const tellsOwn = (fn: MovableFunction, act: ts.Node, { kind, node }: ClientRead): boolean =>
  kind === 'own' && isTold(fn, node, act);

/** Whether something is done for each of what the shards divide, or for one thing where that is, or for the process as a whole. */
function isDivided(fn: MovableFunction, act: ts.Node): boolean {
  const isOfOne = clientReads(fn).every(isUndivided);
  const controls = reachedBy(fn, act);
  if (controls === null) return isOfOne && !clientReads(fn).some((read) => tellsOwn(fn, act, read));
  const { reads, lists, changes } = behindOf(fn, act, controls);
  if (reads.some((read) => tellsOwn(fn, act, read))) return false;
  const divided = reads.filter((read) => !isUndivided(read));
  if (divided.length === 0 && lists.length === 0) return !changes || isOfOne;
  if (changes || setsPresence(fn, act) || divided.some(({ kind }) => kind !== 'one')) return false;
  const lookups = divided.filter(({ ofThing }) => !ofThing);
  if (controls.some((one) => one.each && !goesOnForEach(fn, one))) return false;
  if (lookups.length > 0) return lists.length === 0 && isDoneWith(fn, act, lookups);
  return !ts.isThrowStatement(act) || lists.length === 0;
}

/** What does nothing by itself but call what it gets, or end what is around it. */
const calling = /^(set(Timeout|Interval|Immediate)|queueMicrotask|process\.\w+)$/;

/** What a function does of which nothing leads to its client: `fetch(url)`, a function of the bot that gets none. */
export const doneOutside = (fn: MovableFunction): readonly ts.CallExpression[] =>
  actsIn(fn).flatMap((act) => {
    if (!ts.isCallExpression(act) || calling.test(act.expression.getText())) return [];
    const { reads, lists } = behindOf(fn, act, reachedBy(fn, act) ?? []);
    const isOfData = pathsIn(fn, act.expression).length > 0;
    return reads.length === 0 && lists.length === 0 && !isOfData ? [act] : [];
  });

/** Whether a function looks at how much a shard has, at the first of it, or at a list that it does not go through. */
export const looksAtWhole = (fn: MovableFunction): boolean =>
  clientReads(fn).some(
    ({ kind, node }) => kind === 'some' || kind === 'count' || (kind === 'all' && !isGoneThrough(fn, node)),
  );

/** Whether what is done is done to something that the shards divide. */
const isOfShard = (fn: MovableFunction, act: ts.Node): boolean =>
  partsOf(act).some((part) => readsBehind(fn, part).reads.some((read) => !isUndivided(read)));

/** Whether an error of one act may end others, which are those of other shards: in a loop that waits, or before another act. */
const mayEndOthers = (fn: MovableFunction, acts: readonly ts.Node[]): boolean =>
  acts.some((act) =>
    failuresOf(fn, act).some(
      ({ isInLoop, ends }) => isInLoop || acts.some((other) => ends(other) && isOfShard(fn, other)),
    ),
  );

/**
 * Whether a function surely does for a process what it does for each of its shards: something to each of a list by itself,
 * to one thing where that is, or to what the process has once.
 */
export function doesEach(fn: MovableFunction): boolean {
  const acts = actsIn(fn);
  return acts.every((act) => isDivided(fn, act)) && !mayEndOthers(fn, acts);
}
