/** compat/bot-evals: how the evaluations of a bot get to the clusters: to each directly, or by way of the manager. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  EvalCaller,
  type EvalOutcome,
  type EvalRequest,
  type EvalWork,
  fromFault,
  localHost,
  outcomeValue,
  toFault,
} from '../src/extend.ts';
import { type ClusterClient, isShardliftError } from '../src/index.ts';
import { compatBotContract, compatContract, type EvalOrder } from './contract.ts';
import { askAll, type FleetPlan } from './fleet-plan.ts';
import type { HybridOptions } from './options.ts';

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
  /** Call sites the manager has heard of, where it wants to hear of them. */
  readonly #reported: Set<string | undefined> | undefined;
  #plan: FleetPlan | undefined;
  /** Plans of lower versions are out of date, also one that is still on its way. */
  #validFrom = 0;

  constructor(cluster: ClusterClient, evals: HybridOptions['evals']) {
    this.#cluster = cluster;
    if (evals === 'warn') this.#reported = new Set();
    const { peer } = cluster.node;
    this.#caller = new EvalCaller(peer);
    peer.serve(compatBotContract, {
      planChanged: (version) => {
        this.#validFrom = version;
        this.#plan = undefined;
      },
    });
  }

  /** The values of an order: of one shard alone, of all in an array. */
  values(order: EvalOrder): Promise<unknown> {
    const plan = this.#plan;
    if (plan === undefined || this.#isNewSite(order)) return this.#byManager(order);
    const { shard, perCluster } = order.target;
    if (shard !== undefined) {
      const owner = plan.clusters.find(({ shards }) => shards.includes(shard));
      return owner === undefined ? this.#byManager(order) : this.#ofShard(owner.id, order.work, shard);
    }
    const { work } = order;
    const scope = perCluster === true ? 'cluster' : 'shards';
    return askAll(plan.clusters, scope, async ({ id, shards }) => {
      const outcomes = await this.#ask(id, { work, scope, shards });
      return outcomes.map(outcomeValue);
    }) as Promise<unknown>;
  }

  #isNewSite({ work, site }: EvalOrder): boolean {
    if (this.#reported === undefined || work.kind === 'property' || this.#reported.has(site)) return false;
    this.#reported.add(site);
    return true;
  }

  async #ofShard(cluster: number, work: EvalWork, shard: number): Promise<unknown> {
    const [outcome] = await this.#ask(cluster, { work, scope: 'shard', shards: [shard] });
    return outcome === undefined ? undefined : outcomeValue(outcome);
  }

  async #ask(cluster: number, request: EvalRequest): Promise<readonly EvalOutcome[]> {
    // A function that is sent never runs before the call that sends it has returned, on own shards neither.
    if (cluster === this.#cluster.id) await nextTurn();
    try {
      return await this.#caller.run(cluster, request);
    } catch (error) {
      // It was not delivered, so nothing runs twice; the manager knows the cluster, or what to say of it.
      if (isShardliftError(error, 'NO_ROUTE')) return this.#viaManager({ cluster, request });
      throw isShardliftError(error, 'LINK_CLOSED') ? deadShardError(error, request.shards[0] ?? 0) : error;
    }
  }

  async #byManager(order: EvalOrder): Promise<unknown> {
    const reply = this.#cluster.node.peer.at(compatContract, localHost).evaluate(order);
    const { outcomes, plan } = await reply.catch(throwOriginal);
    if (plan !== undefined && plan.version >= this.#validFrom) this.#plan = plan;
    const values = outcomes.map(outcomeValue);
    return order.target.shard === undefined ? values : values[0];
  }

  #viaManager(order: { readonly cluster: number; readonly request: EvalRequest }): Promise<readonly EvalOutcome[]> {
    return this.#cluster.node.peer.at(compatContract, localHost).evaluateIn(order).catch(throwOriginal);
  }
}

/** What failed is the evaluation, not the manager that passed it on. */
function throwOriginal(error: unknown): never {
  throw isShardliftError(error, 'HANDLER_FAILED') ? error.cause : error;
}

/** What a bot gets of the manager's error when the cluster of a shard died: discord.js sends a name, a code and a text. */
function deadShardError(cause: unknown, shard: number): Error {
  return fromFault({
    name: 'DiscordjsError [ShardingNoChildExists]',
    code: 'ShardingNoChildExists',
    message: `Shard ${shard} has no active process or worker.`,
    cause: toFault(cause),
  });
}
