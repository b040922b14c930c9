/** cluster/shard-steps: what a step of one shard means for its cluster. */
import type { EventEmitter } from 'node:events';
import { fatalCloseCodes, type ShardStep, type StartFailure } from '../features/system.ts';
import { announce } from './announce.ts';
import type { ClusterEvents } from './setup.ts';

/** Tells the listeners of a cluster about a step. */
export function announceStep(cluster: EventEmitter<ClusterEvents>, step: ShardStep): void {
  if (step.step === 'ready') announce(cluster, 'shardReady', step.shard);
  else if (step.step === 'resume') announce(cluster, 'shardResume', step.shard, step.replayed);
  else if (step.step === 'reconnecting') announce(cluster, 'shardReconnecting', step.shard);
  else announce(cluster, 'shardDisconnect', step.shard, step.code);
}

/**
 * The failure behind a step, when it is a close that Discord does not take back: a client closed this way stays up without
 * a gateway and would look healthy for ever.
 */
export function fatalFailure(step: ShardStep): StartFailure | undefined {
  if (step.step !== 'disconnect') return undefined;
  const { code } = step;
  const message = fatalCloseCodes.get(code);
  return message === undefined
    ? undefined
    : { kind: code === 4004 ? 'token' : 'gateway', message: `${code} ${message}` };
}
