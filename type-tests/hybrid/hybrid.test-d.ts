/** type-tests/hybrid: discord-hybrid-sharding's names. A program of its own: it changes what `client.cluster` is. */
import { Client, type ClientOptions, type Collection, type WebSocketShard } from 'discord.js';
import type { ClusterClient as CoreClient, ClusterManager as CoreManager, ManagerIpc } from 'shardlift';
import * as Whole from 'shardlift/compat/hybrid';
import {
  type Cluster,
  ClusterClient,
  type ClusterClientData,
  ClusterManager,
  type ClusterManagerOptions,
  type DjsDiscordClient,
  type evalOptions,
  getInfo,
  HeartbeatManager,
  type IPCMessage,
  messageType,
  type Plugin,
  ReClusterManager,
} from 'shardlift/compat/hybrid';
import { expectAssignable, expectNotAssignable, expectType } from 'tsd';

// As bots declare it by hand; it says the same.
declare module 'discord.js' {
  interface Client {
    cluster: ClusterClient<Client>;
  }
}

// A bot.
const client = new Client({ intents: [], shards: getInfo().SHARD_LIST, shardCount: getInfo().TOTAL_SHARDS });
client.cluster = new ClusterClient(client);
expectType<ClusterClientData>(getInfo());
expectType<ClusterClient<Client>>(client.cluster);
expectType<number>(client.cluster.id);
expectType<number>(client.cluster.count);
expectType<number[]>(client.cluster.shardList);
expectType<Collection<number, WebSocketShard>>(client.cluster.ids);
expectType<string | false>(client.cluster.maintenance);
expectType<ClusterClientData>(client.cluster.info);

// A list in any case, also of one.
const { cluster } = client;
expectType<Promise<number[]>>(cluster.broadcastEval((c) => c.guilds.cache.size));
expectType<Promise<number[]>>(cluster.broadcastEval(async (c) => c.guilds.cache.size, { cluster: 1 }));
expectType<Promise<number[]>>(cluster.broadcastEval((c) => c.guilds.cache.size, { shard: 1, timeout: 100 }));
expectType<Promise<string[]>>(cluster.broadcastEval((_c, { id }) => id, { context: { id: 'x' }, guildId: '1' }));
void cluster.broadcastEval((_c, { at }) => expectType<string>(at), { context: { at: new Date() }, cluster: [0, 1] });
// biome-ignore lint/suspicious/noExplicitAny: of a text nobody knows what it gives
expectType<Promise<any[]>>(cluster.broadcastEval('this.guilds.cache.size'));
expectType<Promise<number>>(cluster.evalOnCluster((c) => c.guilds.cache.size, { cluster: 1 }));
// With a context nothing is known of client and data, as in discord-hybrid-sharding.
expectType<Promise<string>>(
  cluster.evalOnCluster((c, { id }) => String(c.of[id]), { context: { id: 'x' }, guildId: '1' }),
);
// biome-ignore lint/suspicious/noExplicitAny: nor of a property that is named in one
expectType<Promise<any[]>>(cluster.fetchClientValues('guilds.cache.size', 1));
expectAssignable<evalOptions>({ cluster: [0, 1], timeout: 5_000 });
expectNotAssignable<evalOptions>({ cluster: '0' });

// Messages.
cluster.on('message', (message) => {
  if (message._type === messageType.CUSTOM_REQUEST) void message.reply({ content: 'yes' });
});
cluster.on('ready', (own) => expectType<ClusterClient<Client>>(own));
cluster.on('own-event', (one, two) => [one, two]);
// biome-ignore lint/suspicious/noExplicitAny: what is answered is the manager's to say
expectType<Promise<any>>(cluster.request({ content: 'who?' }));
expectType<Promise<void>>(cluster.send({ content: 'hello' }));
expectType<1>(messageType.CUSTOM_REQUEST);

// What dc-migrate writes, and the rest of shardlift.
expectType<Promise<unknown[]>>(cluster.ipc.requestAll('size').valuesOrThrow());
expectType<Promise<number>>(cluster.ipc.requestAll<number>('size').sum());
expectType<Promise<number>>(cluster.guilds.count());
expectType<CoreClient>(cluster.hybrid);

// Classes of a user's own.
class Bot extends Client {
  override cluster = new ClusterClient(this);
  readonly commands = new Map<string, () => void>();
}
class OwnCluster extends ClusterClient<DjsDiscordClient> {}
declare const given: ClientOptions;
const bot = new Bot(given);
expectType<Promise<number[]>>(bot.cluster.broadcastEval((c) => c.commands.size));
expectAssignable<ClusterClient<Client>>(new OwnCluster(client));

// The manager.
const options: ClusterManagerOptions = {
  ...{ token: 't', totalShards: 'auto', totalClusters: 'auto', shardsPerClusters: 8, mode: 'process', respawn: true },
  ...{ restarts: { max: 5, interval: 60_000 }, queue: { auto: true }, spawnOptions: { timeout: -1, delay: 7_000 } },
  keepAlive: { interval: 2_000, maxMissedHeartbeats: 5, maxClusterRestarts: 5 },
  hybrid: { handlers: './cluster-handlers.js', evals: 'warn' },
};
const manager = new ClusterManager('bot.js', options);
manager.extend(new HeartbeatManager({ interval: 2_000, maxMissedHeartbeats: 5 }), new ReClusterManager());
manager.on('clusterCreate', (one) => {
  expectType<Cluster>(one);
  one.on('death', (dead) => expectType<Cluster>(dead));
  one.on('message', (message) => message.content);
});
manager.on('clusterReady', (one) => expectType<number[]>(one.shardList));
manager.on('clientRequest', (message) => expectType<IPCMessage>(message));
manager.on('debug', (text) => expectType<string>(text));
expectType<Map<number, Cluster>>(await manager.spawn({ timeout: -1 }));
expectType<Map<number, Cluster>>(manager.clusters);
expectType<Promise<number[]>>(manager.broadcastEval((c) => c.guilds.cache.size, { cluster: 0 }));
expectAssignable<CoreManager>(manager.hybrid);
expectType<ManagerIpc>(manager.ipc);
expectType<Promise<unknown[]>>(manager.ipc.requestAll('size').valuesOrThrow());
expectAssignable<Plugin>({ build: (own: ClusterManager) => own.spawn() });
// @ts-expect-error our options live in `hybrid` alone
new ClusterManager('bot.js', { handlers: './cluster-handlers.js' });
// @ts-expect-error a mode there is not
new ClusterManager('bot.js', { mode: 'thread' });

// What versions 1 and 2 were imported as.
expectType<typeof ClusterManager>(Whole.Manager);
expectType<typeof ClusterClient>(Whole.Client);
expectAssignable<Whole.Client<Client>>(client.cluster);
expectAssignable<Whole.Manager>(manager);
expectType<ClusterClientData>(Whole.data);
