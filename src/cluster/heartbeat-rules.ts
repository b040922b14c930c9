/** cluster/heartbeat-rules: when a cluster counts as hung. */

/** The numbers of the heartbeat. */
export interface HeartbeatRules {
  /** Time between two heartbeats of one cluster, in ms. */
  readonly intervalMs: number;
  /** A heartbeat without an answer for so long is missed, in ms; after twice as long it is missed twice, and so on. */
  readonly timeoutMs: number;
  /** So many misses in a row, and the cluster is ended and started again. */
  readonly maxMissed: number;
  /** Most restarts of one cluster for this reason within `restarts.windowMs`; `null` for no limit of its own. */
  readonly maxRestarts: number | null;
}

/**
 * 16 s without an answer. Below the 41 s after which Discord takes a shard for dead, and above what a large garbage
 * collection takes: a restart costs an identify for each shard.
 *
 * @see https://docs.discord.com/developers/events/gateway#sending-heartbeats
 */
export const defaultHeartbeatRules: HeartbeatRules = {
  intervalMs: 2_000,
  timeoutMs: 8_000,
  maxMissed: 2,
  maxRestarts: null,
};
