/** functions/bound-function: how a function is written that is handed over as one whose text does not run. */
import type { ParsedFile } from '../syntax/program.ts';
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { listed } from '../wording/listed.ts';
import { capturesOf } from './captures.ts';

const moved = 'npx dc-migrate moves that';

/** The way that always does for a function which needs nothing from outside. */
export const movedAsArrow = `an arrow function; ${moved}`;

const withContext = (what: string): string => `an arrow function that gets ${what} by { context: { ... } }; ${moved}`;

/** The function that is bound where it is written: `(function () { ... }).bind(client)`. */
function writtenIn(node: ts.Expression): ts.ArrowFunction | ts.FunctionExpression | null {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return null;
  const bound = unwrap(node.expression.expression);
  return ts.isArrowFunction(bound) || ts.isFunctionExpression(bound) ? bound : null;
}

/** What to write in place of a method or a bound function, with what stands in its way then. */
export function wayToWrite(file: ParsedFile, node: ts.Expression): string {
  const fn = writtenIn(node);
  if (fn === null) return withContext('what it needs from outside');
  const { blocked, outer } = capturesOf({ file, fn });
  if (blocked !== null)
    return blocked.code === 'DC-T1' ? withContext('what it needs from outside') : 'an arrow function';
  return outer.size === 0 ? movedAsArrow : withContext(listed([...outer.keys()].map((name) => `\`${name}\``)));
}
