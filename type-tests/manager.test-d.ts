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
  type Logger,
  type ManagerPlugin,
  type ManagerQueue,
  type Mode,
  type QueueMode,
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
expectAssignable<ClusterManagerOptions>({ logging: { colors: false, timestamps: false, level: undefined } });
expectAssignable<ClusterManagerOptions>({ managerHandlers: './manager-handlers.js' });
expectAssignable<ClusterManagerOptions>({ managerHandlers: ['./a.js', './b.js'] as const });
// The names of older packages.
expectAssignable<ClusterManagerOptions>({
  shardsPerClusters: -1,
  spawnOptions: { timeout: -1, delay: 7_000 },
  heartbeat: { interval: 2_000, timeout: 8_000, maxMissedHeartbeats: 2, maxRestarts: -1 },
  queueOptions: { mode: 'auto' },
});
expectNotAssignable<ClusterManagerOptions>({ queue: 'off' });
expectNotAssignable<ClusterManagerOptions>({ logging: { level: 'trace' } });
expectNotAssignable<ClusterManagerOptions>({ logging: true });
expectNotAssignable<ClusterManagerOptions>({ logging: { timestamps: 'iso' } });
expectNotAssignable<ClusterManagerOptions>({ managerHandlers: { settings: () => 1 } });
// @ts-expect-error a misspelt member
new ClusterManager('./bot.js', { logging: { colours: false } });
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
manager.on('clusterDeath', (cluster, { code, signal, reason, requested }) => {
  expectType<Cluster>(cluster);
  expectType<[number | null, NodeJS.Signals | null, string, boolean]>([code, signal, reason, requested]);
});
manager.on('clusterHung', (cluster, silentMs) => expectType<[Cluster, number]>([cluster, silentMs]));
manager.on('clusterRestarting', (cluster, delayMs) => expectType<[Cluster, number]>([cluster, delayMs]));
manager.on('clusterFailed', (cluster, error) => expectType<[Cluster, ShardliftError]>([cluster, error]));
manager.on('pluginError', (error) => expectType<string>(error.details.plugin));
manager.on('debug', (text) => expectType<string>(text));
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
expectType<Promise<void>>(manager.send([0, 3], { any: 'message' }));
expectType<Promise<void>>(manager.broadcast('message', [0]));
expectType<Promise<void>>(manager.respawnAll({ only: [0], except: [1], betweenMs: 5, timeoutMs: 5 }));
// @ts-expect-error a cluster is named by its number
manager.send('3', 'message');
// @ts-expect-error the next one waits for ready, so there is no way not to
manager.respawnAll({ timeoutMs: null });
// @ts-expect-error durations carry their unit
manager.respawnAll({ between: 5 });
// @ts-expect-error clusters are named in a list
manager.respawnAll({ except: 0 });
manager.setMaintenance('the database moves', [0, 1]);
manager.setMaintenance(undefined);
// @ts-expect-error clusters are named in a list
manager.setMaintenance('the database moves', 0);
expectType<Logger>(manager.logger);
expectType<void>(manager.logger.info('text'));
// @ts-expect-error no such level
manager.logger.trace('text');
expectType<ManagerQueue>(manager.queue);
expectType<QueueMode>(manager.queue.mode);
expectType<Promise<number | undefined>>(manager.queue.next());
expectType<readonly number[]>(manager.queue.waiting);
expectType<boolean>(manager.queue.stopped);
expectType<void>(manager.queue.stop());
expectType<void>(manager.queue.resume());
// @ts-expect-error it tells, it is not told
manager.queue.mode = 'manual';
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
manager.use({
  name: 'hooks',
  clusterCreate: (cluster) => expectType<Cluster>(cluster),
  clusterReady: (cluster) => expectType<Cluster>(cluster),
  stop: (reason) => expectType<string>(reason),
});
expectAssignable<ManagerPlugin>({ name: 'nothing' });
// @ts-expect-error no such hook
manager.use({ name: 'x', clusterDied: () => undefined });
// @ts-expect-error a cluster is no number
manager.use({ name: 'x', clusterReady: (cluster: number) => void cluster });
// @ts-expect-error a plugin has a name
manager.use({ clusterReady: () => undefined });
// @ts-expect-error hooks are functions
manager.use({ name: 'x', stop: 'soon' });
// @ts-expect-error options are fixed once the manager is made
manager.options.mode = 'worker';
manager.ipc.handle('prefix', (data: { key: string }, context) => [data.key, context.from]);

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
