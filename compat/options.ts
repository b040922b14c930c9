/** compat/options: what ShardingManager takes beyond discord.js's own options, all of it in one object. */
import type { ShardingManagerOptions } from 'discord.js';
import { type ClusterManagerOptions, ShardliftError } from '../src/index.ts';
import { discordError } from './discord-errors.ts';

/** Ours, under the names they have in `ClusterManager`. */
export interface HybridOptions
  extends Pick<
    ClusterManagerOptions,
    'shardsPerCluster' | 'shardsPerClusters' | 'totalClusters' | 'handlers' | 'restarts' | 'killGraceMs' | 'logger'
  > {
  /**
   * What happens to code that is sent as text (`broadcastEval`, `Shard.eval`). `on` (the default) runs it; `warn` runs it and
   * names each call site once; `off` refuses it, in the manager and in every bot.
   */
  readonly evals?: 'on' | 'warn' | 'off' | undefined;
}

/** discord.js's options and ours. */
export interface CompatOptions extends ShardingManagerOptions {
  /** Left out, a drop-in: as many clusters as there are cores, at most 16 shards each. */
  readonly hybrid?: HybridOptions | undefined;
}

const evalModes: readonly unknown[] = ['on', 'warn', 'off', undefined];

/** Checks what the core does not know; it checks the rest itself. @throws ShardliftError `INVALID_OPTION` */
export function assertHybrid(hybrid: unknown): asserts hybrid is HybridOptions {
  if (typeof hybrid !== 'object' || hybrid === null || Array.isArray(hybrid)) {
    const expected = 'an object, for example { shardsPerCluster: 8 }';
    throw new ShardliftError('INVALID_OPTION', { option: 'hybrid', expected, received: JSON.stringify(hybrid) });
  }
  const { evals } = hybrid as HybridOptions;
  if (!evalModes.includes(evals)) {
    const received = JSON.stringify(evals);
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
