/** clients/reached-by: what decides whether a place of a function is reached, and how often. */
import { descendants, type MovableFunction, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isCalledAtOnce } from './thing-there.ts';

/** What stands before a place: something that is looked at, or a list of which the place is reached for each entry. */
export interface Control {
  readonly by: ts.Node;
  readonly each: boolean;
}

const looksAt = (...nodes: readonly (ts.Node | undefined)[]): readonly Control[] =>
  nodes.flatMap((by) => (by === undefined ? [] : [{ by, each: false }]));

const isLogical = ({ operatorToken: { kind } }: ts.BinaryExpression): boolean =>
  kind === ts.SyntaxKind.AmpersandAmpersandToken ||
  kind === ts.SyntaxKind.BarBarToken ||
  kind === ts.SyntaxKind.QuestionQuestionToken;

/** What a statement or an expression tests. */
function testsOf(node: ts.Node): readonly (ts.Node | undefined)[] {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)) return [node.expression];
  if (ts.isConditionalExpression(node)) return [node.condition];
  if (ts.isForStatement(node)) return [node.initializer, node.condition, node.incrementor];
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) return [node.expression];
  if (!ts.isSwitchStatement(node)) return [];
  const cases = node.caseBlock.clauses.flatMap((one) => (ts.isCaseClause(one) ? [one.expression] : []));
  return [node.expression, ...cases];
}

/** Whether a node leaves what is around it. */
const exits = (node: ts.Node): boolean =>
  ts.isReturnStatement(node) || ts.isThrowStatement(node) || ts.isBreakOrContinueStatement(node);

/** The nodes below one that are no part of a further function. */
function ownNodes(node: ts.Node): readonly ts.Node[] {
  const inner = descendants(node).filter((one) => one !== node && ts.isFunctionLike(one));
  return descendants(node).filter((one) => !inner.some((fn) => fn.pos <= one.pos && one.end <= fn.end));
}

/** What decides whether a place is reached behind statements that may leave. */
function beforeIn(statements: readonly ts.Statement[], at: ts.Node): readonly Control[] {
  return statements.flatMap((one) => {
    const nodes = one.pos < at.pos && !ts.isFunctionLike(one) ? ownNodes(one) : [];
    return nodes.some(exits) ? nodes.flatMap((node) => looksAt(...testsOf(node))) : [];
  });
}

/** Functions that call what they get once: when there is time, or when something is done. */
export const later = /^(setTimeout|setInterval|setImmediate|queueMicrotask|process\.nextTick)$/;

/** Methods that call what they get for each entry, and look at nothing else. */
const forEach = /\.(forEach|each|map|flatMap|filter|mapValues)$/;

/** Who calls a function that stands at a place; `null` where that is not seen. */
function callersOf(at: ts.Node): readonly Control[] | null {
  if (!ts.isArrowFunction(at) && !ts.isFunctionExpression(at)) return null;
  if (isCalledAtOnce(at)) return [];
  const { parent } = wrapped(at);
  if (ts.isNewExpression(parent)) return parent.expression.getText() === 'Promise' ? [] : null;
  if (!ts.isCallExpression(parent)) return null;
  const { expression: callee, arguments: given } = parent;
  const name = callee.getText();
  if (later.test(name)) return [];
  if (name === 'Array.from') return given[0] === undefined ? null : [{ by: given[0], each: true }];
  if (!ts.isPropertyAccessExpression(callee)) return null;
  if (/\.(then|catch|finally)$/.test(name)) return looksAt(callee.expression);
  return forEach.test(name) ? [{ by: callee.expression, each: true }] : null;
}

/** What stands right around a node; `null` for what is not known. */
function controlsAt(at: ts.Node): readonly Control[] | null {
  const { parent } = at;
  if (ts.isFunctionLike(at)) return callersOf(at);
  if (ts.isForOfStatement(parent))
    return parent.statement === at ? [{ by: parent.expression, each: true }] : looksAt(parent.expression);
  if (ts.isCatchClause(at)) return looksAt((parent as ts.TryStatement).tryBlock);
  if (ts.isBlock(parent) || ts.isSourceFile(parent)) return beforeIn(parent.statements, at);
  if (ts.isCaseOrDefaultClause(parent)) return beforeIn(parent.statements, at);
  if (ts.isCaseBlock(at)) return looksAt(...testsOf(parent));
  if (ts.isBinaryExpression(parent)) return isLogical(parent) && parent.right === at ? looksAt(parent.left) : [];
  if (ts.isCallExpression(parent)) return parent.expression === at ? [] : looksAt(parent.expression);
  return looksAt(...testsOf(parent).filter((test) => test !== at));
}

/** Everything that decides whether a place of a function is reached; `null` where that is not seen. */
export function reachedBy(fn: MovableFunction, node: ts.Node): readonly Control[] | null {
  const all: Control[] = [];
  for (let at = node; at !== fn.body && at !== fn && !ts.isSourceFile(at); at = at.parent) {
    const found = controlsAt(at);
    if (found === null) return null;
    all.push(...found);
  }
  return all;
}
