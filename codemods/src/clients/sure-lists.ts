/** clients/sure-lists: values that are surely lists, so that `flat` lays them out, however many of them there are. */
import { mayEnd } from '../syntax/statements.ts';
import { type MovableFunction, returnedBy, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { readOf } from './client-paths.ts';
import { heldBy } from './thing-there.ts';

const making = /^(Array\.(from|of)|Object\.(keys|values|entries)|Promise\.(all|allSettled))$/;

/** Methods that give a list, of whatever has them. */
const giving =
  /^(map|filter|flatMap|flat|slice|splice|sort|toSorted|reverse|toReversed|concat|split|keyArray|array|mapValues|clone|toJSON)$/;

function isListCall(call: ts.CallExpression): boolean {
  if (making.test(call.expression.getText())) return true;
  return ts.isPropertyAccessExpression(call.expression) && giving.test(call.expression.name.text);
}

/** Whether a value of a function is surely a list. */
function isSurelyList(fn: MovableFunction, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isArrayLiteralExpression(at) || readOf(fn, at)?.kind === 'all') return true;
  if (ts.isAwaitExpression(at)) return isSurelyList(fn, at.expression);
  if (ts.isConditionalExpression(at)) return [at.whenTrue, at.whenFalse].every((one) => isSurelyList(fn, one));
  if (ts.isCallExpression(at)) return isListCall(at);
  if (ts.isBinaryExpression(at)) {
    const { kind } = at.operatorToken;
    const isDefault = kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
    return isDefault && [at.left, at.right].every((one) => isSurelyList(fn, one));
  }
  const held = ts.isIdentifier(at) ? heldBy(fn, at) : null;
  return held !== null && held.end <= at.pos && isSurelyList(fn, held);
}

/** Whether all that a function gives is surely a list. */
export function givesLists(fn: MovableFunction): boolean {
  const isEnded = ts.isBlock(fn.body) && mayEnd(fn.body);
  return !isEnded && returnedBy(fn).every((value) => isSurelyList(fn, value));
}
