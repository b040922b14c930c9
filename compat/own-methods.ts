/** compat/own-methods: methods that a program has put its own in the place of are asked where discord.js would ask them. */
import { type EvalWork, encodeResult } from '../src/extend.ts';
import type { EvalReply, EvalTarget } from './contract.ts';
import type { GroupedShard } from './grouped-shard.ts';
import { ManagedShard } from './shard.ts';
import type { ShardGroup } from './shard-group.ts';
import type { StockManager } from './stock.ts';

/** The methods of a manager that its other calls, and those of bots, go by with discord.js. */
export interface ManagerMethods {
  _performOnShards(method: string, args: readonly unknown[], shard?: unknown): Promise<unknown>;
  fetchClientValues(prop: string, shard?: number): Promise<unknown>;
}

type ShardMethods = Pick<ManagedShard, 'spawn' | 'respawn' | 'eval' | 'fetchClientValue'>;

/** As they are before anybody changes the class. */
const { spawn, respawn, eval: evaluate, fetchClientValue } = ManagedShard.prototype;
const ours: ShardMethods = { spawn, respawn, eval: evaluate, fetchClientValue };

/** Whether one of some Shards has a method of the program's own. */
export function isReplaced(shards: Iterable<GroupedShard>, method: keyof ShardMethods): boolean {
  for (const shard of shards as Iterable<GroupedShard & ShardMethods>) if (shard[method] !== ours[method]) return true;
  return false;
}

/** Starts a cluster, by its Shards where one of them has a `spawn` of its own: what they ask for at once is one start. */
export async function spawnGroup(group: ShardGroup, timeout: number): Promise<void> {
  const shards = group.shards as readonly GroupedShard[] as readonly (GroupedShard & ShardMethods)[];
  if (!isReplaced(shards, 'spawn')) return group.spawn(timeout);
  await Promise.all(shards.map((shard) => shard.spawn(timeout)));
}

/** The text that discord.js sends for a function. */
const textOf = (work: Exclude<EvalWork, { readonly kind: 'property' }>): string =>
  work.kind === 'script' ? work.text : `(${work.text})(this, ${work.context})`;

/** The calls of one manager. */
export class OwnMethods {
  readonly #manager: ManagerMethods & Pick<StockManager, 'mode' | 'shards'>;
  readonly #ours: ManagerMethods;

  /** @param methods - those that are not the program's own */
  constructor(manager: ManagerMethods & Pick<StockManager, 'mode' | 'shards'>, methods: ManagerMethods) {
    this.#manager = manager;
    this.#ours = methods;
  }

  /** Has work of the manager's own calls done. @returns `undefined` where no method of the program's own is to be asked */
  perform(work: EvalWork, { shard, perCluster }: EvalTarget): Promise<unknown> | undefined {
    // discord.js knows nothing of clusters, and its methods have no word for them.
    if (perCluster === true) return undefined;
    const isFetch = work.kind === 'property';
    const method = isFetch ? 'fetchClientValue' : 'eval';
    const { shards, _performOnShards } = this.#manager;
    if (_performOnShards === this.#ours._performOnShards && !isReplaced(shards.values(), method)) return undefined;
    return this.#manager._performOnShards(method, [isFetch ? work.path : textOf(work)], shard);
  }

  /** The same for a bot, whose fetches go by the manager's. */
  ofBot(work: EvalWork, target: EvalTarget): Promise<unknown> | undefined {
    const isOwn = this.#manager.fetchClientValues !== this.#ours.fetchClientValues;
    if (isOwn && work.kind === 'property') return this.#manager.fetchClientValues(work.path, target.shard);
    return this.perform(work, target);
  }

  /** The same, as it is sent to the bot: it gets what the method gives, whatever that is. */
  replyTo(work: EvalWork, target: EvalTarget): Promise<EvalReply> | undefined {
    const { mode } = this.#manager;
    return this.ofBot(work, target)?.then((value) => ({ outcomes: [encodeResult(value, mode)], whole: true }));
  }
}
