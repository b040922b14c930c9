/** analyze/value-calls: what a call gives: that of its function, or of what it is asked of, as far as the method is known. */
import { ts } from '../typescript.js';
import { isPromise } from './promise-makers.ts';
import { accessName } from './puts.ts';
import { unwrap } from './syntax.ts';
import { each, type Itself, type Next } from './value-next.ts';
import {
  anyName,
  atPlace,
  type Body,
  before,
  flattened,
  hasBody,
  held,
  isEnd,
  opened,
  taking,
  type Way,
  wait,
  waited,
} from './value-way.ts';

const copying = /^(Object\.(fromEntries|values|entries|assign|freeze)|structuredClone|Array\.of)$/;
/** Methods whose result holds what their list holds. */
const keeping =
  /^(filter|slice|splice|sort|reverse|concat|flat|toSorted|toReversed|clone|each|tap|values|array|toJSON|entries)$/;
/** Methods that give one thing of those they belong to. */
const choosing = /^(get|at|find|findLast|first|last|random|pop|shift)$/;

/** The functions that an expression is, or names. */
function functionsOf(itself: Itself, node: ts.Expression | undefined): readonly Body[] {
  if (node === undefined) return [];
  const at = unwrap(node);
  return hasBody(at) ? [at] : itself(at).filter(hasBody);
}

/** The functions that a call asks. */
function asked(itself: Itself, call: ts.CallExpression): readonly Body[] {
  const callee = unwrap(call.expression);
  const isMember = ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee);
  return isMember ? itself(callee.expression, accessName(callee)).filter(hasBody) : functionsOf(itself, callee);
}

/** The callee of a method is what it belongs to, and its name. */
interface Method {
  readonly of: ts.Expression;
  readonly name: string;
  readonly given: readonly ts.Expression[];
}

function ofList(way: Way, { of, name, given }: Method, itself: Itself): readonly Next[] | null {
  const ways = /^flat/.test(name) ? flattened(way) : [way];
  if (/^(map|flatMap|mapValues)$/.test(name)) {
    const results = functionsOf(itself, given[0]);
    return ways.map((one) => ({ way: held(one, anyName), results }));
  }
  if (keeping.test(name)) return ways.flatMap((one) => each(opened(one), name === 'concat' ? [of, ...given] : [of]));
  return choosing.test(name) ? [{ way: taking(way, anyName), value: of }] : null;
}

function ofMethod(way: Way, method: Method, itself: Itself): readonly Next[] {
  const { of, name, given } = method;
  const [first, start] = given;
  if (name === 'then') return [{ way: waited(way), results: functionsOf(itself, first) }];
  if (name === 'finally') return [{ way: waited(way), value: of }];
  if (name === 'catch')
    return [
      { way: waited(way), value: of },
      { way: waited(way), results: functionsOf(itself, first) },
    ];
  if (!/^reduce(Right)?$/.test(name)) return ofList(way, method, itself) ?? [];
  return [{ way, results: functionsOf(itself, first) }, ...each(way, start === undefined ? [] : [start])];
}

/** `Promise.all` and its like give what they wait for, or one of that. */
function ofCombined(way: Way, name: string, given: readonly ts.Expression[]): readonly Next[] {
  const [, , ...deeper] = way.waits;
  if (name.startsWith('all')) return each(opened({ ...way, waits: [true, true, ...deeper] }), given);
  return each(name === 'resolve' ? waited(way) : before(way, [anyName, wait]), given);
}

/** What is known of a call by its words. */
function ofWords(way: Way, call: ts.CallExpression, itself: Itself): readonly Next[] {
  const callee = unwrap(call.expression);
  const text = callee.getText();
  const { arguments: given } = call;
  const combined = /^Promise\.(all|allSettled|any|race|resolve)$/.exec(text)?.[1];
  if (combined !== undefined) return ofCombined(way, combined, given);
  if (copying.test(text)) return each(opened(way), given);
  if (text === 'Array.from' && given.length > 1)
    return [{ way: held(way, atPlace), results: functionsOf(itself, given[1]) }];
  if (text === 'Array.from') return each(opened(way), given);
  if (!ts.isPropertyAccessExpression(callee)) return [];
  return ofMethod(way, { of: callee.expression, name: callee.name.text, given }, itself);
}

/** What a call gives. */
export function ofCall(way: Way, call: ts.CallExpression, itself: Itself): readonly Next[] {
  const results = asked(itself, call);
  if (results.length > 0) return [{ way, results }];
  const is = way.waits[0] !== true && isPromise(call) ? 'promise' : 'value';
  const own: readonly Next[] = isEnd(way) ? [{ node: call, is }] : [];
  return is === 'promise' ? own : [...own, ...ofWords(way, call, itself)];
}
