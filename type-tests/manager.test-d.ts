/** type-tests/manager: options, events and what the manager and a client's cluster offer. */
import { Client } from 'discord.js';
import {
  type Cluster,
  ClusterClient,
  ClusterManager,
  type ClusterManagerOptions,
  type FleetStats,
  type GuildSummary,
  getCluster,
  type Mode,
  type ResultCollection,
  type ResultFailure,
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
  cluster.on('death', (exit) => expectType<number | null>(exit.code));
  cluster.on('failed', (error) => expectType<ShardliftError>(error));
  cluster.on('shardDisconnect', (shard, code) => expectType<[number, number]>([shard, code]));
});
// @ts-expect-error no such event
manager.on('clusterCreated', () => undefined);
await manager.spawn({ timeoutMs: null, delayMs: 100 });
// @ts-expect-error durations carry their unit
await manager.spawn({ timeout: 5 });
expectType<Promise<FleetStats>>(manager.stats());
expectType<Promise<GuildSummary | null>>(manager.guilds.fetch('1'));
expectType<Promise<number>>(manager.guilds.count());
expectType<Promise<number>>(manager.guilds.count({ exact: true }));
const { clusters, missing, users } = await manager.stats();
expectType<number>(users);
for (const { id, reason } of missing) expectType<[number, string]>([id, reason]);
for (const { status, lagMs, ageMs, uptimeMs, shards } of clusters) {
  expectType<'starting' | 'ready'>(status);
  expectType<[number, number, number | null]>([lagMs, ageMs, uptimeMs]);
  for (const shard of shards) expectType<[string, number, number]>([shard.status, shard.ping, shard.guilds]);
}
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

// A collection of results.
declare const results: ResultCollection<number[] | null>;
expectType<(number[] | null)[]>(results.values());
expectType<ResultFailure[]>(results.errors());
for (const { id, clusterId, error } of results.errors()) expectType<[number, number, Error]>([id, clusterId, error]);
expectType<number[] | undefined>(results.first());
expectType<number[] | null | undefined>(results.get(0));
expectType<string[]>(results.map((value, id) => `${id}: ${value?.length}`));
expectType<(number | null)[]>(results.flat());
for (const entry of results) {
  if (entry.ok) expectType<number[] | null>(entry.value);
  else expectType<Error>(entry.error);
  // @ts-expect-error whether there is a value has to be asked first
  entry.value;
}
