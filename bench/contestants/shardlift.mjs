/** bench/contestants/shardlift: our ClusterManager. */
import { ClusterManager } from 'shardlift';
import { botFile, waitForAll } from './bot-file.mjs';

/** Starts all clusters at once; resolves with the first message of the last one. */
export async function start({ mode, clusters, shardsPerCluster }) {
  const { all, heard } = waitForAll(clusters);
  const totalShards = clusters * shardsPerCluster;
  const manager = new ClusterManager(botFile, { totalShards, shardsPerCluster, mode, respawn: false });
  manager.ipc.handle('increment', ({ n }) => n + 1);
  manager.on('clusterCreate', (cluster) => cluster.once('message', heard));
  await manager.spawn({ timeoutMs: null });
  await all;
}
