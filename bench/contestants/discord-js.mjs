/** bench/contestants/discord-js: discord.js's own ShardingManager; one process or thread per shard. */
import { ShardingManager } from 'discord.js';
import { botFile, waitForAll } from './bot-file.mjs';

/** Starts all shards at once; resolves with the first message of the last one. */
export async function start({ mode, clusters, shardsPerCluster }) {
  const totalShards = clusters * shardsPerCluster;
  const { all, heard } = waitForAll(totalShards);
  const manager = new ShardingManager(botFile, { totalShards, mode, respawn: false, token: 'none' });
  manager.on('shardCreate', (shard) => shard.once('ready', heard));
  // Without a timeout discord.js does not wait for one shard before it starts the next.
  await manager.spawn({ delay: 0, timeout: -1 });
  await all;
}
