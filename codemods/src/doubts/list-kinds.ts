/** doubts/list-kinds: whether a value is shown to be a list, by what is written there or where it is made. */
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { calledFunction } from '../values/called-function.ts';
import { meaningsIn } from '../values/value-path.ts';
import type { Reading } from './may-lack.ts';
import { isListCall } from './no-promise.ts';

const making = /^(?:Array(?:\.(?:from|of))?|Object\.(?:entries|values)|Promise\.all)$/;
const made = /^(?:Array|Collection|Map|Set)$/;

/** Whether a method makes a list, of whatever it is a method: `x.fill(0)`, `x.reduce((all, y) => ..., [])`. */
function isOfList(reading: Reading, { expression, arguments: [, start] }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression)) return false;
  const { text } = expression.name;
  if (/^reduce(?:Right)?$/.test(text)) return start !== undefined && isWritten(reading, unwrap(start));
  return /^(?:fill|flatMap|match|matchAll)$/.test(text);
}

function isWritten(reading: Reading, node: ts.Node): boolean {
  if (ts.isArrayLiteralExpression(node)) return true;
  if (ts.isNewExpression(node)) return made.test(node.expression.getText().replace(/^.*\./s, ''));
  if (!ts.isCallExpression(node)) return false;
  if (making.test(node.expression.getText()) || isListCall(reading, node) || isOfList(reading, node)) return true;
  // Who goes on with a generator is given one value after the other.
  return calledFunction(reading.file, node.expression)?.fn.asteriskToken !== undefined;
}

/** Whether a value is a list, or may be one that is written in the function; of all else nothing says so. */
export function isList(reading: Reading, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (isWritten(reading, at)) return true;
  const values = meaningsIn(reading.fn, at).flatMap((one) => ('is' in one && one.is === 'value' ? [one.node] : []));
  return values.some((one) => ts.isExpression(one) && isWritten(reading, unwrap(one)));
}
