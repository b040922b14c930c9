/** store/keys: the keys users give, and the whole keys the store holds them under. */
import { inspect } from 'node:util';
import { ShardliftError } from '../errors.ts';
import { keySeparator } from './engine.ts';

/** Longest key with the namespaces before it, in characters. */
export const maxKeyLength = 1_024;

const expected = `a string of 1 to ${maxKeyLength} characters (its namespaces count too) without \\0`;

/** What came instead of a key, short enough for a message. */
function shown(key: unknown): string {
  const text = inspect(key, { depth: 0, breakLength: Number.POSITIVE_INFINITY });
  return text.length > 60 ? `${text.slice(0, 57)}... (${text.length} characters)` : text;
}

/** The whole key of a user's one. @throws ShardliftError `INVALID_KEY` */
export function wholeKey(prefix: string, key: unknown): string {
  const fits = typeof key === 'string' && key !== '' && prefix.length + key.length <= maxKeyLength;
  if (!fits || key.includes(keySeparator)) throw new ShardliftError('INVALID_KEY', { expected, received: shown(key) });
  return prefix + key;
}

/** What all whole keys of a namespace begin with. No key holds the separator, so two namespaces never share a key. */
export const namespacePrefix = (prefix: string, name: unknown): string => wholeKey(prefix, name) + keySeparator;

/** Whether a whole key stands directly below a prefix, and not in a namespace further down. */
export const isDirectlyBelow = (prefix: string, key: string): boolean =>
  key.startsWith(prefix) && !key.includes(keySeparator, prefix.length);

/** A whole key as it reads in a message. */
export const shownKey = (key: string): string => key.replaceAll(keySeparator, ' / ');
