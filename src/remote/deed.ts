/** remote/deed: what is asked of an exposed object, checked at the door: it comes from another process. Pure. */
import { ShardliftError } from '../errors.ts';
import type { Packed } from './contract.ts';

/** What may be done to an object. Comlink's other messages end an object, or hand out ports to it. */
const deedTypes = ['GET', 'SET', 'APPLY', 'CONSTRUCT'] as const;

/** Names that lead from any object to what can run text. */
const forbiddenNames: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** What is done to an object: comlink's message, without its id and its ports. */
export interface Deed {
  readonly type: string;
  readonly path: readonly string[];
  readonly args?: readonly Packed[];
  readonly value?: Packed;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isPacked = (value: unknown): value is Packed =>
  isRecord(value) && ('raw' in value || typeof value.lent === 'string' || typeof value.handler === 'string');

const isListOf = <T>(value: unknown, is: (one: unknown) => one is T): value is readonly T[] =>
  Array.isArray(value) && value.every(is);

const isName = (value: unknown): value is string => typeof value === 'string';

/**
 * Reads a deed that came in.
 *
 * @param on - the node that was asked
 * @throws ShardliftError `UNKNOWN_DEED`, `FORBIDDEN_NAME`
 */
export function deedOf(input: unknown, on: string): Deed {
  const refuse = (received: string): never => {
    throw new ShardliftError('UNKNOWN_DEED', { on, received });
  };
  if (!isRecord(input)) return refuse('no message');
  const { type, path, args, value } = input;
  if (!deedTypes.some((known) => known === type)) refuse(`the type ${String(type)}`);
  if (!isListOf(path, isName)) return refuse('a path that is no list of names');
  if (args !== undefined && !isListOf(args, isPacked)) return refuse('arguments that are no list of values');
  if (value !== undefined && !isPacked(value)) return refuse('a value of no known kind');
  const name = path.find((one) => forbiddenNames.includes(one));
  if (name !== undefined) throw new ShardliftError('FORBIDDEN_NAME', { on, name });
  return { type: type as string, path, ...(args !== undefined && { args }), ...(value !== undefined && { value }) };
}
