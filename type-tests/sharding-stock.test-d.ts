/** type-tests/sharding-stock: what `sharding.test-d.ts` says of ours, said of discord.js. Only the import differs. */
import type { ChildProcess } from 'node:child_process';
import type { Worker } from 'node:worker_threads';
import type {
  BitField,
  Collection,
  MultipleShardRespawnOptions,
  MultipleShardSpawnOptions,
  Serialized,
} from 'discord.js';
import { type Shard, type ShardClientUtil, ShardEvents, ShardingManager } from 'discord.js';
import { expectAssignable, expectType } from 'tsd';

declare const util: ShardClientUtil;
const manager = new ShardingManager('bot.js', { totalShards: 'auto', mode: 'worker', respawn: false, silent: true });

// What a value is once it was sent.
declare function sent<T>(value: T): Serialized<T>;
expectType<undefined>(sent(undefined));
expectType<null>(sent(null));
expectType<(number | string)[]>(sent([1, 'two']));
// biome-ignore lint/complexity/noBannedTypes: what discord.js says of a Set
expectType<{}>(sent(new Set([1])));
expectType<string>(sent({} as BitField<string, bigint>));
expectType<never>(sent(Symbol('none')));
expectType<never>(sent(() => 1));
expectType<never>(sent(1n));

// Functions for every shard, one shard, with a context and without.
expectType<Promise<number[]>>(manager.broadcastEval(() => 1));
expectType<Promise<number[]>>(util.broadcastEval(() => 1));
expectType<Promise<number[]>>(manager.broadcastEval(async () => 1));
expectType<Promise<number[]>>(util.broadcastEval(async () => 1));
expectType<Promise<number | null>>(manager.broadcastEval((client) => client.readyTimestamp, { shard: 0 }));
expectType<Promise<number | null>>(util.broadcastEval((client) => client.readyTimestamp, { shard: 0 }));
expectType<Promise<string[]>>(manager.broadcastEval((_client, { id }) => id, { context: { id: 'x' } }));
expectType<Promise<string[]>>(util.broadcastEval((_client, { id }) => id, { context: { id: 'x' } }));
expectType<Promise<string>>(manager.broadcastEval((_client, { id }) => id, { context: { id: 'x' }, shard: 1 }));
expectType<Promise<string>>(util.broadcastEval((_client, { id }) => id, { context: { id: 'x' }, shard: 1 }));
// A context arrives as what JSON makes of it, in the function.
void manager.broadcastEval((_client, { at }) => expectType<string>(at), { context: { at: new Date() } });
expectType<Promise<unknown[]>>(manager.fetchClientValues('guilds.cache.size'));
expectType<Promise<unknown>>(manager.fetchClientValues('guilds.cache.size', 0));
expectType<Promise<unknown[]>>(util.fetchClientValues('guilds.cache.size'));
expectType<Promise<unknown>>(util.fetchClientValues('guilds.cache.size', 0));
// @ts-expect-error the name of an option
void manager.broadcastEval(() => 1, { shards: 0 });
// @ts-expect-error a shard is a number
void util.broadcastEval(() => 1, { shard: '0' });

// Starting and ending.
expectAssignable<MultipleShardSpawnOptions>({ amount: 'auto', delay: 1, timeout: -1 });
expectAssignable<MultipleShardRespawnOptions>({ shardDelay: 1, respawnDelay: 1, timeout: 1 });
expectType<Collection<number, Shard>>(await manager.spawn({ amount: 'auto', delay: 1, timeout: -1 }));
expectType<Collection<number, Shard>>(await manager.respawnAll({ shardDelay: 1 }));
expectType<Collection<number, Shard>>(manager.shards);
expectType<Shard>(manager.createShard(3));
expectType<number | 'auto'>(manager.totalShards);
expectType<number[] | 'auto'>(manager.shardList);
expectType<string | null>(manager.token);
expectType<Promise<Shard[]>>(manager.broadcast('message'));

// Events, by their text and by the enum.
expectAssignable<'death'>(ShardEvents.Death);
manager.on('shardCreate', (shard) => {
  expectType<Shard>(shard);
  shard.on('death', (child) => expectType<ChildProcess | Worker>(child));
  shard.on(ShardEvents.Death, (child) => expectType<ChildProcess | Worker>(child));
  shard.on('spawn', (child) => expectType<ChildProcess | Worker>(child));
  shard.on('message', (message) => expectAssignable<unknown>(message));
  shard.once('error', (error) => expectType<Error>(error));
});
expectType<ShardingManager>(manager.once('shardCreate', (shard) => expectType<number>(shard.id)));

// One shard.
const shard = manager.createShard(4);
expectType<Promise<number | null>>(shard.eval((client) => client.readyTimestamp));
expectType<Promise<Shard>>(shard.send({ any: 'message' }));
expectType<Promise<unknown>>(shard.fetchClientValue('guilds.cache.size'));
expectType<Promise<ChildProcess>>(shard.spawn(1_000));
expectType<Promise<ChildProcess>>(shard.respawn({ delay: 1, timeout: -1 }));
expectType<boolean>(shard.ready);
expectType<ChildProcess | null>(shard.process);
expectType<Worker | null>(shard.worker);
expectType<void>(shard.kill());

// In a bot.
expectType<number[]>(util.ids);
expectType<number>(util.count);
expectType<Promise<void>>(util.send({ any: 'message' }));
expectType<Promise<void>>(util.respawnAll({ respawnDelay: 1 }));
