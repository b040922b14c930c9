/** bench/contestants/shardlift-compat: our ShardingManager, the drop-in. */
import { ShardingManager } from 'shardlift/compat';
import { botFile } from './bot-file.mjs';

/** Starts all clusters at once. */
export async function start({ mode, clusters, shardsPerCluster }) {
  const totalShards = clusters * shardsPerCluster;
  const hybrid = { shardsPerCluster };
  const manager = new ShardingManager(botFile, { totalShards, mode, respawn: false, hybrid });
  await manager.spawn({ delay: 0, timeout: -1 });
}
