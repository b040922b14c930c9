/** type-tests/compat: ours where discord.js's classes are asked for, and what ours have beyond them. */
import * as djs from 'discord.js';
import type { ClusterClient, ClusterIpc, ClusterManager } from 'shardlift';
import { type HybridOptions, type Shard, ShardingManager, type ShardingManagerOptions } from 'shardlift/compat';
import { expectAssignable, expectNotAssignable, expectType } from 'tsd';

declare function takesShard(shard: djs.Shard): void;
declare function takesManager(manager: djs.ShardingManager): void;
declare function takesUtil(util: djs.ShardClientUtil): void;
declare function takesClass(Manager: typeof djs.ShardingManager): void;
declare const frozen: readonly string[];

// In the place of discord.js's.
const stock: djs.ShardingManager = new ShardingManager('bot.js', { shardArgs: frozen, execArgv: frozen });
const ours = new ShardingManager('bot.js', { hybrid: { shardsPerCluster: 8 } });
takesManager(stock);
takesManager(ours);
takesClass(ShardingManager);
for (const shard of ours.shards.values()) takesShard(shard);
takesShard(ours.createShard());
ours.on('shardCreate', takesShard);
// 14.14 asks for lists that may be written to; ours takes those and others.
type Lists = 'shardArgs' | 'execArgv';
type OwnLists = readonly string[] extends djs.ShardingManagerOptions['shardArgs'] ? never : Lists;
expectAssignable<djs.ShardingManagerOptions>({} as Omit<ShardingManagerOptions, 'hybrid' | OwnLists>);
declare const options: djs.ShardingManagerOptions;
takesManager(new ShardingManager('bot.js', options));
class Custom extends ShardingManager {
  override createShard(id?: number): Shard {
    return super.createShard(id);
  }
}
takesManager(new Custom('bot.js'));

// Ours alone.
expectType<Promise<number[]>>(ours.broadcastEval(() => process.pid, { perCluster: true }));
expectType<ClusterManager>(ours.hybrid);
expectType<ClusterIpc>(ours.ipc);
expectAssignable<HybridOptions>({ evals: 'warn', handlers: './cluster-handlers.js', totalClusters: 2 });
expectNotAssignable<HybridOptions>({ evals: 'maybe' });
// @ts-expect-error our options live in `hybrid` alone
new ShardingManager('bot.js', { shardsPerCluster: 8 });

// Old calls and new ones in one bot.
const client = new djs.Client({ intents: [] });
expectType<ClusterClient>(client.cluster);
if (client.shard !== null) takesUtil(client.shard);
expectType<Promise<number[]> | undefined>(client.shard?.broadcastEval((c) => c.guilds.cache.size));
expectType<Promise<number>>(client.cluster.guilds.count());
