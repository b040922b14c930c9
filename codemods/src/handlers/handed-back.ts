/** handlers/handed-back: the values that an expression is one of, and the objects that hold a value which is exported. */
import { asValue, whole } from '../modules/exported-as.ts';
import { definesHandlers } from '../syntax/defining.ts';
import { wrapped } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { plainName } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';

/** The arguments that a call gives back as they are, those it puts into the first one included. */
export function givenBack(call: ts.CallExpression): readonly ts.Expression[] {
  const callee = call.expression.getText();
  if (callee === 'Object.assign') return call.arguments;
  return callee === 'Object.freeze' || definesHandlers(call) ? call.arguments.slice(0, 1) : [];
}

/** The values of which an expression is one; what is no object adds no names. */
export function eitherOf(at: ts.Expression): readonly ts.Expression[] | null {
  if (ts.isConditionalExpression(at)) return [at.whenTrue, at.whenFalse];
  if (!ts.isBinaryExpression(at)) return isNothing(at) ? [] : null;
  const { left, right, operatorToken } = at;
  // What is false on the left of `&&` is no object.
  if (operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) return [right];
  return /^(\|\||\?\?)$/.test(operatorToken.getText()) ? [left, right] : null;
}

/** The names under which others know a member of an object that is exported by way of a call, or as the default; else `null`. */
export function heldAs(member: ts.Node): readonly string[] | null {
  if (!ts.isShorthandPropertyAssignment(member) && !ts.isPropertyAssignment(member)) return null;
  const holder = holderOf(member.parent);
  const name = plainName(member.name);
  if (name === null || holder === null) return null;
  // Nothing in its own file leads to what an ES module exports as its default.
  return ts.isExportAssignment(holder.parent) ? [] : asValue(holder)?.every((one) => one === whole) ? [name] : null;
}

/** The expression that a literal is exported by: itself, or a call that gives it back. */
function holderOf(literal: ts.Expression): ts.Expression | null {
  const at = wrapped(literal);
  const { parent } = at;
  if (ts.isCallExpression(parent) && givenBack(parent)[0] === at) return holderOf(parent);
  return ts.isExportAssignment(parent) || asValue(at)?.includes(whole) ? at : null;
}
