/** clients/user-counts: whether a function counts the users its client has cached, also where data chooses the cache. */
import { isAccess } from '../syntax/access.ts';
import { descendants, type MovableFunction, nameText, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { meaningsIn, ofClient } from '../values/value-path.ts';

/** The text that an object of a call holds under a name, as an expression; `null` where the call does not show it. */
function shownIn(context: ts.Expression | null, name: string | null | undefined): ts.Expression | null {
  const at = context === null ? null : unwrap(context);
  if (at === null || !ts.isObjectLiteralExpression(at) || at.properties.some(ts.isSpreadAssignment)) return null;
  const found = at.properties.findLast((one) => one.name !== undefined && nameText(one.name) === name);
  if (found === undefined) return null;
  if (ts.isShorthandPropertyAssignment(found)) return found.name;
  return ts.isPropertyAssignment(found) ? found.initializer : null;
}

/** Whether an expression may be the text `users`: one that cannot be read may. */
function mayBeUsers(fn: MovableFunction | null, node: ts.Expression, context: ts.Expression | null): boolean {
  const at = unwrap(node);
  if (ts.isStringLiteralLike(at)) return at.text === 'users';
  const meanings = meaningsIn(fn, at);
  return (
    meanings.length === 0 ||
    meanings.some((one) => {
      if ('root' in one) {
        const shown = one.root === 'data' && one.names.length === 1 ? shownIn(context, one.names[0]) : null;
        return shown === null || mayBeUsers(null, shown, null);
      }
      return one.is !== 'value' || !ts.isStringLiteralLike(one.node) || one.node.text === 'users';
    })
  );
}

/** Whether a member of its client that a function chooses may be the users. */
const choosesUsers = (fn: MovableFunction, context: ts.Expression | null): boolean =>
  descendants(fn.body).some(
    (node) =>
      ts.isElementAccessExpression(node) &&
      ofClient(fn, node.expression).some((names) => names.length === 0) &&
      mayBeUsers(fn, node.argumentExpression, context),
  );

/** Whether a node is how many there are of one of the caches of a client: `c.users.cache.size`, `c[name].size`. */
const sizesAt = (fn: MovableFunction, node: ts.Node): readonly (string | null)[] =>
  isAccess(node)
    ? ofClient(fn, node).flatMap(([first, ...more]) =>
        first !== undefined && /^(cache\.)?size$/.test(more.join('.')) ? [first] : [],
      )
    : [];

/**
 * Whether a function counts users.
 *
 * @param context - what its call hands over, as far as that is known
 */
export function countsUsers(fn: MovableFunction, context: ts.Expression | null): boolean {
  if (/\busers\s*(\?|!)?\s*\.\s*(cache\s*(\?|!)?\s*\.\s*)?size\b/.test(fn.body.getText())) return true;
  const counted = descendants(fn.body).flatMap((node) => sizesAt(fn, node));
  return counted.includes('users') || (counted.includes(null) && choosesUsers(fn, context));
}
