/** hybrid/options: discord-hybrid-sharding's options, and what they are as options of ours. */
import { inspect } from 'node:util';
import type { ResourceLimits } from 'node:worker_threads';
import { type ClusterManagerOptions as CoreOptions, type Logger, ShardliftError } from '../../src/index.ts';

/** Ours, under the names they have in shardlift's own `ClusterManager`. */
export interface HybridOptions
  extends Pick<
    CoreOptions,
    'handlers' | 'managerHandlers' | 'restarts' | 'heartbeat' | 'logging' | 'killGraceMs' | 'store' | 'logger'
  > {
  /** What happens to calls that send text: `on` (default) runs it, `warn` names each call site once, `off` refuses it. */
  readonly evals?: 'on' | 'warn' | 'off' | undefined;
}

/** How often a cluster is started again. */
export interface ClusterRestartOptions {
  /** Most restarts within `interval`. */
  readonly max: number;
  /** In ms. */
  readonly interval: number;
  readonly current?: number | undefined;
}

/** The pace of the first start. */
export interface ClusterManagerSpawnOptions {
  /** Shards of the whole bot. */
  readonly amount?: number | 'auto' | undefined;
  /** Least time between two cluster starts, in ms. Default 0: the identify gate sets the pace. */
  readonly delay?: number | undefined;
  /** Longest time without progress per cluster, in ms; -1 (default) sets no limit. */
  readonly timeout?: number | undefined;
}

/** What `ClusterManager` takes: discord-hybrid-sharding's names, and `hybrid` for ours. */
export interface ClusterManagerOptions {
  readonly token?: string | undefined;
  /** Shards of the whole bot; `'auto'` (or -1) asks Discord. */
  readonly totalShards?: number | 'auto' | undefined;
  /** Number of clusters, where `shardsPerClusters` is not given. */
  readonly totalClusters?: number | 'auto' | undefined;
  readonly shardsPerClusters?: number | undefined;
  readonly shardArgs?: readonly string[] | undefined;
  readonly execArgv?: readonly string[] | undefined;
  readonly respawn?: boolean | undefined;
  readonly mode?: 'worker' | 'process' | undefined;
  /** The shards to run; all by default. */
  readonly shardList?: readonly number[] | undefined;
  /** Only the ids that clusters have anyway: 0, 1, 2 and so on. */
  readonly clusterList?: readonly number[] | undefined;
  readonly restarts?: ClusterRestartOptions | undefined;
  /**
   * As versions 1.5 have it: what `HeartbeatManager` says, here with a default `interval` of 10 000, and how often one cluster
   * is started again for that within `restarts.interval`. An empty object says nothing.
   */
  readonly keepAlive?:
    | {
        readonly interval?: number | undefined;
        readonly maxMissedHeartbeats?: number | undefined;
        readonly maxClusterRestarts?: number | undefined;
      }
    | undefined;
  readonly queue?: { readonly auto?: boolean | undefined; readonly timeout?: number | undefined } | undefined;
  readonly spawnOptions?: ClusterManagerSpawnOptions | undefined;
  /** More for the bots' environment; in worker mode for their `workerData`, as it is. */
  readonly clusterData?: object | undefined;
  readonly clusterOptions?:
    | { readonly silent?: boolean | undefined; readonly resourceLimits?: ResourceLimits | undefined }
    | undefined;
  /** What discord-hybrid-sharding has no word for: handlers files, the log, what becomes of evals. */
  readonly hybrid?: HybridOptions | undefined;
}

const known: Readonly<Record<keyof ClusterManagerOptions, true>> = {
  ...{ token: true, totalShards: true, totalClusters: true, shardsPerClusters: true, shardArgs: true, execArgv: true },
  ...{ respawn: true, mode: true, shardList: true, clusterList: true, restarts: true, queue: true, spawnOptions: true },
  ...{ clusterData: true, clusterOptions: true, hybrid: true, keepAlive: true },
};
const knownOurs: Readonly<Record<keyof HybridOptions, true>> = {
  ...{ handlers: true, managerHandlers: true, restarts: true, heartbeat: true, logging: true, killGraceMs: true },
  ...{ store: true, logger: true, evals: true },
};
const knownOfChild: readonly string[] = ['silent', 'resourceLimits'];
const evalModes: readonly unknown[] = ['on', 'warn', 'off', undefined];

const unknownIn = (given: object, names: object): string[] =>
  Object.entries(given).flatMap(([name, value]) => (value === undefined || Object.hasOwn(names, name) ? [] : name));

const invalid = (option: string, expected: string, received: string): ShardliftError =>
  new ShardliftError('INVALID_OPTION', { option, expected, received });

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function assertHybrid(hybrid: unknown): asserts hybrid is HybridOptions {
  if (!isObject(hybrid)) {
    throw invalid('hybrid', "an object, for example { handlers: './cluster-handlers.js' }", inspect(hybrid));
  }
  const [stranger] = unknownIn(hybrid, knownOurs);
  // Not the value: it may be the token, in the wrong place.
  const names = Object.keys(knownOurs).join(', ');
  if (stranger !== undefined) throw invalid(`hybrid.${stranger}`, `left out: it is none of ${names}`, 'given');
  const { evals } = hybrid as HybridOptions;
  if (!evalModes.includes(evals)) throw invalid('hybrid.evals', "'on', 'warn' or 'off'", inspect(evals));
}

/** What has no meaning here, each with what takes its place. */
function assertMeaning({ clusterList, clusterOptions = {}, keepAlive = {} }: ClusterManagerOptions): void {
  if (clusterList?.some((id, index) => id !== index)) {
    const instead = 'Clusters are numbered from 0; leave it out, and tell your hosts apart in clusterData.';
    throw new ShardliftError('NOT_SUPPORTED', { what: 'The option clusterList', instead });
  }
  if (!isObject(keepAlive)) {
    const instead = 'Clusters that hang are found without it; keepAlive: { interval: 10_000 } sets the pace.';
    throw new ShardliftError('NOT_SUPPORTED', { what: 'The option keepAlive', instead });
  }
  const odd = Object.keys(clusterOptions).find((name) => !knownOfChild.includes(name));
  if (odd === undefined) return;
  const instead = 'Clusters are started in the way the manager needs; use execArgv, shardArgs and clusterData.';
  throw new ShardliftError('NOT_SUPPORTED', { what: `The option clusterOptions.${odd}`, instead });
}

function assertKeepAlive(keepAlive: ClusterManagerOptions['keepAlive'] = {}): void {
  const least = { interval: 1, maxMissedHeartbeats: 0, maxClusterRestarts: 0 } as const;
  for (const name of ['interval', 'maxMissedHeartbeats', 'maxClusterRestarts'] as const) {
    const value: unknown = keepAlive[name];
    if (value === undefined || (typeof value === 'number' && value >= least[name])) continue;
    throw invalid(`keepAlive.${name}`, `a number of ${least[name]} or more`, inspect(value));
  }
}

/** What the core would refuse under its own names, which no user of these has written. */
function assertNumbers({ shardsPerClusters: shards, restarts, queue }: ClusterManagerOptions): void {
  if (queue !== undefined && !isObject(queue)) {
    throw invalid('queue', 'an object, for example { auto: false }', inspect(queue));
  }
  if (numberOf(shards) !== undefined && !(Number.isSafeInteger(shards) && Number(shards) >= 1)) {
    throw invalid('shardsPerClusters', "a whole number above 0, or 'auto'", inspect(shards));
  }
  if (restarts === undefined) return;
  if (!isObject(restarts)) throw invalid('restarts', 'an object with max and interval', inspect(restarts));
  const bounds = [
    ['max', Number.POSITIVE_INFINITY, 'a number, 0 or more'],
    ['interval', 1e9, 'a number of milliseconds from 0 to 1 000 000 000'],
  ] as const;
  for (const [name, most, expected] of bounds) {
    const value: unknown = restarts[name];
    if (value === undefined || (typeof value === 'number' && value >= 0 && value <= most)) continue;
    throw invalid(`restarts.${name}`, expected, inspect(value));
  }
}

/** discord-hybrid-sharding's word for "find out yourself". */
export const numberOf = (value: number | 'auto' | undefined): number | undefined =>
  value === 'auto' || value === -1 ? undefined : value;

/** The options that nothing is made of, which discord-hybrid-sharding ignores in silence. */
export const ignoredOptions = (options: ClusterManagerOptions): string[] => unknownIn(options, known);

/** Warns of options that mean nothing: most are a typing error, or stem from another version. */
export function tellIgnored(options: ClusterManagerOptions, logger: Logger): void {
  const ignored = ignoredOptions(options);
  if (ignored.length > 0) logger.warn(`These options mean nothing and are ignored: ${ignored.join(', ')}.`);
}

/**
 * The same as options of shardlift's own manager.
 *
 * @throws ShardliftError `INVALID_OPTION`, `NOT_SUPPORTED`
 */
export function coreOptions(options: ClusterManagerOptions): CoreOptions {
  const { token, mode, respawn, shardArgs, execArgv, restarts, queue, clusterOptions, hybrid = {} } = options;
  assertHybrid(hybrid);
  assertMeaning(options);
  const { evals: _, ...ours } = hybrid;
  assertNumbers(options);
  assertKeepAlive(options.keepAlive);
  const hungRestarts = options.keepAlive?.maxClusterRestarts;
  const shardsPerCluster = numberOf(options.shardsPerClusters);
  return {
    ...ours,
    ...clusterOptions,
    ...{ token, mode, respawn, shardArgs, execArgv },
    totalShards: options.totalShards,
    shardList: options.shardList?.length === 0 ? undefined : options.shardList,
    shardsPerCluster,
    // Of the two it is the first that counts.
    totalClusters: shardsPerCluster === undefined ? numberOf(options.totalClusters) : undefined,
    restarts:
      restarts === undefined
        ? ours.restarts
        : { maxRestarts: restarts.max, windowMs: restarts.interval, ...ours.restarts },
    ...(hungRestarts === undefined ? {} : { heartbeat: { maxRestarts: hungRestarts, ...ours.heartbeat } }),
    queue: queue?.auto === false ? 'manual' : 'auto',
  };
}
