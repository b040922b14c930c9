/** calls/nested: a broadcast inside the function of another: it becomes a request inside a handler. */
import { styleOf } from '../project/source.ts';
import type { Splice } from '../syntax/edits.ts';
import { quoted } from '../syntax/edits.ts';
import { nameToCome } from '../syntax/name-to-come.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, type MovableFunction } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import type { CallPlan } from './call.ts';
import { callSplices } from './callsite.ts';

/** Calls of a file that are understood already, by their nodes; inner ones are looked at first. */
export type PlannedCalls = ReadonlyMap<ts.Node, CallPlan>;

/** The planned calls that stand in a function, outermost first, without those that stand in one of them. */
export function nestedIn(fn: MovableFunction, planned: PlannedCalls): readonly ts.CallExpression[] {
  if (planned.size === 0) return [];
  const found: ts.CallExpression[] = [];
  for (const node of descendants(fn.body)) {
    if (!ts.isCallExpression(node) || !planned.has(node)) continue;
    if (!found.some((outer) => outer.pos <= node.pos && node.end <= outer.end)) found.push(node);
  }
  return found;
}

/** How the function's text changes where it asks: the request, with the handler's name to come. */
export function nestedEdits(
  file: ParsedFile,
  calls: readonly ts.CallExpression[],
  planned: PlannedCalls,
): readonly Splice[] {
  const { text } = file.source;
  return calls.flatMap((call) => {
    const plan = planned.get(call);
    if (plan === undefined) return [];
    const style = styleOf(text);
    return callSplices(plan, quoted(nameToCome(plan.handler.key), style.quote), { text, style });
  });
}

/** Whether two edits claim the same bytes, so that they cannot both be made. */
export function collide(edits: readonly Splice[]): boolean {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  return sorted.some((one, i) => {
    const next = sorted[i + 1];
    return next !== undefined && next.start < one.end;
  });
}
