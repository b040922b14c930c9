/** hybrid/serve-bots: answers what bots ask of a manager by discord-hybrid-sharding's names. */
import { clusterIdOf } from '../../src/extend.ts';
import { ShardliftError } from '../../src/index.ts';
import { answerOf } from './asked.ts';
import type { Cluster } from './cluster.ts';
import type { ClusterManager } from './cluster-manager.ts';
import { hybridContract } from './contract.ts';
import type { IPCMessage } from './ipc-message.ts';
import type { ClusterHost } from './manager-parts.ts';

/** Shows a request to the listeners of the manager and of the cluster. @returns whether there was one */
function tell(manager: ClusterManager, cluster: Cluster, message: IPCMessage): boolean {
  const toManager = manager.emit('clientRequest', message);
  const toCluster = cluster.emit('message', message);
  return toManager || toCluster;
}

/** Starts to answer. */
export function serveBots(host: ClusterHost, manager: ClusterManager): void {
  const clusterAt = (from: string): Cluster => {
    const cluster = manager.clusters.get(clusterIdOf(from as `cluster:${number}`) ?? -1);
    if (cluster === undefined) throw new TypeError(`${from} is no cluster of this manager`);
    return cluster;
  };
  host.node.peer.serve(hybridContract, {
    evaluate: (order) => {
      host.reports.assertOn(order.call);
      return host.outcomes(order);
    },
    site: ({ call, site }) => host.reports.allow(call, () => site),
    request: (message, { from, signal }) => {
      const cluster = clusterAt(from);
      const asked = (one: IPCMessage): boolean => tell(manager, cluster, one);
      return answerOf(message, { end: cluster, tell: asked, on: 'the manager', mode: host.mode, signal });
    },
    respawnAll: async (pace) => {
      // Accepted loss: the failure, which the core has logged. The bot that asked is among those that end.
      await manager.respawnAll(pace).catch(() => undefined);
    },
    maintenance: ({ reason, all }, { from }) => {
      host.setMaintenance(reason, all ? undefined : [clusterAt(from).id]);
      return null;
    },
    spawnNext: () => {
      if (manager.hybrid.queue.mode === 'auto') throw new ShardliftError('QUEUE_AUTO', {});
      // The bot that asked does not wait: a start that fails is the other cluster's affair, and no reason to end this one.
      manager.queue.next().catch((error: Error) => {
        manager.hybrid.logger.error(`The start of the next cluster, which a bot asked for, failed: ${error.message}`);
      });
      return null;
    },
  });
}
