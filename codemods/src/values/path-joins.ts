/** values/path-joins: calls of `join` and `resolve` of node:path, in whichever way the module is named. */
import { isAccess } from '../syntax/access.ts';
import { requiredModule, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { accessName } from './puts.ts';

const joins: ReadonlySet<string> = new Set(['join', 'resolve']);
const systems: ReadonlySet<string> = new Set(['posix', 'win32']);
const modules = /^(?:node:)?path(?:\/(?:posix|win32))?$/;

/** `path`, `require('path')`, or one of the two that are in it; a name alone is not asked what it holds. */
function isPath(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isIdentifier(at)) return true;
  if (isAccess(at)) return systems.has(accessName(at)) && isPath(at.expression);
  return modules.test(requiredModule(at) ?? '');
}

/** Whether a call puts the parts of a path together: `path.join(...)`, `require('path').posix.join(...)`, `join(...)`. */
export function joinsPath({ expression }: ts.CallExpression): boolean {
  const callee = unwrap(expression);
  if (ts.isIdentifier(callee)) return joins.has(callee.text);
  return isAccess(callee) && joins.has(accessName(callee)) && isPath(callee.expression);
}
