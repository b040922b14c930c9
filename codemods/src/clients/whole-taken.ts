/** clients/whole-taken: what takes a list as a whole, or one of it by its place: how many there are, the first, each of them. */
import { ts } from '../typescript.js';

/** What says something of a whole list, or takes one of it by its place. */
export const ofWhole =
  /^(size|length|first|firstKey|last|lastKey|at|random|randomKey|shift|pop|sort|slice|splice|reduce|some|every|next|join)$/;

/** What gives a list of each, or some, of another one; or a part of what the bot has. */
export const goesOn = /^(filter|map|flatMap|values|keys|entries|toJSON|array|keyArray|clone|toSorted|concat)$/;

/** What makes a list of what it gets. */
export const listing = /^(Array\.from|Object\.(keys|values|entries))$/;

const eachOf = /^(forEach|each)$/;

/** The list that a node takes as a whole, or goes through; `null` for any other node. */
export function wholeTaken(node: ts.Node): ts.Expression | null {
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) return node.expression;
  if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) return node.expression;
  if (ts.isCallExpression(node) && listing.test(node.expression.getText())) return node.arguments[0] ?? null;
  if (!ts.isPropertyAccessExpression(node)) return null;
  const { text } = node.name;
  return ofWhole.test(text) || goesOn.test(text) || eachOf.test(text) ? node.expression : null;
}
