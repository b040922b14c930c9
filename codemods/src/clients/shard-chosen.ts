/** clients/shard-chosen: whether a function looks at what its process has only where its shard is one that is chosen. */
import { leaves } from '../syntax/statements.ts';
import { type MovableFunction, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { clientReads } from './client-paths.ts';

const { SyntaxKind } = ts;

const ids = /\bshards?[?!]?\.ids[?!]?$/;
const id = /\bshards?[?!]?\.(ids[?!]?(\?\.)?\[0\]|ids[?!]?\.at\(0\)|id)$/;

const isOperator = (node: ts.Node, ...kinds: readonly ts.SyntaxKind[]): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && kinds.includes(node.operatorToken.kind);

const isShardId = ({ left, right }: ts.BinaryExpression): boolean =>
  [left, right].filter((side) => id.test(unwrap(side).getText())).length === 1;

/** Whether a test holds for one shard: `c.shard.ids.includes(n)`, `c.shard.ids[0] === n`. */
function holdsForOne(test: ts.Expression): boolean {
  const at = unwrap(test);
  if (ts.isCallExpression(at)) {
    const { expression: callee } = at;
    return (
      ts.isPropertyAccessExpression(callee) && callee.name.text === 'includes' && ids.test(callee.expression.getText())
    );
  }
  if (isOperator(at, SyntaxKind.AmpersandAmpersandToken)) return [at.left, at.right].some(holdsForOne);
  return isOperator(at, SyntaxKind.EqualsEqualsToken, SyntaxKind.EqualsEqualsEqualsToken) && isShardId(at);
}

/** Whether a test fails for one shard alone: `!c.shard.ids.includes(n)`, `c.shard.ids[0] !== n`. */
function failsForOne(test: ts.Expression): boolean {
  const at = unwrap(test);
  if (ts.isPrefixUnaryExpression(at)) return at.operator === SyntaxKind.ExclamationToken && holdsForOne(at.operand);
  if (isOperator(at, SyntaxKind.BarBarToken)) return [at.left, at.right].some(failsForOne);
  return isOperator(at, SyntaxKind.ExclamationEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken) && isShardId(at);
}

/** Whether a node stands in an arm of what is around it that one shard takes. */
function isInArm(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent)) {
    if (parent.thenStatement === node) return holdsForOne(parent.expression);
    return parent.elseStatement === node && failsForOne(parent.expression);
  }
  if (ts.isConditionalExpression(parent)) {
    if (parent.whenTrue === node) return holdsForOne(parent.condition);
    return parent.whenFalse === node && failsForOne(parent.condition);
  }
  if (isOperator(parent, SyntaxKind.AmpersandAmpersandToken)) return parent.right === node && holdsForOne(parent.left);
  if (!ts.isBlock(parent)) return false;
  return parent.statements.some(
    (one) => one.pos < node.pos && ts.isIfStatement(one) && leaves(one.thenStatement) && failsForOne(one.expression),
  );
}

function isChosen(fn: MovableFunction, node: ts.Node): boolean {
  for (let at = node; at !== fn.body && !ts.isSourceFile(at); at = at.parent) if (isInArm(at)) return true;
  return false;
}

/** Whether all that a function reads of the bot's own is read for one shard alone, so that one of several does it. */
export function choosesShard(fn: MovableFunction): boolean {
  const own = clientReads(fn).filter(({ kind }) => kind === 'own');
  return own.length > 0 && own.every(({ node }) => isChosen(fn, node));
}
