/** manager-setup: what a manager can be told, and what it tells. */
import type { Cluster } from './cluster/cluster.ts';

/** Events of a manager with what they carry. */
export interface ClusterManagerEvents {
  /** A cluster was made and not yet started: the moment to attach listeners and to change `cluster.launch`. */
  clusterCreate: [cluster: Cluster];
  /** All shards of a cluster are ready. */
  clusterReady: [cluster: Cluster];
  /** A bot sent a message: `client.cluster.send`, or its own `process.send` (`parentPort.postMessage`). */
  message: [message: unknown, cluster: Cluster];
  /** `spawn` succeeded: every shard is ready. Not emitted when it does not wait for that, or a cluster failed meanwhile. */
  ready: [];
}

/** How `manager.spawn` starts the clusters. */
export interface ManagerSpawnOptions {
  /** Longest time without progress per cluster, in ms; `null` does not wait for ready. Default 30 000. */
  readonly timeoutMs?: number | null;
  /** Least time between two cluster starts, in ms. Default 0: the identify gate sets the pace. */
  readonly delayMs?: number;
}

/** What facades set in addition; not for users. */
export interface ManagerInternals {
  /** CommonJS file loaded in every child before the bot. */
  readonly preload?: string;
  /** Worker mode: threads share the manager's `process.env`. Default `false`: each has a copy. */
  readonly shareEnv?: boolean;
  /** The environment of a cluster beyond the inherited one. */
  readonly environment?: (shards: readonly number[], totalShards: number) => Readonly<Record<string, unknown>>;
}
