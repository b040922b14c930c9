/** compat/bot-evals: how the evaluations of a bot get to the clusters: to each directly, or by way of the manager. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { EvalCaller, type EvalRequest, fromFault, localHost, toFault } from '../src/extend.ts';
import { type ClusterClient, isShardliftError } from '../src/index.ts';
import type { BotOrder } from './bot-order.ts';
import { callOf, compatBotContract, compatContract, type EvalOrder, type PlannedPlace } from './contract.ts';
import { allValues, askAll, type FleetPlan, firstValue, type Outcomes } from './fleet-plan.ts';
import { heardMessages } from './heard-messages.ts';
import type { HybridOptions } from './options.ts';
import { throwOriginal } from './original-error.ts';

/**
 * Has the work of one bot done.
 *
 * The first call goes to the manager, whose answer brings the plan of the fleet; with it the bot asks the clusters itself.
 * The manager gives no plan while it would refuse a call (shards are still being spawned, a cluster is down), and takes it
 * back when that changes: what discord.js says then, the manager says.
 */
export class BotEvals {
  readonly #cluster: ClusterClient;
  readonly #caller: EvalCaller;
  readonly #messages: BotOrder;
  /** Call sites the manager has heard of, where it wants to hear of them. */
  readonly #reported: Set<string> | undefined;
  #plan: FleetPlan | undefined;
  /** The cluster of each shard in the plan. */
  #owners: ReadonlyMap<number, number> = new Map();
  /** Plans of lower versions are out of date, also one that is still on its way. */
  #validFrom = 0;

  constructor(
    cluster: ClusterClient,
    { evals, order }: { readonly evals: HybridOptions['evals']; readonly order: BotOrder },
  ) {
    this.#cluster = cluster;
    this.#messages = order;
    if (evals === 'warn') this.#reported = new Set();
    const { peer } = cluster.node;
    this.#caller = new EvalCaller(peer);
    peer.serve(compatBotContract, {
      planChanged: (version) => {
        this.#validFrom = version;
        this.#plan = undefined;
      },
      heard: (count) => heardMessages().reached(count),
    });
  }

  /** The values of an order: of one shard alone, of all in an array. */
  values(order: EvalOrder): Promise<unknown> {
    const { before } = this.#messages;
    return before === undefined ? this.#valuesNow(order) : before.then(() => this.#valuesNow(order));
  }

  #valuesNow(order: EvalOrder): Promise<unknown> {
    const isNew = this.#isNewSite(order);
    const plan = isNew ? undefined : this.#plan;
    if (plan === undefined) return this.#byManager(order);
    const { shard, perCluster } = order.target;
    if (shard !== undefined) {
      const owner = this.#owners.get(shard);
      const request = { work: order.work, scope: 'shard', shards: [shard] } as const;
      if (owner === undefined) return this.#byManager(order);
      return this.#ask({ cluster: owner, version: plan.version }, request, firstValue);
    }
    const { work } = order;
    const scope = perCluster === true ? 'cluster' : 'shards';
    const { version } = plan;
    return askAll(plan.clusters, scope, ({ id, shards }) =>
      this.#ask({ cluster: id, version }, { work, scope, shards }, allValues),
    );
  }

  /** The manager reports each call site, so it must hear of each. */
  #isNewSite({ work, site }: EvalOrder): boolean {
    const key = `${callOf(work)} ${site}`;
    if (this.#reported === undefined || this.#reported.has(key)) return false;
    this.#reported.add(key);
    return true;
  }

  #ask<T>(place: PlannedPlace, request: EvalRequest, take: (outcomes: Outcomes) => T): Promise<T> {
    const { cluster } = place;
    // A function that is sent never runs before the call that sends it has returned, on own shards neither.
    const asked =
      cluster === this.#cluster.id
        ? nextTurn().then(() => this.#caller.run(cluster, request))
        : this.#caller.run(cluster, request);
    return asked.then(take, (error) => this.#withoutAnswer(error, { place, request, take }));
  }

  /** What becomes of a call that a cluster did not answer. */
  async #withoutAnswer<T>(
    error: unknown,
    asked: { readonly place: PlannedPlace; readonly request: EvalRequest; readonly take: (outcomes: Outcomes) => T },
  ): Promise<T> {
    const { place, request, take } = asked;
    const { cluster } = place;
    // It was not delivered, so nothing runs twice; the manager knows the cluster, or what to say of it.
    if (isShardliftError(error, 'NO_ROUTE')) return take(await this.#viaManager({ cluster, request }));
    if (!isShardliftError(error, 'LINK_CLOSED')) throw error;
    // Maybe it was the line alone that broke. Nobody knows then whether the work was done, and the shard is not dead.
    const lives = await this.#cluster.node.peer.at(compatContract, localHost).stands(place);
    throw lives ? error : deadShardError(error, request.shards[0] ?? 0);
  }

  async #byManager(order: EvalOrder): Promise<unknown> {
    const reply = this.#cluster.node.peer.at(compatContract, localHost).evaluate(order);
    const { outcomes, plan, whole } = await reply.catch(throwOriginal);
    if (plan !== undefined && plan.version >= this.#validFrom) this.#use(plan);
    const isOne = whole === true || order.target.shard !== undefined;
    return isOne ? firstValue(outcomes) : allValues(outcomes);
  }

  #use(plan: FleetPlan): void {
    this.#plan = plan;
    this.#owners = new Map(plan.clusters.flatMap(({ id, shards }) => shards.map((shard) => [shard, id])));
  }

  #viaManager(order: { readonly cluster: number; readonly request: EvalRequest }): Promise<Outcomes> {
    return this.#cluster.node.peer.at(compatContract, localHost).evaluateIn(order).catch(throwOriginal);
  }
}

/**
 * What a bot gets of the manager's error when the cluster of a shard died: discord.js sends a name, a code and a text.
 *
 * Written out, because this file is part of the preload: to make discord.js's own error it would have to load discord.js
 * ahead of the bot, and perhaps another copy than the bot's.
 */
function deadShardError(cause: unknown, shard: number): Error {
  return fromFault({
    name: 'DiscordjsError [ShardingNoChildExists]',
    code: 'ShardingNoChildExists',
    message: `Shard ${shard} has no active process or worker.`,
    cause: toFault(cause),
  });
}
