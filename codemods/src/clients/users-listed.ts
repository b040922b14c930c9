/** clients/users-listed: whether a function counts or lists the users its client has cached, all or some of them. */
import type { MovableFunction } from '../syntax/syntax.ts';
import { wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { clientReads } from './client-paths.ts';

/** Methods that give one of a list, a word on it, or nothing: who overlaps makes no difference to them. */
const singling =
  /^(?:at|clear|delete|each|every|exists|find|findKey|findLast|first|firstKey|forEach|get|has|hasAny|hasAll|includes|last|lastKey|random|randomKey|resolve|set|some|sweep|fetch|send|createDM|deleteDM|dmChannel|fetchFlags|resolveId)$/;

/** Whether a list, or what its methods make of it one after the other, ends as one of its entries. */
function isSingled(list: ts.Expression): boolean {
  const access = wrapped(list).parent;
  if (ts.isSpreadElement(access) && ts.isArrayLiteralExpression(access.parent)) return isSingled(access.parent);
  if (!ts.isPropertyAccessExpression(access) || access.expression !== wrapped(list)) return false;
  const call = access.parent;
  if (!ts.isCallExpression(call) || call.expression !== access)
    return access.name.text === 'cache' && isSingled(access);
  return singling.test(access.name.text) || isSingled(call);
}

/** Whether a function counts users, or gives a list of them or of what it makes of each. */
export const listsUsers = (fn: MovableFunction): boolean =>
  clientReads(fn).some(
    ({ kind, node, member }) => member === 'users' && (kind === 'count' || (kind === 'all' && !isSingled(node))),
  );
