/** functions/dates-given: which members of what a function gives are dates. */
import { mayBeNoDate } from '../doubts/no-dates.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import { descendants, nameText, returnedBy, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** What of a value JSON makes something else of, if anything. */
type Changed = (node: ts.Expression) => string | null;

/** The name of a member that holds a Date; none for one that JSON leaves as it is, `null` for any other. */
function dateName(property: ts.ObjectLiteralElementLike, changed: Changed): readonly string[] | null {
  const isPlain = ts.isPropertyAssignment(property);
  if (!isPlain && !ts.isShorthandPropertyAssignment(property)) return null;
  const held = changed(isPlain ? property.initializer : property.name);
  return held === null ? [] : held === 'a Date' ? [nameText(property.name)] : null;
}

/**
 * The names of the members that hold a Date, where each value of a function is written as an object; `null` where the value
 * may be one itself, and `unknown` where something else among it is another thing as JSON, or a date may be none: that was
 * `null`.
 */
export function datesGiven({ fn }: FunctionSite, changed: Changed): ReadonlySet<string> | null | 'unknown' {
  if (descendants(fn.body).some((node) => ts.isNewExpression(node) && mayBeNoDate(fn, node))) return 'unknown';
  const values = returnedBy(fn).map((one) => unwrap(one));
  const objects = values.filter(ts.isObjectLiteralExpression);
  if (objects.length === 0) return null;
  const names = objects.flatMap(({ properties }) => properties.map((one) => dateName(one, changed)));
  return objects.length < values.length || names.includes(null)
    ? 'unknown'
    : new Set(names.flatMap((one) => one ?? []));
}
