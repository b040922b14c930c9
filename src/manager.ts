/** manager: the public face in the manager process. Starts clusters, keeps them alive, lets them talk. */
import { EventEmitter } from 'node:events';
import { Collection } from '@discordjs/collection';
import { announce } from './cluster/announce.ts';
import type { Cluster } from './cluster/cluster.ts';
import { type ManagerQueue, SpawnQueue } from './cluster/spawn-queue.ts';
import { ClusterActions } from './cluster-actions.ts';
import type { Fleet } from './cluster-launch.ts';
import { ClusterMaker } from './cluster-maker.ts';
import { ShardliftError } from './errors.ts';
import type { Channels } from './features/channels.ts';
import type { Guilds } from './features/guilds.ts';
import type { Members } from './features/members.ts';
import { type FleetStats, fleetStats } from './features/stats.ts';
import type { Users } from './features/users.ts';
import { countShards, planFor } from './fleet-start.ts';
import { takeInHandlers } from './handlers-files.ts';
import { hostStats } from './host-stats.ts';
import type { Logger } from './logger.ts';
import { createManagerFeatures, type ManagerFeatures } from './manager-features.ts';
import type { ClusterManagerEvents, ManagerInternals, ManagerSpawnOptions } from './manager-setup.ts';
import { createNode, type Node } from './node.ts';
import { once } from './once.ts';
import type { ClusterManagerOptions, ResolvedOptions } from './options/manager-options.ts';
import { resolveOptions } from './options/resolve.ts';
import { type ManagerPlugin, Plugins } from './plugins.ts';
import type { Remote } from './remote/remote-type.ts';
import type { RemoteOptions, RemoteTarget } from './remote/remotes.ts';
import type { RespawnAllOptions } from './respawn-all.ts';
import type { Store } from './store/store.ts';
import type { SharedEvents } from './typed-events.ts';
import type { ManagerIpc } from './typed-ipc.ts';
import { localHost } from './wire/address.ts';

/**
 * Runs a bot as clusters of several shards each.
 *
 * @example
 * ```ts
 * const manager = new ClusterManager('./bot.js', { token, shardsPerCluster: 8 });
 * await manager.spawn();
 * ```
 */
export class ClusterManager extends EventEmitter<ClusterManagerEvents> {
  readonly options: ResolvedOptions;
  /** The clusters by id, in the order they were made. */
  readonly clusters = new Collection<number, Cluster>();
  /** Named requests to the clusters; `handle` here answers their `requestManager`. */
  readonly ipc: ManagerIpc;
  /** News for all clusters and this manager. */
  readonly events: SharedEvents;
  /** Any guild of the bot, and how many there are. */
  readonly guilds: Guilds;
  /** Values that all clusters share; they live here. */
  readonly store: Store;
  /** Channels and messages of the whole bot. */
  readonly channels: Channels;
  /** Members of any guild. */
  readonly members: Members;
  /** Users seen anywhere, and direct messages to them. */
  readonly users: Users;
  readonly #node: Node = createNode({ self: localHost, incarnation: Date.now() });
  readonly #features: ManagerFeatures;
  readonly #maker: ClusterMaker;
  readonly #internals: ManagerInternals;
  readonly #queue: SpawnQueue;
  readonly #plugins = new Plugins((error) => {
    this.logger.error(error.message);
    this.emit('pluginError', error);
  });
  readonly #actions: ClusterActions;
  #plan: readonly (readonly number[])[] = [];
  #totalShards = 0;
  readonly #loadHandlers = once(() => takeInHandlers(this.ipc, this.options.managerHandlers, 'managerHandlers'));
  /** Why it was stopped, once it was. */
  readonly #stopping = new AbortController();
  #stopped: string | undefined;

  /**
   * @param file - the bot file
   * @throws ShardliftError `INVALID_OPTION` naming the option, what was expected and what came
   */
  constructor(file: string, options: ClusterManagerOptions = {}, internals: ManagerInternals = {}) {
    super();
    this.options = resolveOptions(file, options);
    this.#internals = internals;
    this.#queue = new SpawnQueue(() => this.options.queue);
    const queued = () => this.#queue.waiting;
    this.#actions = new ClusterActions({ clusters: this.clusters, queued, stopping: this.#stopping.signal });
    const { peer } = this.#node;
    const features = createManagerFeatures({
      manager: this,
      peer,
      plan: () => this.#plan,
      totalShards: () => this.#totalShards,
    });
    ({ ipc: this.ipc, store: this.store, events: this.events, guilds: this.guilds } = features);
    ({ channels: this.channels, members: this.members, users: this.users } = features);
    this.#features = features;
    this.#maker = new ClusterMaker({
      manager: this,
      node: this.#node,
      plugins: this.#plugins,
      features,
      fleet: () => this.#fleet,
      assertMayStart: () => this.#assertNotStopped(),
      stopping: this.#stopping.signal,
    });
  }

  /** The manager's place in the network of links; for facades. */
  get node(): Node {
    return this.#node;
  }

  /** The log of this manager, for own lines among its own. */
  get logger(): Logger {
    return this.options.logger;
  }

  /** The clusters that were not started yet: to hold them back, or in manual mode to start the next. */
  get queue(): ManagerQueue {
    return this.#queue;
  }

  /** Shards of the whole bot; 0 before they are known. */
  get totalShards(): number {
    return this.#totalShards;
  }

  /**
   * Lets a plugin take part in the life of this manager.
   *
   * @throws ShardliftError `DUPLICATE_PLUGIN` when one of that name is in use; `INVALID_OPTION` for what is no plugin
   */
  use(plugin: ManagerPlugin): this {
    this.#plugins.add(plugin, this);
    return this;
  }

  /**
   * Starts all clusters, side by side, and waits until every shard is ready. With `queue: 'manual'` it waits for nothing:
   * `manager.queue.next()` starts each.
   *
   * A cluster that fails does not keep the others from starting; the first failure is thrown at the end, and the cluster
   * is started again in the background as `respawn` and `restarts` allow.
   *
   * @throws ShardliftError `ALREADY_SPAWNED`, `HANDLERS_FILE`, `DUPLICATE_HANDLER`, `MANAGER_STOPPED`, `TOKEN_MISSING`,
   * `TOKEN_REFUSED`, `DISCORD_UNREACHABLE`, `IDENTIFY_EXHAUSTED`, and what {@link Cluster.spawn} throws
   */
  async spawn({
    timeoutMs = this.options.readyTimeoutMs,
    delayMs = this.options.spawnDelayMs,
  }: ManagerSpawnOptions = {}): Promise<Collection<number, Cluster>> {
    this.#assertMaySpawn();
    await this.loadHandlers();
    const totalShards = await countShards(this.options);
    this.#assertMaySpawn();
    const plan = planFor(this.options, totalShards);
    await this.prepare(plan, totalShards);
    // Another call may have come to this point first.
    this.#assertMaySpawn();
    this.layOut(plan, totalShards);
    const starts = plan.map((shards, id) => {
      return { id, start: async () => this.createCluster(id, shards).spawn({ timeoutMs }) };
    });
    const allStarted = this.#queue.run(starts, delayMs).then((failure) => {
      this.#assertNotStopped(failure);
      if (failure !== undefined) throw failure;
    });
    const announce = () => timeoutMs !== null && this.emit('ready');
    // In manual mode each failure is told to whoever called `next()`. What a listener throws is nobody's to swallow.
    if (this.#queue.mode === 'manual') void allStarted.then(announce, () => undefined);
    else {
      await allStarted;
      announce();
    }
    return this.clusters;
  }

  /**
   * Loads the files of the option `managerHandlers`, once, before `spawn` starts a cluster; for facades.
   *
   * @throws ShardliftError `HANDLERS_FILE`, `DUPLICATE_HANDLER`; none of the files counts then, and it may be tried again
   */
  async loadHandlers(): Promise<void> {
    await this.#loadHandlers();
  }

  /** Shows the plan to the plugins, and waits for them; for facades that start clusters themselves. */
  async prepare(plan: readonly (readonly number[])[], totalShards: number): Promise<void> {
    this.#plugins.call('beforeSpawn', { plan: structuredClone(plan), totalShards });
    await this.#plugins.pending('install', 'beforeSpawn');
  }

  /** Fixes which shards live in which cluster; for facades that start clusters themselves. */
  layOut(plan: readonly (readonly number[])[], totalShards: number): void {
    this.#plan = plan;
    this.#totalShards = totalShards;
    this.#features.board.layOut(plan);
  }

  /** Makes a cluster without starting it. */
  createCluster(id: number, shards: readonly number[]): Cluster {
    const cluster = this.#maker.make(id, shards);
    announce(this, 'clusterCreate', cluster);
    this.#plugins.call('clusterCreate', cluster);
    return cluster;
  }

  /**
   * Starts clusters anew, one after the other: one has to be ready before the next is ended. Two rounds do not overlap.
   *
   * @throws what {@link Cluster.respawn} throws for the first that does not come up; the others go on as they are.
   * `RESPAWN_CALLED_OFF` ends no round: that cluster is left to whoever did it
   */
  async respawnAll(options: RespawnAllOptions = {}): Promise<void> {
    const { timeoutMs = this.options.readyTimeoutMs ?? Number.POSITIVE_INFINITY } = options;
    await this.#actions.respawnAll({ ...options, timeoutMs });
  }

  /** How every cluster and shard is doing, without waking any of them; those that are down are listed as missing. */
  async stats(): Promise<FleetStats> {
    return fleetStats(await this.#features.board.read(), hostStats());
  }

  /**
   * Sends a message to the bot's own `process.on('message')` (or `parentPort`) of one cluster or several.
   *
   * @throws ShardliftError before anything is sent: `UNKNOWN_TARGET`, or `NO_ROUTE` for one that is still in the queue;
   * `LINK_CLOSED` when one is down, the others have it then; `UNSERIALISABLE`
   */
  async send(to: number | readonly number[], message: unknown): Promise<void> {
    await this.#actions.send([to].flat(), message);
  }

  /**
   * Sends a message to every bot's own `process.on('message')`, one per cluster, but for those to `ignore`; resolves when it
   * has been handed over. Bots that are down do not hear it.
   *
   * @throws ShardliftError `UNSERIALISABLE`
   */
  async broadcast(message: unknown, ignore: readonly number[] = []): Promise<void> {
    await this.#actions.broadcast(message, ignore);
  }

  /** Lets the clusters call an object of the manager's. @returns what takes it back @throws ShardliftError `ALREADY_EXPOSED` */
  expose(api: object): () => void {
    return this.#features.remotes.expose(api);
  }

  /** The object that a cluster exposes, see {@link ClusterClient.remote}. */
  remote<Api>(target: RemoteTarget, options?: RemoteOptions): Remote<Api> {
    return this.#features.remotes.remote<Api>(target, options);
  }

  /**
   * Tells clusters why they should do less for now: it is their `cluster.maintenance`, also of those that start later.
   *
   * @param reason - `undefined` when the maintenance is over
   * @param clusterIds - all clusters by default
   * @throws ShardliftError `INVALID_OPTION`, `UNKNOWN_TARGET`
   */
  setMaintenance(reason: string | undefined, clusterIds?: readonly number[]): void {
    this.#features.maintenance.set(reason, clusterIds);
  }

  /** Ends all clusters, for good; resolves when no process or thread of them is left. */
  async stop(reason = 'stop was called'): Promise<void> {
    if (this.#stopped === undefined) {
      this.#stopped = reason;
      this.#stopping.abort();
      this.#queue.close();
      this.#plugins.call('stop', reason);
    }
    const pending = this.#plugins.pending('stop');
    // Nothing is put off for nobody: callers find the clusters stopping at once.
    if (pending !== undefined) await pending;
    await Promise.all(this.clusters.map((cluster) => cluster.kill({ reason })));
    this.#maker.close(reason);
    await this.#features.closeStore();
  }

  get #fleet(): Fleet {
    return { options: this.options, internals: this.#internals, totalShards: this.#totalShards, plan: this.#plan };
  }

  #assertMaySpawn(): void {
    this.#assertNotStopped();
    const clusters = this.clusters.size + this.#queue.waiting.length;
    if (clusters > 0) throw new ShardliftError('ALREADY_SPAWNED', { clusters });
  }

  #assertNotStopped(cause?: unknown): void {
    if (this.#stopped === undefined) return;
    throw new ShardliftError('MANAGER_STOPPED', { reason: this.#stopped }, cause === undefined ? {} : { cause });
  }
}
