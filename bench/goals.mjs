/** bench/goals: what our figures have to reach, as data, and whether they do. */

/** Fewer rounds make no figure. */
export const fewestRounds = 5;

const everyCount = [1, Infinity];

/** @typedef {{ goal: string, suite: string, task: string, mode: string, clusters: number[], inFlight: number,
 * baseline: string, measure: 'latency' | 'cpu' | 'difference', limit: number }} Goal `clusters`: lowest, highest */

/** @type {Goal[]} Ratios of shardlift over the baseline, `difference` in us. */
export const goals = [
  ...rpcGoals('worker', { raw: 1.15, latency: 0.5, cpu: 0.25 }),
  ...rpcGoals('process', { raw: 1.7, latency: 0.4, cpu: 0.25 }),
  count('worker', 1, everyCount, 0.65),
  count('worker', 16, everyCount, 0.5),
  count('process', 1, [1, 16], 0.65),
  count('process', 1, [17, 32], 0.85),
  count('process', 16, everyCount, 0.25),
  ...['worker', 'process'].map((mode) => ({
    ...overDiscordJs('bulk', '100 KB from each', mode, 'cpu', 0.5),
    goal: '100 KB back from each: CPU over discord.js',
  })),
  beside('worker', 0.2),
  beside('process', 0.35),
  ...['worker', 'process'].map((mode) => ({
    ...overDiscordJs('eval', 'cached', mode, 'difference', 2.5),
    baseline: 'named request',
    goal: 'cached broadcastEval: us over a named request',
  })),
];

function overDiscordJs(suite, task, mode, measure, limit) {
  return { suite, task, mode, clusters: everyCount, inFlight: 1, baseline: 'discord.js', measure, limit };
}

function rpcGoals(mode, { raw, latency, cpu }) {
  const over = (measure, limit) => overDiscordJs('rpc', 'unicast', mode, measure, limit);
  const line = mode === 'worker' ? 'port' : 'socket';
  return [
    { ...over('latency', raw), baseline: 'raw', goal: `unicast: latency over a raw ${line}` },
    { ...over('latency', latency), goal: 'unicast: latency over discord.js' },
    { ...over('cpu', cpu), inFlight: 64, goal: 'unicast, 64 in flight: CPU over discord.js' },
  ];
}

function count(mode, inFlight, clusters, limit) {
  const goal = `count from all${inFlight === 1 ? '' : `, ${inFlight} in flight`}: CPU over discord.js`;
  return { ...overDiscordJs('fanout', 'count', mode, 'cpu', limit), inFlight, clusters, goal };
}

function beside(mode, limit) {
  const goal = 'small request beside a 1 MB transfer: p99.9 over discord.js';
  return { ...overDiscordJs('bulk', 'beside 1 MB, p99.9', mode, 'latency', limit), goal };
}

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
