/** plan/beside-broadcasts: places of a package that run in the process they stand in, and in no other. */
import type { PackageSites } from '../sites/sites.ts';
import { placesOfDeclared } from '../syntax/free-names.ts';
import { shownPlace } from '../syntax/source-place.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import type { Seen } from './asked-handlers.ts';
import type { Decision } from './decision.ts';
import { seenAround } from './handler-around.ts';
import { ownFiles } from './own-files.ts';

/** Methods of clients, of managers and of one shard (`shard.eval(fn)`) that run a function elsewhere. */
const broadcasting = /(?:\b(?:broadcastEval|evalOn\w+)|\.eval)$/;

/** Whether an expression is what a broadcast hands to other processes: its first argument alone, not its options. */
const isHandedOver = (node: ts.Node): boolean =>
  ts.isCallExpression(node.parent) &&
  node.parent.arguments[0] === node &&
  broadcasting.test(node.parent.expression.getText());

/** A part of a file. */
interface Part {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** The functions that become handlers, where they are written: those of wrappers and of choices are no arguments of a broadcast. */
const partsMoved = (decisions: readonly Decision[]): readonly Part[] =>
  decisions.flatMap(({ site, rewritten }) => {
    if (!rewritten || site.verdict.kind !== 'call') return [];
    const { movedFrom, reference, wrapper, choice } = site.verdict.plan;
    // What is passed by its name may be used beside it.
    const own = reference === null ? [{ path: site.file.source.path, ...movedFrom }] : [];
    return [...own, ...(wrapper?.closures ?? []), ...(choice?.closures ?? [])];
  });

/** Whether a node stands in what a call hands to other processes, by itself or by a wrapper. */
type IsMoved = (node: ts.Node) => boolean;

/** Whether a function is handed to other processes by its name, and to nobody else. */
function isSentByName(fn: ts.Node, isMoved: IsMoved): boolean {
  const declared = ts.isFunctionDeclaration(fn) ? fn : fn.parent;
  if (!ts.isFunctionDeclaration(declared) && !ts.isVariableDeclaration(declared)) return false;
  const { name } = declared;
  if (name === undefined || !ts.isIdentifier(name)) return false;
  const uses = placesOfDeclared(name);
  return uses.length > 0 && uses.every((one) => isHandedOver(one) || isMoved(one));
}

/** Whether a place is in a function that is handed to other processes: its calls say what becomes of it. */
const isBroadcast = (node: ts.Node, isMoved: IsMoved): boolean =>
  isMoved(node) ||
  ts.findAncestor(node, (at) => ts.isFunctionLike(at) && (isHandedOver(at) || isSentByName(at, isMoved))) !== undefined;

/** Which places are looked for, and what is decided of the calls of the package. */
interface Sought {
  readonly isOne: (node: ts.Node) => boolean;
  readonly words: readonly [RegExp, ...RegExp[]];
  readonly decisions: readonly Decision[];
  /** Whether one is right in a handler for what that sees of its client; by default in all that are asked. */
  readonly isRight?: (node: ts.Node, seen: ReadonlySet<Seen>) => boolean;
}

/** The places of a package that are of a kind and in no function of a broadcast, and in no handler that is asked, for people: each line once. */
export function placesBeside(
  group: PackageSites,
  { isOne, words, decisions, isRight = () => true }: Sought,
): readonly string[] {
  const [word, ...more] = words;
  const moved = partsMoved(decisions);
  // A handler was the function of a broadcast before an earlier run.
  const isAsked = (node: ts.Node): boolean => {
    const seen = seenAround(group, node);
    return seen.size > 0 && isRight(node, seen);
  };
  const places = ownFiles(group, word, { more }).flatMap(({ path, tree }) => {
    const here = moved.filter((one) => one.path === path);
    const isMoved: IsMoved = (node) => here.some(({ start, end }) => start <= node.getStart() && node.end <= end);
    return descendants(tree)
      .filter((node) => isOne(node) && !isBroadcast(node, isMoved) && !isAsked(node))
      .map((node) => shownPlace({ path, tree, at: node.getStart() }, group.info.root));
  });
  return [...new Set(places)];
}
