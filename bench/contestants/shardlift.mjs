/** bench/contestants/shardlift: one value from one cluster, by a named request. */
import { fileURLToPath } from 'node:url';
import { ClusterManager } from 'shardlift';
import { payload } from '../payload.mjs';

const file = fileURLToPath(new URL('../far-ends/bot.cjs', import.meta.url));

/** Starts it. */
export async function startShardlift({ mode }) {
  const manager = new ClusterManager(file, { totalShards: 1, mode, respawn: false });
  const ready = new Promise((resolve) => {
    manager.on('clusterCreate', (cluster) => cluster.once('message', resolve));
  });
  await manager.spawn({ timeoutMs: null });
  await ready;
  const cluster = manager.clusters.get(0);
  const call = () => manager.ipc.requestTo(0, 'increment', payload);
  const pids = mode === 'worker' ? [process.pid] : [process.pid, cluster.child.pid];
  return { name: 'shardlift', call, pids, stop: () => manager.stop() };
}
