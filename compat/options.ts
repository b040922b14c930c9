/** compat/options: what ShardingManager takes beyond discord.js's own options, all of it in one object. */
import { inspect } from 'node:util';
import type { ShardingManagerOptions } from 'discord.js';
import { type ClusterManagerOptions, ShardliftError } from '../src/index.ts';
import { discordError } from './discord-errors.ts';

/** Ours, under the names they have in `ClusterManager`. */
export interface HybridOptions
  extends Pick<
    ClusterManagerOptions,
    | 'shardsPerCluster'
    | 'shardsPerClusters'
    | 'totalClusters'
    | 'handlers'
    | 'managerHandlers'
    | 'restarts'
    | 'heartbeat'
    | 'earlyEvents'
    | 'resourceLimits'
    | 'logging'
    | 'killGraceMs'
    | 'store'
    | 'logger'
  > {
  /**
   * What happens to calls that send text (`broadcastEval`, `fetchClientValues`, `Shard.eval`). `on` (the default) runs it;
   * `warn` runs it and names each call site once, with the command that rewrites it; `off` refuses it with `EVALS_OFF`, in
   * the manager and in every bot.
   */
  readonly evals?: 'on' | 'warn' | 'off' | undefined;
}

/** discord.js's options and ours. */
export interface CompatOptions extends Omit<ShardingManagerOptions, 'shardArgs' | 'execArgv'> {
  // Lists nobody writes to, also where the typings of an older discord.js ask for others.
  /** Arguments of the bot file. */
  readonly shardArgs?: readonly string[];
  /** Node's flags for the bot file. */
  readonly execArgv?: readonly string[];
  /** Left out, a drop-in: as many clusters as there are cores, at most 16 shards each. */
  readonly hybrid?: HybridOptions | undefined;
}

/** Every name there is in `hybrid`; the compiler keeps the list complete. */
const hybridNames: Readonly<Record<keyof HybridOptions, true>> = {
  shardsPerCluster: true,
  shardsPerClusters: true,
  totalClusters: true,
  handlers: true,
  managerHandlers: true,
  restarts: true,
  heartbeat: true,
  earlyEvents: true,
  resourceLimits: true,
  logging: true,
  killGraceMs: true,
  store: true,
  logger: true,
  evals: true,
};

const evalModes: readonly unknown[] = ['on', 'warn', 'off', undefined];

/** Checks what the core does not know; it checks the rest itself. @throws ShardliftError `INVALID_OPTION` */
export function assertHybrid(hybrid: unknown): asserts hybrid is HybridOptions {
  if (typeof hybrid !== 'object' || hybrid === null || Array.isArray(hybrid)) {
    const expected = 'an object, for example { shardsPerCluster: 8 }';
    throw new ShardliftError('INVALID_OPTION', { option: 'hybrid', expected, received: inspect(hybrid) });
  }
  for (const [name, value] of Object.entries(hybrid)) {
    if (value === undefined || Object.hasOwn(hybridNames, name)) continue;
    const names = Object.keys(hybridNames).join(', ');
    const expected = `left out: it is none of ${names}; discord.js's own options stay beside hybrid`;
    // Not the value: it may be the token, in the wrong place.
    const received = `of type ${typeof value}`;
    throw new ShardliftError('INVALID_OPTION', { option: `hybrid.${name}`, expected, received });
  }
  const { evals } = hybrid as HybridOptions;
  if (!evalModes.includes(evals)) {
    const received = inspect(evals);
    throw new ShardliftError('INVALID_OPTION', { option: 'hybrid.evals', expected: "'on', 'warn' or 'off'", received });
  }
}

/** Checks the amount given to `spawn`, in the classes and words of discord.js. */
export function checkedAmount(amount: unknown): number {
  if (typeof amount !== 'number' || Number.isNaN(amount)) {
    throw discordError('ClientInvalidOptionType', 'Amount of shards', 'a number.');
  }
  if (amount < 1) throw discordError('ClientInvalidOptionRange', 'Amount of shards', 'at least 1.');
  if (!Number.isInteger(amount)) throw discordError('ClientInvalidOptionType', 'Amount of shards', 'an integer.');
  return amount;
}

/** discord.js writes the token to the environment, also when there is none: every child would get the token 'null'. */
export function forgetMissingToken(manager: { token: string | null }): void {
  if (manager.token === 'null') manager.token = null;
  if (manager.token === null) delete process.env.DISCORD_TOKEN;
}
