/** functions/loads-from-cwd: modules that a function loads by a path that begins at the working folder. */
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { joinsPath } from '../values/path-joins.ts';

/**
 * Whether a path begins with `process.cwd()`: as a template, a sum, or by `join` or `resolve`. It is the same file from
 * wherever it is loaded, as the working folder belongs to the process.
 */
export function beginsAtCwd(path: ts.Expression | undefined): boolean {
  if (path === undefined) return false;
  const at = unwrap(path);
  if (ts.isTemplateExpression(at)) return at.head.text === '' && beginsAtCwd(at.templateSpans[0]?.expression);
  if (ts.isBinaryExpression(at)) return at.operatorToken.kind === ts.SyntaxKind.PlusToken && beginsAtCwd(at.left);
  if (!ts.isCallExpression(at)) return false;
  return isCwd(at) || (joinsPath(at) && beginsAtCwd(at.arguments[0]));
}

const isCwd = ({ expression, arguments: given }: ts.CallExpression): boolean =>
  given.length === 0 &&
  ts.isPropertyAccessExpression(expression) &&
  expression.name.text === 'cwd' &&
  ts.isIdentifier(expression.expression) &&
  expression.expression.text === 'process';

/** Whether a name is the `require` of a call that loads such a path. */
export function requiresFromCwd(node: ts.Identifier): boolean {
  const call = node.parent;
  const calls = node.text === 'require' && ts.isCallExpression(call) && call.expression === node;
  return calls && beginsAtCwd(call.arguments[0]);
}
