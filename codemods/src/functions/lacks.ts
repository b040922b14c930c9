/** functions/lacks: what the text of a function does at a name that is not there where it runs. */
import { type MovableFunction, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { outletsOf } from './outlets.ts';

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

/** What a search through one function has passed. */
interface Search {
  readonly fn: MovableFunction;
  /** The functions inside it, so that those which call one another end somewhere. */
  readonly seen: Set<ts.Node>;
}

/** What ends something for its error: a `throw`, `return Promise.reject(error)`; functions inside aside. */
function endsIn(node: ts.Node): readonly ts.Node[] {
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return [];
  const rejects =
    ts.isReturnStatement(node) && node.expression !== undefined && /^Promise\.reject\(/.test(node.expression.getText());
  const inner: ts.Node[] = [];
  ts.forEachChild(node, (child) => void inner.push(...endsIn(child)));
  return ts.isThrowStatement(node) || rejects ? [node, ...inner] : inner;
}

/** The worst of several, of which each is done. */
export function worstOf(lacks: readonly Lack[]): Lack {
  if (lacks.includes('throws')) return 'throws';
  return lacks.includes('may throw') ? 'may throw' : 'goes on';
}

/** What becomes of an error in a block that is tried: its `catch` may throw one in turn. */
function afterCatch({ block }: ts.CatchClause, search: Search): Lack {
  return worstOf(endsIn(block).map((one) => lackAt(one, block, search)));
}

/** What becomes of an error of a function inside, where it comes out. */
function lackOutside(inner: ts.Node, search: Search): Lack {
  // What it does when it calls itself is what it does where it is called at first.
  if (search.seen.has(inner)) return 'goes on';
  search.seen.add(inner);
  const outlets = outletsOf(inner, search.fn);
  if (outlets === 'taken') return 'goes on';
  // Nobody knows whether what it is handed to calls it, nor when.
  if (outlets === null) return 'may throw';
  const { fn } = search;
  return worstOf(outlets.map((one) => lackAt(one, fn, search))) === 'goes on' ? 'goes on' : 'may throw';
}

/** What becomes of an error at a node, as far as some part of the function around it. */
function lackAt(node: ts.Node, around: ts.Node, search: Search): Lack {
  let found: Lack = 'throws';
  for (let at = node; at !== around && !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (ts.isFunctionLike(at)) return lackOutside(at, search);
    if (ts.isPropertyDeclaration(at)) return 'may throw';
    const caught = ts.isTryStatement(parent) && parent.tryBlock === at ? parent.catchClause : undefined;
    const after = caught === undefined ? 'throws' : afterCatch(caught, search);
    if (after === 'goes on') return after;
    if (after === 'may throw' || ts.isClassLike(at) || isPassedOver(at) || isLeftOut(at)) found = 'may throw';
  }
  return found;
}

/** What the text of a function does for want of a name, by all places that read it. */
export function lackOf(places: readonly ts.Identifier[], fn: MovableFunction): Lack {
  const asked = places.filter((one) => ts.isTypeOfExpression(wrapped(one).parent));
  const lacks = places.filter((one) => !asked.includes(one)).map((one) => lackAt(one, fn, { fn, seen: new Set() }));
  if (lacks.includes('throws')) return 'throws';
  // Who asks whether it is there does so for the other places.
  return asked.length === 0 && lacks.includes('may throw') ? 'may throw' : 'goes on';
}
