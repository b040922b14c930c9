import { ShardingManager } from 'discord.js';
import { watchHealth } from './health.js';

const manager = new ShardingManager('./bot.mjs', {
  token: process.env.DISCORD_TOKEN,
  totalShards: Number(process.env.TOTAL_SHARDS ?? 16),
  mode: process.env.SHARDING_MODE ?? 'process',
});

manager.on('shardCreate', (shard) => {
  shard.on('error', (error) => console.error(`shard ${shard.id}: ${error.message}`));
});

watchHealth(manager);

try {
  const shards = await manager.spawn({ delay: Number(process.env.SPAWN_DELAY ?? 5500), timeout: 60_000 });
  const counts = await manager.fetchClientValues('guilds.cache.size');
  const servers = counts.reduce((sum, count) => sum + count, 0);
  console.log(`all ${shards.size} shards are ready, in ${servers} servers`);
} catch (error) {
  console.error(error);
  process.exit(1);
}
