/** store/given: reads what users pass beside key and value. */
import { inspect } from 'node:util';
import { ShardliftError } from '../errors.ts';
import type { StoreLimits } from './engine.ts';

/** How long a call to the store may take; a number is `timeoutMs`. */
export interface StoreCallOptions extends StoreLimits {
  /** `timeoutMs` under the name it has in older packages. */
  readonly timeout?: number;
}

/** How a value is written; a number is `ttlMs`. */
export interface StoreSetOptions extends StoreCallOptions {
  /** Time to live in ms. Left out or `null`: for ever. 0 and less: over at once, so the key is empty afterwards. */
  readonly ttlMs?: number | null;
  /** `ttlMs` under the name it has in older packages. */
  readonly ttl?: number | null;
}

/** How a value is computed and written; a number is `ttlMs`. */
export interface StoreComputeOptions extends StoreSetOptions {
  /**
   * How long a computation has the right to itself, in ms, 20 000 by default. One that takes longer while others wait is
   * begun once more by one of them; the first to end counts.
   */
  readonly leaseMs?: number;
}

/** Options after reading. */
export interface Given {
  readonly ttlMs: number | null;
  readonly leaseMs: number;
  /** `undefined` for the usual ones. */
  readonly limits: StoreLimits | undefined;
}

const defaultLeaseMs = 20_000;
const callNames: readonly string[] = ['timeoutMs', 'timeout', 'signal'];
const setNames: readonly string[] = [...callNames, 'ttlMs', 'ttl'];
const computeNames: readonly string[] = [...setNames, 'leaseMs'];

const invalid = (option: string, expected: string, received: unknown): ShardliftError =>
  new ShardliftError('INVALID_OPTION', { option, expected, received: inspect(received, { depth: 0 }) });

const isNumber = (value: unknown): value is number => typeof value === 'number' && !Number.isNaN(value);

/** A time to live. @throws ShardliftError `INVALID_OPTION` when it is no number: a bad sum must not mean for ever */
export function readTtl(given: number | null | undefined): number | null {
  if (given === undefined || given === null || given === Number.POSITIVE_INFINITY) return null;
  if (isNumber(given)) return given;
  throw invalid('ttlMs', 'a number of milliseconds, or null for ever', given);
}

/** The amount of an increment. @throws ShardliftError `INVALID_OPTION` */
export function readAmount(given: number): number {
  if (Number.isFinite(given)) return given;
  throw invalid('by', 'a finite number', given);
}

const unlimited: Given = { ttlMs: null, leaseMs: defaultLeaseMs, limits: undefined };

/** A misspelt `ttl` would mean for ever. */
function assertNames(options: object, names: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw invalid('of the store', `a number or an object with some of ${names.join(', ')}`, options);
  }
  for (const name in options) {
    if (!names.includes(name)) throw invalid(name, `left out: the store knows ${names.join(', ')}`, 'given');
  }
}

function read(options: StoreComputeOptions, names: readonly string[]): Given {
  assertNames(options, names);
  const { ttlMs = options.ttl, timeoutMs = options.timeout, signal, leaseMs = defaultLeaseMs } = options;
  if (!isNumber(leaseMs) || leaseMs <= 0) throw invalid('leaseMs', 'a number of milliseconds above 0', leaseMs);
  if (timeoutMs !== undefined && timeoutMs !== null && !isNumber(timeoutMs)) {
    throw invalid('timeoutMs', 'a number of milliseconds, or null for no deadline', timeoutMs);
  }
  const limits = {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(signal === undefined ? {} : { signal }),
  };
  return { ttlMs: readTtl(ttlMs), leaseMs, limits };
}

/** Reads the options of a call that writes nothing. @throws ShardliftError `INVALID_OPTION` */
export function readLimits(options: number | StoreCallOptions | undefined): StoreLimits | undefined {
  if (options === undefined) return undefined;
  return read(typeof options === 'number' ? { timeoutMs: options } : options, callNames).limits;
}

/** Reads the options of a call that writes. @throws ShardliftError `INVALID_OPTION` */
export function readSet(options: number | StoreSetOptions | undefined): Given {
  if (options === undefined) return unlimited;
  return read(typeof options === 'number' ? { ttlMs: options } : options, setNames);
}

/** Reads the options of `getOrSet`. @throws ShardliftError `INVALID_OPTION` */
export function readCompute(options: number | StoreComputeOptions | undefined): Given {
  if (options === undefined) return unlimited;
  return read(typeof options === 'number' ? { ttlMs: options } : options, computeNames);
}
