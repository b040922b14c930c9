/** cluster-heartbeat: the manager's side of the heartbeat: asks the clusters that are ready, and ends those that hang. */
import { url as inspectorUrl } from 'node:inspector';
import type { Collection } from '@discordjs/collection';
import type { Cluster } from './cluster/cluster.ts';
import { HeartbeatWatch } from './cluster/heartbeat.ts';
import { heartbeatContract } from './features/system.ts';
import type { ResolvedOptions } from './options/manager-options.ts';
import type { Peer } from './rpc/peer.ts';
import { clusterAddress } from './wire/address.ts';

/** What the heartbeat is for. */
export interface ClusterHeartbeatSetup {
  readonly peer: Peer;
  /** Asked at each look: some options may change while the manager runs. */
  readonly options: () => ResolvedOptions;
  readonly clusters: Collection<number, Cluster>;
}

/** Watches the clusters of a manager, if its options say so. */
export class ClusterHeartbeat {
  readonly #watch: HeartbeatWatch | undefined;
  readonly #timer: NodeJS.Timeout | undefined;

  constructor({ peer, options, clusters }: ClusterHeartbeatSetup) {
    const { heartbeat: rules, mode } = options();
    if (rules === undefined) return;
    const watch = new HeartbeatWatch({
      get rules() {
        return options().heartbeat ?? rules;
      },
      now: () => performance.now(),
      beat: async (id) => {
        const { inspected } = await peer.at(heartbeatContract, clusterAddress(id)).beat();
        // A debugger of the manager's process holds its threads as well.
        return { inspected: inspected || (mode === 'worker' && inspectorUrl() !== undefined) };
      },
      missed: (id, silentMs) => {
        const text = `cluster ${id} has not answered for ${Math.round(silentMs)} ms: its event loop is blocked`;
        options().logger.warn(text);
      },
      hung: (id, silentMs) => clusters.get(id)?.hung(Math.round(silentMs)),
    });
    this.#watch = watch;
    this.#timer = setInterval(() => {
      // A cluster that nobody would start again is better off hanging: it may come round.
      if (options().respawn) watch.look();
    }, rules.intervalMs);
    this.#timer.unref();
  }

  /** Follows the life of a cluster. */
  watch(cluster: Cluster): void {
    cluster.on('stateChange', (state) => {
      if (state === 'ready' && cluster.unreachable === undefined) this.#watch?.watch(cluster.id);
      else this.#watch?.forget(cluster.id);
    });
    // A bot that knows no heartbeat is not asked for one, also when that comes out later.
    cluster.on('unreachable', () => this.#watch?.forget(cluster.id));
  }

  /** Nobody is looked at any more. */
  close(): void {
    clearInterval(this.#timer);
  }
}
