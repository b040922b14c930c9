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
import type { ClusterIpc, ClusterManager } from '../src/index.ts';
import type { CompatOptions } from './options.ts';
import { ManagedShard } from './shard.ts';
import { HybridManager } from './sharding-manager.ts';

// discord.js's own: what stands beside the manager in one import of many a program.
export {
  fetchRecommendedShardCount,
  type MultipleShardRespawnOptions,
  type MultipleShardSpawnOptions,
  ShardEvents,
  type ShardingManagerMode,
} from 'discord.js';
export type { CompatOptions as ShardingManagerOptions, HybridOptions } from './options.ts';

/** Once per cluster, on the whole client: for what concerns the process and not a shard (memory, reloads). */
interface PerCluster {
  readonly perCluster: true;
}

type Plain<R> = (client: Client) => Awaitable<R>;
type WithContext<R, C> = (client: Client<true>, context: Serialized<C>) => Awaitable<R>;

/** One gateway shard, as the manager sees it. Its process or thread may be shared with other shards. */
export interface Shard extends discord.Shard {
  spawn(timeout?: number): Promise<ChildProcess>;
}

/** `client.shard` in a bot. */
export interface ShardClientUtil extends discord.ShardClientUtil {
  broadcastEval<R, C>(fn: WithContext<R, C>, options: PerCluster & { context: C }): Promise<Serialized<R>[]>;
  broadcastEval<R>(fn: Plain<R>, options: PerCluster): Promise<Serialized<R>[]>;
  broadcastEval<R>(fn: Plain<R>): Promise<Serialized<R>[]>;
  broadcastEval<R, C>(fn: WithContext<R, C>, options: { context: C; shard: number }): Promise<Serialized<R>>;
  broadcastEval<R, C>(fn: WithContext<R, C>, options: { context: C }): Promise<Serialized<R>[]>;
  broadcastEval<R>(fn: Plain<R>, options: { shard: number }): Promise<Serialized<R>>;
}

/** Runs a bot in clusters of several shards, through the interface of discord.js's ShardingManager. */
export interface ShardingManager extends discord.ShardingManager {
  /** The clusters themselves: stats, guilds, one entry per process or thread. */
  readonly hybrid: ClusterManager;
  /** Named requests to the clusters, the same as `hybrid.ipc`; what `dc-migrate` turns `broadcastEval` calls into. */
  readonly ipc: ClusterIpc;
  /** `'process'` or `'worker'`. */
  mode: 'process' | 'worker';
  /** Node's flags for the bot file. */
  execArgv: string[];
  shards: Collection<number, Shard>;
  broadcastEval<R, C>(fn: WithContext<R, C>, options: PerCluster & { context: C }): Promise<Serialized<R>[]>;
  broadcastEval<R>(fn: Plain<R>, options: PerCluster): Promise<Serialized<R>[]>;
  broadcastEval<R>(fn: Plain<R>): Promise<Serialized<R>[]>;
  broadcastEval<R, C>(fn: WithContext<R, C>, options: { context: C; shard: number }): Promise<Serialized<R>>;
  broadcastEval<R, C>(fn: WithContext<R, C>, options: { context: C }): Promise<Serialized<R>[]>;
  broadcastEval<R>(fn: Plain<R>, options: { shard: number }): Promise<Serialized<R>>;
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
