/** test/compat/typing: what must compile with our classes in the place of discord.js's. Read by the compiler only. */
import type { ChildProcess } from 'node:child_process';
import type { Worker } from 'node:worker_threads';
import type * as djs from 'discord.js';
import { type Shard, type ShardClientUtil, ShardingManager } from '../../compat/index.ts';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
const same = <_T extends true>(): void => undefined;

declare function takesShard(shard: djs.Shard): void;
declare function takesManager(manager: djs.ShardingManager): void;
declare function takesClass(Manager: typeof djs.ShardingManager): void;
declare const frozen: readonly string[];
declare const util: ShardClientUtil;

/** The assertions of discord.js's own type tests for sharding, and ours. */
export async function assertions(): Promise<void> {
  const manager: djs.ShardingManager = new ShardingManager('bot.js', { shardArgs: frozen, execArgv: frozen });
  takesManager(manager);
  takesClass(ShardingManager);

  const ours = new ShardingManager('bot.js', { totalShards: 'auto', mode: 'worker', hybrid: { shardsPerCluster: 8 } });
  takesManager(ours);
  for (const shard of ours.shards.values()) takesShard(shard);
  ours.on('shardCreate', (shard) => {
    same<Same<typeof shard, Shard>>();
    shard.on('death', (child) => same<Same<typeof child, ChildProcess | Worker>>());
  });
  ours.once('shardCreate', takesShard).removeAllListeners();
  const spawned = await ours.spawn({ amount: 'auto', delay: 1, timeout: -1 } satisfies djs.MultipleShardSpawnOptions);
  takesShard(await spawned.get(0)!.send(1));
  await ours.respawnAll({ shardDelay: 1 } satisfies djs.MultipleShardRespawnOptions);

  for (const target of [ours, util]) {
    const sizes = await target.broadcastEval((client) => client.guilds.cache.size);
    same<Same<typeof sizes, number[]>>();
    const later = await target.broadcastEval(async (client) => client.guilds.cache.size);
    same<Same<typeof later, number[]>>();
    const one = await target.broadcastEval((client) => client.readyTimestamp, { shard: 0 });
    same<Same<typeof one, number | null>>();
    const given = await target.broadcastEval((_, { id }) => id.length, { context: { id: 'x' } });
    same<Same<typeof given, number[]>>();
    const both = await target.broadcastEval((_, { id }) => id, { context: { id: 'x' }, shard: 1 });
    same<Same<typeof both, string>>();
    const rss = await target.broadcastEval(() => process.memoryUsage().rss, { perCluster: true });
    same<Same<typeof rss, number[]>>();
    const values = await target.fetchClientValues('guilds.cache.size');
    same<Same<typeof values, unknown[]>>();
  }
  const evaluated = await ours.shards.first()!.eval((client) => client.readyTimestamp);
  same<Same<typeof evaluated, number | null>>();

  class Custom extends ShardingManager {
    override createShard(id?: number): Shard {
      return super.createShard(id);
    }
    override async broadcastEval(...args: never[]): Promise<never> {
      return (await super.broadcastEval(...(args as [never, never]))) as never;
    }
  }
  takesManager(new Custom('bot.js'));
  ours.hybrid.clusters.first()?.shards.includes(0);

  // @ts-expect-error our options live in `hybrid` alone
  new ShardingManager('bot.js', { shardsPerCluster: 8 });
  // @ts-expect-error text is for Shard.eval
  await ours.broadcastEval('1');
}
