/** clients/users-listed: whether a function counts or lists the users its client has cached, all or some of them. */
import { type MovableFunction, returnedBy, unwrap, wrapped } from '../syntax/syntax.ts';
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

/** `(user) => user.id` */
function givesId(fn: ts.Expression | undefined): boolean {
  if (fn === undefined || !ts.isArrowFunction(fn) || ts.isBlock(fn.body)) return false;
  const [entry] = fn.parameters;
  const body = unwrap(fn.body);
  return (
    ts.isPropertyAccessExpression(body) &&
    body.name.text === 'id' &&
    body.expression.getText() === entry?.name.getText()
  );
}

/** Whether a value is a list of ids: `x.map((user) => user.id)`, `[...x.keys()]`, `Array.from(x.keys())`. */
function areIds(value: ts.Expression): boolean {
  const at = unwrap(value);
  const [only, more] = ts.isArrayLiteralExpression(at) ? at.elements : [];
  if (only !== undefined) return more === undefined && ts.isSpreadElement(only) && areIds(only.expression);
  if (!ts.isCallExpression(at)) return false;
  const [first, second] = at.arguments;
  if (at.expression.getText() === 'Array.from') return first !== undefined && second === undefined && areIds(first);
  if (!ts.isPropertyAccessExpression(at.expression)) return false;
  return at.expression.name.text === 'keys' || (at.expression.name.text === 'map' && givesId(first));
}

/** Whether all that a function gives are lists of ids. */
export function listsUserIds(fn: MovableFunction): boolean {
  const values = returnedBy(fn);
  return values.length > 0 && values.every(areIds);
}
