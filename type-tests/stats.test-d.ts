/** type-tests/stats: how the fleet is doing, field by field. */
import type { ClusterClient, ClusterManager, ClusterStats, FleetStats, HostStats, ShardStats } from 'shardlift';
import { expectType } from 'tsd';

declare const cluster: ClusterClient;
declare const manager: ClusterManager;

// The same on both sides.
expectType<Promise<FleetStats>>(cluster.stats());
expectType<Promise<FleetStats>>(manager.stats());
expectType<{
  readonly complete: boolean;
  readonly clusters: readonly ClusterStats[];
  readonly missing: readonly { readonly id: number; readonly reason: string }[];
  readonly guilds: number;
  readonly members: number;
  readonly users: number;
  readonly channels: number;
  readonly host: HostStats;
}>(await cluster.stats());

const { clusters, missing, guilds, host } = await cluster.stats();
expectType<number[]>([host.processors, host.load, host.memory, host.freeMemory, host.uptimeMs]);
expectType<number>(guilds);
for (const { id, reason } of missing) expectType<[number, string]>([id, reason]);
for (const one of clusters) {
  expectType<ClusterStats>(one);
  expectType<'starting' | 'ready'>(one.status);
  expectType<number[]>([one.id, one.pid, one.guilds, one.members, one.users, one.channels, one.ping]);
  expectType<number[]>([one.rss, one.heapUsed, one.lagMs, one.maxLagMs, one.ageMs]);
  expectType<number | null>(one.uptimeMs);
  expectType<{ readonly messages: number; readonly answers: number }>(one.dropped);
  for (const shard of one.shards) {
    expectType<ShardStats>(shard);
    expectType<string>(shard.status);
    expectType<number[]>([shard.id, shard.ping, shard.guilds, shard.channels, shard.members]);
    expectType<number | null>(shard.uptimeMs);
    // @ts-expect-error shards share the users of their cluster
    shard.users;
  }
  // @ts-expect-error it is null before discord.js is ready
  one.uptimeMs.toFixed();
  // @ts-expect-error they are counted apart
  one.dropped + 1;
  // @ts-expect-error what is read is not to be changed
  one.dropped.messages = 0;
  // @ts-expect-error no such status
  one.status === 'dead';
}
// @ts-expect-error what is read is not to be changed
clusters.push();
// @ts-expect-error nor are its fields
missing[0].reason = 'x';
// @ts-expect-error stats are promised
cluster.stats().clusters;
// @ts-expect-error there is nothing to choose
cluster.stats({ exact: true });
expectType<Promise<number>>(cluster.guilds.count({ exact: true }));
