/** bench/soak/host: the manager's process: a manager under load, and what befalls its clusters. Started by bench/soak. */
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ClusterManager } from 'shardlift';
import { Chaos, plannedBlows } from './chaos.mjs';
import { SoakNode } from './node.mjs';
import { kinds } from './questions.mjs';

const shardsPerCluster = 2;
/** Longest time for the clusters to come up, at the start and after the last blow, in ms. */
const longestUpMs = 60_000;
/** What is lost in this time after the end of a line has lost its timers too, in ms. */
const graceMs = 500;

const { seed, mode, clusters, runMs } = JSON.parse(process.argv[2]);
const totalShards = clusters * shardsPerCluster;
const setup = { seed, clusters, shards: totalShards };
const say = (message) => process.send(message);
const blame = (text) => say({ word: 'broken', text });

const restarts = { firstMs: 200, factor: 1, maxRestarts: Number.MAX_SAFE_INTEGER };
const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: (text) => blame(`the manager's log: ${text}`) };
const file = fileURLToPath(new URL('./bot.mjs', import.meta.url));
const manager = new ClusterManager(file, { totalShards, shardsPerCluster, mode, restarts, logger });
const { peer, router } = manager.node;
const chaos = new Chaos(manager);
const up = new Set();
const finished = new Map();

async function until(what, test) {
  const startedAt = performance.now();
  while (!test() && performance.now() - startedAt < longestUpMs) await pause(20);
  if (!test()) blame(`${what} took more than ${longestUpMs} ms`);
}

function watch(cluster) {
  const { id } = cluster;
  cluster.on('message', ({ soak: message }) => {
    if (message.word === 'finished') finished.set(id, message);
    else if (message.word !== 'hello') say(message);
    else {
      up.add(id);
      void cluster.send({ soak: { order: 'begin', start: cluster.incarnation, ...setup } }).catch(() => undefined);
    }
  });
  cluster.on('spawn', ({ pid }) => say({ word: 'child', pid }));
  cluster.on('death', ({ code, signal }) => {
    up.delete(id);
    if (!chaos.explains(id) && !stopping) blame(`cluster ${id} died by itself: ${signal ?? code}`);
  });
}

let stopping = false;
manager.on('clusterCreate', watch);
await manager.spawn({ timeoutMs: null });
const node = new SoakNode({ by: 'host:local', ipc: manager.ipc, say, inFlight: () => peer.inFlight });
await until('the start of all clusters', () => up.size === clusters);
node.begin({ ...setup, start: 1, kinds: kinds.filter(({ name }) => name !== 'manager') });
say({ word: 'started' });

const blows = chaos.run(plannedBlows({ seed, mode, clusters }));
await pause(runMs);
chaos.end();
await blows;
await until('the last restarts', () => up.size === clusters);
for (const cluster of manager.clusters.values()) await cluster.send({ soak: { order: 'finish' } });
const own = await node.finish();
await until('the end of all questions', () => finished.size === clusters);

stopping = true;
const stoppedAt = performance.now();
await manager.stop();
const stopMs = performance.now() - stoppedAt;
await pause(graceMs);
const nodes = [{ by: 'host:local', ...own }, ...finished.values()];
// Its streams and the channel of this process are not the manager's; what else is left keeps the process up, and shows so.
const active = process.getActiveResourcesInfo().filter((one) => one === 'Timeout' || one === 'Immediate');
say({ word: 'done', dealt: chaos.dealt, nodes, stopMs, active, dropped: { ...peer.dropped, ...router.dropped } });
process.disconnect();
