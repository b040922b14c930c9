/** hybrid/cluster: one cluster as the manager sees it, under discord-hybrid-sharding's names. */
import type { ChildProcess } from 'node:child_process';
import type { Worker } from 'node:worker_threads';
import { clusterAddress } from '../../src/extend.ts';
import type { Cluster as CoreCluster } from '../../src/index.ts';
import { survivable } from '../lost-call.ts';
import { timeoutOf } from './asked.ts';
import type { ClusterManager } from './cluster-manager.ts';
import { hybridBotContract } from './contract.ts';
import { IPCMessage, type MessageEnd } from './ipc-message.ts';
import { hostOf } from './manager-parts.ts';
import { OpenEmitter } from './open-emitter.ts';
import type { ClusterRestartOptions } from './options.ts';
import { aimOf, asSent, evalWork } from './work.ts';

type Child = ChildProcess | Worker;

/** Events of a cluster with what they carry. */
export interface ClusterEvents {
  /** A message of the bot; an object comes as {@link IPCMessage}. */
  // biome-ignore lint/suspicious/noExplicitAny: listeners read the fields of messages
  message: [message: any];
  death: [cluster: Cluster, child: Child];
  /** It died, or could not be started, and is not started again. */
  error: [error: Error];
  spawn: [child: Child];
  /** All shards are ready. */
  ready: [];
}

/** discord-hybrid-sharding's word for "no limit". */
const limitOf = (timeout: number): number => (timeout === -1 ? Number.POSITIVE_INFINITY : timeout);

/** One process or thread with one client and several shards. Made by the manager. */
export class Cluster extends OpenEmitter<ClusterEvents> implements MessageEnd {
  /** The manager that made it. */
  readonly manager: ClusterManager;
  readonly id: number;
  /** Gateway shards of this cluster. */
  readonly shardList: number[];
  /** The cluster itself: states, shard events, `launch`. */
  readonly hybrid: CoreCluster;
  /** Arguments of the bot file. What is changed here counts from the next start on. */
  args: string[] = [];
  /** The bot's environment; in worker mode its `workerData`. What is changed here counts from the next start on. */
  env: Record<string, unknown> = {};
  #execArgv: readonly string[] | undefined;
  #attaching: Promise<void> | undefined;
  /** When it was started again by itself, in epoch ms. */
  #restartedAt: number[] = [];

  constructor(manager: ClusterManager, core: CoreCluster) {
    super();
    this.manager = manager;
    this.hybrid = core;
    this.id = core.id;
    this.shardList = [...core.shards];
    this.#relay();
  }

  /** Shards of the whole bot. */
  get totalShards(): number {
    return this.manager.totalShards;
  }

  /** Arguments of Node for this cluster: the manager's, or what is set here, from the next start on. */
  get execArgv(): readonly string[] {
    return this.#execArgv ?? this.manager.execArgv;
  }

  set execArgv(args: readonly string[]) {
    this.#execArgv = args;
  }

  /** All shards became ready since the last start. */
  get ready(): boolean {
    return this.hybrid.ready;
  }

  /** How often it died and was started again within `interval` ms (`current`), and how often it may; `kill` and `respawn` forget it. */
  get restarts(): ClusterRestartOptions & { readonly current: number } {
    const { max, interval } = this.manager.restarts;
    const since = Date.now() - interval;
    return { max, interval, current: this.#restartedAt.filter((at) => at > since).length };
  }

  /** The process or thread, while there is one. */
  get thread(): { readonly process: Child } | null {
    const { child } = this.hybrid;
    return child === undefined ? null : { process: child };
  }

  /** Settles when the bot answers requests, or has died before; `undefined` when there is nothing to wait for. */
  get attaching(): Promise<void> | undefined {
    return this.#attaching;
  }

  /** Starts the cluster and waits until it is ready. `timeout`: longest time without progress in ms, -1 for no limit. */
  async spawn(timeout = -1): Promise<Child | undefined> {
    await this.hybrid.spawn({ timeoutMs: limitOf(timeout) });
    return this.hybrid.child;
  }

  /** Ends the cluster for good; resolves when its process or thread is gone. */
  async kill({ reason }: { readonly reason?: string; readonly force?: boolean } = {}): Promise<void> {
    await this.hybrid.kill(reason === undefined ? {} : { reason });
  }

  /** Ends the cluster and starts it anew. Times in ms. */
  async respawn({ delay = 0, timeout = -1 } = {}): Promise<Child | undefined> {
    await this.hybrid.respawn({ delayMs: delay, timeoutMs: limitOf(timeout) });
    return this.hybrid.child;
  }

  /** Sends a message to the bot, where it is the event `message` of `client.cluster` and of `process`. */
  send(message: unknown): Promise<void> {
    return survivable(() => this.hybrid.send(message));
  }

  /**
   * Asks the bot; gives what a listener there answers by `message.reply(...)`.
   *
   * @throws ShardliftError `CALL_TIMEOUT` after `message.options.timeout` ms (30 000), `NO_LISTENER` when nobody listens there,
   * `NO_ROUTE` and `LINK_CLOSED` when it is down or dies
   */
  // biome-ignore lint/suspicious/noExplicitAny: what is answered is the bot's to say
  request(message: object): Promise<any> {
    return survivable(async () => {
      const limits = { ...timeoutOf(message), whenUnavailable: 'wait', label: 'Cluster.request' } as const;
      const { node, mode } = hostOf(this.manager);
      return node.peer.at(hybridBotContract, clusterAddress(this.id), limits).request(asSent(message, mode));
    });
  }

  /** Evaluates a function or text on the client of this cluster. */
  // biome-ignore lint/suspicious/noExplicitAny: of a text nobody knows what it gives
  eval(script: string | ((...args: never[]) => unknown), context?: unknown, timeout?: number): Promise<any> {
    return survivable(async () => {
      const host = hostOf(this.manager);
      host.allow('Cluster.eval', this.eval);
      const aim = aimOf({ cluster: this.id, timeout });
      const [value] = await host.values({ work: evalWork(script, context), aim, call: 'Cluster.eval' });
      return value;
    });
  }

  /** Tells the bot why it should do less for now; without a reason the maintenance is over. */
  triggerMaintenance(reason?: string): void {
    hostOf(this.manager).setMaintenance(reason, [this.id]);
  }

  #relay(): void {
    const core = this.hybrid;
    core.on('spawn', (child) => {
      this.#attaching = new Promise((resolve) => {
        const settle = (): void => {
          core.off('listening', settle).off('death', settle);
          this.#attaching = undefined;
          resolve();
        };
        core.on('listening', settle).on('death', settle);
      });
      this.emit('spawn', child);
    });
    core.on('ready', () => void this.emit('ready'));
    core.on('death', ({ requested }, child) => {
      if (requested) this.#restartedAt = [];
      this.emit('death', this, child);
    });
    core.on('restarting', () => void this.#restartedAt.push(Date.now()));
    core.on('message', (message) => {
      const isObject = typeof message === 'object' && message !== null;
      this.emit('message', isObject ? new IPCMessage(this, message) : message);
    });
    // Without a listener the event would be thrown and end the manager; the log has it.
    core.on('failed', (error) => {
      if (this.listenerCount('error') > 0) this.emit('error', error);
    });
  }
}
