/** clients/gone-through: whether all of a list is gone through, each entry by itself. */
import { declarationOf, placesMeaning } from '../syntax/free-names.ts';
import { descendants, isWithin, type MovableFunction, wrapped } from '../syntax/syntax.ts';
import { writtenBy } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { changing } from './effects.ts';
import { elementwise, isPerElement } from './returned.ts';

/** What a node sets, or changes by a method: `n`, `rows.push(row)`. */
function changedBy(node: ts.Node): ts.Node | null {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return writtenBy(node);
  return changing.test(node.expression.name.text) ? node.expression.expression : null;
}

/** Whether a loop adds to something that was there before it, and that tells of all of its list then: `n++`, `rows.push(row)`. */
function addsUp(fn: MovableFunction, loop: ts.ForOfStatement): boolean {
  return descendants(loop.statement).some((node) => {
    const [root] = [changedBy(node)]
      .flatMap((to) => (to === null ? [] : [to, ...descendants(to)]))
      .filter(ts.isIdentifier);
    const declared = root === undefined ? null : declarationOf(root, fn.body);
    return declared !== null && !isWithin(declared, loop);
  });
}

/** The statement that a name of a `break` or `continue` stands before. */
const labelled = (node: ts.BreakOrContinueStatement): ts.LabeledStatement | undefined =>
  ts.findAncestor(
    node,
    (at): at is ts.LabeledStatement => ts.isLabeledStatement(at) && at.label.text === node.label?.text,
  );

/** Whether a `break` or `continue` ends a loop around it: its own, or one further out. */
function endsThisLoop(node: ts.BreakOrContinueStatement, loop: ts.ForOfStatement): boolean {
  const target = labelled(node);
  if (target === undefined) return ts.isBreakStatement(node) && ts.findAncestor(node, isLoopOrSwitch) === loop;
  return isWithin(loop, target) && !(ts.isContinueStatement(node) && target.statement === loop);
}

/** Whether a loop is left before its end, so that others of its list are not looked at. */
export const isLeft = (loop: ts.ForOfStatement): boolean =>
  descendants(loop.statement).some((node) => {
    if (ts.isReturnStatement(node)) return ts.findAncestor(node, ts.isFunctionLike) === enclosing(loop);
    return ts.isBreakOrContinueStatement(node) && endsThisLoop(node, loop);
  });

const enclosing = (node: ts.Node): ts.Node | undefined => ts.findAncestor(node, ts.isFunctionLike);

const isLoopOrSwitch = (node: ts.Node): boolean => ts.isIterationStatement(node, false) || ts.isSwitchStatement(node);

const followed = new Set<ts.VariableDeclaration>();

/** Whether every use of a local constant goes through all of what it holds. */
function areUsesThrough(fn: MovableFunction, variable: ts.VariableDeclaration): boolean {
  const isConst = (variable.parent.flags & ts.NodeFlags.Const) !== 0;
  // Constants that are made of one another end somewhere.
  if (!isConst || !ts.isIdentifier(variable.name) || followed.has(variable)) return false;
  followed.add(variable);
  try {
    return placesMeaning(variable, variable.name, fn.body).every((one) => isGoneThrough(fn, one));
  } finally {
    followed.delete(variable);
  }
}

/** Whether what a method of a list gives is made of each entry by itself, and gone through as well. */
function ofMethod(fn: MovableFunction, access: ts.PropertyAccessExpression): boolean {
  const call = access.parent;
  if (!ts.isCallExpression(call) || call.expression !== access || !isPerElement(fn, call)) return false;
  return /^(forEach|each)$/.test(access.name.text) || (elementwise.has(access.name.text) && isGoneThrough(fn, call));
}

/** Whether a call that gets a list goes through it: `Promise.all(list)`, `Array.from(list, each)`. */
function ofArgument(fn: MovableFunction, call: ts.CallExpression): boolean {
  const callee = call.expression.getText();
  if (/^Promise\.(all|allSettled)$/.test(callee)) return true;
  return callee === 'Array.from' && isPerElement(fn, call) && isGoneThrough(fn, call);
}

/** Whether all of a list is gone through, each entry by itself, or given back as it is. */
export function isGoneThrough(fn: MovableFunction, list: ts.Expression): boolean {
  const at = wrapped(list);
  const { parent } = at;
  if (ts.isForOfStatement(parent)) return parent.expression === at && !isLeft(parent) && !addsUp(fn, parent);
  if (ts.isSpreadElement(parent))
    return (
      ts.isArrayLiteralExpression(parent.parent) &&
      parent.parent.elements.length === 1 &&
      isGoneThrough(fn, parent.parent)
    );
  if (ts.isVariableDeclaration(parent)) return areUsesThrough(fn, parent);
  if (ts.isPropertyAccessExpression(parent)) return ofMethod(fn, parent);
  if (ts.isCallExpression(parent)) return parent.expression !== at && ofArgument(fn, parent);
  return ts.isReturnStatement(parent) || ts.isExpressionStatement(parent) || parent === fn;
}
