/** options/manager-options: what a manager can be told, and what becomes of it. */
import type { ResourceLimits } from 'node:worker_threads';
import type { HeartbeatRules } from '../cluster/heartbeat-rules.ts';
import type { RestartRules } from '../cluster/restart-policy.ts';
import type { QueueMode } from '../cluster/spawn-queue.ts';
import type { EarlyEvents } from '../environment.ts';
import type { Logger, LoggingOptions } from '../logger.ts';
import type { ResolvedStoreOptions, StoreOptions } from '../store/options.ts';
import type { Mode } from '../transport/launcher.ts';
import type { OlderHeartbeatNames, OlderNames } from './older-names.ts';

/** How the manager finds clusters whose event loop hangs. */
export interface HeartbeatOptions extends Partial<Omit<HeartbeatRules, 'maxRestarts'>>, OlderHeartbeatNames {
  /** Default `true`. */
  readonly enabled?: boolean | undefined;
  /**
   * How often one cluster is started again because it hung, within `restarts.windowMs`; `null` (default, or -1) sets no
   * limit of its own. The budget of `restarts` holds in any case.
   */
  readonly maxRestarts?: number | null | undefined;
}

/** What a {@link ClusterManager} can be told. Everything has a default. */
export interface ClusterManagerOptions extends OlderNames {
  /** The bot's token; `DISCORD_TOKEN` of the environment by default. Needed for `totalShards: 'auto'`. */
  readonly token?: string | undefined;
  /** Shards of the whole bot. `'auto'` (or -1) asks Discord. Default `SHARD_COUNT` of the environment, else `'auto'`. */
  readonly totalShards?: number | 'auto' | undefined;
  /** Shards to run here; all by default. */
  readonly shardList?: readonly number[] | undefined;
  /**
   * Shards in one cluster; `'auto'` (or -1) leaves it to `totalClusters`. Default `SHARDS_PER_CLUSTER` of the environment,
   * else a cluster per core, of at most 16 shards each.
   */
  readonly shardsPerCluster?: number | 'auto' | undefined;
  /** Number of clusters, when `shardsPerCluster` is not given. Default `CLUSTER_COUNT` of the environment. */
  readonly totalClusters?: number | 'auto' | undefined;
  /** `'process'` (default) or `'worker'`. */
  readonly mode?: Mode | undefined;
  /**
   * Longest time a cluster may start without progress, in ms. Default 30 000; `Infinity` for no limit; `null` does not wait
   * for ready. A start that took longer is ended, and the one that follows it may take twice as long, up to eight times.
   */
  readonly readyTimeoutMs?: number | null | undefined;
  /** Least time between two cluster starts, in ms. Default 0: the identify gate sets the pace. */
  readonly spawnDelayMs?: number | undefined;
  /** Who decides when the next cluster starts: the manager (`'auto'`, default), or calls of `manager.queue.next()` (`'manual'`). */
  readonly queue?: QueueMode | undefined;
  /** Start a cluster again when it dies. Default `true`. */
  readonly respawn?: boolean | undefined;
  /** Pauses and budget of those restarts. */
  readonly restarts?: Partial<RestartRules> | undefined;
  /** Finds clusters whose event loop hangs, ends them and starts them again. On by default. */
  readonly heartbeat?: HeartbeatOptions | undefined;
  /**
   * What a bot hears of a shard that is ready while others of its cluster still start: `'interactions'` (default), which
   * expire after 3 s; `'all'`, also before `clientReady`.
   */
  readonly earlyEvents?: EarlyEvents | undefined;
  /** Keep the bots' output off the manager's. Default `false`. */
  readonly silent?: boolean | undefined;
  /** Arguments of the bot file. */
  readonly shardArgs?: readonly string[] | undefined;
  /** Node's flags for the bot file. Default none; the manager's own are not inherited. */
  readonly execArgv?: readonly string[] | undefined;
  /** More for the bots' environment, over what they inherit. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Worker mode: memory a thread may take. @see https://nodejs.org/api/worker_threads.html#new-workerfilename-options */
  readonly resourceLimits?: ResourceLimits | undefined;
  /** Files with handlers, relative to the bot file's folder; loaded in every cluster before the bot is ready. */
  readonly handlers?: string | readonly string[] | undefined;
  /** Files with handlers of the manager, relative to the working directory, as the bot file is; loaded before any cluster. */
  readonly managerHandlers?: string | readonly string[] | undefined;
  /** From SIGTERM to SIGKILL, in ms. Default 5 000. */
  readonly killGraceMs?: number | undefined;
  /** How much the shared store may hold, and whether it outlives the manager. */
  readonly store?: StoreOptions | undefined;
  /** How much the own logger says, and how. Not together with `logger`. */
  readonly logging?: LoggingOptions | undefined;
  /** Where the manager says what it does, in place of the own logger. */
  readonly logger?: Logger | undefined;
}

/** The options after {@link resolveOptions}: complete and checked, older names translated. */
export interface ResolvedOptions {
  readonly file: string;
  readonly token: string | undefined;
  readonly totalShards: number | 'auto';
  readonly shardList: readonly number[] | undefined;
  readonly shardsPerCluster: number | undefined;
  readonly totalClusters: number | undefined;
  readonly mode: Mode;
  readonly readyTimeoutMs: number | null;
  readonly spawnDelayMs: number;
  readonly queue: QueueMode;
  readonly respawn: boolean;
  readonly restarts: RestartRules;
  /** `undefined`: nobody looks after clusters that hang. */
  readonly heartbeat: HeartbeatRules | undefined;
  readonly earlyEvents: EarlyEvents;
  readonly silent: boolean;
  readonly shardArgs: readonly string[];
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly resourceLimits: ResourceLimits | undefined;
  readonly handlers: readonly string[];
  readonly managerHandlers: readonly string[];
  readonly killGraceMs: number;
  readonly store: ResolvedStoreOptions;
  readonly logger: Logger;
  readonly parallelism: number;
}
