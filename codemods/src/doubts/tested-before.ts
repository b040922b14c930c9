/** doubts/tested-before: whether a place is only reached where a test of what stands there has held. */
import { leaves } from '../syntax/statements.ts';
import { dottedNames, placesOf, unwrap } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';

/** How far what is set may still come before a place: a loop around it goes round again. */
function lastBefore(test: ts.Node, node: ts.Node): number {
  let end = node.getStart();
  for (let at = node; !ts.isFunctionLike(at) && !ts.isSourceFile(at) && at.pos >= test.end; at = at.parent)
    if (ts.isIterationStatement(at, false)) end = at.end;
  return end;
}

/** Whether anything between a test and a place sets a name, or what it is a member of. */
function isSetBetween(names: readonly string[], test: ts.Node, node: ts.Expression): boolean {
  const end = lastBefore(test, node);
  const isRepeated = end > node.getStart();
  return names.some((name, i) => {
    const path = names.slice(0, i + 1).join('.');
    return placesOf(node.getSourceFile(), name).some((place) => {
      if (place.pos < test.end || place.end > end) return false;
      const at = ts.isPropertyAccessExpression(place.parent) && place.parent.name === place ? place.parent : place;
      // What a place is set to is read before.
      const isOf = place.parent.pos <= node.pos && node.end <= place.parent.end && !isRepeated;
      return !isOf && ts.isExpression(at) && dottedNames(at)?.join('.') === path && writtenAt(at).length > 0;
    });
  });
}

/** Whether a test says a name. */
function says(test: ts.Expression, name: string): boolean {
  const at = unwrap(test);
  if (dottedNames(at)?.join('.') === name) return true;
  const both = ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
  return both && (says(at.left, name) || says(at.right, name));
}

/** Whether a test says that a name is nothing. */
function denies(test: ts.Expression, name: string): boolean {
  const at = unwrap(test);
  if (ts.isPrefixUnaryExpression(at)) return at.operator === ts.SyntaxKind.ExclamationToken && says(at.operand, name);
  const any = ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.BarBarToken;
  return any && (denies(at.left, name) || denies(at.right, name));
}

/** The tests of a name that have held where a node is reached, by what stands around it. */
function heldAround(at: ts.Node, name: string): readonly ts.Expression[] {
  const { parent } = at;
  const held = (test: ts.Expression, holds: boolean): readonly ts.Expression[] => (holds ? [test] : []);
  if (ts.isConditionalExpression(parent) && parent.whenTrue === at)
    return held(parent.condition, says(parent.condition, name));
  if (ts.isConditionalExpression(parent) && parent.whenFalse === at)
    return held(parent.condition, denies(parent.condition, name));
  if (ts.isIfStatement(parent) && parent.thenStatement === at)
    return held(parent.expression, says(parent.expression, name));
  if (ts.isBinaryExpression(parent) && parent.right === at) return held(parent.left, says(parent.left, name));
  if (!ts.isBlock(parent)) return [];
  return parent.statements.flatMap((one) => {
    if (one.pos >= at.pos || !ts.isIfStatement(one)) return [];
    return held(one.expression, denies(one.expression, name) && leaves(one.thenStatement));
  });
}

/** Whether a place is only reached where a test of a name has held, and nothing has set that since. */
export function isTested(node: ts.Expression): boolean {
  const names = dottedNames(node);
  if (names === null) return false;
  const name = names.join('.');
  for (let at: ts.Node = node; !ts.isFunctionLike(at) && !ts.isSourceFile(at); at = at.parent)
    if (heldAround(at, name).some((test) => !isSetBetween(names, test, node))) return true;
  return false;
}

/** `while (list.length > 0) take(list.pop())`: whether a loop asks first whether there is one. */
export function isTakenOfRest(call: ts.CallExpression): boolean {
  const names = dottedNames(call.expression);
  if (names === null || !/^(pop|shift)$/.test(names.at(-1) ?? '')) return false;
  const length = [...names.slice(0, -1), 'length'].join('.');
  const asks = (test: ts.Expression): boolean => {
    const at = unwrap(test);
    if (!ts.isBinaryExpression(at)) return dottedNames(at)?.join('.') === length;
    const { kind } = at.operatorToken;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return asks(at.left) || asks(at.right);
    return kind === ts.SyntaxKind.GreaterThanToken && at.right.getText() === '0' && asks(at.left);
  };
  for (let at: ts.Node = call; !ts.isFunctionLike(at) && !ts.isSourceFile(at); at = at.parent)
    if (ts.isWhileStatement(at.parent) && at.parent.statement === at && asks(at.parent.expression)) return true;
  return false;
}
