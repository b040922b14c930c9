/** bench/suites: what is measured, as data: suites, their tasks, and who takes part. */

/** The library of a contestant by mode; the names are files of bench/contestants. */
const both = (library) => ({ worker: library, process: library });

const libraries = [
  { name: 'discord.js', library: both('discord-js'), processPerShard: true },
  { name: 'hybrid', library: both('hybrid') },
  { name: 'shardlift', library: both('shardlift') },
];

const layers = [
  { name: 'raw', library: { worker: 'raw-port', process: 'raw-socket' }, pair: true },
  { name: 'node-ipc', library: { process: 'node-ipc' }, pair: true },
  { name: 'comlink', library: { worker: 'comlink' }, pair: true },
  { name: 'birpc', library: { worker: 'birpc' }, pair: true },
];

/** The drop-in beside a named request of the very same cluster. */
const evalContestants = [
  { name: 'named request', library: both('shardlift-compat'), asks: { unicast: 'request' } },
  ...libraries.map((each) => (each.name === 'shardlift' ? { ...each, library: both('shardlift-compat') } : each)),
];

/** What all views of a cluster have to be held against: the same work without views, in the very same process. */
const viewContestants = [
  { name: 'whole and grouped', library: both('shardlift-compat'), asks: { sum: 'wholeAndGrouped' } },
  { name: 'shardlift', library: both('shardlift-compat') },
];

/** Fewer calls the more clusters answer each: a round of 32 takes about as long as one of 4. */
const shared = (calls) => (clusters) => Math.max(20, Math.round(calls / clusters));

/**
 * Suites by name.
 *
 * `against`: who everybody is held against, where that is not as usual (bench/ratios).
 *
 * `kind` is how a task is measured (bench/measures); `ask` what cluster 0 asks (bench/far-ends/asks); `once`: only with
 * the fewest clusters asked for; `slices`: short turns in a round instead of one long one; `warmUp`: calls before
 * anything is measured, where a round has too few. `freshStart`: each round starts every contestant anew, one at a time.
 */
export const suites = {
  rpc: {
    about: 'A request of about 100 bytes from cluster 0 to cluster 1 (or to the manager), answered with a number.',
    clusters: [4],
    contestants: [...layers, ...libraries],
    tasks: [
      { name: 'unicast', kind: 'calls', ask: 'unicast', inFlight: 1, calls: () => 600, slices: 6, warmUp: 20_000 },
      { name: 'unicast', kind: 'calls', ask: 'unicast', inFlight: 64, calls: () => 3_000, slices: 6 },
      { name: 'manager', kind: 'calls', ask: 'manager', inFlight: 1, calls: () => 600, slices: 6 },
      { name: 'manager', kind: 'calls', ask: 'manager', inFlight: 64, calls: () => 3_000, slices: 6 },
    ],
  },
  fanout: {
    about: 'Cluster 0 asks every cluster, itself included, for its number of guilds.',
    clusters: [4, 16, 32],
    contestants: libraries,
    tasks: [
      { name: 'count', kind: 'calls', ask: 'count', inFlight: 1, calls: shared(1_600), slices: 4, warmUp: 6_000 },
      { name: 'count', kind: 'calls', ask: 'count', inFlight: 16, calls: shared(3_200), slices: 4 },
    ],
  },
  store: {
    about:
      'Cluster 0 writes and reads values of about 100 bytes, of 500 keys, that the manager holds. With ' +
      'discord-hybrid-sharding its users do that by `cluster.request` and a map in the manager that replies.',
    clusters: [4],
    contestants: libraries.filter(({ name }) => name !== 'discord.js'),
    against: ['hybrid'],
    tasks: [
      { name: 'set', kind: 'calls', ask: 'set', inFlight: 64, calls: () => 3_000, slices: 5, warmUp: 20_000 },
      { name: 'get', kind: 'calls', ask: 'get', inFlight: 1, calls: () => 600, slices: 5, warmUp: 20_000 },
      { name: 'get', kind: 'calls', ask: 'get', inFlight: 64, calls: () => 3_000, slices: 5 },
    ],
  },
  events: {
    about:
      'Cluster 0 tells every cluster, itself included, that a setting changed, and waits until all have heard it: ' +
      '`events.broadcastAndWait` (the manager hears it, too); with the others a `broadcastEval` that emits it.',
    clusters: [4, 16, 32],
    contestants: libraries,
    tasks: [{ name: 'tell', kind: 'calls', ask: 'tell', inFlight: 1, calls: shared(1_600), slices: 4, warmUp: 6_000 }],
  },
  stats: {
    about: 'Cluster 0 asks how many guilds there are: `stats()`, against `broadcastEval(c => c.guilds.cache.size)`.',
    clusters: [16],
    contestants: libraries,
    tasks: [
      { name: 'stats', kind: 'calls', ask: 'stats', inFlight: 1, calls: shared(4_800), slices: 4, warmUp: 1_500 },
    ],
  },
  eval: {
    about:
      'The same function sent again and again from cluster 0 to cluster 1 of one shard, by `broadcastEval`, with another ' +
      'context each time. shardlift is the drop-in here; a named request of the same bot does the same work.',
    clusters: [2],
    contestants: evalContestants,
    tasks: [
      { name: 'cached', kind: 'calls', ask: 'unicast', inFlight: 1, calls: () => 300, slices: 16, warmUp: 20_000 },
      { name: 'cached', kind: 'calls', ask: 'unicast', inFlight: 64, calls: () => 3_000, slices: 6 },
    ],
  },
  views: {
    about:
      'The sum of all members by `broadcastEval`, once for each of 10 shards of 1 000 guilds that share one cluster: each ' +
      'sees its own. Beside it the same sum over the whole cache, and one pass that groups the guilds by their shard.',
    clusters: [1],
    fewestClusters: 1,
    shardsPerCluster: 10,
    guildsPerShard: 1_000,
    contestants: viewContestants,
    against: ['whole and grouped'],
    tasks: [{ name: 'sum', kind: 'calls', ask: 'sum', inFlight: 1, calls: () => 60, slices: 10, warmUp: 1_500 }],
  },
  spawn: {
    about:
      'From a loaded manager to the first message of every cluster, all clusters started at once. Latency is the wall time, ' +
      'CPU that of all processes.',
    clusters: [4],
    contestants: libraries,
    freshStart: true,
    tasks: [{ name: 'spawn', kind: 'start', inFlight: 1 }],
  },
  memory: {
    about:
      'Memory per shard at rest, four shards per cluster with 2 500 guilds each; discord.js has a process or thread for each ' +
      'shard. The manager is counted.',
    clusters: [4],
    shardsPerCluster: 4,
    contestants: libraries,
    freshStart: true,
    tasks: [{ name: 'memory', kind: 'memory', inFlight: 1 }],
  },
  bulk: {
    about:
      'Large answers: 100 KB of JSON back from each cluster; and the time of a small request from cluster 0 to 1 while ' +
      'cluster 2 fetches 1 MB from cluster 3 again and again.',
    clusters: [4, 16, 32],
    // The transfer goes from cluster 3 to cluster 2.
    fewestClusters: 4,
    contestants: libraries,
    tasks: [
      { name: '100 KB from each', kind: 'calls', ask: 'each', inFlight: 1, calls: shared(960) },
      { name: 'beside 1 MB', kind: 'beside', ask: 'unicast', inFlight: 1, transfers: 40, pauseMs: 30, once: true },
    ],
  },
};
