/** compat/manager-evals: has the work of a manager, and that of its bots, done by the clusters. */
import { type Address, EvalCaller, type EvalWork, type HandlersOf, type Node, outcomeValue } from '../src/extend.ts';
import { callOf, compatBotContract, type compatContract, type EvalReply, type EvalTarget } from './contract.ts';
import { discordError } from './discord-errors.ts';
import type { EvalReports } from './eval-reports.ts';
import {
  allValues,
  askAll,
  type FleetPlan,
  firstValue,
  type Outcomes,
  type PlannedCluster,
  placesOf,
} from './fleet-plan.ts';
import type { GroupedShard } from './grouped-shard.ts';
import type { ShardGroup } from './shard-group.ts';

/** The manager, as far as evaluations go. Its public properties are read when they count, as discord.js does. */
export interface EvalFleet {
  readonly node: Node;
  readonly reports: EvalReports;
  readonly shards: () => Map<number, GroupedShard>;
  /** How many shards there are when all are created. */
  readonly expected: () => number;
  readonly groupOf: (shard: GroupedShard) => ShardGroup | undefined;
  /** Asks a method of the manager's program, where one stands in the place of ours. No plan then: it is to be asked each time. */
  readonly ofProgram?: (work: EvalWork, target: EvalTarget) => Promise<EvalReply> | undefined;
}

/** What is asked for one cluster: its group, or a shard that was never started and has none. */
type Part = Pick<PlannedCluster, 'places'> & { readonly group: ShardGroup | GroupedShard };
type Evaluations = Omit<HandlersOf<(typeof compatContract)['shape']>, 'respawnAll' | 'heard'>;

/** Evaluations over the clusters of one manager. */
export class ManagerEvals {
  readonly caller: EvalCaller;
  readonly #fleet: EvalFleet;
  readonly #planHolders = new Set<Address>();
  #version = 1;
  /** The version each cluster was last born or buried at. */
  readonly #changedAt = new Map<number, number>();
  #plan: FleetPlan | undefined;
  /** The parts of a collection of shards, until one of them changes. */
  #known: { readonly shards: Map<number, GroupedShard>; readonly parts: readonly Part[] } | undefined;

  constructor(fleet: EvalFleet) {
    this.#fleet = fleet;
    this.caller = new EvalCaller(fleet.node.peer);
  }

  /** Answers the calls of bots. */
  get handlers(): Evaluations {
    return {
      evaluate: async ({ work, target, site }, { from }) => {
        this.#fleet.reports.allow(callOf(work), () => site);
        const asked = this.#fleet.ofProgram?.(work, target);
        if (asked !== undefined) return asked;
        const { shard, perCluster } = target;
        const outcomes =
          shard === undefined
            ? await this.#ofAll(work, perCluster === true ? 'cluster' : 'shards', allGood)
            : await this.#ofShard(work, shard, allGood);
        const plan = this.#planFor(from);
        return plan === undefined ? { outcomes } : { outcomes, plan };
      },
      evaluateIn: async ({ cluster, request: { work, scope, shards } }) => {
        this.#fleet.reports.assertOn(callOf(work));
        const [first] = shards;
        const shard = first === undefined ? undefined : this.#fleet.shards().get(first);
        const group = shard && this.#fleet.groupOf(shard);
        if (group?.cluster.id !== cluster) throw discordError('ShardingNoChildExists', first);
        return group.evaluate(work, scope, shards);
      },
      stands: ({ cluster, version }) => (this.#changedAt.get(cluster) ?? 0) <= version,
    };
  }

  /** Shards, their clusters or the life of one of these changed: no bot is to rely on what it was told. */
  changed(cluster?: number): void {
    this.#version++;
    if (cluster !== undefined) this.#changedAt.set(cluster, this.#version);
    this.#plan = undefined;
    this.#known = undefined;
    for (const bot of this.#planHolders) {
      this.#fleet.node.peer.at(compatBotContract, bot).planChanged(this.#version);
    }
    this.#planHolders.clear();
  }

  /** Has work done; the value of one shard alone, those of all in an array. */
  values(work: EvalWork, { shard, perCluster }: EvalTarget): Promise<unknown> {
    if (typeof shard === 'number') return this.#ofShard(work, shard, firstValue);
    return this.#ofAll(work, perCluster === true ? 'cluster' : 'shards', allValues);
  }

  async #ofShard<T>(work: EvalWork, id: number, take: (outcomes: Outcomes) => T): Promise<T> {
    const shards = this.#fleet.shards();
    if (shards.size === 0) throw discordError('ShardingNoShards');
    const shard = shards.get(id);
    if (shard === undefined) throw discordError('ShardingShardNotFound', id);
    return take(await groupOrRefusal(this.#fleet.groupOf(shard) ?? shard).evaluate(work, 'shard', [id]));
  }

  async #ofAll<T>(work: EvalWork, scope: 'shards' | 'cluster', take: (outcomes: Outcomes) => readonly T[]) {
    if (this.#fleet.shards().size === 0) throw discordError('ShardingNoShards');
    if (!this.#isComplete) throw discordError('ShardingInProcess');
    return askAll(this.#parts(), scope, async ({ group }) => take(await groupOrRefusal(group).evaluate(work, scope)));
  }

  get #isComplete(): boolean {
    const { size } = this.#fleet.shards();
    return size > 0 && size === this.#fleet.expected();
  }

  #parts(): readonly Part[] {
    const shards = this.#fleet.shards();
    if (this.#known?.shards !== shards) this.#known = { shards, parts: this.#currentParts(shards) };
    return this.#known.parts;
  }

  #currentParts(shards: Map<number, GroupedShard>): readonly Part[] {
    const order = [...shards.keys()];
    const groups = new Set([...shards.values()].map((shard) => this.#fleet.groupOf(shard) ?? shard));
    return [...groups].map((group) => {
      const ids = 'shards' in group ? group.shards.map(({ id }) => id) : [group.id];
      return { group, places: placesOf(ids, order) };
    });
  }

  /** The plan for a bot, which is told when it changes; none while some call would be refused here. */
  #planFor(bot: Address): FleetPlan | undefined {
    this.#plan ??= this.#currentPlan();
    if (this.#plan !== undefined) this.#planHolders.add(bot);
    return this.#plan;
  }

  #currentPlan(): FleetPlan | undefined {
    if (!this.#isComplete) return undefined;
    const clusters: PlannedCluster[] = [];
    for (const { group, places } of this.#parts()) {
      if (!('shards' in group) || !group.alive || !group.isOurs) return undefined;
      clusters.push({ id: group.cluster.id, shards: group.shards.map(({ id }) => id), places });
    }
    return { version: this.#version, clusters };
  }
}

/** Leaves the outcomes encoded, for those who pass them on. @throws the first failure */
function allGood(outcomes: Outcomes): Outcomes {
  for (const outcome of outcomes) if (!outcome.ok) outcomeValue(outcome);
  return outcomes;
}

function groupOrRefusal(group: ShardGroup | GroupedShard): ShardGroup {
  if (!('shards' in group)) throw discordError('ShardingNoChildExists', group.id);
  return group;
}
