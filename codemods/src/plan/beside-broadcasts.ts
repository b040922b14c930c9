/** plan/beside-broadcasts: places of a package that run in the process they stand in, and in no other. */
import type { PackageSites } from '../sites/sites.ts';
import { shownPlace } from '../syntax/source-place.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { usesOf } from '../values/value-names.ts';
import { ownFiles } from './own-files.ts';

/** Methods of clients, of managers and of one shard (`shard.eval(fn)`) that run a function elsewhere. */
const broadcasting = /(?:\b(?:broadcastEval|evalOn\w+)|\.eval)$/;

/** Whether an expression is what a broadcast hands to other processes: its first argument alone, not its options. */
const isHandedOver = (node: ts.Node): boolean =>
  ts.isCallExpression(node.parent) &&
  node.parent.arguments[0] === node &&
  broadcasting.test(node.parent.expression.getText());

/** Whether a function is handed to other processes by its name, and to nobody else. */
function isSentByName(fn: ts.Node): boolean {
  const declared = ts.isFunctionDeclaration(fn) ? fn : fn.parent;
  if (!ts.isFunctionDeclaration(declared) && !ts.isVariableDeclaration(declared)) return false;
  const { name } = declared;
  if (name === undefined || !ts.isIdentifier(name)) return false;
  const uses = usesOf(name);
  return uses.length > 0 && uses.every(isHandedOver);
}

/** Whether a place is in a function that is handed to other processes: its calls say what becomes of it. */
const isBroadcast = (node: ts.Node): boolean =>
  ts.findAncestor(node, (at) => ts.isFunctionLike(at) && (isHandedOver(at) || isSentByName(at))) !== undefined;

/** The places of a package that are of a kind and in no function of a broadcast, for people: each line once. */
export function placesBeside(
  group: PackageSites,
  isOne: (node: ts.Node) => boolean,
  words: readonly [RegExp, ...RegExp[]],
): readonly string[] {
  const [word, ...more] = words;
  const places = ownFiles(group, word, { more }).flatMap(({ path, tree }) =>
    descendants(tree)
      .filter((node) => isOne(node) && !isBroadcast(node))
      .map((node) => shownPlace({ path, tree, at: node.getStart() }, group.info.root)),
  );
  return [...new Set(places)];
}
