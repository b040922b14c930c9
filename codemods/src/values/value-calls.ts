/** values/value-calls: what a call gives: that of its function, or of what it is asked of, as far as the method is known. */
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isPromise } from './promise-makers.ts';
import { accessName } from './puts.ts';
import { writtenNames } from './value-members.ts';
import { each, type Itself, type Next } from './value-next.ts';
import {
  anyName,
  atPlace,
  type Body,
  before,
  entriesOf,
  flattened,
  hasBody,
  held,
  isEnd,
  ofEntries,
  opened,
  taking,
  unsure,
  valuesOf,
  type Way,
  wait,
  waited,
} from './value-way.ts';

const same = (way: Way): Way | null => opened(way);

/** Functions whose result holds what they are given holds, and how it does. */
const copying = new Map<string, (way: Way) => Way | null>([
  ['Object.fromEntries', ofEntries],
  ['Object.values', valuesOf],
  ['Object.entries', entriesOf],
  ['Object.freeze', same],
  ['structuredClone', same],
  ['Array.of', same],
]);

/** Methods whose result holds what their list holds, and how it does. */
const keeping = new Map<string, (way: Way) => Way | null>([
  ...['filter', 'slice', 'splice', 'sort', 'reverse', 'toSorted', 'toReversed'].map((name) => [name, same] as const),
  ...['concat', 'flat', 'clone', 'each', 'tap'].map((name) => [name, same] as const),
  ...['values', 'array', 'toJSON'].map((name) => [name, valuesOf] as const),
  ['entries', entriesOf],
]);
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

/** What `concat` adds: lists as what they hold, anything else as it is. */
const concatenated = (way: Way, given: readonly ts.Expression[]): readonly Next[] =>
  given.map((value) => ({ way: isPromise(unwrap(value)) ? held(way, atPlace) : opened(way), value }));

function ofList(way: Way, { of, name, given }: Method, itself: Itself): readonly Next[] | null {
  const ways = /^flat/.test(name) ? flattened(way) : [way];
  if (/^(map|flatMap|mapValues)$/.test(name)) {
    const results = functionsOf(itself, given[0]);
    return ways.map((one) => ({ way: held(one, name === 'mapValues' ? anyName : atPlace), results }));
  }
  const keeps = keeping.get(name);
  if (keeps !== undefined) {
    const added = name === 'concat' ? concatenated(way, given) : [];
    return [...ways.flatMap((one) => each(keeps(one), [of])), ...added];
  }
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

/** `Object.assign` gives what its arguments hold, and a later one takes the place of an earlier one. */
const ofAssign = (way: Way, given: readonly ts.Expression[]): readonly Next[] =>
  given.map((value, i) => ({ way: opened(way, given.slice(i + 1).flatMap(writtenNames)), value }));

/** What is known of a call by its words. */
function ofWords(way: Way, call: ts.CallExpression, itself: Itself): readonly Next[] {
  const callee = unwrap(call.expression);
  const text = callee.getText();
  const { arguments: given } = call;
  const combined = /^Promise\.(all|allSettled|any|race|resolve)$/.exec(text)?.[1];
  if (combined !== undefined) return ofCombined(way, combined, given);
  const copies = copying.get(text);
  if (copies !== undefined) return each(copies(way), given);
  if (text === 'Object.assign') return ofAssign(way, given);
  if (text === 'Array.from' && given.length > 1)
    return [{ way: held(way, atPlace), results: functionsOf(itself, given[1]) }];
  if (text === 'Array.from') return each(opened(way), given);
  if (!ts.isPropertyAccessExpression(callee)) return [];
  return ofMethod(way, { of: callee.expression, name: callee.name.text, given }, itself);
}

/** What a call gives. */
export function ofCall(way: Way, call: ts.CallExpression, itself: Itself): readonly Next[] {
  const results = asked(itself, call);
  const given = unsure(way);
  if (results.length > 0) return [{ way: given, results }];
  const is = way.waits[0] !== true && isPromise(call) ? 'promise' : 'value';
  const own: readonly Next[] = isEnd(way) ? [{ node: call, is, sure: way.sure }] : [];
  return is === 'promise' || (isEnd(way) && way.stops) ? own : [...own, ...ofWords(given, call, itself)];
}
