/** options/table: every option of the manager, what it may be and in which words. The one list of their names. */
import {
  atLeast,
  type Check,
  cap,
  count,
  countOrAuto,
  flag,
  logger,
  ms,
  objectOf,
  oneOf,
  orAlso,
  path,
  paths,
  shardIds,
  someMs,
  strings,
  text,
  variables,
} from './checks.ts';
import type { ClusterManagerOptions } from './manager-options.ts';

const restarts = objectOf('an object with firstMs, factor, maxMs, ...', {
  firstMs: ms,
  factor: atLeast(1),
  maxMs: ms,
  stableAfterMs: ms,
  maxRestarts: atLeast(0),
  windowMs: ms,
});

const heartbeat = objectOf('an object with enabled, intervalMs, timeoutMs, ...', {
  enabled: flag,
  intervalMs: someMs,
  interval: someMs,
  timeoutMs: someMs,
  timeout: someMs,
  maxMissed: count,
  maxMissedHeartbeats: count,
  maxRestarts: orAlso(atLeast(0), [null, -1], 'or null for no limit'),
});

const store = objectOf('an object with maxEntries, maxBytes, snapshot', {
  maxEntries: cap,
  maxBytes: cap,
  snapshot: objectOf('an object with file, and everyMs if need be', {
    file: path,
    everyMs: orAlso(someMs, [null], 'or null'),
  }),
});

const resourceLimits = objectOf('an object with maxOldGenerationSizeMb, ...', {
  maxYoungGenerationSizeMb: atLeast(0),
  maxOldGenerationSizeMb: atLeast(0),
  codeRangeSizeMb: atLeast(0),
  stackSizeMb: atLeast(0),
});

const logging = objectOf('an object with enabled, level, colors, timestamps', {
  enabled: flag,
  level: oneOf('debug', 'info', 'warn', 'error'),
  colors: flag,
  timestamps: flag,
});

/** What each option may be. `undefined` is always fine: it means the default. The compiler keeps the list complete. */
export const optionTable: { readonly [Name in keyof Required<ClusterManagerOptions>]: Check } = {
  token: { ...text, secret: true },
  totalShards: countOrAuto,
  shardList: shardIds,
  shardsPerCluster: countOrAuto,
  shardsPerClusters: countOrAuto,
  totalClusters: countOrAuto,
  mode: oneOf('process', 'worker'),
  readyTimeoutMs: orAlso(ms, [null, Number.POSITIVE_INFINITY], 'Infinity or null'),
  spawnDelayMs: ms,
  spawnOptions: objectOf('an object with timeout and delay', {
    timeout: orAlso(ms, [-1, Number.POSITIVE_INFINITY], 'or -1 for no limit'),
    delay: ms,
  }),
  queue: oneOf('auto', 'manual'),
  queueOptions: objectOf('an object with mode', { mode: oneOf('auto', 'manual') }),
  respawn: flag,
  restarts,
  heartbeat,
  earlyEvents: oneOf('interactions', 'all'),
  silent: flag,
  shardArgs: strings,
  execArgv: strings,
  env: variables,
  resourceLimits,
  handlers: paths,
  managerHandlers: paths,
  killGraceMs: ms,
  store,
  logging,
  logger,
};
