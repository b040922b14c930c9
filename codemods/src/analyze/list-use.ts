/** analyze/list-use: code that takes the result of a call for a list, whatever its declarations say. */
import { ts } from '../typescript.js';
import type { ParsedFile } from './program.ts';
import { descendants, symbolOf } from './syntax.ts';

/** What an expression is, with what is only said of it: awaited, in parentheses, surely there. */
function saidOf(node: ts.Node): ts.Node {
  const { parent } = node;
  const isSaid = ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent);
  return isSaid ? saidOf(parent) : node;
}

/** A cast, or an index. */
function isTakenApart(node: ts.Node): boolean {
  const { parent } = saidOf(node);
  return ts.isAsExpression(parent) || ts.isTypeAssertionExpression(parent) || ts.isElementAccessExpression(parent);
}

/** Whether a result is cast, indexed, taken apart as a list or kept as anything. */
export function takesList({ tree, checker }: ParsedFile, call: ts.CallExpression): boolean {
  if (isTakenApart(call)) return true;
  const { parent } = saidOf(call);
  if (!ts.isVariableDeclaration(parent)) return false;
  const { name, type } = parent;
  if (type?.kind === ts.SyntaxKind.AnyKeyword || !ts.isIdentifier(name)) return !ts.isObjectBindingPattern(name);
  const kept = symbolOf(checker, name);
  return descendants(tree).some(
    (node) => ts.isIdentifier(node) && node !== name && symbolOf(checker, node) === kept && isTakenApart(node),
  );
}
