/** bench/far-ends/bot: a bot that never logs in, of whichever library started it. */
const { Client } = require('discord.js');
const { joinLibrary } = require('./asks.cjs');
const { drive } = require('./driver.cjs');
const { guildsPerShard, recordsOf } = require('./work.cjs');

const client = new Client({ intents: [] });
client.recordsOf = recordsOf;
const { cluster, clusters, shards, totalShards, asks, announce } = joinLibrary(process.env.BENCH_LIBRARY, client);

// As far as somebody who counts looks into a guild.
const channels = { cache: new Map() };

// Ids as Discord would give them to these shards: https://discord.com/developers/docs/events/gateway#sharding
for (const shard of shards) {
  for (let n = 1; n <= guildsPerShard; n++) {
    const id = String(BigInt(1_000_000 + n * totalShards + shard - (1_000_000 % totalShards)) << 22n);
    client.guilds.cache.set(id, { id, shardId: shard, memberCount: n, channels });
  }
}
// As when they had come from the gateway: what watches it looks at the caches now.
client.emit('raw', { t: 'READY', d: null });
announce();
drive({ cluster, clusters, asks });
