/** test/wire/value-oracle: what the value language says arrives, written the slow and obvious way. */
import { types } from 'node:util';

const refused = (value: unknown): boolean =>
  typeof value === 'function' ||
  typeof value === 'symbol' ||
  [Promise, WeakMap, WeakSet, WeakRef, SharedArrayBuffer].some((type) => value instanceof type);

/** The value that has to arrive for `value`: rules applied in the documented order, then cloned by Node. */
export function arrives(value: unknown): unknown {
  return structuredClone(plain(value, new Map()));
}

/** What was made so far. */
type Done = Map<object, unknown>;

/** What JSON makes of a value whose `toJSON` gives what JSON has, and members that are undefined. */
function asJson(value: object): unknown {
  const text: string | undefined = JSON.stringify(value);
  return text === undefined ? undefined : JSON.parse(text);
}

function plain(value: unknown, done: Done): unknown {
  if (refused(value)) throw new Error('refused');
  if (typeof value !== 'object' || value === null) return value;
  if (types.isBoxedPrimitive(value)) return plain(value.valueOf(), done);
  if (Buffer.isBuffer(value)) return Uint8Array.from(value);
  if (value instanceof Date || value instanceof RegExp || value instanceof Error) return value;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value;
  if (done.has(value)) return done.get(value);
  const { toJSON } = value as { toJSON?: unknown };
  return typeof toJSON === 'function' ? asJson(value) : container(value, done);
}

function container(value: object, done: Done): unknown {
  if (value instanceof Map) {
    const copy = new Map<unknown, unknown>();
    done.set(value, copy);
    for (const [key, item] of value) copy.set(plain(key, done), plain(item, done));
    return copy;
  }
  if (value instanceof Set) {
    const copy = new Set<unknown>();
    done.set(value, copy);
    for (const item of value) copy.add(plain(item, done));
    return copy;
  }
  const copy: object = Array.isArray(value) ? new Array(value.length) : {};
  done.set(value, copy);
  for (const key of Object.keys(value)) {
    const item = plain((value as Record<string, unknown>)[key], done);
    Object.defineProperty(copy, key, { value: item, enumerable: true, writable: true, configurable: true });
  }
  return copy;
}
