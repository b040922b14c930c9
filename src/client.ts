/** client: the public face inside a cluster. */
import { EventEmitter } from 'node:events';
import { url as inspectorUrl } from 'node:inspector';
import type { Client } from 'discord.js';
import { aloneFacts } from './alone-facts.ts';
import { assertClientOptions, type ClusterClientOptions } from './client-options.ts';
import { cachedGuild, fetchGuild } from './discord-client.ts';
import type { ClusterFacts } from './environment.ts';
import type { Channels } from './features/channels.ts';
import type { BroadcastOptions } from './features/events.ts';
import { type GuildDesk, Guilds, serveGuilds } from './features/guilds.ts';
import { Ipc } from './features/ipc.ts';
import { maintenanceContract } from './features/maintenance.ts';
import type { Members } from './features/members.ts';
import { type FleetStats, fleetStats } from './features/stats.ts';
import { reachStore } from './features/store.ts';
import { heartbeatContract, systemContract } from './features/system.ts';
import type { Users } from './features/users.ts';
import { runInCluster } from './handler-context.ts';
import { takeInHandlers } from './handlers-files.ts';
import { hostStats } from './host-stats.ts';
import { connectLifeline, reportListening } from './lifeline.ts';
import { loadAtLogin } from './login.ts';
import { LoginReport } from './login-report.ts';
import { createManagers, serveManagers } from './managers.ts';
import { Messages, noManager } from './messages.ts';
import { createNode, type Node } from './node.ts';
import { once } from './once.ts';
import { hearReadiness } from './readiness.ts';
import { getCluster, setCluster } from './registry.ts';
import type { Remote } from './remote/remote-type.ts';
import { type RemoteOptions, Remotes, type RemoteTarget } from './remote/remotes.ts';
import { clusterIdOfShard, shardIdOfGuild } from './routing/shard-id.ts';
import { viewsOfShards } from './shard-views.ts';
import { clusterEvents } from './shared-events.ts';
import { aloneSource, managedSource, type StatsSource } from './stats-source.ts';
import { openLoneStore } from './store/lone-store.ts';
import { Store } from './store/store.ts';
import { claimInheritance } from './transport/inherited.ts';
import type { Mode } from './transport/launcher.ts';
import type { SharedEvents } from './typed-events.ts';
import type { ClusterIpc } from './typed-ipc.ts';
import { clusterAddress, localHost } from './wire/address.ts';

/** Events of a cluster, seen from inside, with what they carry. */
export interface ClusterClientEvents {
  /** The manager set, changed or ended (`undefined`) the reason to do less: {@link ClusterClient.maintenance}. */
  maintenance: [reason: string | undefined];
}

/**
 * One cluster, seen from inside: `client.cluster` in every bot started by a manager of ours.
 *
 * `new ClusterClient(client)` attaches to the client, or returns the cluster it has already, as it is. Without a manager
 * everything works within the one process, as cluster 0.
 */
export class ClusterClient extends EventEmitter<ClusterClientEvents> {
  readonly client: Client;
  /** This cluster, 0-based. */
  readonly id: number;
  readonly mode: Mode;
  readonly totalClusters: number;
  /** Named requests between clusters. */
  readonly ipc: ClusterIpc;
  /** News for all clusters and the manager. */
  readonly events: SharedEvents;
  /** Any guild of the bot, and how many there are. */
  readonly guilds: Guilds;
  /** Values that all clusters share, held by the manager; without one they live and end with this process. */
  readonly store: Store;
  /** Channels and messages of the whole bot. */
  readonly channels: Channels;
  /** Members of any guild. */
  readonly members: Members;
  /** Users seen anywhere, and direct messages to them. */
  readonly users: Users;
  readonly #facts: ClusterFacts;
  readonly #node: Node;
  readonly #managed: boolean;
  readonly #board: StatsSource;
  readonly #messages: Messages;
  readonly #remotes: Remotes;
  readonly #logins: LoginReport | undefined;
  #maintenance: string | undefined;
  #connected: Promise<void> | undefined;
  readonly #handlersLoaded = once(() => this.#loadHandlers());

  /** @throws ShardliftError `INVALID_OPTION` */
  constructor(client: Client, options: ClusterClientOptions = {}) {
    super();
    assertClientOptions(options);
    const known = getCluster(client);
    this.client = client;
    const inheritance = known === undefined ? claimInheritance() : undefined;
    const facts =
      (inheritance?.facts as ClusterFacts | undefined) ?? aloneFacts(client, known === undefined ? options : {});
    this.#facts = facts;
    this.id = facts.id;
    this.mode = facts.mode;
    this.totalClusters = facts.plan.length;
    this.#managed = inheritance !== undefined;
    this.#maintenance = facts.maintenance;
    this.#node = createNode({
      self: clusterAddress(facts.id),
      incarnation: facts.incarnation,
      // Threads share a processor's memory: a port to each costs less than a second thread's time.
      spread: facts.mode === 'worker' ? 'lines' : 'uplink',
    });
    if (!this.#managed) this.#node.router.whyNever = (to) => (to === localHost ? noManager : undefined);
    const plan = () => facts.plan;
    const { peer } = this.#node;
    const around = {
      peer,
      plan,
      clusterOfShard: (shard: number) => this.findCluster(shard),
      shardOfGuild: (guildId: string) => this.findShard(guildId),
    };
    this.ipc = new Ipc({
      ...around,
      isReady: hearReadiness(peer, this),
      run: (handler, data, call, seen) => runInCluster(this, { handler, data, call, seen }),
      views: (asked) => viewsOfShards(this, asked),
    }) as unknown as ClusterIpc;
    this.#remotes = new Remotes(around);
    this.#logins = this.#managed ? new LoginReport(client, peer) : undefined;
    this.#messages = new Messages({ peer, managed: this.#managed });
    this.events = clusterEvents({ peer, plan: facts.plan, managed: this.#managed });
    this.store = this.#managed ? new Store(reachStore(peer, localHost)) : openLoneStore();
    // Before the lifeline: what is reported of a shard has to be there when the manager learns that it is ready.
    this.#board = (inheritance === undefined ? aloneSource : managedSource)({ client, node: this.#node, facts });
    const standpoint = { peer, plan, clusterOfGuild: (guildId: string) => this.findGuild(guildId), self: facts.id };
    this.guilds = new Guilds({ ...standpoint, ...this.#guildDesk, tally: () => this.#board.countGuilds() });
    ({ channels: this.channels, members: this.members, users: this.users } = createManagers(standpoint, client));
    // biome-ignore lint/correctness/noConstructorReturn: `new ClusterClient(client)` on an attached client is that cluster
    if (known !== undefined) return known;
    setCluster(client, this);
    this.#serve();
    this.#board.watch?.();
    if (inheritance === undefined && facts.handlers.length > 0) loadAtLogin(client, () => this);
    if (inheritance !== undefined) this.#connected = connectLifeline({ client, node: this.#node, inheritance });
  }

  /** The cluster's place in the network of links; for facades. */
  get node(): Node {
    return this.#node;
  }

  /** Gateway shards of this cluster, ascending; without a manager and with `shards: 'auto'` known once it has logged in. */
  get shards(): readonly number[] {
    return this.#facts.shards;
  }

  /** Shards of the whole bot. */
  get totalShards(): number {
    return this.#facts.totalShards;
  }

  /** All shards of this cluster are connected and their guilds are here. */
  get ready(): boolean {
    return this.client.isReady();
  }

  /** Why this cluster should do less for now, as `manager.setMaintenance` said; the event `maintenance` tells of changes. */
  get maintenance(): string | undefined {
    return this.#maintenance;
  }

  /** True for the cluster with the lowest id: run what must happen once here. */
  get isPrimary(): boolean {
    return this.id === 0;
  }

  /** The shard of a guild. */
  findShard(guildId: string): number {
    return shardIdOfGuild(guildId, this.totalShards);
  }

  /** The cluster of a shard. @throws ShardliftError `UNKNOWN_TARGET` */
  findCluster(shard: number): number {
    return clusterIdOfShard(this.#facts.plan, shard);
  }

  /** The cluster of a guild. */
  findGuild(guildId: string): number {
    return this.findCluster(this.findShard(guildId));
  }

  /** How every cluster and shard is doing, without waking any of them; those that are down are listed as missing. */
  async stats(): Promise<FleetStats> {
    return fleetStats(await this.#board.read(), hostStats());
  }

  /** The clusters that have a user in their cache, ascending; one that is down has nobody. */
  findUser(userId: string): Promise<number[]> {
    return this.users.whereCached(userId);
  }

  /** Round trip to a cluster and back, in ms. */
  async ping(clusterId: number = this.id): Promise<number> {
    const start = performance.now();
    await this.#node.peer.at(systemContract, clusterAddress(clusterId)).ping();
    return performance.now() - start;
  }

  /**
   * Sends a message to the manager, where it is the event `message` of the manager and of its `Cluster`. For plain data:
   * it goes as by `process.send` (in a thread: `postMessage`). A question with an answer is `ipc.requestManager`.
   *
   * @throws ShardliftError `LINK_CLOSED`, `UNSERIALISABLE`; `NO_ROUTE` when no manager started this bot
   */
  send(message: unknown): Promise<void> {
    return this.#messages.send(message);
  }

  /**
   * Sends a message to every other bot's `process.on('message')` (`parentPort`), as `manager.broadcast` does; resolves when
   * it has been handed over. Bots that are down do not hear it. Events with a name are `events.broadcast`.
   *
   * @throws ShardliftError `UNSERIALISABLE`, `FRAME_TOO_LARGE`, `OVERLOADED`, `CALL_TIMEOUT`, `LINK_CLOSED`;
   * `HANDLER_FAILED` when the manager cannot write it
   */
  broadcast(message: unknown, options?: BroadcastOptions): Promise<void> {
    return this.#messages.broadcast(message, options);
  }

  /**
   * Lets other clusters and the manager call an object of this one, by `remote`.
   *
   * @returns what takes it back
   * @throws ShardliftError `ALREADY_EXPOSED`, `INVALID_OPTION`
   */
  expose(api: object): () => void {
    return this.#remotes.expose(api);
  }

  /**
   * The object that another cluster, or the manager, exposes: each call is a promise. It rejects as a request does, with
   * `NOT_EXPOSED` when nothing is exposed there, and with `HANDLER_FAILED` and the cause when the object throws.
   *
   * @param target - looked up at each call
   * @see https://github.com/GoogleChromeLabs/comlink
   */
  remote<Api>(target: RemoteTarget, options?: RemoteOptions): Remote<Api> {
    return this.#remotes.remote<Api>(target, options);
  }

  /**
   * Loads the handlers files of the manager's option, or the own ones of a bot without a manager, once. `client.login` does it.
   *
   * @throws ShardliftError `HANDLERS_FILE`, `DUPLICATE_HANDLER`; none of the files counts then, and it may be tried again
   */
  loadHandlers(): Promise<void> {
    return this.#handlersLoaded();
  }

  /** Notes that the bot logs in: what the manager was told of a token that was refused before is void. */
  loginBegins(): void {
    this.#logins?.begins();
  }

  /** Tells the manager that the bot cannot come up. */
  reportFailure(error: unknown): void {
    this.#logins?.failed(error);
  }

  async #loadHandlers(): Promise<void> {
    const names = await takeInHandlers(this.ipc, this.#facts.handlers, 'handlers');
    await this.#connected;
    if (this.#managed && this.#facts.handlers.length > 0) reportListening(this.#node, names);
  }

  get #guildDesk(): GuildDesk {
    return {
      cached: (guildId) => cachedGuild(this.client, guildId),
      fetchByRest: (guildId, signal) => fetchGuild(this.client, guildId, { totalShards: this.totalShards, signal }),
    };
  }

  #setMaintenance(reason: string | undefined): void {
    if (reason === this.#maintenance) return;
    this.#maintenance = reason;
    this.emit('maintenance', reason);
  }

  #serve(): void {
    const { peer } = this.#node;
    peer.serve(systemContract, { ping: () => null });
    peer.serve(heartbeatContract, { beat: () => ({ inspected: inspectorUrl() !== undefined }) });
    peer.serve(maintenanceContract, { set: ({ reason }) => this.#setMaintenance(reason) });
    serveManagers(peer, this.client);
    serveGuilds(peer, { ...this.#guildDesk, count: () => (this.ready ? this.client.guilds.cache.size : null) });
  }
}
