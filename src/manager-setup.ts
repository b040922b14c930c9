/** manager-setup: what a manager can be told, and what it tells. */
import type { Cluster } from './cluster/cluster.ts';
import type { ClusterDeath } from './cluster/death.ts';
import type { ShardliftError } from './errors.ts';

/** Events of a manager with what they carry. */
export interface ClusterManagerEvents {
  /** A cluster was made and not yet started: the moment to attach listeners and to change `cluster.launch`. */
  clusterCreate: [cluster: Cluster];
  /** All shards of a cluster are ready. */
  clusterReady: [cluster: Cluster];
  /** A bot sent a message: `client.cluster.send`, or its own `process.send` (`parentPort.postMessage`). */
  message: [message: unknown, cluster: Cluster];
  /** The child of a cluster is gone, wanted or not. */
  clusterDeath: [cluster: Cluster, death: ClusterDeath];
  /** A cluster that died starts again after `delayMs`. */
  clusterRestarting: [cluster: Cluster, delayMs: number];
  /** A cluster died and is not started again by itself. */
  clusterFailed: [cluster: Cluster, error: ShardliftError];
  /** The event loop of a cluster has not answered for so long, in ms: it is being ended. */
  clusterHung: [cluster: Cluster, silentMs: number];
  /** A plugin threw, rejected or took too long. */
  pluginError: [error: ShardliftError<'PLUGIN_FAILED'>];
  /** What the manager does, in words, whatever the log is told to say. */
  debug: [text: string];
  /** `spawn` succeeded: every shard is ready. Not emitted when it does not wait for that, or a cluster failed meanwhile. */
  ready: [];
}

/** How `manager.spawn` starts the clusters. */
export interface ManagerSpawnOptions {
  /** Longest time without progress per cluster, in ms; `null` does not wait for ready. Default: the option `readyTimeoutMs`. */
  readonly timeoutMs?: number | null;
  /** Least time between two cluster starts, in ms. Default: the option `spawnDelayMs`. */
  readonly delayMs?: number;
}

/** What facades set in addition; not for users. */
export interface ManagerInternals {
  /** CommonJS file loaded in every child before the bot. */
  readonly preload?: string;
  /** Worker mode: threads share the manager's `process.env`. Default `false`: each has a copy. */
  readonly shareEnv?: boolean;
  /** A bot that is given one shard may run others instead: discord.js's manager does not look. Default `false`. */
  readonly ownShards?: boolean;
  /** The environment of a cluster beyond the inherited one. */
  readonly environment?: (shards: readonly number[], totalShards: number) => Readonly<Record<string, unknown>>;
}
