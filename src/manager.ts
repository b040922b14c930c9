/** manager: the public face in the manager process. Starts clusters, keeps them alive, lets them talk. */
import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Collection } from '@discordjs/collection';
import { Cluster, defaultReadyTimeoutMs } from './cluster/cluster.ts';
import { Handshake } from './cluster/handshake.ts';
import { Reception } from './cluster/reception.ts';
import type { ClusterLaunch } from './cluster/setup.ts';
import { firstFailure } from './cluster/starting.ts';
import { clusterEnvironment } from './cluster-environment.ts';
import { ClusterLines } from './cluster-lines.ts';
import { type ClusterFacts, readIdentifyWindowMs } from './environment.ts';
import { ShardliftError } from './errors.ts';
import type { Channels } from './features/channels.ts';
import { Guilds } from './features/guilds.ts';
import { Ipc } from './features/ipc.ts';
import type { Members } from './features/members.ts';
import { type FleetStats, fleetStats } from './features/stats.ts';
import { serveStore } from './features/store.ts';
import type { Users } from './features/users.ts';
import { MemoryGate } from './identify/memory-gate.ts';
import { planOf, totalShardsOf } from './layout.ts';
import { Maintenance } from './maintenance.ts';
import { ManagerBoard } from './manager-board.ts';
import { loadManagerHandlers, runOnManager } from './manager-handlers.ts';
import type { ClusterManagerEvents, ManagerInternals, ManagerSpawnOptions } from './manager-setup.ts';
import { createManagers } from './managers.ts';
import { serveMessages } from './messages.ts';
import { createNode, type Node } from './node.ts';
import { type ClusterManagerOptions, type ResolvedOptions, resolveOptions } from './options.ts';
import { preloadPath } from './preload/path.ts';
import type { Remote } from './remote/remote-type.ts';
import { type RemoteOptions, Remotes, type RemoteTarget } from './remote/remotes.ts';
import { clusterIdOfShard, shardIdOfGuild } from './routing/shard-id.ts';
import { managerEvents } from './shared-events.ts';
import { openStore } from './store/manager-store.ts';
import type { Store } from './store/store.ts';
import type { Launched, LaunchSpec } from './transport/launcher.ts';
import { launchProcess } from './transport/process.ts';
import { launchThread } from './transport/thread.ts';
import type { SharedEvents } from './typed-events.ts';
import type { ManagerIpc } from './typed-ipc.ts';
import { clusterAddress, localHost } from './wire/address.ts';

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
  readonly #gate = new MemoryGate(readIdentifyWindowMs());
  readonly #reception: Reception;
  readonly #lines: ClusterLines;
  readonly #board: ManagerBoard;
  readonly #internals: ManagerInternals;
  readonly #maintenance: Maintenance;
  readonly #remotes: Remotes;
  readonly #closeStore: () => Promise<void>;
  #plan: readonly (readonly number[])[] = [];
  #totalShards = 0;
  #handlersLoaded: Promise<void> | undefined;
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
    const { peer } = this.#node;
    const plan = () => this.#plan;
    const clusterOfShard = (shard: number) => clusterIdOfShard(this.#plan, shard);
    const shardOfGuild = (guildId: string) => shardIdOfGuild(guildId, this.#totalShards);
    const around = { peer, plan, clusterOfShard, shardOfGuild };
    this.#remotes = new Remotes(around);
    this.ipc = new Ipc({
      ...around,
      run: (handler, data, call) => runOnManager(this, { handler, data, call }),
      views: () => [],
    }) as unknown as ManagerIpc;
    const clusterOfGuild = (guildId: string) => clusterOfShard(shardOfGuild(guildId));
    const { store, engine, close } = openStore(this.options.store, this.options.logger);
    this.store = store;
    this.#closeStore = close;
    serveStore(peer, engine);
    serveMessages(peer, this.clusters);
    this.#maintenance = new Maintenance({ peer, plan });
    this.events = managerEvents({ peer, plan, logger: this.options.logger });
    this.#board = new ManagerBoard({ peer, mode: this.options.mode });
    const tally = () => this.#board.countGuilds();
    this.guilds = new Guilds({ peer, plan, clusterOfGuild, cached: () => undefined, tally });
    const managers = createManagers({ peer, plan, clusterOfGuild, self: undefined });
    ({ channels: this.channels, members: this.members, users: this.users } = managers);
    this.#lines = new ClusterLines({ node: this.#node, mode: this.options.mode, clusters: this.clusters });
    const gate = this.#gate;
    const handshake = new Handshake({ files: this.options.handlers, logger: this.options.logger });
    this.#reception = new Reception({ peer, gate, handshake, find: (id) => this.clusters.get(id) });
  }

  /** The manager's place in the network of links; for facades. */
  get node(): Node {
    return this.#node;
  }

  /** Shards of the whole bot; 0 before they are known. */
  get totalShards(): number {
    return this.#totalShards;
  }

  /**
   * Starts all clusters, side by side, and waits until every shard is ready.
   *
   * A cluster that fails does not keep the others from starting; the first failure is thrown at the end, and the cluster
   * is started again in the background as `respawn` and `restarts` allow.
   *
   * @throws ShardliftError `ALREADY_SPAWNED`, `HANDLERS_FILE`, `MANAGER_STOPPED`, `TOKEN_MISSING`, `TOKEN_REFUSED`,
   * `DISCORD_UNREACHABLE`, `IDENTIFY_EXHAUSTED`, and what {@link Cluster.spawn} throws
   */
  async spawn({
    timeoutMs = defaultReadyTimeoutMs,
    delayMs = 0,
  }: ManagerSpawnOptions = {}): Promise<Collection<number, Cluster>> {
    this.#assertNotStopped();
    if (this.clusters.size > 0) throw new ShardliftError('ALREADY_SPAWNED', { clusters: this.clusters.size });
    await this.loadHandlers();
    const total = await totalShardsOf(this.options);
    this.#assertNotStopped();
    const shards = this.options.shardList ?? Array.from({ length: total }, (_none, id) => id);
    this.layOut(planOf(this.options, shards), total);
    const starts: Promise<void>[] = [];
    for (const [id, own] of this.#plan.entries()) {
      if (id > 0 && delayMs > 0) await this.#pause(delayMs);
      if (this.#stopped !== undefined) break;
      const start = this.createCluster(id, own).spawn({ timeoutMs });
      // Waited for below, all together.
      start.catch(() => undefined);
      starts.push(start);
    }
    const failure = await firstFailure(starts);
    this.#assertNotStopped(failure);
    if (failure !== undefined) throw failure;
    if (timeoutMs !== null) this.emit('ready');
    return this.clusters;
  }

  /** Loads the files of the option `managerHandlers`, once, before `spawn` starts a cluster; for facades. */
  loadHandlers(): Promise<void> {
    this.#handlersLoaded ??= loadManagerHandlers(this);
    return this.#handlersLoaded;
  }

  /** Fixes which shards live in which cluster; for facades that start clusters themselves. */
  layOut(plan: readonly (readonly number[])[], totalShards: number): void {
    this.#plan = plan;
    this.#totalShards = totalShards;
    this.#board.layOut(plan);
  }

  /** Makes a cluster without starting it. */
  createCluster(id: number, shards: readonly number[]): Cluster {
    const { options } = this;
    const totalShards = this.#totalShards;
    const extra = this.#internals.environment?.(shards, totalShards);
    const launch: ClusterLaunch = {
      env: clusterEnvironment({ shards, totalShards, token: options.token, extra }),
      args: options.shardArgs,
      execArgv: options.execArgv,
      silent: options.silent,
    };
    const cluster: Cluster = new Cluster({
      id,
      shards,
      launch,
      assertMayStart: () => this.#assertNotStopped(),
      start: (incarnation) => this.#launch(cluster, incarnation),
      attach: (link) => this.#node.router.attach(clusterAddress(id), link, { ready: false }),
      detach: (link, reason) => this.#node.router.detach(clusterAddress(id), link, reason),
      respawn: () => options.respawn,
      restartRules: options.restarts,
      killGraceMs: options.killGraceMs,
      logger: options.logger,
    });
    this.clusters.set(id, cluster);
    cluster.on('ready', () => this.emit('clusterReady', cluster));
    cluster.on('message', (message) => this.emit('message', message, cluster));
    cluster.on('death', () => this.#reception.forget(cluster));
    this.#lines.watch(cluster);
    this.#board.watch(cluster);
    this.emit('clusterCreate', cluster);
    return cluster;
  }

  /** How every cluster and shard is doing, without waking any of them; those that are down are listed as missing. */
  async stats(): Promise<FleetStats> {
    return fleetStats(await this.#board.read());
  }

  /** Lets the clusters call an object of the manager's. @returns what takes it back @throws ShardliftError `ALREADY_EXPOSED` */
  expose(api: object): () => void {
    return this.#remotes.expose(api);
  }

  /** The object that a cluster exposes, see {@link ClusterClient.remote}. */
  remote<Api>(target: RemoteTarget, options?: RemoteOptions): Remote<Api> {
    return this.#remotes.remote<Api>(target, options);
  }

  /** Sends a message to every bot's own `process.on('message')`, one per cluster. */
  async broadcast(message: unknown): Promise<void> {
    await Promise.all(this.clusters.map((cluster) => cluster.send(message)));
  }

  /**
   * Tells clusters why they should do less for now: it is their `cluster.maintenance`, also of those that start later.
   *
   * @param reason - `undefined` when the maintenance is over
   * @param clusterIds - all clusters by default
   * @throws ShardliftError `INVALID_OPTION`, `UNKNOWN_TARGET`
   */
  setMaintenance(reason: string | undefined, clusterIds?: readonly number[]): void {
    this.#maintenance.set(reason, clusterIds);
  }

  /** Ends all clusters, for good; resolves when no process or thread of them is left. */
  async stop(reason = 'stop was called'): Promise<void> {
    this.#stopped ??= reason;
    this.#stopping.abort();
    await Promise.all(this.clusters.map((cluster) => cluster.kill({ reason })));
    this.#gate.close();
    this.#node.router.close(reason);
    this.#lines.close();
    await this.#closeStore();
  }

  /** Waits between two starts; `stop` ends the wait. */
  async #pause(ms: number): Promise<void> {
    // The accepted loss is the abort's own error: what follows looks at the stop itself.
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  #assertNotStopped(cause?: unknown): void {
    if (this.#stopped === undefined) return;
    throw new ShardliftError('MANAGER_STOPPED', { reason: this.#stopped }, cause === undefined ? {} : { cause });
  }

  #launch(cluster: Cluster, incarnation: number): Launched {
    const { options } = this;
    const facts: ClusterFacts = {
      id: cluster.id,
      incarnation,
      mode: options.mode,
      shards: cluster.shards,
      totalShards: this.#totalShards,
      plan: this.#plan,
      handlers: options.handlers,
      maintenance: this.#maintenance.reasonOf(cluster.id),
      door: this.#lines.doorOf({ id: cluster.id, incarnation }),
      board: this.#board.shared,
    };
    const spec: LaunchSpec = {
      name: `cluster ${cluster.id}`,
      file: options.file,
      preload: this.#internals.preload ?? preloadPath('preload.cjs'),
      facts,
      shareEnv: this.#internals.shareEnv ?? false,
      secret: options.token,
      ...cluster.launch,
    };
    return options.mode === 'worker' ? launchThread(spec) : launchProcess(spec);
  }
}
