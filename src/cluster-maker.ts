/** cluster-maker: makes the clusters of a manager, with everything that watches over them and answers them. */
import { Cluster } from './cluster/cluster.ts';
import { Handshake } from './cluster/handshake.ts';
import { Reception } from './cluster/reception.ts';
import { ClusterHeartbeat } from './cluster-heartbeat.ts';
import { type Fleet, launchCluster, launchOf } from './cluster-launch.ts';
import { ClusterLines } from './cluster-lines.ts';
import { passOnNews } from './cluster-news.ts';
import { readIdentifyWindowMs } from './environment.ts';
import { MemoryGate } from './identify/memory-gate.ts';
import type { ClusterManager } from './manager.ts';
import type { ManagerFeatures } from './manager-features.ts';
import type { Node } from './node.ts';
import type { Plugins } from './plugins.ts';
import type { Launched } from './transport/launcher.ts';
import { clusterAddress } from './wire/address.ts';

/** What clusters need of their manager. */
export interface ClusterMakerSetup {
  readonly manager: ClusterManager;
  readonly node: Node;
  readonly plugins: Plugins;
  readonly features: Pick<ManagerFeatures, 'board' | 'maintenance' | 'readiness'>;
  /** What is the same for all clusters, as it is by now. */
  readonly fleet: () => Fleet;
  /** @throws ShardliftError `MANAGER_STOPPED` */
  readonly assertMayStart: () => void;
  /** Fires when the manager stops. */
  readonly stopping: AbortSignal;
}

/** Makes clusters and keeps what belongs to all of them: their lines, the identify gate, the heartbeat. */
export class ClusterMaker {
  readonly #setup: ClusterMakerSetup;
  readonly #gate = new MemoryGate(readIdentifyWindowMs());
  readonly #reception: Reception;
  readonly #lines: ClusterLines;
  readonly #heartbeat: ClusterHeartbeat;

  constructor(setup: ClusterMakerSetup) {
    const { manager, node } = setup;
    const { clusters, options } = manager;
    const { peer } = node;
    this.#setup = setup;
    const queued = () => manager.queue.waiting;
    this.#lines = new ClusterLines({ node, mode: options.mode, clusters, queued });
    this.#heartbeat = new ClusterHeartbeat({ peer, options: () => manager.options, clusters });
    const planned = () => setup.fleet().plan.length;
    const handshake = new Handshake({ files: options.handlers, logger: options.logger, clusters: planned });
    this.#reception = new Reception({ peer, gate: this.#gate, handshake, find: (id) => clusters.get(id) });
  }

  /** Makes a cluster without starting it. */
  make(id: number, shards: readonly number[]): Cluster {
    const { manager, node, plugins, features, fleet, assertMayStart, stopping } = this.#setup;
    const { options } = manager;
    const cluster: Cluster = new Cluster({
      id,
      shards,
      launch: launchOf(fleet(), shards),
      ownShards: fleet().internals.ownShards,
      assertMayStart,
      prepared: () => plugins.pending('clusterCreate'),
      stopping,
      start: (incarnation) => this.#launch(cluster, incarnation),
      attach: (link) => node.router.attach(clusterAddress(id), link, { ready: false }),
      detach: (link, reason) => node.router.detach(clusterAddress(id), link, reason),
      forsake: (link, reason) => node.router.forsake(clusterAddress(id), link, reason),
      respawn: () => options.respawn,
      restartRules: options.restarts,
      maxHangs: options.heartbeat?.maxRestarts ?? null,
      readyTimeoutMs: options.readyTimeoutMs,
      killGraceMs: options.killGraceMs,
      logger: options.logger,
    });
    manager.clusters.set(id, cluster);
    cluster.on('death', () => this.#reception.forget(cluster));
    this.#lines.watch(cluster);
    features.board.watch(cluster);
    features.readiness.watch(cluster);
    this.#heartbeat.watch(cluster);
    // Last, so that listeners find everything in its new state.
    passOnNews(cluster, { manager, plugins, logger: options.logger });
    return cluster;
  }

  /** Nothing is made any more, and what watches clusters ends. */
  close(reason: string): void {
    this.#heartbeat.close();
    this.#gate.close();
    this.#setup.node.router.close(reason);
    this.#lines.close();
  }

  #launch(cluster: Cluster, incarnation: number): Launched {
    const { id } = cluster;
    const { features, fleet } = this.#setup;
    const { board, maintenance } = features;
    const door = this.#lines.doorOf({ id, incarnation });
    const facts = { incarnation, door, board: board.shared, maintenance: maintenance.reasonOf(id) };
    return launchCluster(fleet(), cluster, facts);
  }
}
