/** features/stats: how every cluster and shard is doing, from a board that wakes no other cluster. */
import type { PackedReadings } from '../board/packed-readings.ts';
import { guildsEnd, type ShardRow, unpackRecord } from '../board/record.ts';
import type { Reading } from '../board/slot.ts';
import { call, cast, contract } from '../rpc/contract.ts';
import { notReadyYet, type UnknownCluster } from './unknown-cluster.ts';

/** One gateway shard. Guilds are exact; channels, members and ping are `ageMs` of its cluster old at most. */
export interface ShardStats {
  readonly id: number;
  /** discord.js's name of the websocket status: `Ready`, `Connecting`, `Resuming`, ... */
  readonly status: string;
  /** Latency of the last heartbeat in ms, -1 before the first. */
  readonly ping: number;
  readonly guilds: number;
  /** Cached channels and threads of its guilds. */
  readonly channels: number;
  /** Sum of the member counts of its guilds. */
  readonly members: number;
  /** Since it was connected or resumed, in ms; `null` while it is not. */
  readonly uptimeMs: number | null;
}

/** One cluster. Counts are those of its last message at most; what is said to be as old as `ageMs` is measured now and then. */
export interface ClusterStats {
  readonly id: number;
  readonly pid: number;
  /** `ready` once all of its shards were ready since its start; before that its counts are still growing. */
  readonly status: 'starting' | 'ready';
  readonly shards: readonly ShardStats[];
  readonly guilds: number;
  /** Sum of the member counts of the guilds, as old as `ageMs`. */
  readonly members: number;
  /** Users in the cache; shards of a cluster share them. In process mode 100 ms old at most. */
  readonly users: number;
  /** Channels and threads in the cache, direct messages included. */
  readonly channels: number;
  /** Mean ping of the shards that have one, in ms; -1 when none has. */
  readonly ping: number;
  /** Since discord.js was ready, in ms; `null` before. */
  readonly uptimeMs: number | null;
  /** Of the process, in bytes: in worker mode all clusters share it. As old as `ageMs`. */
  readonly rss: number;
  /** JavaScript heap in use, in bytes: of the thread in worker mode. As old as `ageMs`. */
  readonly heapUsed: number;
  /** Mean delay of the event loop, in ms, over the 5 s before it was measured. As old as `ageMs`. */
  readonly lagMs: number;
  /** Longest delay of the event loop in that time, in ms. */
  readonly maxLagMs: number;
  /**
   * What it has lost since its start: `messages` want no answer (events, say) and were for a cluster that was not there
   * or did not read; `answers` came too late, or twice. As old as `ageMs`.
   */
  readonly dropped: { readonly messages: number; readonly answers: number };
  /** Age of what is measured every 5 s, in ms; it grows when the cluster hangs. */
  readonly ageMs: number;
}

/** The machine that the clusters run on, as it was a second ago at most. */
export interface HostStats {
  /** Processors that a program may use here. */
  readonly processors: number;
  /** Mean number of programs that ran or waited for a processor, over the last minute; 0 on Windows, which does not count them. */
  readonly load: number;
  /** Of the machine, in bytes. */
  readonly memory: number;
  /** Part of it that is free, in bytes. */
  readonly freeMemory: number;
  /** Since the machine was started, in ms. */
  readonly uptimeMs: number;
}

/** All clusters at one moment. */
export interface FleetStats {
  /** Every cluster is here and ready. `false` while one is missing or still starting: the sums are too small then. */
  readonly complete: boolean;
  readonly clusters: readonly ClusterStats[];
  /** Clusters that are down or have not reported since their start, with the reason. */
  readonly missing: readonly UnknownCluster[];
  /** Sums over `clusters`, see `complete`. */
  readonly guilds: number;
  readonly members: number;
  readonly users: number;
  readonly channels: number;
  readonly host: HostStats;
}

/** A cluster on the board, with the shards it has: both sides know them by the plan. */
export interface BoardEntry {
  readonly shards: readonly number[];
  readonly reading: Reading;
}

/** How many guilds the clusters have; `unknown` are those that are missing or not ready yet. */
export interface GuildTally {
  readonly guilds: number;
  readonly unknown: readonly UnknownCluster[];
}

/** Served by the manager in process mode, where no memory is shared. */
export const boardContract = contract('board', {
  /** The numbers of the cluster that says it. */
  report: cast<readonly number[]>(),
  read: call<void, PackedReadings>({ timeoutMs: 5_000 }),
  countGuilds: call<void, GuildTally>({ timeoutMs: 5_000 }),
});

/** discord.js's `Status` by number. @see https://discord.js.org/docs/packages/discord.js/main/Status:Enum */
const statusNames = [
  'Ready',
  'Connecting',
  'Reconnecting',
  'Idle',
  'Nearly',
  'Disconnected',
  'WaitingForGuilds',
  'Identifying',
  'Resuming',
];

/** Time since an epoch time in ms; `null` for 0, which is never. */
const since = (at: number, now: number): number | null => (at === 0 ? null : Math.max(0, now - at));

const shardStats = (id: number, row: ShardRow, now: number): ShardStats => ({
  id,
  status: statusNames[row.status] ?? String(row.status),
  ping: row.ping,
  guilds: row.guilds,
  channels: row.channels,
  members: row.members,
  uptimeMs: since(row.readyAt, now),
});

function meanPing(shards: readonly ShardRow[]): number {
  let sum = 0;
  let known = 0;
  for (const { ping } of shards) {
    if (ping < 0) continue;
    sum += ping;
    known += 1;
  }
  return known === 0 ? -1 : sum / known;
}

/** A cluster's numbers in words. */
function clusterStats(
  id: number,
  { shards, reading }: BoardEntry & { readonly reading: { readonly ok: true } },
  now: number,
): ClusterStats {
  const record = unpackRecord(reading.numbers);
  return {
    id,
    pid: record.pid,
    status: reading.ready ? 'ready' : 'starting',
    shards: record.shards.map((row, index) => shardStats(shards[index] ?? index, row, now)),
    guilds: record.guilds,
    members: record.members,
    users: record.users,
    channels: record.channels,
    ping: meanPing(record.shards),
    uptimeMs: since(record.readyAt, now),
    rss: record.rss,
    heapUsed: record.heapUsed,
    lagMs: record.lagMs,
    maxLagMs: record.maxLagMs,
    dropped: { messages: record.droppedMessages, answers: record.droppedAnswers },
    ageMs: Math.max(0, now - record.gaugedAt),
  };
}

/** What the board says, in words. `now` is in epoch ms. */
export function fleetStats(entries: readonly BoardEntry[], host: HostStats, now: number = Date.now()): FleetStats {
  const clusters: ClusterStats[] = [];
  const missing: UnknownCluster[] = [];
  for (const [id, { shards, reading }] of entries.entries()) {
    if (reading.ok) clusters.push(clusterStats(id, { shards, reading }, now));
    else missing.push({ id, reason: reading.reason });
  }
  const sum = (pick: (one: ClusterStats) => number): number => clusters.reduce((total, one) => total + pick(one), 0);
  return {
    complete: entries.length > 0 && missing.length === 0 && clusters.every(({ status }) => status === 'ready'),
    clusters,
    missing,
    guilds: sum((one) => one.guilds),
    members: sum((one) => one.members),
    users: sum((one) => one.users),
    channels: sum((one) => one.channels),
    host,
  };
}

/** Counts the guilds; {@link guildsEnd} numbers of each cluster are enough for it. */
export function tallyGuilds(readings: readonly Reading[]): GuildTally {
  const unknown: UnknownCluster[] = [];
  let guilds = 0;
  for (const [id, reading] of readings.entries()) {
    if (reading.ok && reading.ready) guilds += reading.numbers[guildsEnd - 1] as number;
    else unknown.push({ id, reason: reading.ok ? notReadyYet : reading.reason });
  }
  return { guilds, unknown };
}
