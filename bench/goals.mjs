/** bench/goals: what our figures have to reach, as data, and whether they do. */

/** Fewer rounds make no figure. */
export const fewestRounds = 5;

/** @typedef {{ goal: string, suite: string, task: string, mode: string, clusters: number[], inFlight: number,
 * baseline: string, measure: 'latency' | 'cpu' | 'difference', limit: number }} Goal `clusters`: lowest, highest */

/** What most goals have in common. */
const common = { clusters: [1, Infinity], inFlight: 1, baseline: 'discord.js' };
const unicast = { ...common, suite: 'rpc', task: 'unicast' };
const count = { ...common, suite: 'fanout', task: 'count', measure: 'cpu' };

const overPort = { ...unicast, goal: 'unicast: latency over a raw port', baseline: 'raw', measure: 'latency' };
const overSocket = { ...overPort, goal: 'unicast: latency over a raw socket' };
const overStock = { ...unicast, goal: 'unicast: latency over discord.js', measure: 'latency' };
const manyInFlight = { ...unicast, goal: 'unicast, 64 in flight: CPU over discord.js', inFlight: 64, measure: 'cpu' };
const fromAll = { ...count, goal: 'count from all: CPU over discord.js' };
const fromAllAtOnce = { ...count, goal: 'count from all, 16 in flight: CPU over discord.js', inFlight: 16 };
const held = { ...common, suite: 'store', baseline: 'hybrid', measure: 'cpu' };
const set = { ...held, goal: "set, 64 in flight: CPU over hybrid's manager request", task: 'set', inFlight: 64 };
const get = { ...held, goal: "get: CPU over hybrid's manager request", task: 'get' };
const getMany = { ...get, goal: "get, 64 in flight: CPU over hybrid's manager request", inFlight: 64 };
const tell = { ...common, goal: 'event to all, acknowledged: CPU over discord.js', suite: 'events', task: 'tell' };
const stats = { ...common, goal: 'stats(): latency over discord.js', suite: 'stats', task: 'stats' };
const large = { ...common, goal: '100 KB back from each: CPU over discord.js', measure: 'cpu' };
const beside = { ...common, goal: 'small request beside a 1 MB transfer: p99.9 over discord.js', measure: 'latency' };
const cached = { ...common, goal: 'cached broadcastEval: us over a named request', measure: 'difference' };

const views = {
  ...common,
  goal: 'sum over all views: CPU over the whole and a grouping pass',
  suite: 'views',
  task: 'sum',
};
const viewed = { ...views, baseline: 'whole and grouped', measure: 'cpu', limit: 1.5 };

/** @type {Goal[]} Ratios of shardlift over the baseline, `difference` in us. */
export const goals = [
  { ...overPort, mode: 'worker', limit: 1.15 },
  { ...overStock, mode: 'worker', limit: 0.5 },
  { ...manyInFlight, mode: 'worker', limit: 0.25 },
  { ...overSocket, mode: 'process', limit: 1.7 },
  { ...overStock, mode: 'process', limit: 0.4 },
  { ...manyInFlight, mode: 'process', limit: 0.25 },
  { ...fromAll, mode: 'worker', limit: 0.65 },
  { ...fromAllAtOnce, mode: 'worker', limit: 0.5 },
  { ...fromAll, mode: 'process', clusters: [1, 16], limit: 0.65 },
  { ...fromAll, mode: 'process', clusters: [17, 32], limit: 0.85 },
  { ...fromAllAtOnce, mode: 'process', limit: 0.25 },
  ...['worker', 'process'].flatMap((mode) => [
    { ...set, mode, limit: 0.45 },
    { ...get, mode, limit: 0.65 },
    { ...getMany, mode, limit: 0.65 },
  ]),
  { ...tell, measure: 'cpu', mode: 'worker', limit: 0.65 },
  { ...tell, measure: 'cpu', mode: 'process', clusters: [1, 16], limit: 0.65 },
  { ...tell, measure: 'cpu', mode: 'process', clusters: [17, 32], limit: 0.85 },
  // At least 50 and 10 times as fast.
  { ...stats, measure: 'latency', mode: 'worker', limit: 0.02 },
  { ...stats, measure: 'latency', mode: 'process', limit: 0.1 },
  { ...large, suite: 'bulk', task: '100 KB from each', mode: 'worker', limit: 0.5 },
  { ...large, suite: 'bulk', task: '100 KB from each', mode: 'process', limit: 0.5 },
  { ...beside, suite: 'bulk', task: 'beside 1 MB, p99.9', mode: 'worker', limit: 0.2 },
  { ...beside, suite: 'bulk', task: 'beside 1 MB, p99.9', mode: 'process', limit: 0.35 },
  { ...cached, suite: 'eval', task: 'cached', mode: 'worker', baseline: 'named request', limit: 2.5 },
  { ...cached, suite: 'eval', task: 'cached', mode: 'process', baseline: 'named request', limit: 2.5 },
  { ...viewed, mode: 'worker' },
  { ...viewed, mode: 'process' },
];

const concerns = (goal, row) =>
  row.contestant === 'shardlift' &&
  ['suite', 'task', 'mode', 'inFlight', 'baseline'].every((key) => goal[key] === row[key]) &&
  row.clusters >= goal.clusters[0] &&
  row.clusters <= goal.clusters[1];

/**
 * Holds rows against the goals they concern.
 *
 * @returns one verdict per goal and row; `met` is `undefined` when there were too few rounds to say
 */
export function judge(rows, rounds, list = goals) {
  return list.flatMap((goal) =>
    rows
      .filter((row) => concerns(goal, row))
      .map((row) => {
        const { low, high, ...value } = row[goal.measure];
        const middle = value.ratio ?? value.us;
        const met = rounds < fewestRounds ? undefined : middle <= goal.limit;
        return { goal: goal.goal, clusters: row.clusters, limit: goal.limit, measured: { middle, low, high }, met };
      }),
  );
}
