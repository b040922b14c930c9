/** type-tests/manager: options, events and what the manager and a client's cluster offer. */
import type { ChildProcess } from 'node:child_process';
import type { Worker } from 'node:worker_threads';
import { Client } from 'discord.js';
import {
  type Cluster,
  ClusterClient,
  ClusterManager,
  type ClusterManagerEvents,
  type ClusterManagerOptions,
  type ClusterState,
  type GuildSummary,
  getCluster,
  type Mode,
  type ShardliftError,
} from 'shardlift';
import { expectAssignable, expectNotAssignable, expectType } from 'tsd';

// Options: all may be left out, undefined means the default, wrong kinds do not compile.
expectAssignable<ClusterManagerOptions>({});
expectAssignable<ClusterManagerOptions>({ totalShards: 'auto', totalClusters: -1, mode: 'worker' });
expectAssignable<ClusterManagerOptions>({ token: process.env.DISCORD_TOKEN, shardsPerCluster: undefined });
expectAssignable<ClusterManagerOptions>({ handlers: ['./a.js', './b.js'], restarts: { maxRestarts: 3 } });
expectAssignable<ClusterManagerOptions>({ handlers: './a.js', logger: console });
expectNotAssignable<ClusterManagerOptions>({ totalShards: '4' });
expectNotAssignable<ClusterManagerOptions>({ mode: 'thread' });
expectNotAssignable<ClusterManagerOptions>({ shardList: 4 });
expectNotAssignable<ClusterManagerOptions>({ restarts: { maxRestarts: 'many' } });
expectNotAssignable<ClusterManagerOptions>({ logger: { warn: () => undefined } });
// @ts-expect-error a typing error in a name
new ClusterManager('./bot.js', { shardsPerCulster: 8 });
// @ts-expect-error the bot file is needed
new ClusterManager();

const manager = new ClusterManager('./bot.js', { shardsPerCluster: 8 });
manager.on('clusterCreate', (cluster) => {
  expectType<Cluster>(cluster);
  cluster.on('death', (exit, child) => expectType<[number | null, ChildProcess | Worker]>([exit.code, child]));
  cluster.on('spawn', (child) => expectType<ChildProcess | Worker>(child));
  cluster.on('attached', () => undefined).on('listening', () => undefined);
  cluster.on('ready', (...none) => expectType<[]>(none));
  cluster.on('shardReady', (shard) => expectType<number>(shard));
  cluster.on('shardReconnecting', (shard) => expectType<number>(shard));
  cluster.on('shardResume', (shard, replayed) => expectType<[number, number]>([shard, replayed]));
  cluster.on('message', (message) => expectType<unknown>(message));
  cluster.on('restarting', (delayMs) => expectType<number>(delayMs));
  cluster.on('stateChange', (state, previous) => expectType<[ClusterState, ClusterState]>([state, previous]));
  // @ts-expect-error no such event
  cluster.on('dead', () => undefined);
  // @ts-expect-error a shard goes by its number
  cluster.on('shardReady', (shard: string) => shard);
  expectAssignable<Parameters<typeof cluster.kill>>([{ reason: 'x' }]);
  // @ts-expect-error a misspelt option
  cluster.kill({ reson: 'x' });
  cluster.on('failed', (error) => expectType<ShardliftError>(error));
  cluster.on('shardDisconnect', (shard, code) => expectType<[number, number]>([shard, code]));
});
manager.once('clusterReady', (cluster) => expectType<Cluster>(cluster));
manager.on('ready', (...none) => expectType<[]>(none));
expectType<[cluster: Cluster]>({} as ClusterManagerEvents['clusterReady']);
expectType<Cluster | undefined>(manager.clusters.get(0));
// @ts-expect-error it carries a cluster
manager.on('clusterReady', (cluster: number) => cluster);
// @ts-expect-error ready carries nothing
manager.on('ready', (cluster: Cluster) => cluster);
// @ts-expect-error no such event
manager.on('clusterCreated', () => undefined);
await manager.spawn({ timeoutMs: null, delayMs: 100 });
// @ts-expect-error durations carry their unit
await manager.spawn({ timeout: 5 });
expectType<Promise<GuildSummary | null>>(manager.guilds.fetch('1'));
expectType<Promise<number>>(manager.guilds.count());
expectType<Promise<number>>(manager.guilds.count({ exact: true }));
// @ts-expect-error there is no such way to count
manager.guilds.count({ precise: true });
expectType<Promise<void>>(manager.stop());
// @ts-expect-error options are fixed once the manager is made
manager.options.mode = 'worker';
manager.ipc.handle('settings', (data: { key: string }, context) => [data.key, context.from]);

// client.cluster is there on every client, typed, and an own assignment is possible.
const client = new Client({ intents: [] });
expectType<ClusterClient>(client.cluster);
client.cluster = new ClusterClient(client);
expectType<number>(client.cluster.id);
expectType<Mode>(client.cluster.mode);
expectType<readonly number[]>(client.cluster.shards);
expectType<Promise<number>>(client.cluster.ping(1));
expectType<ClusterClient | undefined>(getCluster(client));
// @ts-expect-error facts are no settings
client.cluster.id = 5;
