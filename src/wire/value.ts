/** wire/value: the value language. One meaning in every mode: what leaves a node arrives the same over any link. */
import { types } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { ShardliftError } from '../errors.ts';
import { type Body, emptyBody, Unread } from './body.ts';

/** What one look at a value found: it is JSON as it stands, needs v8 bytes, or must be rewritten first. */
type Verdict = 'json' | 'v8' | 'rewrite';

const refusedObjects = [Promise, WeakMap, WeakSet, WeakRef, SharedArrayBuffer];
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

const step = (value: object, key: string): string =>
  Array.isArray(value) ? `[${key}]` : /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;

const mapStep = (key: unknown): string =>
  (typeof key === 'object' && key !== null) || typeof key === 'function' ? '.get(…)' : `.get(${String(key)})`;

function hasEnumerable(value: object): boolean {
  for (const _key in value) return true;
  return false;
}

/** What one pass learns besides its verdict. */
class Walk {
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

/**
 * Up to here an object goes through a port as it is; above, its text is cheaper to clone than its many parts.
 *
 * Measured with guild-like records: equal at 1 to 4 KB, the text ahead from 10 KB on.
 */
const maxPlain = 2_048;
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
function classify(value: unknown, walk: Walk): Verdict {
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

/** Stands for the result of a `toJSON` that has not returned yet. */
const underWay = Symbol('under way');

/** Copies a value with `toJSON` applied, buffers as plain bytes, cycles kept; refuses what cannot travel by its path. */
function rewrite(value: unknown, path: string, copies: Map<object, unknown>): unknown {
  const refusal = refusalOf(value);
  if (refusal !== undefined) throw new ShardliftError('UNSERIALISABLE', { path, received: refusal });
  if (typeof value !== 'object' || value === null) return value;
  if (copies.has(value)) {
    const copy = copies.get(value);
    if (copy !== underWay) return copy;
    throw new ShardliftError('UNSERIALISABLE', { path, received: 'an object whose toJSON() leads back to itself' });
  }
  if (kept(value) || binary(value)) return rewriteLeaf(value, path);
  if (types.isBoxedPrimitive(value)) return rewrite(value.valueOf(), path, copies);
  return hasToJson(value) ? rewriteByToJson(value, path, copies) : rewriteContainer(value, path, copies);
}

function rewriteLeaf(value: object, path: string): unknown {
  if (Buffer.isBuffer(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  // The leaves that can still be refused: an error for its cause, a buffer that was given away.
  if (value instanceof Error || value instanceof ArrayBuffer) serialized(value, path);
  return value;
}

function rewriteByToJson(value: { toJSON(): unknown }, path: string, copies: Map<object, unknown>): unknown {
  copies.set(value, underWay);
  const result = value.toJSON();
  // Like JSON.stringify: a toJSON that returns its own object is asked once.
  const json = result === value ? rewriteContainer(value, path, copies) : rewrite(result, path, copies);
  copies.set(value, json);
  return json;
}

function rewriteContainer(value: object, path: string, copies: Map<object, unknown>): unknown {
  if (value instanceof Map) {
    const copy = new Map();
    copies.set(value, copy);
    for (const [key, item] of value) {
      copy.set(rewrite(key, `${path}.key`, copies), rewrite(item, path + mapStep(key), copies));
    }
    return copy;
  }
  if (value instanceof Set) {
    const copy = new Set();
    copies.set(value, copy);
    for (const item of value) copy.add(rewrite(item, `${path}.item`, copies));
    return copy;
  }
  const copy: object = Array.isArray(value) ? Object.assign([], { length: value.length }) : {};
  copies.set(value, copy);
  for (const [key, child] of Object.entries(value)) {
    if (key !== 'toJSON' || typeof child !== 'function')
      define(copy, key, rewrite(child, path + step(value, key), copies));
  }
  return copy;
}

/** Not an assignment: one to an own `__proto__` key would set the prototype instead. */
const define = (target: unknown, key: string, value: unknown): unknown =>
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });

/**
 * Encodes a value: JSON text when that loses nothing (a small value stays as it is until a carrier wants text), v8 bytes
 * otherwise. A body must leave at once or be made a snapshot (`snapshotBody`): until then it is the user's own object.
 *
 * Carries primitives (`undefined`, `bigint`, `NaN`, infinities and `-0` too), `Date`, `RegExp`, `Error`, bytes (a
 * `Buffer` arrives as `Uint8Array`), anything with `toJSON` as its result, `Map`, `Set`, arrays and objects by their
 * own enumerable properties, cycles and shared objects included; `new Number(1)` and its like as their primitive.
 *
 * @throws ShardliftError `UNSERIALISABLE` for functions, symbols, promises and weak things; `details.path` names the spot
 */
export function encodeValue(value: unknown): Body {
  if (value === undefined) return emptyBody;
  try {
    return encoded(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const received = `too deep or too large (${error.message})`;
    throw new ShardliftError('UNSERIALISABLE', { path: 'value', received }, { cause: error });
  }
}

/** Text when that loses nothing; a small value stays as it is until it is known what carries it. */
const jsonBody = (value: unknown, { size, classed }: Walk): Body =>
  size > maxPlain || classed ? { format: 'json', data: JSON.stringify(value) } : { format: 'plain', data: value };

function encoded(value: unknown): Body {
  if (typeof value !== 'object' || value === null) return encodedPrimitive(value);
  const walk = new Walk(value);
  const verdict = classify(value, walk);
  if (verdict === 'json') return jsonBody(value, walk);
  if (verdict === 'v8') {
    try {
      return { format: 'v8', data: serialize(value) };
    } catch {
      // Not lost: v8 refuses proxies and host objects without saying where; the copy below knows, or does without them.
    }
  }
  const plain = rewrite(value, 'value', new Map());
  if (typeof plain !== 'object' || plain === null) return encodedPrimitive(plain);
  const copied = new Walk(plain);
  return classify(plain, copied) === 'json'
    ? jsonBody(plain, copied)
    : { format: 'v8', data: serialized(plain, 'value') };
}

function encodedPrimitive(value: unknown): Body {
  if (value === undefined) return emptyBody;
  const verdict = verdictOfPrimitive(value);
  if (verdict === 'json') return { format: 'plain', data: value };
  if (verdict === 'v8') return { format: 'v8', data: serialize(value) };
  throw new ShardliftError('UNSERIALISABLE', { path: 'value', received: refusalOf(value) ?? typeof value });
}

function serialized(value: unknown, path: string): Uint8Array {
  try {
    return serialize(value);
  } catch (error) {
    const received = error instanceof Error ? error.message : String(error);
    throw new ShardliftError('UNSERIALISABLE', { path, received }, { cause: error });
  }
}

/** Bytes as text, without a copy of the bytes. */
const textOf = (bytes: Uint8Array): string =>
  (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).toString('utf8');

/** Decodes what {@link encodeValue} made. */
export function decodeValue(body: Body): unknown {
  if (body.format === 'none') return undefined;
  // It came through a port, which made a copy of its own.
  if (body.format === 'plain') return body.data;
  if (body.format === 'v8') return deserialize(body.data);
  return JSON.parse(typeof body.data === 'string' ? body.data : textOf(body.data));
}

/** The body of a value, or the one at hand. */
export const bodyOfValue = (value: unknown): Body => (value instanceof Unread ? value.body : encodeValue(value));
