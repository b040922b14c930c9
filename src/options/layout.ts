/** options/layout: which shards, in how many clusters: the options that have to fit each other. */
import type { EnvironmentDefaults } from '../environment.ts';
import { ShardliftError } from '../errors.ts';
import { shown } from './assert.ts';
import type { ClusterManagerOptions, ResolvedOptions } from './manager-options.ts';

/** The part of the options that lays out the bot. */
export type Layout = Pick<ResolvedOptions, 'totalShards' | 'shardList' | 'shardsPerCluster' | 'totalClusters'>;

/** A number as it was given; `undefined` for those that mean 'find out yourself'. */
const number = (value: number | 'auto' | undefined): number | undefined =>
  value === 'auto' || value === -1 ? undefined : value;

/** The shards to run, each once, ascending; all of them must exist. */
function shardsToRun(list: readonly number[] | undefined, totalShards: number | 'auto'): readonly number[] | undefined {
  if (list === undefined) return undefined;
  const shards = [...new Set(list)].sort((a, b) => a - b);
  if (totalShards === 'auto' || Math.max(...shards) < totalShards) return shards;
  const expected = `an array of shard ids below totalShards (${totalShards})`;
  throw new ShardliftError('INVALID_OPTION', { option: 'shardList', expected, received: shown(list) });
}

/**
 * The layout that was asked for. The environment's is a default: any layout given in code wins as a whole.
 *
 * @throws ShardliftError `INVALID_OPTION` when one option contradicts another
 */
export function resolveLayout(options: ClusterManagerOptions, environment: EnvironmentDefaults): Layout {
  const shardsPerCluster = number(options.shardsPerCluster);
  const totalClusters = number(options.totalClusters);
  const totalShards = number(options.totalShards ?? environment.totalShards) ?? 'auto';
  const shardList = shardsToRun(options.shardList, totalShards);
  if (shardsPerCluster === undefined && totalClusters === undefined) {
    const { shardsPerCluster, totalClusters } = environment;
    return { totalShards, shardList, shardsPerCluster, totalClusters };
  }
  const shards = shardList?.length ?? totalShards;
  if (shardsPerCluster !== undefined && totalClusters !== undefined && shards !== 'auto') {
    const clusters = Math.ceil(shards / shardsPerCluster);
    if (clusters !== totalClusters) {
      const expected = `left out, or ${clusters}, as ${shards} shards with shardsPerCluster ${shardsPerCluster} make`;
      throw new ShardliftError('INVALID_OPTION', { option: 'totalClusters', expected, received: `${totalClusters}` });
    }
  }
  return { totalShards, shardList, shardsPerCluster, totalClusters };
}
