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
  type Logger,
  type ManagerPlugin,
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
expectAssignable<ClusterManagerOptions>({ readyTimeoutMs: null, spawnDelayMs: 5, queue: 'manual', env: { A: 'b' } });
expectAssignable<ClusterManagerOptions>({ heartbeat: { enabled: false, intervalMs: 5, maxRestarts: null } });
expectAssignable<ClusterManagerOptions>({ logging: { enabled: true, level: 'debug' } });
// The names of older packages.
expectAssignable<ClusterManagerOptions>({
  shardsPerClusters: -1,
  spawnOptions: { timeout: -1, delay: 7_000 },
  heartbeat: { interval: 2_000, timeout: 8_000, maxMissedHeartbeats: 2, maxRestarts: -1 },
  queueOptions: { mode: 'auto' },
});
expectNotAssignable<ClusterManagerOptions>({ queue: 'off' });
expectNotAssignable<ClusterManagerOptions>({ logging: { level: 'trace' } });
expectNotAssignable<ClusterManagerOptions>({ heartbeat: { timeoutMs: '8 s' } });
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
manager.on('clusterDeath', (cluster, { code, signal, reason, requested }) => {
  expectType<Cluster>(cluster);
  expectType<[number | null, NodeJS.Signals | null, string, boolean]>([code, signal, reason, requested]);
});
manager.on('clusterHung', (cluster, silentMs) => expectType<[Cluster, number]>([cluster, silentMs]));
manager.on('clusterRestarting', (cluster, delayMs) => expectType<[Cluster, number]>([cluster, delayMs]));
manager.on('clusterFailed', (cluster, error) => expectType<[Cluster, ShardliftError]>([cluster, error]));
manager.on('pluginError', (error) => expectType<string>(error.details.plugin));
manager.on('debug', (text) => expectType<string>(text));
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
expectType<Promise<void>>(manager.send([0, 3], { any: 'message' }));
expectType<Promise<void>>(manager.broadcast('message', [0]));
expectType<Promise<void>>(manager.respawnAll({ only: [0], except: [1], betweenMs: 5, timeoutMs: 5 }));
// @ts-expect-error a cluster is named by its number
manager.send('3', 'message');
// @ts-expect-error the next one waits for ready, so there is no way not to
manager.respawnAll({ timeoutMs: null });
expectType<Logger>(manager.logger);
expectType<Promise<number | undefined>>(manager.queue.next());
expectType<readonly number[]>(manager.queue.waiting);
// @ts-expect-error what starts is the manager's business
manager.queue.run([], 0);

// Plugins: hooks are typed by what they are given; the name is needed.
expectType<ClusterManager>(
  manager.use({
    name: 'metrics',
    install: async (installed) => {
      expectType<ClusterManager>(installed);
    },
    beforeSpawn: ({ totalShards, plan }) => {
      expectType<[number, readonly (readonly number[])[]]>([totalShards, plan]);
    },
    clusterDeath: (cluster, { reason }) => {
      expectType<[Cluster, string]>([cluster, reason]);
    },
  }),
);
expectAssignable<ManagerPlugin>({ name: 'nothing' });
// @ts-expect-error a plugin has a name
manager.use({ clusterReady: () => undefined });
// @ts-expect-error hooks are functions
manager.use({ name: 'x', stop: 'soon' });
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
