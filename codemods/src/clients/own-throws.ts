/** clients/own-throws: whether a function throws errors of its own, with words that whoever catches them may show. */
import { descendants, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { meaningsOf } from '../values/value-parts.ts';

/** Whether an error that is thrown at a node is caught in the function itself. */
function isCaught(node: ts.Node, fn: ts.Node): boolean {
  for (let at = node; at !== fn && !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (ts.isTryStatement(parent) && parent.tryBlock === at && parent.catchClause !== undefined) return true;
  }
  return false;
}

/** The functions of the bot's files that a call names. */
const calledIn = (within: ts.Node, { expression }: ts.CallExpression): readonly ts.Node[] =>
  ts.isIdentifier(unwrap(expression))
    ? meaningsOf(within, expression).flatMap(({ node, is }) =>
        is === 'value' && ts.isFunctionLike(node) ? [node] : [],
      )
    : [];

/** Whether a function throws or rejects by its own text, or by that of a function of the bot's files that it calls. */
export function throwsItself(fn: ts.Node, seen: Set<ts.Node> = new Set()): boolean {
  seen.add(fn);
  return descendants(fn).some((node) => {
    if (ts.isThrowStatement(node)) return !isCaught(node, fn);
    if (!ts.isCallExpression(node)) return false;
    if (node.expression.getText() === 'Promise.reject') return true;
    if (isCaught(node, fn)) return false;
    return calledIn(fn, node).some((called) => !seen.has(called) && throwsItself(called, seen));
  });
}
