/** clients/sure-lists: values that are surely lists of what there is, so that `flat` lays them out, however many there are of them. */
import { mayEnd } from '../syntax/statements.ts';
import { type MovableFunction, returnedBy, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { readOf } from './client-paths.ts';
import { heldBy } from './thing-there.ts';

const making = /^(Array\.from|Object\.(keys|values|entries)|Promise\.(all|allSettled))$/;

/** Methods that give a list, as only lists, maps and sets have them. */
const giving = /^(map|filter|flatMap|flat|sort|toSorted|reverse|toReversed|keyArray|array|mapValues)$/;

/** Methods that give a list of a list, and something else of a text or of one thing. */
const keeping = /^(slice|concat|clone|toJSON)$/;

/** Whether a list that is written there has an entry for each of another one, and not as many as are written. */
const isSpread = ({ elements: [only, more] }: ts.ArrayLiteralExpression): boolean =>
  only === undefined || (ts.isSpreadElement(only) && more === undefined);

const isWrittenOut = (node: ts.Expression): boolean => {
  const at = unwrap(node);
  return ts.isArrayLiteralExpression(at) && !isSpread(at);
};

function isListCall(fn: MovableFunction, call: ts.CallExpression): boolean {
  const { expression: callee, arguments: given } = call;
  const [first] = given;
  // `c.players.get(id)?.tracks.map(...)` gives nothing where there is none.
  if (ts.isOptionalChain(call)) return false;
  if (making.test(callee.getText())) return first !== undefined && !isWrittenOut(first);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  if (keeping.test(callee.name.text)) return isSurelyList(fn, callee.expression);
  return giving.test(callee.name.text) && !isWrittenOut(callee.expression);
}

/** Whether a value of a function is surely a list. */
function isSurelyList(fn: MovableFunction, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isArrayLiteralExpression(at)) return isSpread(at);
  if (readOf(fn, at)?.kind === 'all') return true;
  if (ts.isAwaitExpression(at)) return isSurelyList(fn, at.expression);
  if (ts.isConditionalExpression(at)) return [at.whenTrue, at.whenFalse].every((one) => isSurelyList(fn, one));
  if (ts.isCallExpression(at)) return isListCall(fn, at);
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
