/** cluster/state: the states of a cluster and the only ways between them. */
import { ShardliftError } from '../errors.ts';

/**
 * `idle` not started; `starting` running, not all shards ready; `ready` all shards ready; `waiting` dead or respawned,
 * to be started again after a pause; `stopping` asked to end; `stopped` ended on request; `failed` ended for good.
 */
export type ClusterState = 'idle' | 'starting' | 'ready' | 'waiting' | 'stopping' | 'stopped' | 'failed';

/** From each state, the states that may follow. */
const transitions: Readonly<Record<ClusterState, readonly ClusterState[]>> = {
  idle: ['starting'],
  starting: ['ready', 'waiting', 'stopping', 'stopped', 'failed'],
  ready: ['waiting', 'stopping', 'stopped', 'failed'],
  waiting: ['starting', 'stopped', 'failed'],
  stopping: ['stopped'],
  stopped: ['starting', 'waiting'],
  failed: ['starting', 'waiting'],
};

/** Checks a step from one state to another. @throws ShardliftError `ILLEGAL_STATE` */
export function assertTransition({ id }: { readonly id: number }, from: ClusterState, to: ClusterState): void {
  if (!transitions[from].includes(to)) throw new ShardliftError('ILLEGAL_STATE', { cluster: id, from, to });
}
