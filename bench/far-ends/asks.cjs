/** bench/far-ends/asks: the same questions in each library's own words, as its users would write them. */
const { isMainThread, parentPort } = require('node:worker_threads');
const { eventOf, keyOf, payload, recordsIn, valueAt, wholeAndGrouped } = require('./work.cjs');

/** discord.js has no more than this to say that a shard is up; our manager sees it as a bot's first message. */
function announce() {
  const ready = { _ready: true };
  if (isMainThread) process.send(ready);
  else parentPort.postMessage(ready);
}

/** What a bot remembers of settings until it hears that they changed. */
const settings = new Map();
const forget = ({ guildId }) => settings.delete(guildId);

/** discord.js answers equal calls in flight together; a bot's calls differ, so each has a context of its own. */
const evalAsks = (client) => ({
  unicast: (n) => client.shard.broadcastEval((_client, { n }) => n + 1, { shard: 1, context: { ...payload, n } }),
  count: (n) => client.shard.broadcastEval((client) => client.guilds.cache.size, { context: { n } }),
  tell: (n) => client.shard.broadcastEval((client, event) => client.emit('settings', event), { context: eventOf(n) }),
  stats: (n) => client.shard.broadcastEval((client) => client.guilds.cache.size, { context: { n } }),
  each: (n) =>
    client.shard.broadcastEval((client, { size }) => client.recordsOf(size), { context: { size: recordsIn.each, n } }),
  sum: () => client.shard.broadcastEval((client) => client.guilds.cache.reduce((n, guild) => n + guild.memberCount, 0)),
  wholeAndGrouped: () => wholeAndGrouped(client.guilds.cache),
  transfer: (n) =>
    client.shard.broadcastEval((client, { size }) => client.recordsOf(size), {
      shard: 3,
      context: { size: recordsIn.transfer, n },
    }),
});

function joinDiscordJs(client) {
  client.on('settings', forget);
  const [shard] = client.shard.ids;
  const { count } = client.shard;
  return { cluster: shard, clusters: count, shards: [shard], totalShards: count, asks: evalAsks(client), announce };
}

function joinHybrid(client) {
  const { ClusterClient } = require('discord-hybrid-sharding');
  const own = new ClusterClient(client);
  client.cluster = own;
  client.on('settings', forget);
  const increment = (_client, { n }) => n + 1;
  const records = (client, { size }) => client.recordsOf(size);
  const one = async (asked) => (await asked)[0];
  const asks = {
    unicast: (n) => one(own.broadcastEval(increment, { cluster: 1, context: { ...payload, n } })),
    manager: async (n) => (await own.request({ ...payload, n })).value,
    set: async (n) => (await own.request({ store: 'set', key: keyOf(n), value: valueAt(n) })).value,
    get: async (n) => (await own.request({ store: 'get', key: keyOf(n) })).value,
    count: (n) => own.broadcastEval((client) => client.guilds.cache.size, { context: { n } }),
    tell: (n) => own.broadcastEval((client, event) => client.emit('settings', event), { context: eventOf(n) }),
    stats: (n) => own.broadcastEval((client) => client.guilds.cache.size, { context: { n } }),
    each: (n) => own.broadcastEval(records, { context: { size: recordsIn.each, n } }),
    transfer: (n) => one(own.broadcastEval(records, { cluster: 3, context: { size: recordsIn.transfer, n } })),
  };
  const { CLUSTER_COUNT: clusters, SHARD_LIST: shards, TOTAL_SHARDS: totalShards } = own.info;
  return { cluster: own.id, clusters, shards, totalShards, asks, announce: () => own.triggerReady() };
}

function joinShardlift(client) {
  const { cluster } = client;
  const { events, id, ipc, shards, store, totalClusters, totalShards } = cluster;
  events.on('settings', forget);
  ipc.handle('increment', ({ n }) => n + 1);
  ipc.handle('count', () => client.guilds.cache.size);
  ipc.handle('records', ({ size }) => client.recordsOf(size));
  const asks = {
    unicast: (n) => ipc.requestTo(1, 'increment', { ...payload, n }),
    manager: (n) => ipc.requestManager('increment', { ...payload, n }),
    set: (n) => store.set(keyOf(n), valueAt(n)),
    get: (n) => store.get(keyOf(n)),
    count: (n) => ipc.requestAll('count', { n }).valuesOrThrow(),
    tell: (n) => events.broadcastAndWait('settings', eventOf(n), { sendSelf: true }),
    stats: () => cluster.stats(),
    each: (n) => ipc.requestAll('records', { size: recordsIn.each, n }).valuesOrThrow(),
    transfer: (n) => ipc.requestTo(3, 'records', { size: recordsIn.transfer, n }),
  };
  return { cluster: id, clusters: totalClusters, shards, totalShards, asks, announce };
}

/**
 * The drop-in: discord.js's words, and a named request to hold them against. Nobody waits to be told that it is up; discord.js's
 * own word for that, ahead of the client's line, would be that of a bot which nothing of ours has reached.
 */
function joinCompat(client) {
  const joined = joinShardlift(client);
  return { ...joined, asks: { ...evalAsks(client), request: joined.asks.unicast }, announce: () => undefined };
}

const joins = {
  'discord-js': joinDiscordJs,
  hybrid: joinHybrid,
  shardlift: joinShardlift,
  'shardlift-compat': joinCompat,
};

/** Who this cluster is, what it can ask, and how it says that it is up. */
const joinLibrary = (library, client) => joins[library](client);

module.exports = { joinLibrary };
