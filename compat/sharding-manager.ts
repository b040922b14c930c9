/** compat/sharding-manager: discord.js's ShardingManager over clusters of several shards each. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as discord from 'discord.js';
import { clusterAddress, clusterIdOf, fetchGatewayInfo, planClusters } from '../src/extend.ts';
import { isShardliftError, ShardliftError } from '../src/index.ts';
import { callSite } from './call-site.ts';
import {
  callOf,
  compatBotContract,
  compatContract,
  type EvalTarget,
  evalsVariable,
  type RespawnPace,
} from './contract.ts';
import { causedError, discordError, startError } from './discord-errors.ts';
import { EvalReports } from './eval-reports.ts';
import { type AnyFunction, sourceOf, workOf } from './function-text.ts';
import type { LastResortDesk } from './last-resort.ts';
import { LiveManager } from './live-manager.ts';
import { ManagerEvals } from './manager-evals.ts';
import { assertHybrid, type CompatOptions, checkedAmount } from './options.ts';
import { ManagedShard, shardHosts } from './shard.ts';
import { type GroupedShard, oddShards, ShardGroup } from './shard-group.ts';
import { assertPace } from './start-pace.ts';
import { startInSequence } from './start-sequence.ts';
import type { StockManagerClass } from './stock.ts';
import { watchShards } from './watched-shards.ts';

type SpawnPace = { readonly amount?: unknown; readonly delay?: number; readonly timeout?: number };

const Stock = discord.ShardingManager as unknown as StockManagerClass;

/** Starts a bot file in clusters and speaks to them through discord.js's interface. */
class HybridManager extends Stock {
  /** The clusters themselves: typed requests, stats, one entry per process. */
  readonly hybrid: LiveManager;
  readonly #groups = new Map<GroupedShard, ShardGroup>();
  readonly #reports: EvalReports;
  readonly #evalsOption: string | undefined;
  readonly #evals: ManagerEvals;
  #plan: number[][] = [];
  #spawning = false;
  /** A bot was found that nothing of ours has reached, and has been warned of. */
  #isPlain = false;

  /** @throws what discord.js throws for its options, ShardliftError `INVALID_OPTION` for those in `hybrid` */
  constructor(file: string, options: CompatOptions = {}) {
    super(file, options);
    this.#forgetMissingToken();
    const hybrid: unknown = options.hybrid ?? {};
    assertHybrid(hybrid);
    this.hybrid = new LiveManager(this, hybrid);
    this.#evalsOption = hybrid.evals;
    this.#reports = new EvalReports(hybrid.evals, this.hybrid.options.logger);
    this.#evals = new ManagerEvals({
      node: this.hybrid.node,
      reports: this.#reports,
      shards: () => this.shards,
      expected: () => this.shardList.length,
      groupOf: (shard) => this.#groups.get(shard),
    });
    watchShards(this, () => this.#evals.changed());
    shardHosts.set(this, {
      groupOf: (shard) => this.#groups.get(shard),
      createGroup: (shard) => this.#createGroup([shard]),
      allowEval: (call, below) => this.#reports.allow(call, () => callSite(below)),
    });
    this.#serve();
  }

  /** Named requests to the clusters. */
  get ipc(): LiveManager['ipc'] {
    return this.hybrid.ipc;
  }

  /** Makes a Shard without starting it and emits `shardCreate`. */
  createShard(id: number = this.shards.size): GroupedShard {
    const shard = new ManagedShard(this, id);
    this.shards.set(id, shard);
    this.emit('shardCreate', shard);
    return shard;
  }

  /**
   * Starts all shards, cluster by cluster, and waits until they are ready.
   *
   * A cluster starts `delay` ms after the one before it; with one shard per cluster also not before that one is ready. A
   * cluster that fails does not keep the others from starting; the first failure is thrown at the end.
   */
  async spawn({ amount = this.totalShards, delay = 5_500, timeout = 30_000 }: SpawnPace = {}): Promise<this['shards']> {
    if (this.#spawning) throw discordError('ShardingInProcess');
    assertPace({ delay, timeout });
    this.#spawning = true;
    try {
      await this.hybrid.loadHandlers();
      const total = amount === 'auto' ? await this.#recommendedShards() : checkedAmount(amount);
      this.#fixShards(total);
      await this.hybrid.prepare(this.#plan, total);
      const starts = this.#plan.map((ids, index) => () => this.#startCluster(index, ids, timeout));
      // Without the shared gate the shards of two processes must not identify at once.
      const oneByOne = () => this.#isPlain || this.#plan.every((ids) => ids.length === 1);
      await startInSequence(starts, { delayMs: delay, oneByOne });
      return this.shards;
    } finally {
      this.#spawning = false;
    }
  }

  /** Sends a message to every bot process or thread, once each. */
  async broadcast(message: unknown): Promise<GroupedShard[]> {
    const shards = [...this.shards.values()];
    const sent = new Map(shards.map((shard) => [this.#groups.get(shard) ?? shard, shard]));
    await Promise.all([...sent.values()].map((shard) => shard.send(message)));
    return shards;
  }

  /** Calls a function with every shard's client; one result per shard, in the order of `shards`. */
  broadcastEval(fn: unknown, options: EvalTarget & { readonly context?: unknown } = {}): Promise<unknown> {
    try {
      if (typeof fn !== 'function') throw discordError('ShardingInvalidEvalBroadcast');
      this.#reports.allow('broadcastEval', () => callSite(HybridManager.prototype.broadcastEval));
      const source = sourceOf(fn as AnyFunction);
      if (source.readsProcess && options.perCluster !== true) this.#reports.hintAtProcess();
      return this.#evals.values(workOf(source, options.context), options);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Reads a property of every shard's client. */
  async fetchClientValues(prop: string, shard?: number): Promise<unknown> {
    this.#reports.allow('fetchClientValues', () => callSite(HybridManager.prototype.fetchClientValues));
    return this.#evals.values({ kind: 'property', path: prop }, shard === undefined ? {} : { shard });
  }

  /** Starts every cluster anew, one after the other. A cluster that fails does not keep the others from it. */
  async respawnAll({ shardDelay = 5_000, respawnDelay = 500, timeout = 30_000 }: Partial<RespawnPace> = {}) {
    assertPace({ shardDelay, respawnDelay, timeout });
    const failures: unknown[] = [];
    const groups = [...new Set(this.#groups.values())];
    for (const [index, group] of groups.entries()) {
      const isLast = index === groups.length - 1;
      const restart = group.respawn({ delay: respawnDelay, timeout });
      const [ended] = await Promise.allSettled([restart, !isLast && shardDelay > 0 ? sleep(shardDelay) : undefined]);
      if (ended.status === 'rejected') failures.push(startError(ended.reason, group.shards[0]?.id ?? 0));
    }
    if (failures.length > 0) throw failures[0];
    return this.shards;
  }

  /** Private in discord.js, and called by some libraries. */
  _performOnShards(method: string, args: readonly unknown[], shard?: unknown): Promise<unknown> {
    const target = typeof shard === 'number' ? { shard } : {};
    const text = String(args[0]);
    this.#reports.allow('_performOnShards', () => callSite(HybridManager.prototype._performOnShards));
    if (method === 'fetchClientValue') return this.#evals.values({ kind: 'property', path: text }, target);
    return this.#evals.values({ kind: 'script', text }, target);
  }

  /** discord.js writes the token to the environment, also when there is none: every child would get the token 'null'. */
  #forgetMissingToken(): void {
    if (this.token === 'null') this.token = null;
    if (this.token === null) delete process.env.DISCORD_TOKEN;
  }

  async #recommendedShards(): Promise<number> {
    if (!this.token) throw discordError('TokenMissing');
    const info = await fetchGatewayInfo(this.token).catch((error: unknown) => {
      throw isShardliftError(error, 'TOKEN_REFUSED') ? causedError(error, 'TokenInvalid') : error;
    });
    const { shards: needed, remaining, resetAfterMs } = info;
    // One identify too many resets the token.
    if (remaining < needed) throw new ShardliftError('IDENTIFY_EXHAUSTED', { remaining, needed, resetAfterMs });
    return needed;
  }

  #fixShards(total: number): void {
    if (this.#plan.length > 0 || this.shards.size >= total) {
      throw discordError('ShardingAlreadySpawned', this.shards.size);
    }
    if (this.shardList === 'auto' || this.totalShards !== total) this.shardList = [...Array(total).keys()];
    this.#evals.changed();
    this.totalShards = total;
    if (this.shardList.some((id) => id >= total)) {
      const must = 'bigger than the highest shardId in the shardList option.';
      throw discordError('ClientInvalidOptionRange', 'Amount of shards', must);
    }
    this.#plan = this.#layOut(this.shardList);
    this.hybrid.layOut(this.#plan, total);
  }

  /** One shard per cluster keeps the order of the list, as discord.js does; larger clusters hold neighbours. */
  #layOut(list: readonly number[]): number[][] {
    const { shardsPerCluster, totalClusters, parallelism } = this.hybrid.options;
    if (shardsPerCluster === 1) return list.map((id) => [id]);
    return planClusters({
      shards: list.toSorted((a, b) => a - b),
      parallelism,
      ...(shardsPerCluster === undefined ? {} : { shardsPerCluster }),
      ...(totalClusters === undefined ? {} : { totalClusters }),
    });
  }

  async #startCluster(index: number, ids: readonly number[], timeout: number): Promise<void> {
    for (const id of ids) this.createShard(id);
    const shards = ids.flatMap((id) => this.shards.get(id) ?? []);
    try {
      await this.#createGroup(shards, index).spawn(timeout);
    } catch (error) {
      const missing = isShardliftError(error, 'READY_TIMEOUT') ? error.details.missing[0] : undefined;
      throw startError(error, missing ?? ids[0] ?? 0);
    }
  }

  /** The group of some shards; of a shard that was created and started by hand when it is in no plan. */
  #createGroup(shards: readonly GroupedShard[], planned?: number): ShardGroup {
    const ids = shards.map((shard) => shard.id);
    const index = planned ?? this.#plan.push(ids) - 1;
    if (planned === undefined) this.hybrid.layOut(this.#plan, Number(this.totalShards));
    const cluster = this.hybrid.createCluster(index, ids);
    const environment = () => ({ ...(this.#evalsOption !== undefined && { [evalsVariable]: this.#evalsOption }) });
    const onChange = () => this.#evals.changed(cluster.id);
    const { caller } = this.#evals;
    const heard = (count: number) =>
      this.hybrid.node.peer.at(compatBotContract, clusterAddress(cluster.id)).heard(count);
    const group = new ShardGroup({ cluster, shards, caller, environment, heard, desk: this.#desk, onChange });
    const odd = oddShards(shards);
    if (odd.length > 0) {
      this.hybrid.options.logger.warn(
        `Shards ${odd.join(', ')} have env, args, execArgv or silent of their own, but share a process with shard ` +
          `${ids[0]}, whose settings it uses. Set them alike, or use hybrid.shardsPerCluster: 1.`,
      );
    }
    for (const shard of shards) this.#groups.set(shard, group);
    this.#evals.changed();
    return group;
  }

  /** What bots ask that nothing of ours has reached. */
  get #desk(): LastResortDesk {
    return {
      handlers: this.hybrid.options.handlers,
      values: async (work, target) => {
        this.#reports.allow(callOf(work), () => undefined);
        return this.#evals.values(work, target);
      },
      respawnAll: (pace) => this.respawnAll(pace),
      warn: (text) => {
        if (!this.#isPlain) this.hybrid.options.logger.warn(text);
        this.#isPlain = true;
      },
    };
  }

  #heardFrom(cluster: number | undefined, count: number): Promise<null> {
    const group = [...this.#groups.values()].find((one) => one.cluster.id === cluster);
    return group?.heardFromBot(count) ?? Promise.resolve(null);
  }

  #serve(): void {
    this.hybrid.node.peer.serve(compatContract, {
      ...this.#evals.handlers,
      heard: (count, { from }) => this.#heardFrom(clusterIdOf(from), count),
      respawnAll: async (pace) => {
        // Accepted loss: the failure, which the core has logged. The bot that asked is among those that end.
        await this.respawnAll(pace).catch(() => undefined);
      },
    });
  }
}

Object.defineProperty(HybridManager, 'name', { value: 'ShardingManager' });

export { HybridManager };
