/** cluster/setup: what a cluster is given and what it announces. */
import type { ChildProcess } from 'node:child_process';
import type { ResourceLimits, Worker } from 'node:worker_threads';
import type { ShardliftError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Launched } from '../transport/launcher.ts';
import type { Link } from '../transport/link.ts';
import type { ClusterDeath } from './death.ts';
import type { RestartRules } from './restart-policy.ts';
import type { ClusterState } from './state.ts';

/** How one start of a cluster is limited. */
export interface SpawnOptions {
  /** Longest time without progress until all shards are ready, in ms; `null` does not wait for ready at all. Default: the manager's. */
  readonly timeoutMs?: number | null;
}

/** How a cluster is ended. */
export interface KillOptions {
  /** For logs and for those who wait for its answers. */
  readonly reason?: string;
}

/** What may differ from cluster to cluster; to be changed before it is started. */
export interface ClusterLaunch {
  /** The child's environment; in worker mode also its `workerData`. */
  env: Record<string, unknown>;
  args: readonly string[];
  execArgv: readonly string[] | undefined;
  silent: boolean;
  /** Worker mode: the memory the thread may take. */
  resourceLimits?: ResourceLimits | undefined;
}

/** Events of a cluster with what they carry. */
export interface ClusterEvents {
  /** A child was started. Synchronous: before anything else happens to it. */
  spawn: [child: ChildProcess | Worker];
  /** discord.js's client exists in the child. */
  attached: [];
  /** Its handlers are loaded: it answers requests. */
  listening: [];
  shardReady: [shard: number];
  shardDisconnect: [shard: number, code: number];
  shardReconnecting: [shard: number];
  shardResume: [shard: number, replayed: number];
  /** All shards are ready. */
  ready: [];
  /** The bot can be asked nothing for as long as it runs, and why: nothing of ours reached it. */
  unreachable: [reason: string];
  /** A user's message by the stock channel (`process.send`, `parentPort.postMessage`). */
  message: [message: unknown];
  /** The child is gone. */
  death: [death: ClusterDeath, child: ChildProcess | Worker];
  /** Its event loop has not answered for so long, in ms: it is being ended. */
  hung: [silentMs: number];
  /** The cluster starts again after `delayMs`. */
  restarting: [delayMs: number];
  /** It died of itself, or could not be started, and is not started again: why. */
  failed: [error: ShardliftError];
  stateChange: [state: ClusterState, previous: ClusterState];
}

/** What a cluster needs of its manager. */
export interface ClusterSetup {
  readonly id: number;
  readonly shards: readonly number[];
  readonly launch: ClusterLaunch;
  /** A bot that is given one shard may run others, and is ready with the first of them. Default `false`. */
  readonly ownShards?: boolean | undefined;
  /** Asked before each start. @throws ShardliftError `MANAGER_STOPPED` when nothing may be started any more */
  readonly assertMayStart: () => void;
  /** What a start that is asked for waits for; `undefined` when there is nothing. */
  readonly prepared: () => Promise<unknown> | undefined;
  /** Fires when nothing may be started any more. */
  readonly stopping: AbortSignal;
  /** Starts a child for this incarnation. */
  readonly start: (incarnation: number) => Launched;
  /** Takes the line of a fresh child. */
  readonly attach: (link: Link) => void;
  /** Takes the line of a child that is gone off the network. */
  readonly detach: (link: Link, reason: string) => void;
  /** Nobody is sent anything by the line of a child any more; the line itself stays as it is. */
  readonly forsake: (link: Link, reason: string) => void;
  /** Asked at each death: manager options may change while it runs. */
  readonly respawn: () => boolean;
  readonly restartRules: RestartRules;
  /** Most restarts because it hung, within the window of the rules; `null` for no limit of its own. */
  readonly maxHangs: number | null;
  /** For starts that are told no other, see {@link SpawnOptions}. */
  readonly readyTimeoutMs: number | null;
  readonly killGraceMs: number;
  readonly logger: Logger;
}
