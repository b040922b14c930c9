/** cluster/state: the states of a cluster and the only ways between them. */

/**
 * `idle` not started; `starting` running, not all shards ready; `ready` all shards ready; `waiting` dead or respawned,
 * to be started again after a pause; `stopping` asked to end; `stopped` ended on request; `failed` ended for good.
 */
export type ClusterState = 'idle' | 'starting' | 'ready' | 'waiting' | 'stopping' | 'stopped' | 'failed';

/** From each state, the states that may follow. */
export const transitions: Readonly<Record<ClusterState, readonly ClusterState[]>> = {
  idle: ['starting'],
  starting: ['ready', 'waiting', 'stopping', 'stopped', 'failed'],
  ready: ['waiting', 'stopping', 'stopped', 'failed'],
  waiting: ['starting', 'stopped', 'failed'],
  stopping: ['stopped'],
  stopped: ['starting', 'waiting'],
  failed: ['starting', 'waiting'],
};
