/** hybrid/cluster-manager: discord-hybrid-sharding's ClusterManager over shardlift's. */
import type { Awaitable, Client, Serialized } from 'discord.js';
import {
  type ClusterManager as CoreManager,
  isShardliftError,
  type ManagerIpc,
  ShardliftError,
} from '../../src/index.ts';
import { callSite } from '../call-site.ts';
import { EvalReports } from '../eval-reports.ts';
import { survivable } from '../lost-call.ts';
import { Cluster } from './cluster.ts';
import type { RespawnPace } from './contract.ts';
import { HybridEvals, valuesOf } from './evals.ts';
import type { IPCMessage } from './ipc-message.ts';
import { environmentFor } from './launch.ts';
import { LiveManager, type LiveSettings } from './live-manager.ts';
import { type ClusterHost, type Plugin, setHost } from './manager-parts.ts';
import { OpenEmitter } from './open-emitter.ts';
import {
  type ClusterManagerOptions,
  type ClusterManagerSpawnOptions,
  type ClusterRestartOptions,
  coreOptions,
  numberOf,
  tellIgnored,
} from './options.ts';
import { HeartbeatManager, type ReClusterManager } from './plugins.ts';
import { serveBots } from './serve-bots.ts';
import { Queue } from './spawn-queue.ts';
import { aimOf, type evalOptions, evalWork, valueWork } from './work.ts';

/** Events of a manager with what they carry. */
export interface ClusterManagerEvents {
  /** A cluster was made and not yet started. */
  clusterCreate: [cluster: Cluster];
  /** All shards of a cluster are ready, also after a restart. */
  clusterReady: [cluster: Cluster];
  debug: [text: string];
  /** A bot asks: `message.reply(...)` answers. */
  clientRequest: [message: IPCMessage];
}

/** Starts a bot file in clusters of several shards, through discord-hybrid-sharding's interface. */
export class ClusterManager extends OpenEmitter<ClusterManagerEvents> {
  /** shardlift's own manager: stats, store, events, guilds, one entry per process or thread. */
  readonly hybrid: CoreManager;
  /** The clusters that were made, by id. */
  readonly clusters = new Map<number, Cluster>();
  readonly file: string;
  readonly mode: 'process' | 'worker';
  readonly token: string | null;
  readonly queue: Queue;
  /** Start a cluster again when it dies; may be changed at any time. */
  respawn: boolean;
  /** Shards of the whole bot; -1 until it is known. */
  totalShards: number;
  /** Number of clusters; -1 until it is known. */
  totalClusters: number;
  shardsPerClusters: number | undefined;
  /** The shards to run; empty for all. */
  shardList: number[];
  /** The shards of each cluster, once it was spawned. */
  shardClusterList: number[][] = [];
  /** The ids that the options gave; empty where they gave none. */
  readonly clusterList: readonly number[];
  /** How often a cluster is started again; what the options said, or our own numbers. */
  readonly restarts: ClusterRestartOptions;
  readonly clusterOptions: NonNullable<ClusterManagerOptions['clusterOptions']>;
  shardArgs: string[];
  execArgv: string[];
  clusterData: object;
  spawnOptions: ClusterManagerSpawnOptions;
  /** Set by `extend(new HeartbeatManager(...))`, or by the option `keepAlive`. */
  heartbeat: HeartbeatManager | undefined;
  /** Set by `extend(new ReClusterManager())`. */
  recluster: ReClusterManager | undefined;
  /** May be replaced: gives the arguments of each cluster at its start. */
  readonly hooks = { constructClusterArgs: (_cluster: Cluster, args: string[]): string[] => args };
  readonly #host: ClusterHost;
  readonly #warned = new Set<string>();

  /** @throws ShardliftError `INVALID_OPTION`, `NOT_SUPPORTED` */
  constructor(file: string, options: ClusterManagerOptions = {}) {
    super();
    this.hybrid = new LiveManager(file, coreOptions(options), (settings) => this.#live(settings));
    this.queue = new Queue(this.hybrid.queue, options.queue);
    const settings = this.hybrid.options;
    this.respawn = options.respawn ?? true;
    this.totalShards = numberOf(options.totalShards) ?? -1;
    this.shardsPerClusters = numberOf(options.shardsPerClusters);
    this.totalClusters = numberOf(options.totalClusters) ?? -1;
    this.shardList = [...(options.shardList ?? [])];
    this.clusterList = [...(options.clusterList ?? [])];
    this.restarts = { max: settings.restarts.maxRestarts, interval: settings.restarts.windowMs };
    this.clusterOptions = options.clusterOptions ?? {};
    this.file = settings.file;
    this.mode = settings.mode;
    this.token = settings.token ?? null;
    this.shardArgs = [...settings.shardArgs];
    this.execArgv = [...settings.execArgv];
    this.clusterData = options.clusterData ?? {};
    this.spawnOptions = options.spawnOptions ?? {};
    this.#host = this.#makeHost(options.hybrid?.evals);
    setHost(this.#host);
    const { interval = 10_000, maxMissedHeartbeats } = options.keepAlive ?? {};
    if (Object.keys(options.keepAlive ?? {}).length > 0)
      this.extend(new HeartbeatManager({ interval, maxMissedHeartbeats }));
    tellIgnored(options, this.hybrid.logger);
    this.#relay(options.hybrid?.evals);
    serveBots(this.#host, this);
  }

  /** Named requests to the clusters; what `dc-migrate` turns `broadcastEval` calls into. */
  get ipc(): ManagerIpc {
    return this.hybrid.ipc;
  }

  /**
   * Starts all clusters and waits until they are ready.
   *
   * @throws ShardliftError as `ClusterManager.spawn` of shardlift; with `timeout` -1 not for a cluster that died, which is
   * started again as `restarts` allows
   */
  async spawn(options: ClusterManagerSpawnOptions = this.spawnOptions): Promise<Map<number, Cluster>> {
    const { amount, delay, timeout = -1 } = options;
    this.totalShards = numberOf(amount) ?? this.totalShards;
    const patient = timeout === -1 || timeout === Number.POSITIVE_INFINITY;
    try {
      await this.hybrid.spawn({
        timeoutMs: patient ? Number.POSITIVE_INFINITY : timeout,
        ...(delay === undefined ? {} : { delayMs: delay }),
      });
    } catch (error) {
      // The log has it; discord-hybrid-sharding does not wait for ready either.
      if (!patient || !isShardliftError(error, 'CLUSTER_DIED')) throw error;
    }
    return this.clusters;
  }

  /** Sends a message to every bot, where it is the event `message` of `client.cluster` and of `process`. */
  broadcast(message: unknown): Promise<void> {
    return survivable(() => this.hybrid.broadcast(message));
  }

  /**
   * Evaluates a function or text, once per cluster on its whole client; one result per cluster, also for a call to one.
   *
   * @throws ShardliftError `EVALS_OFF`, `NOT_SPAWNED`, `UNKNOWN_TARGET`, `CALL_TIMEOUT`, `NO_ROUTE` and `LINK_CLOSED` for a
   * cluster that is down or dies; and what the function throws
   */
  broadcastEval<T>(fn: (client: Client) => Awaitable<T>, options?: evalOptions<undefined>): Promise<Serialized<T>[]>;
  broadcastEval<T, P>(
    fn: (client: Client, context: Serialized<P>) => Awaitable<T>,
    options: evalOptions<P>,
  ): Promise<Serialized<T>[]>;
  // biome-ignore lint/suspicious/noExplicitAny: of a text nobody knows what it gives
  broadcastEval(script: string, options?: evalOptions): Promise<any[]>;
  broadcastEval(script: unknown, options?: evalOptions<unknown>): Promise<unknown[]> {
    return survivable(async () => {
      this.#host.allow('broadcastEval', this.broadcastEval);
      const work = evalWork(script, options?.context);
      return this.#host.values({ work, aim: aimOf(options), call: 'broadcastEval' });
    });
  }

  /** Reads a property of the client of every cluster, or of one; one result per cluster. */
  // biome-ignore lint/suspicious/noExplicitAny: nobody knows the type of a property that is named in a text
  fetchClientValues(prop: string, cluster?: number): Promise<any[]> {
    return survivable(async () => {
      this.#host.allow('fetchClientValues', this.fetchClientValues);
      return this.#host.values({ work: valueWork(prop), aim: aimOf({ cluster }), call: 'fetchClientValues' });
    });
  }

  /**
   * Evaluates a function or text in the cluster that the options name; without one in all of them, and gives the value of
   * the first.
   */
  // biome-ignore lint/suspicious/noExplicitAny: as for a text in broadcastEval
  evalOnCluster(script: string | ((...args: never[]) => unknown), options?: evalOptions): Promise<any> {
    return survivable(async () => {
      this.#host.allow('evalOnCluster', this.evalOnCluster);
      const work = evalWork(script, options?.context);
      const [value] = await this.#host.values({ work, aim: aimOf(options), call: 'evalOnCluster' });
      return value;
    });
  }

  /** Not there: text is not evaluated in the manager. @throws ShardliftError `NOT_SUPPORTED` */
  async evalOnManager(_script: unknown): Promise<never> {
    const instead = 'Call what you need of the manager directly.';
    throw new ShardliftError('NOT_SUPPORTED', { what: 'manager.evalOnManager', instead });
  }

  /** Not there: `spawn` makes the clusters. @throws ShardliftError `NOT_SUPPORTED` */
  createCluster(..._given: unknown[]): never {
    const instead = 'spawn() makes them all; with queue: { auto: false } manager.queue.next() starts each.';
    throw new ShardliftError('NOT_SUPPORTED', { what: 'manager.createCluster', instead });
  }

  /**
   * Starts all clusters anew, one after the other; one has to be ready before the next is ended. Times in ms; `timeout` -1 means
   * what the manager waits by default: a cluster that never comes up must not keep all later rounds from starting.
   */
  async respawnAll({
    clusterDelay = 0,
    respawnDelay = 0,
    timeout = -1,
  }: RespawnPace = {}): Promise<Map<number, Cluster>> {
    const limit = timeout === -1 ? {} : { timeoutMs: timeout };
    await this.hybrid.respawnAll({ betweenMs: clusterDelay, delayMs: respawnDelay, ...limit });
    return this.clusters;
  }

  /** Adds plugins. */
  extend(...plugins: Plugin[]): void {
    for (const plugin of plugins) {
      if (typeof plugin?.build !== 'function')
        throw new TypeError('A plugin is an object with a function build(manager)');
      plugin.build(this);
    }
  }

  /** Tells all clusters why they should do less for now; without a reason the maintenance is over. */
  triggerMaintenance(reason?: string): void {
    this.#host.setMaintenance(reason);
  }

  /** Says something in the log, the first time it is said. */
  warnOnce(text: string): void {
    if (this.#warned.has(text)) return;
    this.#warned.add(text);
    this.hybrid.logger.warn(text);
  }

  /** What users have changed by now of what the options said. */
  #live(settings: LiveSettings): LiveSettings {
    const { interval, maxMissedHeartbeats = 0 } = this.heartbeat?.options ?? {};
    const shardsPerCluster =
      this.shardsPerClusters ?? (this.totalClusters === -1 ? settings.shardsPerCluster : undefined);
    const totalClusters = this.totalClusters === -1 ? settings.totalClusters : this.totalClusters;
    return {
      respawn: this.respawn,
      queue: this.queue.options.auto ? 'auto' : 'manual',
      totalShards: this.totalShards === -1 ? settings.totalShards : this.totalShards,
      shardList: this.shardList.length === 0 ? undefined : this.shardList.toSorted((a, b) => a - b),
      shardsPerCluster,
      totalClusters: shardsPerCluster === undefined ? totalClusters : undefined,
      heartbeat:
        interval === undefined || settings.heartbeat === undefined
          ? settings.heartbeat
          : { ...settings.heartbeat, timeoutMs: interval, maxMissed: maxMissedHeartbeats + 1 },
    };
  }

  #makeHost(evals: 'on' | 'warn' | 'off' | undefined): ClusterHost {
    const core = this.hybrid;
    const reports = new EvalReports(evals, core.logger);
    const runner = new HybridEvals({
      node: core.node,
      clusters: () => [...this.clusters.values()],
      totalShards: () => core.totalShards,
    });
    return {
      manager: this,
      node: core.node,
      mode: this.mode,
      reports,
      allow: (call, below) => reports.allow(call, () => callSite(below)),
      outcomes: (order) => runner.outcomes(order),
      values: async (order) => valuesOf(await runner.outcomes(order)),
      setMaintenance: (reason, clusters) => core.setMaintenance(reason === '' ? undefined : reason, clusters),
    };
  }

  #relay(evals: 'on' | 'warn' | 'off' | undefined): void {
    const core = this.hybrid;
    core.use({
      name: "discord-hybrid-sharding's names",
      beforeSpawn: ({ totalShards, plan }) => {
        this.totalShards = totalShards;
        this.totalClusters = plan.length;
        this.shardClusterList = plan.map((shards) => [...shards]);
        this.shardList = plan.flat();
      },
    });
    core.on('clusterCreate', (made) => {
      const cluster = new Cluster(this, made);
      this.clusters.set(cluster.id, cluster);
      environmentFor(cluster, { manager: this, evals });
      this.emit('clusterCreate', cluster);
    });
    core.on('clusterReady', ({ id }) => {
      const cluster = this.clusters.get(id);
      if (cluster !== undefined) this.emit('clusterReady', cluster);
    });
    core.on('debug', (text) => this.emit('debug', text));
  }
}
