/** views/settle: makes a result of a view safe to hand to structuredClone or postMessage. */
import { fill } from './lazy-cache.ts';

/**
 * Fills every cache of a view that is reachable from a value.
 *
 * The structured clone algorithm reads a map's bare contents and asks none of its methods, so a cache nobody had looked
 * into would arrive empty. The walk visits what a clone visits: own enumerable properties and the entries of maps and sets.
 *
 * @see https://html.spec.whatwg.org/multipage/structured-data.html#structuredserializeinternal
 */
export function settle(value: unknown): void {
  const seen = new Set<unknown>();
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null || seen.has(next) || ArrayBuffer.isView(next)) continue;
    seen.add(next);
    if (fill in next && typeof next[fill] === 'function') next[fill]();
    if (next instanceof Map) for (const entry of next) open.push(...entry);
    else if (next instanceof Set) open.push(...next);
    else open.push(...Object.values(next));
  }
}
