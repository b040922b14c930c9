/** options/defaults: every default of the manager, on one screen; those of a room of its own stand in that room. */
import { defaultHeartbeatRules } from '../cluster/heartbeat-rules.ts';
import { defaultReadyTimeoutMs } from '../cluster/ready-deadline.ts';
import { defaultRestartRules } from '../cluster/restart-policy.ts';
import type { ResolvedOptions } from './manager-options.ts';

/** What holds where a manager is told nothing. */
export const defaults = {
  mode: 'process',
  readyTimeoutMs: defaultReadyTimeoutMs,
  spawnDelayMs: 0,
  queue: 'auto',
  respawn: true,
  restarts: defaultRestartRules,
  heartbeat: defaultHeartbeatRules,
  earlyEvents: 'interactions',
  silent: false,
  shardArgs: [],
  execArgv: [],
  env: {},
  killGraceMs: 5_000,
} as const satisfies Partial<ResolvedOptions>;
