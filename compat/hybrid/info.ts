/** hybrid/info: what a bot is told at its start, under discord-hybrid-sharding's names. */
import { isMainThread, workerData } from 'node:worker_threads';
import { evalsVariable } from '../contract.ts';
import type { HybridOptions } from './options.ts';

/** What `getInfo()` gives. */
export interface ClusterClientData {
  /** Gateway shards of this cluster. */
  SHARD_LIST: number[];
  /** Shards of the whole bot. */
  TOTAL_SHARDS: number;
  FIRST_SHARD_ID: number;
  LAST_SHARD_ID: number;
  CLUSTER_COUNT: number;
  /** This cluster, 0-based. */
  CLUSTER: number;
  CLUSTER_MANAGER_MODE: ClusterManagerMode;
  CLUSTER_QUEUE_MODE?: string | undefined;
  /** Why the cluster was to do less when it started; `client.cluster.maintenance` says how it is now. */
  MAINTENANCE?: string | undefined;
}

/** What a bot runs in. */
export type ClusterManagerMode = 'process' | 'worker';

/** Variables of a child's environment; in worker mode its `workerData`, where the list stays a list. */
type Told = Readonly<Record<string, unknown>>;

/** Whether this thread was started by a manager, and is not one that a bot has made for work of its own. */
const isOurThread = (): boolean =>
  !isMainThread && (workerData as Told | undefined)?.CLUSTER_MANAGER_MODE !== undefined;

/** A thread of a bot's own in process mode has the bot's environment. */
const told = (): Told => (isOurThread() ? (workerData as Told) : process.env);

/** A bot that no manager started: one cluster with one shard. */
const alone: Told = { SHARD_LIST: [0], TOTAL_SHARDS: 1, CLUSTER_COUNT: 1, CLUSTER: 0, CLUSTER_MANAGER_MODE: 'process' };

const textOf = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

/**
 * The shards and the place of this cluster; to be given to the client: `new Client({ shards: getInfo().SHARD_LIST,
 * shardCount: getInfo().TOTAL_SHARDS })`. A bot that no manager started is one cluster with one shard.
 */
export function getInfo(): ClusterClientData {
  const facts = told().CLUSTER_MANAGER_MODE === undefined ? alone : told();
  const list = facts.SHARD_LIST;
  const shards = (Array.isArray(list) ? list : String(list).split(',')).map(Number);
  return {
    SHARD_LIST: shards,
    TOTAL_SHARDS: Number(facts.TOTAL_SHARDS),
    FIRST_SHARD_ID: shards[0] as number,
    LAST_SHARD_ID: shards.at(-1) as number,
    CLUSTER_COUNT: Number(facts.CLUSTER_COUNT),
    CLUSTER: Number(facts.CLUSTER),
    CLUSTER_MANAGER_MODE: facts.CLUSTER_MANAGER_MODE as ClusterManagerMode,
    CLUSTER_QUEUE_MODE: textOf(facts.CLUSTER_QUEUE_MODE),
    MAINTENANCE: textOf(facts.MAINTENANCE),
  };
}

/** Whether a manager started this process or thread, so that it has a line to it. */
export const isManaged = (): boolean => isOurThread() || (isMainThread && told().CLUSTER_MANAGER_MODE !== undefined);

/** The manager's option `hybrid.evals`. */
export const evalsOption = (): HybridOptions['evals'] => told()[evalsVariable] as HybridOptions['evals'];
