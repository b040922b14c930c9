/** clients/only-reads: whether a function surely does nothing but read, so that a second run gives the same again. */
import { isAccess } from '../syntax/access.ts';
import { descendants, type MovableFunction, unwrap } from '../syntax/syntax.ts';
import { writtenBy } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { accessName } from '../values/puts.ts';

/** Methods of lists, maps, texts, numbers and dates that change nothing. */
const reading =
  /^(get|has|at|map|filter|find|findKey|findLast|first|last|some|every|reduce|flat|flatMap|includes|indexOf|slice|join|concat|values|keys|entries|toJSON|toString|toFixed|toLocaleString|toISOString|getTime|valueOf|split|trim|startsWith|endsWith|toLowerCase|toUpperCase|replace|match|test)$/;

const plain =
  /^(Math\.\w+|Number(\.\w+)?|String|Boolean|BigInt|Array\.(from|isArray)|Object\.(keys|values|entries|fromEntries)|Date\.now|JSON\.stringify|process\.uptime)$/;

/** Whether a call is known to read alone. */
export function isReading({ expression: callee }: ts.CallExpression): boolean {
  const at = unwrap(callee);
  return plain.test(at.getText()) || (isAccess(at) && reading.test(accessName(at)));
}

/** Whether a function sets nothing, and calls nothing but what is known to read. */
export const onlyReads = (fn: MovableFunction): boolean =>
  descendants(fn.body).every((node) =>
    ts.isCallExpression(node)
      ? isReading(node)
      : !ts.isNewExpression(node) && !ts.isTaggedTemplateExpression(node) && writtenBy(node) === null,
  );
