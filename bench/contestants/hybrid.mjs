/** bench/contestants/hybrid: discord-hybrid-sharding's ClusterManager. */
import { ClusterManager } from 'discord-hybrid-sharding';
import { botFile, waitForAll } from './bot-file.mjs';

/** A store as its users build one. */
const held = new Map();
const answers = {
  set: ({ key, value }) => held.set(key, value) === held,
  get: ({ key }) => held.get(key),
};
const answer = (request) => answers[request.store]?.(request) ?? request.n + 1;

/** Starts all clusters at once; resolves with the first message of the last one. */
export async function start({ mode, clusters, shardsPerCluster }) {
  const { all, heard } = waitForAll(clusters);
  const manager = new ClusterManager(botFile, {
    totalShards: clusters * shardsPerCluster,
    totalClusters: clusters,
    shardsPerClusters: shardsPerCluster,
    mode,
    respawn: false,
    token: 'none',
    queue: { auto: true, timeout: 1 },
  });
  manager.on('clusterReady', heard);
  manager.on('clientRequest', (request) => request.reply({ value: answer(request) }));
  // It warns of delays below 7 s, which matter to bots that log in.
  process.removeAllListeners('warning');
  await manager.spawn({ amount: clusters * shardsPerCluster, delay: 1, timeout: -1 });
  await all;
}
