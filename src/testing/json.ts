/** testing/json: what travels over REST and the gateway, as a type, and careful readers for what bots send. */

/** Any JSON value; `undefined` properties vanish when written. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object, open on purpose: bots may send fields this room does not know. */
export interface JsonObject {
  [key: string]: Json | undefined;
}

/** Tells whether a parsed value is a JSON object (not an array, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Gives the value when it is an object, else an empty one, so that a careless body reads as absent fields. */
export function objectOr(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** Gives the value when it is text, else undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Gives the value when it is an integer, else undefined. */
export function integerOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

/** Gives the strings of a list, or of a lone string: gateway fields such as `guild_id` allow both. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}
