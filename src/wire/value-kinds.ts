/** wire/value-kinds: which rule of the value language an object falls under. */

const refusedObjects = [Promise, WeakMap, WeakSet, WeakRef, SharedArrayBuffer];
/** Bytes: a buffer or a view into one. */
export const binary = (value: object): boolean => ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
/** What arrives as it is, and has no parts that are looked at. */
export const kept = (value: object): boolean =>
  value instanceof Date || value instanceof RegExp || value instanceof Error;
/** What arrives as the result of its `toJSON`. */
export const hasToJson = (value: object): value is { toJSON(): unknown } =>
  typeof (value as { toJSON?: unknown }).toJSON === 'function';

/** Why a value cannot travel, or `undefined` when it can. */
export function refusalOf(value: unknown): string | undefined {
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  if (typeof value !== 'object' || value === null) return undefined;
  const refused = refusedObjects.find((type) => value instanceof type);
  return refused && `a ${refused.name}`;
}
