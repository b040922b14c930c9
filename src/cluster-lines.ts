/** cluster-lines: how the manager brings its clusters together: who may be waited for, who gets a line to whom. */
import { MessageChannel } from 'node:worker_threads';
import type { Collection } from '@discordjs/collection';
import type { Cluster } from './cluster/cluster.ts';
import type { ClusterState } from './cluster/state.ts';
import { Broker, type Joined } from './mesh/broker.ts';
import type { Node } from './node.ts';
import type { Mode } from './transport/launcher.ts';
import { doorPath, openSocketFolder, removeStaleFolders, type SocketFolder } from './transport/socket-folder.ts';
import { clusterAddress, clusterIdOf } from './wire/address.ts';

/** What the lines are between. */
export interface ClusterLinesSetup {
  readonly node: Node;
  readonly mode: Mode;
  readonly clusters: Collection<number, Cluster>;
  /** The clusters that are to be made yet. */
  readonly queued: () => readonly number[];
}

/** Why there is no sense in waiting for a cluster in these states. */
const reasons: Partial<Record<ClusterState, string>> = {
  stopping: 'it is being stopped',
  stopped: 'it was stopped',
  failed: 'it failed for good',
};

const whyNever = ({ returning, state, unreachable }: Cluster): string | undefined =>
  unreachable ?? (returning ? undefined : reasons[state]);

/** The lines between the clusters of a manager. */
export class ClusterLines {
  readonly #node: Node;
  readonly #mode: Mode;
  readonly #clusters: Collection<number, Cluster>;
  readonly #broker: Broker;
  #folder: SocketFolder | undefined;
  #closed = false;

  constructor({ node, mode, clusters, queued }: ClusterLinesSetup) {
    this.#node = node;
    this.#mode = mode;
    this.#clusters = clusters;
    this.#broker = new Broker({ peer: node.peer, join: (wanting, wanted) => this.#join(wanting, wanted) });
    const { router } = node;
    router.mayCome = (to) => {
      const id = clusterIdOf(to);
      if (this.#closed || id === undefined) return false;
      const cluster = clusters.get(id);
      return cluster === undefined ? queued().includes(id) : cluster.returning && cluster.unreachable === undefined;
    };
    router.whyNever = (to) => {
      const cluster = clusters.get(clusterIdOf(to) ?? -1);
      return cluster && whyNever(cluster);
    };
    router.onLost((address, reason) => {
      const id = clusterIdOf(address);
      if (id !== undefined) this.#broker.ended(id, reason);
    });
  }

  /** Follows the life of a cluster. */
  watch(cluster: Cluster): void {
    const address = clusterAddress(cluster.id);
    cluster.on('listening', () => {
      this.#node.router.ready(address);
      this.#broker.available(cluster.id);
    });
    cluster.on('stateChange', (state) => {
      // Its death is known before its line has been read to the end, and its stop before it has died.
      if (cluster.returning && (state === 'waiting' || state === 'stopping')) this.#node.router.unready(address);
      const reason = whyNever(cluster);
      if (reason !== undefined) this.#node.router.refuseWaiting(address, reason);
    });
  }

  /** Where a cluster lets others in; `undefined` in worker mode, and where no socket can be had. */
  doorOf(cluster: { readonly id: number; readonly incarnation: number }): string | undefined {
    if (this.#mode === 'worker' || this.#closed) return undefined;
    if (this.#folder === undefined) {
      this.#folder = openSocketFolder();
      // What killed managers left behind; nobody waits for it.
      void removeStaleFolders();
    }
    return this.#folder && doorPath(this.#folder.path, cluster);
  }

  /** No line is made any more. */
  close(): void {
    this.#closed = true;
    this.#folder?.remove();
  }

  #join(wanting: number, wanted: number): Joined {
    const one = this.#clusters.get(wanting);
    const other = this.#clusters.get(wanted);
    if (one === undefined || other === undefined) return undefined;
    if (this.#mode === 'process') {
      const door = this.doorOf(other);
      return door === undefined ? undefined : { by: 'door', door };
    }
    const { port1, port2 } = new MessageChannel();
    one.offer(clusterAddress(wanted), port1);
    other.offer(clusterAddress(wanting), port2);
    return { by: 'ports' };
  }
}
