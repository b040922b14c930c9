/** wire/verdict: the one look at a value that says how it travels. Reads everything once, copies nothing. */
import { types } from 'node:util';
import { binary, hasToJson, kept, refusalOf } from './value-kinds.ts';

/** What one look at a value found: it is JSON as it stands, needs v8 bytes, or must be rewritten first. */
export type Verdict = 'json' | 'v8' | 'rewrite';

const worse = (a: Verdict, b: Verdict): Verdict =>
  a === 'rewrite' || b === 'rewrite' ? 'rewrite' : a === 'v8' ? a : b;

/** How a value that is no object travels. */
export const verdictOfPrimitive = (value: unknown): Verdict => {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? 'json' : 'v8';
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return 'json';
  return typeof value === 'function' || typeof value === 'symbol' ? 'rewrite' : 'v8';
};

/** Most of what travels; telling it first spares it a dozen questions. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}

function verdictOfSpecial(value: object): Verdict | undefined {
  if (refusalOf(value) !== undefined) return 'rewrite';
  if (kept(value)) return 'v8';
  if (binary(value)) return Buffer.isBuffer(value) ? 'rewrite' : 'v8';
  return types.isBoxedPrimitive(value) ? 'rewrite' : undefined;
}

/** Exactly the items 0 to length - 1: JSON text would lose a hole and a named property (`match.index`). */
function isDense(value: readonly unknown[]): boolean {
  const keys = Object.keys(value);
  return keys.length === value.length && (keys.length === 0 || keys.at(-1) === String(value.length - 1));
}

/** What a container holds, without the steps that lead there. */
function* children(value: object): Generator<unknown> {
  if (value instanceof Map) {
    for (const entry of value) yield* entry;
  } else if (value instanceof Set) yield* value;
  else yield* Object.values(value);
}

function hasEnumerable(value: object): boolean {
  for (const _key in value) return true;
  return false;
}

/** What one pass learns besides its verdict. */
export class Walk {
  readonly root: object;
  /** The objects met so far; made at the first nested one, because most values have none. */
  seen: Set<object> | undefined = undefined;
  /** About how many characters the value takes as text. */
  size = 0;
  /** Something in it has a class: a port might know how to clone more of it than its JSON (a Blob, a key). */
  classed = false;
  /** Plain objects inherit enumerable properties, because somebody put some on `Object.prototype`. */
  readonly inherits: boolean = hasEnumerable(Object.prototype);

  constructor(root: object) {
    this.root = root;
  }
}

/** About how long a value is as text that is no string: a number, `true`, the marks around it. */
const tokenSize = 8;

/** Notes an object; `false` when it was met before. */
function meet(value: object, walk: Walk): boolean {
  if (value === walk.root) return false;
  walk.seen ??= new Set();
  if (walk.seen.has(value)) return false;
  walk.seen.add(value);
  return true;
}

/** The classifying pass: reads everything once, copies nothing. */
export function classify(value: unknown, walk: Walk): Verdict {
  if (typeof value === 'string') {
    walk.size += value.length;
    return 'json';
  }
  walk.size += tokenSize;
  if (typeof value !== 'object' || value === null) return verdictOfPrimitive(value);
  const plain = isPlain(value);
  const special = plain ? undefined : verdictOfSpecial(value);
  if (special !== undefined) return special;
  if (hasToJson(value)) return 'rewrite';
  walk.classed ||= !plain;
  // Met twice, it is a cycle or a shared object. Bytes say it once; text would repeat it, at worst without end.
  if (walk.size > tokenSize && !meet(value, walk)) return 'v8';
  return plain && !Array.isArray(value) ? classifyRecord(value, walk) : classifyContainer(value, walk);
}

/** Plain objects, the common case: no iterator and no array of keys is made for them. */
function classifyRecord(value: object, walk: Walk): Verdict {
  let verdict: Verdict = 'json';
  for (const key in value) {
    // A property that somebody put on Object.prototype is not ours to send.
    if (walk.inherits && !Object.hasOwn(value, key)) continue;
    walk.size += key.length;
    const item = (value as Record<string, unknown>)[key];
    if (typeof item === 'string') {
      walk.size += item.length;
      continue;
    }
    const found = classify(item, walk);
    if (found === 'json') continue;
    verdict = worse(verdict, found);
    if (verdict === 'rewrite') break;
  }
  return verdict;
}

function classifyContainer(value: object, walk: Walk): Verdict {
  // Two loops, not one over either: what iterates an array is fast as long as it never meets anything else.
  if (Array.isArray(value) && isDense(value)) return classifyItems(value, walk);
  const text = !(Array.isArray(value) || value instanceof Map || value instanceof Set);
  let verdict: Verdict = text ? 'json' : 'v8';
  for (const child of children(value)) {
    verdict = worse(verdict, classify(child, walk));
    if (verdict === 'rewrite') break;
  }
  return verdict;
}

function classifyItems(items: readonly unknown[], walk: Walk): Verdict {
  let verdict: Verdict = 'json';
  for (const item of items) {
    const found = classify(item, walk);
    if (found === 'json') continue;
    verdict = worse(verdict, found);
    if (verdict === 'rewrite') break;
  }
  return verdict;
}
