/** features/stats: how every cluster and shard is doing. */
import { call, contract } from '../rpc/contract.ts';
import type { Peer } from '../rpc/peer.ts';
import { clusterAddress } from '../wire/address.ts';

/** One gateway shard. */
export interface ShardStats {
  readonly id: number;
  /** discord.js's name of the websocket status: `Ready`, `Connecting`, `Resuming`, ... */
  readonly status: string;
  /** Latency of the last heartbeat in ms, -1 before the first. */
  readonly ping: number;
  readonly guilds: number;
}

/** One cluster. */
export interface ClusterStats {
  readonly id: number;
  readonly pid: number;
  readonly shards: readonly ShardStats[];
  readonly guilds: number;
  /** Sum of the member counts of the guilds. */
  readonly members: number;
  /** Users in the cache. */
  readonly users: number;
  readonly channels: number;
  /** Since discord.js was ready, in ms; `null` before. */
  readonly uptimeMs: number | null;
  /** Of the process, in bytes: in worker mode all clusters share it. */
  readonly rss: number;
  /** JavaScript heap in use, in bytes: of the thread in worker mode. */
  readonly heapUsed: number;
}

/** All clusters at one moment. */
export interface FleetStats {
  readonly clusters: readonly ClusterStats[];
  /** Clusters that gave no answer, with the reason. */
  readonly missing: readonly { readonly id: number; readonly reason: string }[];
  readonly guilds: number;
  readonly members: number;
}

/** Served by every cluster. */
export const statsContract = contract('stats', { read: call<void, ClusterStats>({ timeoutMs: 5_000 }) });

/** Asks every cluster; those that do not answer are listed as missing. */
export async function readStats(peer: Peer, plan: readonly (readonly number[])[]): Promise<FleetStats> {
  const everybody = plan.map((_shards, id) => clusterAddress(id));
  const answers = await peer.atAll(statsContract, everybody).read();
  const clusters = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  const missing = answers.flatMap((answer, id) => (answer.ok ? [] : [{ id, reason: answer.error.message }]));
  const sum = (pick: (one: ClusterStats) => number): number => clusters.reduce((total, one) => total + pick(one), 0);
  return { clusters, missing, guilds: sum((one) => one.guilds), members: sum((one) => one.members) };
}
