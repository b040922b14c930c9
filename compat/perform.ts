/** compat/perform: calls a method of Shards, as discord.js's `_performOnShards` does. */
import { discordError } from './discord-errors.ts';
import type { GroupedShard } from './grouped-shard.ts';

type Method = (this: GroupedShard, ...args: readonly unknown[]) => unknown;

/** What is to be called. */
interface Performance {
  readonly method: string;
  readonly args: readonly unknown[];
  /** A number aims at one shard; with anything else all are called. */
  readonly shard: unknown;
  /** How many shards there are when all are created. */
  readonly expected: number;
}

/** Calls a method of one shard or of all. @throws discord.js's `ShardingNoShards`, `ShardingShardNotFound`, `ShardingInProcess` */
export async function performOn(shards: Map<number, GroupedShard>, asked: Performance): Promise<unknown> {
  const { method, args, shard, expected } = asked;
  if (shards.size === 0) throw discordError('ShardingNoShards');
  const call = (one: GroupedShard): unknown =>
    (one as unknown as Record<string, Method>)[method]?.apply(one, [...args]);
  if (typeof shard === 'number') {
    const aimed = shards.get(shard);
    if (aimed === undefined) throw discordError('ShardingShardNotFound', shard);
    return call(aimed);
  }
  if (shards.size !== expected) throw discordError('ShardingInProcess');
  return Promise.all([...shards.values()].map(call));
}
