/** compat: discord.js's sharding under its own names. Change the import, keep the rest. */
import type { ChildProcess } from 'node:child_process';
import type {
  Awaitable,
  Client,
  Collection,
  MultipleShardRespawnOptions,
  MultipleShardSpawnOptions,
  Serialized,
} from 'discord.js';
import * as discord from 'discord.js';
import type { ClusterManager } from '../src/index.ts';
import type { CompatOptions } from './options.ts';
import { ManagedShard } from './shard.ts';
import { HybridManager } from './sharding-manager.ts';

export type { CompatOptions as ShardingManagerOptions, HybridOptions } from './options.ts';
export { type Quirk, quirks } from './quirks.ts';

/** Once per cluster, on the whole client: for what concerns the process and not a shard (memory, reloads). */
interface PerCluster {
  readonly perCluster: true;
}

/** What `broadcastEval` can do beyond discord.js. */
interface PerClusterEval {
  /** Calls the function once per cluster, with the whole client; one result per cluster. */
  broadcastEval<Result>(fn: (client: Client) => Awaitable<Result>, options: PerCluster): Promise<Serialized<Result>[]>;
  broadcastEval<Result, Context>(
    fn: (client: Client<true>, context: Serialized<Context>) => Awaitable<Result>,
    options: PerCluster & { context: Context },
  ): Promise<Serialized<Result>[]>;
}

type StockManagerEval = discord.ShardingManager['broadcastEval'];
type StockUtilEval = discord.ShardClientUtil['broadcastEval'];

/** One gateway shard, as the manager sees it. Its process or thread may be shared with other shards. */
export interface Shard extends discord.Shard {
  spawn(timeout?: number): Promise<ChildProcess>;
}

/** `client.shard` in a bot. */
export interface ShardClientUtil extends discord.ShardClientUtil {
  broadcastEval: StockUtilEval & PerClusterEval['broadcastEval'];
}

/** Runs a bot in clusters of several shards, through the interface of discord.js's ShardingManager. */
export interface ShardingManager extends discord.ShardingManager {
  /** The clusters themselves: typed requests (`hybrid.ipc`), stats, one entry per process or thread. */
  readonly hybrid: ClusterManager;
  /** `'process'` or `'worker'`. */
  mode: 'process' | 'worker';
  /** Node's flags for the bot file. */
  execArgv: string[];
  shards: Collection<number, Shard>;
  broadcastEval: StockManagerEval & PerClusterEval['broadcastEval'];
  createShard(id?: number): Shard;
  respawnAll(options?: MultipleShardRespawnOptions): Promise<Collection<number, Shard>>;
  spawn(options?: MultipleShardSpawnOptions): Promise<Collection<number, Shard>>;
  on(event: 'shardCreate', listener: (shard: Shard) => void): this;
  once(event: 'shardCreate', listener: (shard: Shard) => void): this;
}

type Statics<T> = Omit<T, 'prototype'>;

/** The class of {@link ShardingManager}; `instanceof` discord.js's own holds too. */
export const ShardingManager = HybridManager as unknown as Statics<typeof discord.ShardingManager> & {
  new (file: string, options?: CompatOptions): ShardingManager;
  readonly prototype: ShardingManager;
};

/** The class of {@link Shard}; made by `manager.createShard`. */
export const Shard = ManagedShard as unknown as Statics<typeof discord.Shard> & { readonly prototype: Shard };

/** discord.js's own class, of which `client.shard` is an instance; here for its static `shardIdForGuildId`. */
export const ShardClientUtil = discord.ShardClientUtil as unknown as typeof discord.ShardClientUtil & {
  readonly prototype: ShardClientUtil;
};
