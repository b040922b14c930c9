/** index: the manager: `npm start` runs this. It starts the clusters, and each of them runs bot.js. */
import { fileURLToPath } from 'node:url';
import { ClusterManager } from 'shardlift';

const manager = new ClusterManager(fileURLToPath(new URL('./bot.js', import.meta.url)), {
  token: process.env.DISCORD_TOKEN,
  mode: process.env.CLUSTER_MODE === 'worker' ? 'worker' : 'process',
  // From the bot file's folder; every cluster has them before its bot is ready.
  handlers: './cluster-handlers.js',
});

manager.on('clusterReady', ({ id, shards }) => console.log(`cluster ${id} is ready, with shards ${shards.join(', ')}`));

// Resolves once every cluster is gone.
const stop = (): void => void manager.stop().then(() => process.exit(0));
process.on('SIGINT', stop).on('SIGTERM', stop);

try {
  const clusters = await manager.spawn();
  console.log(`all ${clusters.size} clusters are ready, in ${await manager.guilds.count()} servers`);
} catch (error) {
  console.error(error);
  await manager.stop();
  process.exitCode = 1;
}
