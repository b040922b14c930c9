/** compat/sharding-manager: discord.js's ShardingManager over clusters of several shards each. */
import * as discord from 'discord.js';
import { clusterAddress, clusterIdOf } from '../src/extend.ts';
import { isShardliftError } from '../src/index.ts';
import { callSite } from './call-site.ts';
import {
  callOf,
  compatBotContract,
  compatContract,
  type EvalTarget,
  evalsVariable,
  type RespawnPace,
} from './contract.ts';
import { discordError, startError } from './discord-errors.ts';
import { EvalReports } from './eval-reports.ts';
import { type AnyFunction, sourceOf, workOf } from './function-text.ts';
import type { GroupedShard } from './grouped-shard.ts';
import { Hints } from './hints.ts';
import type { LastResortDesk } from './last-resort.ts';
import { oddShardsText } from './launch-settings.ts';
import { layOutShards } from './layout.ts';
import { LiveManager } from './live-manager.ts';
import { survivable } from './lost-call.ts';
import { ManagerEvals } from './manager-evals.ts';
import { assertHybrid, type CompatOptions, checkedAmount, forgetMissingToken } from './options.ts';
import { isReplaced, OwnMethods, spawnGroup } from './own-methods.ts';
import { performOn } from './perform.ts';
import { respawnGroups } from './respawn-all.ts';
import { assertManaged, ManagedShard, shardHosts } from './shard.ts';
import { assertIdentifies, recommendedFleet } from './shard-count.ts';
import { ShardGroup } from './shard-group.ts';
import { ShardGroups } from './shard-groups.ts';
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
  readonly #groups: ShardGroups;
  readonly #reports: EvalReports;
  readonly #evalsOption: string | undefined;
  readonly #evals: ManagerEvals;
  #spawning = false;
  /** The cluster whose Shards were made before its turn. */
  #ahead: number | undefined;
  readonly #hints = new Hints(() => this.hybrid.options.logger);
  readonly #own = new OwnMethods(this, ours);
  /** How `spawn` went, once it got so far as to start clusters. */
  #spawned: 'whole' | 'in part' | undefined;

  /** @throws what discord.js throws for its options, ShardliftError `INVALID_OPTION` for those in `hybrid` */
  constructor(file: string, options: CompatOptions = {}) {
    super(file, options);
    forgetMissingToken(this);
    const hybrid: unknown = options.hybrid ?? {};
    assertHybrid(hybrid);
    this.hybrid = new LiveManager(this, hybrid);
    this.#evalsOption = hybrid.evals;
    this.#groups = new ShardGroups({
      shards: () => this.shards,
      createShard: (id) => assertManaged(this.createShard(id)),
      make: (id, shards) => this.#makeGroup(id, shards),
      onChange: () => this.#evals.changed(),
      onPlan: (plan) => this.hybrid.layOut(plan, Number(this.totalShards)),
    });
    this.#reports = new EvalReports(hybrid.evals, this.hybrid.options.logger);
    this.#evals = new ManagerEvals({
      node: this.hybrid.node,
      reports: this.#reports,
      shards: () => this.shards,
      expected: () => this.shardList.length,
      groupOf: (shard) => this.#groups.of(shard),
      ofProgram: (work, target) => this.#own.replyTo(work, target),
    });
    watchShards(this, () => this.#evals.changed());
    shardHosts.set(this, {
      groupOf: (shard) => this.#groups.of(shard),
      createGroup: (shard) => this.#groups.takeIn(shard),
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
   * cluster that fails does not keep the others from starting; the first failure is thrown at the end. Called again then,
   * it starts those that do not run.
   */
  async spawn({ amount = this.totalShards, delay = 5_500, timeout = 30_000 }: SpawnPace = {}): Promise<this['shards']> {
    if (this.#spawning) throw discordError('ShardingInProcess');
    assertPace({ delay, timeout });
    this.#spawning = true;
    try {
      const begun = amount === 'auto' ? undefined : this.#begin(checkedAmount(amount));
      await this.hybrid.loadHandlers();
      const told = begun === undefined ? await recommendedFleet(this.token) : undefined;
      const idle = begun ?? this.#fixShards(told?.shards ?? 0);
      const total = Number(this.totalShards);
      const { plan } = this.#groups;
      const needed = idle.flatMap((id) => plan[id] ?? []).length;
      await assertIdentifies({ told, token: this.token, needed, logger: this.hybrid.options.logger });
      await this.hybrid.prepare(plan, total);
      const starts = idle.map((id) => () => this.#startCluster(id, timeout));
      this.#spawned = 'in part';
      // Without the shared gate the shards of two processes must not identify at once.
      const oneByOne = () => this.#hints.has('a plain bot') || plan.every((ids) => ids.length === 1);
      await startInSequence(starts, {
        delayMs: delay,
        oneByOne,
        settled: (at) => this.#groups.find(idle[at])?.settled,
      });
      this.#spawned = 'whole';
      return this.shards;
    } finally {
      this.#forgetAhead();
      this.#spawning = false;
    }
  }

  /** Sends a message to every bot process or thread, once each. */
  broadcast(message: unknown): Promise<GroupedShard[]> {
    return survivable(async () => {
      const shards = [...this.shards.values()];
      const sent = new Map(shards.map((shard) => [this.#groups.of(shard) ?? shard, shard]));
      await Promise.all([...sent.values()].map((shard) => shard.send(message)));
      return shards;
    });
  }

  /** Calls a function with every shard's client; one result per shard, in the order of `shards`. */
  broadcastEval(fn: unknown, options: EvalTarget & { readonly context?: unknown } = {}): Promise<unknown> {
    try {
      if (typeof fn !== 'function') throw discordError('ShardingInvalidEvalBroadcast');
      this.#reports.allow('broadcastEval', () => callSite(HybridManager.prototype.broadcastEval));
      const source = sourceOf(fn as AnyFunction);
      if (source.readsProcess && this.#countsTwice(options)) this.#reports.hintAtProcess();
      const work = workOf(source, options.context);
      return survivable(() => this.#own.perform(work, options) ?? this.#evals.values(work, options));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Whether one process would answer more than once. */
  #countsTwice({ shard, perCluster }: EvalTarget): boolean {
    if (perCluster === true || typeof shard === 'number') return false;
    return this.#groups.current.some(({ shards }) => shards.length > 1);
  }

  /** Reads a property of every shard's client. */
  fetchClientValues(prop: string, shard?: number): Promise<unknown> {
    return survivable(async () => {
      this.#reports.allow('fetchClientValues', () => callSite(HybridManager.prototype.fetchClientValues));
      const work = { kind: 'property', path: prop } as const;
      const target = shard === undefined ? {} : { shard };
      return this.#own.perform(work, target) ?? this.#evals.values(work, target);
    });
  }

  /** Starts every cluster anew, one after the other. A cluster that fails does not keep the others from it. */
  async respawnAll({ shardDelay = 5_000, respawnDelay = 500, timeout = 30_000 }: Partial<RespawnPace> = {}) {
    assertPace({ shardDelay, respawnDelay, timeout });
    await respawnGroups(this.#groups.current, { shardDelay, respawnDelay, timeout });
    return this.shards;
  }

  /** Private in discord.js, and called by some libraries: a method of one Shard or of all. */
  _performOnShards(method: string, args: readonly unknown[], shard?: unknown): Promise<unknown> {
    if ((method !== 'eval' && method !== 'fetchClientValue') || isReplaced(this.shards.values(), method))
      return performOn(this.shards, { method, args, shard, expected: this.shardList.length });
    const target = typeof shard === 'number' ? { shard } : {};
    const text = String(args[0]);
    this.#reports.allow('_performOnShards', () => callSite(HybridManager.prototype._performOnShards));
    if (method === 'fetchClientValue') return this.#evals.values({ kind: 'property', path: text }, target);
    return this.#evals.values({ kind: 'script', text }, target);
  }

  /** Settles which shards there are. What was started by hand stays where it is. @returns the clusters to be started */
  #fixShards(total: number): readonly number[] {
    const isOther = this.#groups.size > 0 && this.totalShards !== total;
    const isDone = this.#spawned === undefined ? this.shards.size >= total : this.#spawned === 'whole';
    if (isOther || isDone) throw discordError('ShardingAlreadySpawned', this.shards.size);
    if (this.shardList === 'auto' || this.totalShards !== total) this.shardList = [...Array(total).keys()];
    this.#evals.changed();
    this.totalShards = total;
    if (this.shardList.some((id) => id >= total)) {
      const must = 'bigger than the highest shardId in the shardList option.';
      throw discordError('ClientInvalidOptionRange', 'Amount of shards', must);
    }
    this.#groups.layOut(this.shardList, (list) => layOutShards(this.hybrid.options, list));
    const idle = this.#groups.idle(this.shardList);
    // What failed at first has come up by itself since.
    if (idle.length === 0) throw discordError('ShardingAlreadySpawned', this.shards.size);
    return idle;
  }

  /** As discord.js has it, the first Shards are there when `spawn` returns for the first time. */
  #begin(total: number): readonly number[] {
    const idle = this.#fixShards(total);
    this.#ahead = idle[0];
    for (const id of this.#groups.plan[idle[0] ?? -1] ?? []) assertManaged(this.createShard(id));
    return idle;
  }

  /** `spawn` failed before it started anything: the Shards that it made ahead go, unless somebody started them by hand. */
  #forgetAhead(): void {
    const ids = this.#ahead === undefined ? [] : (this.#groups.plan[this.#ahead] ?? []);
    this.#ahead = undefined;
    for (const shard of ids.flatMap((id) => this.shards.get(id) ?? []))
      if (this.#groups.of(shard) === undefined) this.shards.delete(shard.id);
  }

  async #startCluster(cluster: number, timeout: number): Promise<void> {
    // Its turn may come late: somebody started it by hand, or the core did.
    if (this.#groups.find(cluster)?.busy === true) return;
    const ids = this.#groups.plan[cluster] ?? [];
    const isMade = this.#ahead === cluster;
    if (isMade) this.#ahead = undefined;
    for (const id of ids) if (!isMade || !this.shards.has(id)) assertManaged(this.createShard(id));
    const shards = ids.flatMap((id) => this.shards.get(id) ?? []);
    try {
      await spawnGroup(this.#groups.take(cluster, shards), timeout);
    } catch (error) {
      const missing = isShardliftError(error, 'READY_TIMEOUT') ? error.details.missing[0] : undefined;
      throw startError(error, missing ?? ids[0] ?? 0);
    }
  }

  #makeGroup(id: number, shards: readonly GroupedShard[]): ShardGroup {
    const cluster = this.hybrid.createCluster(
      id,
      shards.map((shard) => shard.id),
    );
    const environment = () => ({ ...(this.#evalsOption !== undefined && { [evalsVariable]: this.#evalsOption }) });
    const onChange = () => this.#evals.changed(cluster.id);
    const { caller } = this.#evals;
    const heard = (count: number) =>
      this.hybrid.node.peer.at(compatBotContract, clusterAddress(cluster.id)).heard(count);
    const odd = oddShardsText(shards);
    if (odd !== undefined) this.hybrid.options.logger.warn(odd);
    const mode = () => this.mode;
    const parts = { cluster, shards, caller, environment, mode, heard };
    return new ShardGroup({ ...parts, desk: this.#desk, hints: this.#hints, onChange });
  }

  /** What bots ask that nothing of ours has reached. */
  get #desk(): LastResortDesk {
    return {
      handlers: this.hybrid.options.handlers,
      values: async (work, target) => {
        this.#reports.allow(callOf(work), () => undefined);
        return this.#own.ofBot(work, target) ?? this.#evals.values(work, target);
      },
      respawnAll: (pace) => this.respawnAll(pace),
      warn: (text) => this.#hints.once('a plain bot', text),
    };
  }

  #serve(): void {
    this.hybrid.node.peer.serve(compatContract, {
      ...this.#evals.handlers,
      heard: (count, { from }) => this.#groups.find(clusterIdOf(from))?.heardFromBot(count) ?? Promise.resolve(null),
      respawnAll: async (pace) => {
        // Accepted loss: the failure, which the core has logged. The bot that asked is among those that end.
        await this.respawnAll(pace).catch(() => undefined);
      },
    });
  }
}

/** As they are before anybody changes the class. */
const { _performOnShards, fetchClientValues } = HybridManager.prototype;
const ours = { _performOnShards, fetchClientValues };

Object.defineProperty(HybridManager, 'name', { value: 'ShardingManager' });

export { HybridManager };
