/** wire/rewrite: the copy of a value that can travel, for those that cannot as they are, or the spot that keeps it from it. */
import { types } from 'node:util';
import { serialize } from 'node:v8';
import { messageOf, ShardliftError } from '../errors.ts';
import { binary, hasToJson, kept, refusalOf } from './value-kinds.ts';

const step = (value: object, key: string): string =>
  Array.isArray(value) ? `[${key}]` : /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;

const mapStep = (key: unknown): string =>
  (typeof key === 'object' && key !== null) || typeof key === 'function' ? '.get(…)' : `.get(${String(key)})`;

/** Stands for the result of a `toJSON` that has not returned yet. */
const underWay = Symbol('under way');

/** The copies that were made, so that cycles and shared objects are kept. */
export class Copies extends Map<object, unknown> {
  /** Whether a member that is `undefined` is left out, as JSON does it. */
  readonly leavesOut: boolean;
  #ofJson: Copies | undefined;

  constructor(leavesOut = false) {
    super();
    this.leavesOut = leavesOut;
  }

  /** The copies of what a `toJSON` gives: they are apart, since the same object may stand outside of it as well. */
  get ofJson(): Copies {
    if (this.leavesOut) return this;
    this.#ofJson ??= new Copies(true);
    return this.#ofJson;
  }
}

/**
 * Copies a value with `toJSON` applied, buffers as plain bytes, cycles kept; refuses what cannot travel by its path. What a
 * `toJSON` gives has no members that are `undefined`: it is what its author means JSON to hold.
 */
export function rewrite(value: unknown, path: string, copies: Copies): unknown {
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

function rewriteByToJson(value: { toJSON(): unknown }, path: string, copies: Copies): unknown {
  const { ofJson } = copies;
  for (const each of [copies, ofJson]) each.set(value, underWay);
  const result = value.toJSON();
  // Like JSON.stringify: a toJSON that returns its own object is asked once.
  const json = result === value ? rewriteContainer(value, path, ofJson) : rewrite(result, path, ofJson);
  for (const each of [copies, ofJson]) each.set(value, json);
  return json;
}

function rewriteContainer(value: object, path: string, copies: Copies): unknown {
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
  const leavesOut = copies.leavesOut && !Array.isArray(value);
  for (const [key, child] of Object.entries(value)) {
    if (key === 'toJSON' && typeof child === 'function') continue;
    const item = rewrite(child, path + step(value, key), copies);
    // Also a member whose own toJSON gives undefined.
    if (!leavesOut || item !== undefined) define(copy, key, item);
  }
  return copy;
}

/** Not an assignment: one to an own `__proto__` key would set the prototype instead. */
const define = (target: unknown, key: string, value: unknown): unknown =>
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });

/** What `v8.serialize` makes of a value. @throws ShardliftError `UNSERIALISABLE` when it refuses, with the path that led there */
export function serialized(value: unknown, path: string): Uint8Array {
  try {
    return serialize(value);
  } catch (error) {
    const received = messageOf(error);
    throw new ShardliftError('UNSERIALISABLE', { path, received }, { cause: error });
  }
}
