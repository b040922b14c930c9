/** values/instance-tests: what `instanceof` tests say of a variable where it is used. */
import { leaves } from '../syntax/statements.ts';
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

type Class = 'ShardingManager' | 'ShardClientUtil' | 'ClusterManager' | 'ClusterClient';

/** What a test that holds, or one that does not, says: the class, that it is something else, or nothing. */
function said(test: ts.Expression, name: string, holds: boolean): Class | 'else' | null {
  const at = unwrap(test);
  if (ts.isPrefixUnaryExpression(at) && at.operator === ts.SyntaxKind.ExclamationToken)
    return said(at.operand, name, !holds);
  if (!ts.isBinaryExpression(at)) return null;
  const { kind } = at.operatorToken;
  const both = holds ? ts.SyntaxKind.AmpersandAmpersandToken : ts.SyntaxKind.BarBarToken;
  if (kind === both) return said(at.left, name, holds) ?? said(at.right, name, holds);
  if (kind !== ts.SyntaxKind.InstanceOfKeyword || unwrap(at.left).getText() !== name) return null;
  const tested = /\b(ShardingManager|ShardClientUtil|ClusterManager|ClusterClient)$/.exec(at.right.getText())?.[1];
  return holds && tested !== undefined ? (tested as Class) : 'else';
}

/** What the tests before a statement in its own block say, once they let it be reached. */
function saidBefore(statement: ts.Node, name: string): readonly (Class | 'else' | null)[] {
  const { parent } = statement;
  const block = ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent) ? parent : null;
  return (block?.statements ?? []).flatMap((one) => {
    if (one.pos >= statement.pos || !ts.isIfStatement(one)) return [];
    if (leaves(one.thenStatement)) return [said(one.expression, name, false)];
    const otherLeaves = one.elseStatement !== undefined && leaves(one.elseStatement);
    return otherLeaves ? [said(one.expression, name, true)] : [];
  });
}

/** What the test around a node says where that node is reached. */
function saidAround(node: ts.Node, name: string): Class | 'else' | null {
  const { parent } = node;
  if (ts.isIfStatement(parent) && node !== parent.expression)
    return said(parent.expression, name, node === parent.thenStatement);
  if (ts.isConditionalExpression(parent) && node !== parent.condition)
    return said(parent.condition, name, node === parent.whenTrue);
  if (!ts.isBinaryExpression(parent) || parent.right !== node) return null;
  const { kind } = parent.operatorToken;
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return said(parent.left, name, true);
  return kind === ts.SyntaxKind.BarBarToken ? said(parent.left, name, false) : null;
}

/**
 * The class a use has been tested to be of.
 *
 * @param within - the function that has the variable as its parameter
 * @returns `unknown` where a test has ruled a class out, which leaves no proof; `null` where no test speaks of it
 */
export function testedAs(use: ts.Expression, name: string, within: ts.Node): Class | 'unknown' | null {
  let ruledOut = false;
  for (let at: ts.Node = use; at !== within && !ts.isSourceFile(at); at = at.parent) {
    for (const one of [saidAround(at, name), ...saidBefore(at, name)]) {
      if (one !== null && one !== 'else') return one;
      ruledOut ||= one === 'else';
    }
  }
  return ruledOut ? 'unknown' : null;
}
