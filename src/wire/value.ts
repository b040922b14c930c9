/** wire/value: the value language. One meaning in every mode: what leaves a node arrives the same over any link. */
import { deserialize, serialize } from 'node:v8';
import { ShardliftError } from '../errors.ts';
import { type Body, emptyBody } from './body.ts';

/** What one look at a value found: it is JSON as it stands, needs v8 bytes, or must be rewritten first. */
type Verdict = 'json' | 'v8' | 'rewrite';

const refusedObjects = [Promise, WeakMap, WeakSet, WeakRef];
const binary = (value: object): boolean => ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
const kept = (value: object): boolean => value instanceof Date || value instanceof RegExp || value instanceof Error;
const hasToJson = (value: object): value is { toJSON(): unknown } =>
  typeof (value as { toJSON?: unknown }).toJSON === 'function';

/** Why a value cannot travel, or `undefined` when it can. */
function refusalOf(value: unknown): string | undefined {
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  if (typeof value !== 'object' || value === null) return undefined;
  const refused = refusedObjects.find((type) => value instanceof type);
  return refused && `a ${refused.name}`;
}

const worse = (a: Verdict, b: Verdict): Verdict =>
  a === 'rewrite' || b === 'rewrite' ? 'rewrite' : a === 'v8' ? a : b;

const verdictOfPrimitive = (value: unknown): Verdict => {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? 'json' : 'v8';
  return typeof value === 'string' || typeof value === 'boolean' || value === null ? 'json' : 'v8';
};

/** What a container holds, without the steps that lead there. */
function* children(value: object): Generator<unknown> {
  if (value instanceof Map) {
    for (const entry of value) yield* entry;
  } else if (value instanceof Set) yield* value;
  else yield* Object.values(value);
}

const step = (value: object, key: string): string =>
  Array.isArray(value) ? `[${key}]` : /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;

/** The classifying pass: reads everything once, copies nothing. */
function classify(value: unknown, ancestors: Set<object>): Verdict {
  if (refusalOf(value) !== undefined) return 'rewrite';
  if (typeof value !== 'object' || value === null) return verdictOfPrimitive(value);
  if (ancestors.has(value) || kept(value)) return 'v8';
  if (binary(value)) return Buffer.isBuffer(value) ? 'rewrite' : 'v8';
  if (hasToJson(value)) return 'rewrite';
  ancestors.add(value);
  const verdict = classifyChildren(value, ancestors);
  ancestors.delete(value);
  return verdict;
}

function classifyChildren(value: object, ancestors: Set<object>): Verdict {
  // A hole in an array would become null in JSON text.
  const holes = Array.isArray(value) && Object.keys(value).length < value.length;
  let verdict: Verdict = holes || value instanceof Map || value instanceof Set ? 'v8' : 'json';
  for (const child of Array.isArray(value) ? value : children(value)) {
    verdict = worse(verdict, classify(child, ancestors));
    if (verdict === 'rewrite') break;
  }
  return verdict;
}

/** Copies a value with `toJSON` applied, buffers as plain bytes, cycles kept; refuses what cannot travel by its path. */
function rewrite(value: unknown, path: string, copies: Map<object, unknown>): unknown {
  const refusal = refusalOf(value);
  if (refusal !== undefined) throw new ShardliftError('UNSERIALISABLE', { path, received: refusal });
  if (typeof value !== 'object' || value === null) return value;
  if (copies.has(value)) return copies.get(value);
  if (kept(value)) return value;
  if (binary(value)) {
    return Buffer.isBuffer(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : value;
  }
  if (hasToJson(value)) {
    const json = rewrite(value.toJSON(), path, copies);
    copies.set(value, json);
    return json;
  }
  return rewriteContainer(value, path, copies);
}

function rewriteContainer(value: object, path: string, copies: Map<object, unknown>): unknown {
  const copy: unknown =
    value instanceof Map ? new Map() : value instanceof Set ? new Set() : Array.isArray(value) ? [] : {};
  copies.set(value, copy);
  if (copy instanceof Map) {
    for (const [key, item] of value as Map<unknown, unknown>) {
      copy.set(rewrite(key, `${path}.key`, copies), rewrite(item, `${path}.get(${String(key)})`, copies));
    }
  } else if (copy instanceof Set) {
    for (const item of value as Set<unknown>) copy.add(rewrite(item, `${path}.item`, copies));
  } else {
    if (Array.isArray(value)) (copy as unknown[]).length = value.length;
    for (const [key, child] of Object.entries(value)) {
      const item = rewrite(child, path + step(value, key), copies);
      // defineProperty, because assigning an own `__proto__` key would set the prototype instead.
      const own = { value: item, enumerable: true, writable: true, configurable: true };
      Object.defineProperty(copy, key, own);
    }
  }
  return copy;
}

/**
 * Encodes a value: JSON text when that loses nothing, v8 bytes otherwise.
 *
 * Carries primitives (`undefined`, `bigint`, `NaN`, infinities and `-0` too), `Date`, `RegExp`, `Error`, bytes (a
 * `Buffer` arrives as `Uint8Array`), anything with `toJSON` as its result, `Map`, `Set`, arrays and objects by their
 * own enumerable properties, cycles included.
 *
 * @throws ShardliftError `UNSERIALISABLE` for functions, symbols, promises and weak things; `details.path` names the spot
 */
export function encodeValue(value: unknown): Body {
  if (value === undefined) return emptyBody;
  const verdict = classify(value, new Set());
  if (verdict === 'json') return { format: 'json', data: JSON.stringify(value) };
  if (verdict === 'v8') return { format: 'v8', data: serialized(value) };
  const plain = rewrite(value, 'value', new Map());
  if (plain === undefined) return emptyBody;
  return classify(plain, new Set()) === 'json'
    ? { format: 'json', data: JSON.stringify(plain) }
    : { format: 'v8', data: serialized(plain) };
}

function serialized(value: unknown): Uint8Array {
  try {
    return serialize(value);
  } catch (error) {
    // v8 refuses a few host objects (ports, proxies) without saying where they sit.
    const received = error instanceof Error ? error.message : String(error);
    throw new ShardliftError('UNSERIALISABLE', { path: 'value', received }, { cause: error });
  }
}

/** Decodes what {@link encodeValue} made. */
export function decodeValue(body: Body): unknown {
  if (body.format === 'none') return undefined;
  if (body.format === 'v8') return deserialize(body.data);
  return JSON.parse(typeof body.data === 'string' ? body.data : Buffer.from(body.data).toString('utf8'));
}
