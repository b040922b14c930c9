/** analyze/held-nothing: whether a list that a function makes itself may hold `undefined`. */
import { ts } from '../typescript.js';
import type { Reading } from './may-lack.ts';
import { anyIsNothing } from './nothing.ts';
import { unwrap } from './syntax.ts';
import { entriesIn, meaningsIn } from './value-path.ts';

const making = /^(map|flatMap)$/;
const keeping = /^(filter|slice|sort|reverse|concat|flat)$/;

/** Whether an expression makes an array, so that every method of one is there. */
function makesList(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isArrayLiteralExpression(at)) return true;
  if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) return false;
  const { expression: of, name } = at.expression;
  const [, start] = at.arguments;
  if (/^(Array\.(from|of)|Object\.(values|entries))$/.test(at.expression.getText())) return true;
  if (name.text === 'reduce') return start !== undefined && makesList(start);
  return making.test(name.text) || (keeping.test(name.text) && makesList(of));
}

/** Whether a value is one list, and is made in the function. */
function isMade(reading: Reading, node: ts.Expression): boolean {
  if (!ts.isIdentifier(node)) return makesList(node);
  const [only, more] = meaningsIn(reading.fn, node);
  if (only === undefined || more !== undefined || 'root' in only || only.is !== 'value') return false;
  return only.sure === true && ts.isExpression(only.node) && makesList(only.node);
}

/** Whether a name or a call gives a list that is made in a function, of which some entry may be `undefined`. */
export const holdsNothing = (reading: Reading, node: ts.Expression): boolean =>
  isMade(reading, node) && anyIsNothing(reading, entriesIn(reading.fn, node));
