/** compat/shard-groups: which Shard lives in which cluster, also when users make Shards anew, and what is to be started. */
import { discordError } from './discord-errors.ts';
import type { GroupedShard } from './grouped-shard.ts';
import type { ShardGroup } from './shard-group.ts';

/** What the groups of a manager are made with. */
export interface GroupsSetup {
  readonly shards: () => ReadonlyMap<number, GroupedShard>;
  readonly createShard: (id: number) => GroupedShard;
  /** Makes a cluster. @param id - its place in the plan */
  readonly make: (id: number, shards: readonly GroupedShard[]) => ShardGroup;
  /** Told when there are more clusters than before. */
  readonly onPlan: (plan: readonly (readonly number[])[]) => void;
  /** Told when a Shard gets a cluster. */
  readonly onChange: () => void;
}

/** The clusters of one manager. Each shard id is in one of them and stays there, whatever Shard it has. */
export class ShardGroups {
  readonly #setup: GroupsSetup;
  #plan: readonly (readonly number[])[] = [];
  readonly #groups = new Map<number, ShardGroup>();
  /** Shards that were replaced are in none. */
  readonly #byShard = new WeakMap<GroupedShard, ShardGroup>();

  constructor(setup: GroupsSetup) {
    this.#setup = setup;
  }

  /** The shards of each cluster, by cluster id. */
  get plan(): readonly (readonly number[])[] {
    return this.#plan;
  }

  /** Clusters that were made so far. */
  get size(): number {
    return this.#groups.size;
  }

  /** The clusters of the Shards that the manager has now; what it let go of is not among them. */
  get current(): readonly ShardGroup[] {
    return [...new Set([...this.#setup.shards().values()].flatMap((shard) => this.of(shard) ?? []))];
  }

  /** The cluster a shard lives in, when it has one. */
  of(shard: GroupedShard): ShardGroup | undefined {
    return this.#byShard.get(shard);
  }

  find(cluster: number | undefined): ShardGroup | undefined {
    return cluster === undefined ? undefined : this.#groups.get(cluster);
  }

  /** Makes room for those shards of a list that have no place yet. */
  layOut(list: readonly number[], layOut: (list: readonly number[]) => readonly (readonly number[])[]): void {
    // A plan of which nothing came to life is no plan.
    if (this.size === 0) this.#plan = [];
    const placed = new Set(this.#plan.flat());
    this.#extend(layOut(list.filter((id) => !placed.has(id))));
  }

  /** The clusters of some shards that neither run nor start. */
  idle(list: readonly number[]): readonly number[] {
    const isIdle = (id: number): boolean => this.#groups.get(id)?.busy !== true;
    return [...this.#plan.entries()].flatMap(([id, ids]) =>
      isIdle(id) && ids.some((one) => list.includes(one)) ? id : [],
    );
  }

  /** The cluster at a place of the plan with these Shards, each of them made for it. */
  take(id: number, shards: readonly GroupedShard[]): ShardGroup {
    let group = this.#groups.get(id);
    if (group === undefined) {
      group = this.#setup.make(id, shards);
      this.#groups.set(id, group);
    }
    for (const shard of shards) this.#put(shard, group);
    return group;
  }

  /**
   * The cluster of a Shard that was created by hand: the one its id has a place in, else one of its own.
   *
   * @throws discord.js's `ShardingProcessExists` for one that was replaced, while its successor runs
   */
  takeIn(shard: GroupedShard): ShardGroup {
    const { shards, createShard } = this.#setup;
    const id = this.#placeOf(shard.id);
    const group = this.#groups.get(id);
    const isReplaced = (shards().get(shard.id) ?? shard) !== shard;
    if (isReplaced && group?.busy === true) throw discordError('ShardingProcessExists', shard.id);
    if (group !== undefined) return this.#put(shard, group);
    const ids = this.#plan[id] ?? [];
    const all = ids.map((one) => (one === shard.id ? shard : (shards().get(one) ?? createShard(one))));
    return this.take(id, all);
  }

  #placeOf(shard: number): number {
    const id = this.#plan.findIndex((ids) => ids.includes(shard));
    if (id !== -1) return id;
    this.#extend([[shard]]);
    return this.#plan.length - 1;
  }

  #extend(clusters: readonly (readonly number[])[]): void {
    this.#plan = [...this.#plan, ...clusters];
    this.#setup.onPlan(this.#plan);
  }

  #put(shard: GroupedShard, group: ShardGroup): ShardGroup {
    const replaced = group.adopt(shard);
    if (replaced !== undefined) this.#byShard.delete(replaced);
    this.#byShard.set(shard, group);
    this.#setup.onChange();
    return group;
  }
}
