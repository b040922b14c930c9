/** hybrid/work: what a call of discord-hybrid-sharding's `broadcastEval` or `fetchClientValues` means. */
import { type AnyFunction, sourceOf, workOf } from '../function-text.ts';
import type { Aim, Work } from './contract.ts';

/** Where an evaluation goes, and what its function is given. */
export interface evalOptions<P = object> {
  /** One cluster, or some. The result is a list in any case. */
  cluster?: number | number[] | undefined;
  /** The cluster of a shard. */
  shard?: number | undefined;
  /** The cluster of a guild. */
  guildId?: string | undefined;
  /** Plain data for the function; it arrives as what JSON makes of it. */
  context?: P | undefined;
  /** Longest time to wait for a cluster, in ms. Default, and for 0: as long as it lives. */
  timeout?: number | undefined;
}

/** The work of `broadcastEval`. @throws TypeError for what is neither text nor a function; ShardliftError `UNSERIALISABLE` */
export function evalWork(script: unknown, context: unknown): Work {
  if (typeof script === 'function') return workOf(sourceOf(script as AnyFunction), context);
  if (typeof script === 'string' && script !== '') return { kind: 'script', text: script };
  throw new TypeError('The script for broadcastEval must be a function or text');
}

/** The work of `fetchClientValues`: a path of properties, or whatever else may stand behind `this.`. */
export const valueWork = (prop: string): Work =>
  /^[\w$]+(\.[\w$]+)*$/.test(prop) ? { kind: 'property', path: prop } : { kind: 'script', text: `this.${prop}` };

/** The longest time that Node's timers can wait, in ms. @see https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const longestMs = 2 ** 31 - 1;

/** Whether a timeout sets a limit: 0, null, -1 and Infinity do not. */
export const isLimit = (timeout: unknown): timeout is number =>
  typeof timeout === 'number' && timeout > 0 && timeout <= longestMs;

/** The aim in the options of a user. */
export function aimOf(options?: evalOptions<unknown> | null): Aim {
  const { cluster, shard, guildId, timeout } = options ?? {};
  return {
    ...(cluster === undefined || cluster === null ? {} : { cluster }),
    ...(shard === undefined || shard === null ? {} : { shard }),
    ...(guildId === undefined || guildId === null ? {} : { guildId }),
    ...(isLimit(timeout) ? { timeout } : {}),
  };
}

/** Whether options name a cluster. */
export const isAimedAtOne = (options: evalOptions<unknown> | undefined): boolean =>
  [options?.cluster, options?.shard, options?.guildId].some((one) => one !== undefined && one !== null);

/** How the value of a message travels: as by the channel that discord-hybrid-sharding uses, JSON between processes. */
export const asSent = <T>(message: T, mode: 'process' | 'worker'): T =>
  mode === 'process' ? (JSON.parse(JSON.stringify(message)) as T) : message;
