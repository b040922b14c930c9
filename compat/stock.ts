/** compat/stock: discord.js's sharding classes as they are at run time: with their privates, and open to subclasses. */
import type { EventEmitter } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import type { Client, Collection } from 'discord.js';
import type { Mode } from '../src/index.ts';
import type { GroupedShard } from './grouped-shard.ts';

/** What discord.js's constructor makes of file and options; all of it is public, own and writable. */
export interface StockManager extends EventEmitter {
  file: string;
  mode: Mode;
  respawn: boolean;
  silent: boolean;
  shardArgs: string[];
  execArgv: string[];
  token: string | null;
  totalShards: number | 'auto';
  shardList: number[] | 'auto';
  shards: Collection<number, GroupedShard>;
}

/** `class ShardingManager` of discord.js. */
export type StockManagerClass = new (file: string, options?: object) => StockManager;

/** `class Shard` of discord.js; its typings call the constructor private. */
export type StockShardClass = new (manager: StockManager, id: number) => GroupedShard & { manager: StockManager };

/** `client.shard` of discord.js. */
export interface StockUtil {
  client: Client;
  mode: Mode;
  parentPort: MessagePort | null;
  /** Gone in discord.js 15. */
  readonly ids?: readonly number[];
  broadcastEval(fn: unknown, options?: object): Promise<unknown>;
}

/** `class ShardClientUtil` of discord.js; its typings call the constructor private. */
export interface StockUtilClass {
  new (client: Client, mode: Mode | undefined): StockUtil;
  singleton(client: Client, mode: Mode): StockUtil;
  _singleton?: StockUtil;
}
