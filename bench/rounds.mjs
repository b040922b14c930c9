/** bench/rounds: contestants take turns, round after round; what counts is the median of the ratios within a round. */
import { cpuNs } from './cpu.mjs';

/** Does `calls` calls with so many in flight at any time; ms and CPU us per call. */
async function timed(contestant, { calls, inFlight }) {
  let left = calls;
  const worker = async () => {
    while (left-- > 0) await contestant.call();
  };
  const cpu = cpuNs(contestant.pids);
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  const tookMs = performance.now() - startedAt;
  return { latency: (tookMs * 1000 * inFlight) / calls, cpu: (cpuNs(contestant.pids) - cpu) / 1000 / calls };
}

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
};

const spread = (values) => ({ ratio: median(values), low: Math.min(...values), high: Math.max(...values) });

/**
 * Lets all contestants do the same work in turn.
 *
 * @returns for each contestant its times per call in us (medians) by round
 */
export async function compete(contestants, work, { rounds, progress }) {
  const results = new Map(contestants.map(({ name }) => [name, []]));
  for (const contestant of contestants) await timed(contestant, { ...work, calls: Math.ceil(work.calls / 4) });
  for (let round = 1; round <= rounds; round++) {
    for (const contestant of contestants) results.get(contestant.name).push(await timed(contestant, work));
    progress(`round ${round} of ${rounds}`);
  }
  return results;
}

/** The ratios of one contestant over another, with their spread over the rounds. */
export function ratios(results, contestant, baseline) {
  const over = (what) =>
    spread(results.get(contestant).map((own, round) => own[what] / results.get(baseline)[round][what]));
  return { latency: over('latency'), cpu: over('cpu') };
}

/** A contestant's own medians per call, in us. */
export const medians = (results, contestant) => ({
  latency: median(results.get(contestant).map(({ latency }) => latency)),
  cpu: median(results.get(contestant).map(({ cpu }) => cpu)),
});
