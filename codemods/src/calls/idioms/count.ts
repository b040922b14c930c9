/** calls/idioms/count: a sum of `guilds.cache.size` is `cluster.guilds.count()`. */
import { isSum } from '../../results/consumer.ts';
import { wrapped } from '../../syntax/syntax.ts';
import { ts } from '../../typescript.js';
import { pathKey } from '../handler-text.ts';
import {
  askedBy,
  asksThroughClient,
  type DirectPlan,
  hasComments,
  newReceiver,
  standsAlone,
  type Understanding,
} from './direct.ts';
import { resultsOf } from './results.ts';

const guildCounts: ReadonlySet<string> = new Set([pathKey(['guilds', 'cache', 'size']), pathKey(['guilds', 'size'])]);

/** The `reduce` that adds up an array, or `null` when something else is done with it. */
function sumOf(array: ts.Expression): ts.CallExpression | null {
  const access = wrapped(array).parent;
  if (!ts.isPropertyAccessExpression(access) || access.name.text !== 'reduce') return null;
  if (access.questionDotToken !== undefined || !ts.isCallExpression(access.parent)) return null;
  return access.parent.expression === access && isSum(access.parent) ? access.parent : null;
}

/** Finds the sums of how many guilds each shard has, when nothing else is done with the numbers. */
export function guildCount(given: Understanding): DirectPlan | null {
  const { file, call, plan } = given;
  if (!guildCounts.has(plan.handler.key) || plan.data !== null || !asksThroughClient(given)) return null;
  const results = resultsOf(file, call);
  if (results === null || results.uses.length === 0) return null;
  const sums = results.uses.map((use) => ({ use, sum: sumOf(use) }));
  const edits = sums.flatMap(({ use, sum }) => {
    if (sum === null || hasComments(file, sum)) return [];
    const awaited = ts.isAwaitExpression(use) ? `await ${newReceiver(given)}.guilds.count()` : use.getText();
    const text = awaited.startsWith('await ') && !standsAlone(sum) ? `(${awaited})` : awaited;
    return [{ start: sum.getStart(), end: sum.end, text }];
  });
  if (edits.length < sums.length) return null;
  const method = 'guilds.count()';
  if (results.uses.some(ts.isAwaitExpression)) return { splices: edits, notes: [], method };
  const asked = [...askedBy(given, method), ...results.casts];
  const then = onlyIn(call, sums[0]?.sum ?? null);
  if (then !== null) return { splices: [...asked, { start: call.end, end: then.end, text: '' }], notes: [], method };
  return { splices: [...asked, ...edits], notes: [], method };
}

/** The `.then((r) => r.reduce(...))` that does nothing but add up. */
function onlyIn(call: ts.CallExpression, sum: ts.CallExpression | null): ts.CallExpression | null {
  const fn = sum === null ? null : wrapped(sum).parent;
  const then = fn !== null && ts.isArrowFunction(fn) && fn.body === wrapped(sum ?? call) ? fn.parent : null;
  const access = then !== null && ts.isCallExpression(then) && then.arguments.length === 1 ? then.expression : null;
  const fits = access !== null && ts.isPropertyAccessExpression(access) && access.expression === call;
  return fits && then !== null && ts.isCallExpression(then) ? then : null;
}
