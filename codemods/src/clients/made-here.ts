/** clients/made-here: whether what is changed is something that a function has made itself, so that nobody else has it. */
import { isAccess } from '../syntax/access.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { type MovableFunction, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { putInto } from '../values/puts.ts';
import { isFixed } from '../values/value-names.ts';

/** What holds nothing but what is written in it: `0`, `'text'`, `[]`, `{ rows: [] }`, `new Map()`. */
function isWrittenThrough(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isLiteralExpression(at) || ts.isTemplateExpression(at)) return true;
  if (ts.isArrayLiteralExpression(at)) return at.elements.every(isWrittenThrough);
  if (ts.isNewExpression(at)) return (at.arguments ?? []).every(isWrittenThrough);
  if (!ts.isObjectLiteralExpression(at)) return /^(true|false|null|undefined)$/.test(at.getText());
  return at.properties.every((one) => ts.isPropertyAssignment(one) && isWrittenThrough(one.initializer));
}

/** The expression that members and calls are taken of, and whether it is a step away: `o` of `o.rows`, of `o.get(id)`. */
function rootOf(node: ts.Expression, isDeep = false): { readonly root: ts.Expression; readonly isDeep: boolean } {
  const at = unwrap(node);
  return isAccess(at) || ts.isCallExpression(at) ? rootOf(at.expression, true) : { root: at, isDeep };
}

/** Whether a value is surely made in a function: a local list or object itself, or what one holds that holds nothing else. */
export function isMadeHere(fn: MovableFunction, value: ts.Expression): boolean {
  const { root, isDeep } = rootOf(value);
  const declared = ts.isIdentifier(root) ? declarationOf(root, fn.body) : null;
  if (declared === null || !ts.isVariableDeclaration(declared) || !ts.isIdentifier(declared.name)) return false;
  const { name, initializer } = declared;
  if (initializer === undefined || !isFixed(name, declared)) return false;
  const made = unwrap(initializer);
  const isMade = ts.isArrayLiteralExpression(made) || ts.isObjectLiteralExpression(made) || ts.isNewExpression(made);
  if (!isMade || !isDeep) return isMade;
  return (
    isWrittenThrough(made) &&
    putInto(name, declared).every(({ value }) => !ts.isParameter(value) && isWrittenThrough(value))
  );
}
