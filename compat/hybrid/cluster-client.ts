/** hybrid/cluster-client: discord-hybrid-sharding's ClusterClient over the cluster of shardlift: `client.cluster` in a bot. */
import { isMainThread, parentPort } from 'node:worker_threads';
import type { Awaitable, Client, Collection, Serialized, WebSocketShard } from 'discord.js';
import { type ClientOf, evalContract, evalHandlers, localHost } from '../../src/extend.ts';
import { type ClusterClient as CoreClient, ShardliftError } from '../../src/index.ts';
import { survivable } from '../lost-call.ts';
import { answerOf, timeoutOf } from './asked.ts';
import { ClientEvals } from './client-evals.ts';
import { hybridBotContract, hybridContract, type RespawnPace } from './contract.ts';
import { coreOf, facadeOf, setFacade } from './facades.ts';
import { type ClusterClientData, getInfo } from './info.ts';
import { IPCMessage, type MessageEnd } from './ipc-message.ts';
import { OpenEmitter } from './open-emitter.ts';
import { asSent, type evalOptions, evalWork, isAimedAtOne, valueWork } from './work.ts';

/** Events of a cluster, seen from inside, with what they carry. */
export interface ClusterClientEvents<DiscordClient> {
  /** A message of the manager; an object comes as {@link IPCMessage}. */
  // biome-ignore lint/suspicious/noExplicitAny: listeners read the fields of messages
  message: [message: any];
  /** The cluster may serve: soon after it was made, or when its maintenance is over. */
  ready: [cluster: ClusterClient<DiscordClient>];
  /** The reason to do less was set, changed or taken back. */
  maintenance: [reason: string | undefined];
}

/** Time in which a bot adds its listeners, in ms. */
const readyAfterMs = 100;

/**
 * One cluster, seen from inside: `client.cluster = new ClusterClient(client)`. Without a manager it is cluster 0 of one.
 *
 * What shardlift's own `client.cluster` has is there too (`ipc`, `guilds`, `store`, `stats()`), all of it in `hybrid`.
 */
export class ClusterClient<DiscordClient = Client>
  extends OpenEmitter<ClusterClientEvents<DiscordClient>>
  implements MessageEnd
{
  readonly client: DiscordClient;
  /** shardlift's own cluster object. */
  readonly hybrid: CoreClient;
  readonly queue: { readonly mode: string | undefined };
  readonly #evals: ClientEvals;

  /** A second one for the same cluster is the first. @throws ShardliftError `NOT_SUPPORTED` for a client that is not discord.js's */
  constructor(client: DiscordClient) {
    super();
    this.client = client;
    this.hybrid = coreOf(client as unknown as Client);
    this.queue = { mode: this.info.CLUSTER_QUEUE_MODE };
    this.#evals = new ClientEvals(this.hybrid);
    const facade = facadeOf(this.hybrid) as this | undefined;
    // biome-ignore lint/correctness/noConstructorReturn: two would both answer what the manager asks of one cluster
    if (facade !== undefined) return facade;
    setFacade(this.hybrid, this);
    this.#serve();
    this.#hear();
  }

  /** This cluster, 0-based. */
  get id(): number {
    return this.hybrid.id;
  }

  /** Number of clusters. */
  get count(): number {
    return this.hybrid.totalClusters;
  }

  get mode(): 'process' | 'worker' {
    return this.hybrid.mode;
  }

  /** Gateway shards of this cluster. */
  get shardList(): number[] {
    return [...this.hybrid.shards];
  }

  /** The websocket shards of this cluster, by id. */
  get shards(): Collection<number, WebSocketShard> {
    return this.hybrid.client.ws.shards;
  }

  /** The same as {@link shards}. */
  get ids(): Collection<number, WebSocketShard> {
    return this.shards;
  }

  /** All shards of this cluster are connected and their guilds are here. */
  get ready(): boolean {
    return this.hybrid.ready;
  }

  /** Why this cluster should do less for now; `false` when there is nothing. */
  get maintenance(): string | false {
    return this.hybrid.maintenance ?? false;
  }

  /** What {@link getInfo} gives, with the maintenance as it is now. */
  get info(): ClusterClientData {
    return { ...getInfo(), MAINTENANCE: this.hybrid.maintenance };
  }

  /** Named requests between clusters; what `dc-migrate` turns `broadcastEval` calls into. */
  get ipc(): CoreClient['ipc'] {
    return this.hybrid.ipc;
  }

  /** News for all clusters and the manager. */
  get events(): CoreClient['events'] {
    return this.hybrid.events;
  }

  /** Any guild of the bot, and how many there are. */
  get guilds(): CoreClient['guilds'] {
    return this.hybrid.guilds;
  }

  /** Channels and messages of the whole bot. */
  get channels(): CoreClient['channels'] {
    return this.hybrid.channels;
  }

  /** Members of any guild. */
  get members(): CoreClient['members'] {
    return this.hybrid.members;
  }

  /** Users seen anywhere, and direct messages to them. */
  get users(): CoreClient['users'] {
    return this.hybrid.users;
  }

  /** Values that all clusters share. */
  get store(): CoreClient['store'] {
    return this.hybrid.store;
  }

  /** How every cluster and shard is doing. */
  stats(): ReturnType<CoreClient['stats']> {
    return this.hybrid.stats();
  }

  /** Sends a message to the manager, where it is the event `message` of its `Cluster`. @throws ShardliftError `NO_ROUTE` without a manager */
  async send(message: unknown): Promise<void> {
    await this.hybrid.send(message);
  }

  /**
   * Asks the manager; gives what a listener there answers by `message.reply(...)`.
   *
   * @throws ShardliftError `CALL_TIMEOUT` after `message.options.timeout` ms (30 000), `NO_LISTENER` when nobody listens there
   */
  // biome-ignore lint/suspicious/noExplicitAny: what is answered is the manager's to say
  async request(message: object): Promise<any> {
    const limits = { ...timeoutOf(message), label: 'cluster.request' };
    const manager = this.hybrid.node.peer.at(hybridContract, localHost, limits);
    return manager.request(asSent(message, this.mode));
  }

  /**
   * Evaluates a function or text, once per cluster on its whole client; one result per cluster, also for a call to one.
   *
   * @throws ShardliftError `EVALS_OFF`, `UNKNOWN_TARGET`, `CALL_TIMEOUT`, `NO_ROUTE`, `LINK_CLOSED`; and what the function throws
   */
  broadcastEval<T>(
    fn: (client: DiscordClient) => Awaitable<T>,
    options?: evalOptions<undefined>,
  ): Promise<Serialized<T>[]>;
  broadcastEval<T, P>(
    fn: (client: DiscordClient, context: Serialized<P>) => Awaitable<T>,
    options: evalOptions<P>,
  ): Promise<Serialized<T>[]>;
  // biome-ignore lint/suspicious/noExplicitAny: of a text nobody knows what it gives
  broadcastEval(script: string, options?: evalOptions): Promise<any[]>;
  broadcastEval(script: unknown, options?: evalOptions<unknown>): Promise<unknown[]> {
    const work = () => evalWork(script, options?.context);
    return survivable(() => this.#evals.values({ call: 'broadcastEval', below: this.broadcastEval, work, options }));
  }

  /** Reads a property of the client of every cluster, or of one; one result per cluster. */
  // biome-ignore lint/suspicious/noExplicitAny: nobody knows the type of a property that is named in a text
  fetchClientValues(prop: string, cluster?: number): Promise<any[]> {
    const call = { call: 'fetchClientValues', below: this.fetchClientValues };
    return survivable(() => this.#evals.values({ ...call, work: () => valueWork(prop), options: { cluster } }));
  }

  /** Evaluates a function or text in the one cluster that the options name; gives its value, as versions 1 did. */
  evalOnCluster<T>(
    fn: (client: DiscordClient) => Awaitable<T>,
    options: evalOptions<undefined>,
  ): Promise<Serialized<T>>;
  evalOnCluster<T>(
    // biome-ignore lint/suspicious/noExplicitAny: the declarations of 1.x know no context, so code that has one was not checked
    fn: (client: any, context: any) => Awaitable<T>,
    options: evalOptions<unknown>,
  ): Promise<Serialized<T>>;
  // biome-ignore lint/suspicious/noExplicitAny: as for a text in broadcastEval
  evalOnCluster(script: string, options: evalOptions): Promise<any>;
  evalOnCluster(script: unknown, options: evalOptions<unknown>): Promise<unknown> {
    return survivable(async () => {
      if (!isAimedAtOne(options)) throw new TypeError('evalOnCluster needs a cluster, a shard or a guildId');
      const work = () => evalWork(script, options.context);
      const call = { call: 'evalOnCluster', below: this.evalOnCluster, work, options };
      return (await this.#evals.values(call))[0];
    });
  }

  /** Not there: text is not evaluated in the manager. @throws ShardliftError `NOT_SUPPORTED` */
  async evalOnManager(_script: unknown, _options?: unknown): Promise<never> {
    const instead =
      'Answer it in the manager by manager.hybrid.ipc.handle(name, handler) and ask by cluster.ipc.requestManager(name).';
    throw new ShardliftError('NOT_SUPPORTED', { what: 'cluster.evalOnManager', instead });
  }

  /** Asks the manager to start every cluster anew; resolves when it has been asked. Times in ms. */
  async respawnAll({ clusterDelay = 0, respawnDelay = 0, timeout = -1 }: RespawnPace = {}): Promise<void> {
    this.#manager.respawnAll({ clusterDelay, respawnDelay, timeout });
  }

  /** Not needed: a cluster is ready when its shards are. Does nothing. */
  triggerReady(): boolean {
    return true;
  }

  /** Emits `ready`. */
  triggerClusterReady(): boolean {
    this.emit('ready', this);
    return true;
  }

  /** Sets the reason why this cluster, or all, should do less; without one the maintenance is over. */
  async triggerMaintenance(reason?: string, all = false): Promise<void> {
    await this.#manager.maintenance(reason ? { reason, all } : { all });
  }

  /** With the manager's option `queue: { auto: false }`: starts the next cluster; does not wait until it is ready, and the log says when it fails. @throws ShardliftError `QUEUE_AUTO` */
  async spawnNextCluster(): Promise<void> {
    if (this.queue.mode !== 'manual') throw new ShardliftError('QUEUE_AUTO', {});
    await this.#manager.spawnNext();
  }

  /** See {@link getInfo}. */
  static getInfo(): ClusterClientData {
    return getInfo();
  }

  get #manager(): ClientOf<(typeof hybridContract)['shape']> {
    return this.hybrid.node.peer.at(hybridContract, localHost);
  }

  #serve(): void {
    const { client, mode, node } = this.hybrid;
    const refuse = (): never => {
      throw new ShardliftError('EVALS_OFF', { call: 'An evaluation' });
    };
    const handlers = evalHandlers(() => ({ client, mode }));
    node.peer.serve(evalContract, this.#evals.off ? { run: refuse, known: refuse } : handlers);
    const tell = (message: IPCMessage): boolean => this.emit('message', message);
    node.peer.serve(hybridBotContract, {
      request: (message, { signal }) => answerOf(message, { end: this, tell, on: `cluster ${this.id}`, mode, signal }),
    });
  }

  /** What comes by the channel that Node itself leaves between a bot and its manager. */
  #hear(): void {
    const port = isMainThread ? process : parentPort;
    port?.on('message', (message: unknown) => {
      const isObject = typeof message === 'object' && message !== null;
      this.emit('message', isObject ? new IPCMessage(this, message) : message);
    });
    this.hybrid.on('maintenance', (reason) => {
      this.emit('maintenance', reason);
      if (reason === undefined) this.triggerClusterReady();
    });
    if (!this.maintenance) setTimeout(() => this.triggerClusterReady(), readyAfterMs);
  }
}
