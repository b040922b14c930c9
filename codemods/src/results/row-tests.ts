/** results/row-tests: whether the code behind a broadcast compares what lists inside its results hold with nothing. */
import type { TellsNothing } from '../doubts/nothing-told.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { wrapped } from '../syntax/syntax.ts';
import { usesOf } from '../syntax/uses.ts';
import { ts } from '../typescript.js';
import { ofName, ofUse } from './entry-tests.ts';
import { usesOfList } from './list-places.ts';
import { type Entry, entriesOf, laidOutOf } from './result-entries.ts';

/** What is asked of a place that uses an entry. */
type Asks = (told: TellsNothing) => boolean;

interface Within {
  readonly file: ParsedFile;
  readonly asks: Asks;
}

const isCompared: Asks = (told) => told === 'strict';

const most = (found: readonly number[]): number => Math.max(0, ...found);

/** A level more of what is compared further in; none where nothing is. */
const deeper = (levels: number): number => (levels === 0 ? 0 : levels + 1);

/** How deep code compares what it takes apart; a default is a test as well. */
function levelsOfPattern(within: Within, pattern: ts.BindingPattern, depth: number): number {
  const { file, asks } = within;
  const isList = ts.isArrayBindingPattern(pattern);
  const levels = pattern.elements.map((one) => {
    if (ts.isOmittedExpression(one)) return 0;
    if (isList && one.initializer !== undefined) return 1;
    if (!ts.isIdentifier(one.name)) {
      const inside = levelsOfPattern(within, one.name, depth);
      return isList ? deeper(inside) : inside;
    }
    if (isList && one.dotDotDotToken === undefined && asks(ofName(file, one.name, file.tree))) return 1;
    if (depth === 0) return 0;
    const inside = most(usesOf(file, one.name).map((use) => levelsOf(within, use, depth - 1)));
    return isList && one.dotDotDotToken === undefined ? deeper(inside) : inside;
  });
  return most(levels);
}

/** Whether a node is a member of an expression, and no method that is called. */
const isMember = (node: ts.Node, of: ts.Expression): node is ts.PropertyAccessExpression =>
  ts.isPropertyAccessExpression(node) &&
  node.expression === wrapped(of) &&
  !(ts.isCallExpression(node.parent) && node.parent.expression === node);

/** How deep in the lists of one value code compares what they hold: 1 for the entries of the list it is, or has. */
function levelsOf(within: Within, entry: Entry, depth: number): number {
  const { file, asks } = within;
  if (!ts.isExpression(entry)) return levelsOfPattern(within, entry, depth);
  const { parent } = wrapped(entry);
  const own = asks(ofUse(file, entry)) ? 1 : 0;
  if (ts.isVariableDeclaration(parent) && !ts.isIdentifier(parent.name))
    return most([own, levelsOfPattern(within, parent.name, depth)]);
  if (depth === 0) return own;
  const ofMember = isMember(parent, entry) ? levelsOf(within, parent, depth - 1) : 0;
  const ofEntries = entriesOf(file, entry).map((one) => deeper(levelsOf(within, one, depth - 1)));
  return most([own, ofMember, ...ofEntries]);
}

/**
 * How deep whoever gets the results of a call compares what is inside them with `null` or `undefined`: 1 for what a list
 * holds that a result is or has, 2 for what the lists in that one hold, 0 where nothing is compared.
 *
 * @param asks - what else than a comparison counts
 */
export function levelsTold(file: ParsedFile, call: ts.CallExpression, isOne: boolean, asks: Asks = isCompared): number {
  const within: Within = { file, asks };
  const uses = usesOfList(file, call) ?? [];
  return most(
    uses.flatMap((use) => {
      if (isOne) return [levelsOf(within, use, 2)];
      const own = entriesOf(file, use).map((one) => levelsOf(within, one, 2));
      return [...own, ...laidOutOf(file, use).map((list) => levelsOf(within, list, 1))];
    }),
  );
}
