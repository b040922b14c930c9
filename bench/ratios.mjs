/** bench/ratios: from the figures of rounds to rows of ratios. What counts is the median of the ratios within a round. */

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median, lowest and highest of ratios. */
export const spread = (values) => ({ ratio: median(values), low: Math.min(...values), high: Math.max(...values) });

/** What a row may hold, in the order it is shown. */
export const measured = ['latency', 'cpu', 'memory'];

/** What everything is held against, unless a suite says otherwise; the rest is only shown. */
export const baselines = ['raw', 'named request', 'discord.js'];

/** The figures a contestant has for a task: measure -> one value per round. */
const figuresOf = (rounds, contestant, task) =>
  Object.fromEntries(
    measured
      .map((what) => [what, rounds.map((round) => round[contestant]?.[task]?.[what])])
      .filter(([, values]) => values.every((value) => value !== undefined)),
  );

/** One contestant over another: a spread per measure; beside a named request also the difference, in us. */
function compared(own, base, baseline) {
  const ratios = {};
  for (const [what, values] of Object.entries(own)) {
    if (base[what] !== undefined) ratios[what] = spread(values.map((value, round) => value / base[what][round]));
  }
  if (baseline !== 'named request' || ratios.latency === undefined) return ratios;
  const { ratio: us, low, high } = spread(own.latency.map((value, round) => value - base.latency[round]));
  return { ...ratios, difference: { us, low, high } };
}

/**
 * Rows of one task: every contestant over every baseline that took part.
 *
 * @param about what all rows have in common: suite, mode, clusters, inFlight; and who they are held against
 * @param rounds per round: contestant -> task -> measure -> value
 */
export function rowsOf({ suite, mode, clusters, inFlight, against = baselines }, rounds) {
  const rows = [];
  const contestants = Object.keys(rounds[0] ?? {});
  for (const task of Object.keys(rounds[0]?.[contestants[0]] ?? {})) {
    for (const contestant of contestants) {
      for (const baseline of against.filter((name) => name !== contestant && contestants.includes(name))) {
        const over = compared(figuresOf(rounds, contestant, task), figuresOf(rounds, baseline, task), baseline);
        rows.push({ suite, task, mode, clusters, inFlight, contestant, baseline, ...over });
      }
    }
  }
  return rows;
}

/**
 * The medians of many results, in the shape of one.
 *
 * @param results each: contestant -> row's task -> measure -> value
 */
export function mediansBy(results) {
  const [first = {}] = results;
  const medians = (path, one) =>
    typeof one === 'number'
      ? median(results.map((result) => path.reduce((inner, key) => inner[key], result)))
      : Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, medians([...path, key], inner)]));
  return medians([], first);
}
