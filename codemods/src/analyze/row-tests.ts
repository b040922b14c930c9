/** analyze/row-tests: whether the code behind a broadcast compares what lists inside its results hold with nothing. */
import { ts } from '../typescript.js';
import { ofName, ofUse, usesOfList } from './entry-tests.ts';
import type { ParsedFile } from './program.ts';
import { type Entry, entriesOf, laidOutOf } from './result-entries.ts';
import { wrapped } from './syntax.ts';
import { usesOf } from './uses.ts';

/** Whether an entry that is taken apart has a part that is compared, or has a default. */
function comparesPart(file: ParsedFile, pattern: ts.BindingPattern): boolean {
  return pattern.elements.some((one) => {
    if (ts.isOmittedExpression(one)) return false;
    if (!ts.isArrayBindingPattern(pattern))
      return ts.isIdentifier(one.name) && usesOf(file, one.name).some((use) => compares(file, use, 1));
    if (one.initializer !== undefined) return true;
    return ts.isIdentifier(one.name) && ofName(file, one.name, file.tree) === 'strict';
  });
}

/** Whether a node is a member of an expression, and no method that is called. */
const isMember = (node: ts.Node, of: ts.Expression): node is ts.PropertyAccessExpression =>
  ts.isPropertyAccessExpression(node) &&
  node.expression === wrapped(of) &&
  !(ts.isCallExpression(node.parent) && node.parent.expression === node);

/** Whether code that has one result compares what is in it, or what is in a list inside it. */
function compares(file: ParsedFile, entry: Entry, depth: number): boolean {
  if (!ts.isExpression(entry)) return comparesPart(file, entry);
  if (ofUse(file, entry) === 'strict') return true;
  const { parent } = wrapped(entry);
  if (ts.isVariableDeclaration(parent) && ts.isArrayBindingPattern(parent.name)) return comparesPart(file, parent.name);
  if (depth > 0 && isMember(parent, entry) && compares(file, parent, depth - 1)) return true;
  return depth > 0 && entriesOf(file, entry).some((one) => compares(file, one, depth - 1));
}

/** Whether whoever gets the results of a call compares what is inside them with `null` or `undefined`. */
export function tellsInside(file: ParsedFile, call: ts.CallExpression, isOne: boolean): boolean {
  const uses = usesOfList(file, call) ?? [];
  return uses.some((use) => {
    if (isOne) return compares(file, use, 2);
    if (laidOutOf(file, use).some((list) => ofUse(file, list) === 'strict')) return true;
    return entriesOf(file, use).some((one) => compares(file, one, 2));
  });
}
