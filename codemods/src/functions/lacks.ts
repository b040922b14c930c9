/** functions/lacks: what the text of a function does at a name that is not there where it runs. */
import { type MovableFunction, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** It throws, throws where it gets there, or goes on as if nothing were. */
export type Lack = 'throws' | 'may throw' | 'goes on';

const shortCircuits: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
]);

/** Whether a part of a function may leave what is around it; a `break` of its own loop counts as well. */
function mayLeave(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  const leaves = ts.isReturnStatement(node) || ts.isThrowStatement(node) || ts.isBreakOrContinueStatement(node);
  return leaves || ts.forEachChild(node, (child) => mayLeave(child) || undefined) === true;
}

/** Whether an expression is passed over by what is around it, for some values. */
function isPassedOver(at: ts.Node): boolean {
  const { parent } = at;
  if (ts.isConditionalExpression(parent)) return parent.condition !== at;
  if (ts.isBinaryExpression(parent)) return parent.right === at && shortCircuits.has(parent.operatorToken.kind);
  if (ts.isParameter(parent) || ts.isBindingElement(parent)) return parent.initializer === at;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.objectAssignmentInitializer === at;
  return ts.isOptionalChain(parent) && parent.expression !== at;
}

/** Whether a part of a statement is passed over, for some values. */
function isLeftOut(at: ts.Node): boolean {
  const { parent } = at;
  if (ts.isBlock(parent)) return parent.statements.some((one) => one.end <= at.pos && mayLeave(one));
  if (ts.isDoStatement(parent)) return parent.expression === at && mayLeave(parent.statement);
  if (ts.isForStatement(parent)) return parent.statement === at || parent.incrementor === at;
  const tests =
    ts.isIfStatement(parent) ||
    ts.isWhileStatement(parent) ||
    ts.isForInStatement(parent) ||
    ts.isForOfStatement(parent) ||
    ts.isSwitchStatement(parent);
  return ts.isCatchClause(at) || (tests && parent.expression !== at);
}

const isCaught = (at: ts.Node): boolean =>
  ts.isTryStatement(at.parent) && at.parent.tryBlock === at && at.parent.catchClause !== undefined;

function lackAt(name: ts.Identifier, fn: MovableFunction): Lack {
  let found: Lack = 'throws';
  for (let at: ts.Node = name; at !== fn && !ts.isSourceFile(at); at = at.parent) {
    if (isCaught(at)) return 'goes on';
    // Nobody knows whether what it is handed to calls a function inside.
    if (ts.isFunctionLike(at) || ts.isClassLike(at) || isPassedOver(at) || isLeftOut(at)) found = 'may throw';
  }
  return found;
}

/** What the text of a function does for want of a name, by all places that read it. */
export function lackOf(places: readonly ts.Identifier[], fn: MovableFunction): Lack {
  const asked = places.filter((one) => ts.isTypeOfExpression(wrapped(one).parent));
  const lacks = places.filter((one) => !asked.includes(one)).map((one) => lackAt(one, fn));
  if (lacks.includes('throws')) return 'throws';
  // Who asks whether it is there does so for the other places.
  return asked.length === 0 && lacks.includes('may throw') ? 'may throw' : 'goes on';
}
