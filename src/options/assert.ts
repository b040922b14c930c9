/** options/assert: refuses what an option may not be, by its name. */
import { inspect } from 'node:util';
import { ShardliftError } from '../errors.ts';
import { type Checks, isObject } from './checks.ts';

/** What came, short enough for a message. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : inspect(value, { depth: 1, breakLength: Infinity });
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** A misspelt option would be ignored without a word, and the bot run with the default. */
function assertNames(given: object, known: readonly string[], path: string): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || known.includes(name)) continue;
    const expected = `left out: there is none of that name (there are ${known.join(', ')})`;
    // Not the value: it may be the token under a misspelt name.
    throw new ShardliftError('INVALID_OPTION', { option: path + name, expected, received: `of type ${typeof value}` });
  }
}

function assertMembers(given: object, checks: Checks, path = ''): void {
  assertNames(given, Object.keys(checks), path);
  for (const [name, { accepts, expected, secret, parts }] of Object.entries(checks)) {
    const value = (given as Readonly<Record<string, unknown>>)[name];
    if (value === undefined) continue;
    if (!accepts(value)) {
      const received = secret === true ? `of type ${typeof value}` : shown(value);
      throw new ShardliftError('INVALID_OPTION', { option: path + name, expected, received });
    }
    if (parts !== undefined && isObject(value)) assertMembers(value, parts, `${path}${name}.`);
  }
}

/**
 * Checks options against a table, member by member.
 *
 * @param example - of such options, for those who gave something else
 * @throws ShardliftError `INVALID_OPTION`
 */
export function assertOptions(options: unknown, checks: Checks, example = '{ shardsPerCluster: 8 }'): void {
  if (!isObject(options)) {
    const expected = `an object, for example ${example}`;
    // Not the value: it may be the token, given where the options belong.
    const received = options === null ? 'null' : Array.isArray(options) ? 'an array' : `of type ${typeof options}`;
    throw new ShardliftError('INVALID_OPTION', { option: 'options', expected, received });
  }
  assertMembers(options, checks);
}
