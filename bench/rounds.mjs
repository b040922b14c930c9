/** bench/rounds: contestants take turns at the same work, round after round. */
import { startContestant } from './contestant.mjs';
import { comeToRest, maxRestCpu, measures } from './measures.mjs';
import { mediansBy } from './ratios.mjs';

const seconds = (ms) => `${Math.ceil(ms / 1_000)} s`;

/** Contestants that are up, by library: two entries may share one. */
async function startAll(entries, setup, control, say) {
  const running = new Map();
  for (const { name, library } of entries) {
    if (running.has(library)) continue;
    say(`starting ${name}`);
    running.set(library, await startContestant({ ...setupOf(setup, entries, library), name, library }, control));
  }
  return running;
}

/** Clusters that will say hello: a bare pair, one per cluster, or one per shard. */
function setupOf({ mode, clusters, shardsPerCluster, guildsPerShard }, entries, library) {
  const { pair, processPerShard } = entries.find((entry) => entry.library === library);
  const drivers = pair ? 2 : clusters * (processPerShard ? shardsPerCluster : 1);
  return { mode, clusters, shardsPerCluster, guildsPerShard, drivers };
}

/** What one turn of a contestant gives: task -> measure -> value. */
function turn(contestant, entry, task, clusters) {
  const ask = entry.asks?.[task.ask] ?? task.ask;
  return measures[task.kind](contestant, { ...task, ask, calls: task.calls?.(clusters) });
}

/** All rounds of one task over contestants that stay up. */
async function taskRounds({ entries, running, task, clusters, rounds, say }) {
  const able = entries.filter(({ library, asks }) => running.get(library).asks.includes(asks?.[task.ask] ?? task.ask));
  say('warming up');
  await warmUp({ able, running, task, clusters });
  const results = [];
  const startedAt = performance.now();
  const roundMs = () => (performance.now() - startedAt) / results.length;
  for (let round = 1; round <= rounds; round++) {
    const left = round > 1 ? `, about ${seconds(roundMs() * (rounds - round + 1))} left` : '';
    say(`round ${round} of ${rounds}${left}`);
    results.push(await oneRound({ able, running, task, clusters }));
  }
  return results;
}

/**
 * Until the engine has compiled what is called again and again: a bot runs for weeks, and its first thousand messages,
 * which cost ten times as much, are not what is compared.
 */
async function warmUp({ able, running, task, clusters }) {
  await oneRound({ able, running, task, clusters });
  if (task.warmUp === undefined) return;
  for (const entry of able) {
    await turn(running.get(entry.library), entry, { ...task, inFlight: 16, calls: () => task.warmUp }, clusters);
  }
}

/**
 * Everyone's turn, several short ones where small differences count: what slows the machine down then slows all alike.
 *
 * Every other slice goes the other way round. In one order only, an entry that shares its processes with the one before it
 * (a named request and an evaluation of the same bot) would always find them awake and in the processor's caches.
 */
async function oneRound({ able, running, task, clusters }) {
  const slices = [];
  for (let slice = 0; slice < (task.slices ?? 1); slice++) {
    const result = {};
    for (const entry of slice % 2 === 0 ? able : able.toReversed())
      result[entry.name] = await turn(running.get(entry.library), entry, task, clusters);
    slices.push(result);
  }
  return mediansBy(slices);
}

/** A contestant that is busy with nothing to do falsifies the figures of all others: said aloud. */
async function checkRest(running, say) {
  for (const contestant of running.values()) {
    const used = await comeToRest(contestant);
    if (used > maxRestCpu) say(`note: ${contestant.name} uses ${(used * 100).toFixed(1)} % of a core at rest`);
  }
}

/** Tasks over contestants that all stay up for the whole run. */
async function standing({ suite, entries, setup, control, rounds, first, say }) {
  const running = await startAll(entries, setup, control, say);
  try {
    await checkRest(running, say);
    const done = [];
    for (const task of suite.tasks.filter(({ once }) => once !== true || first)) {
      const label = (text) => say(`${task.name}, ${task.inFlight} in flight: ${text}`);
      const results = await taskRounds({ entries, running, task, clusters: setup.clusters, rounds, say: label });
      done.push({ task, results });
    }
    return done;
  } finally {
    await Promise.all([...running.values()].map((contestant) => contestant.stop()));
  }
}

/** Tasks about the start: each round starts every contestant anew, and only one is up at a time. */
async function fresh({ suite, entries, setup, control, rounds, say }) {
  const done = suite.tasks.map((task) => ({ task, results: [] }));
  const startedAt = performance.now();
  for (let round = 1; round <= rounds; round++) {
    const left = ((performance.now() - startedAt) / (round - 1)) * (rounds - round + 1);
    say(`round ${round} of ${rounds}${round > 1 ? `, about ${seconds(left)} left` : ''}`);
    for (const { results } of done) results.push({});
    for (const entry of entries) {
      const contestant = await startContestant({ ...setupOf(setup, entries, entry.library), ...entry }, control);
      try {
        const shards = setup.clusters * setup.shardsPerCluster;
        for (const { task, results } of done) {
          results.at(-1)[entry.name] = await measures[task.kind](contestant, { ...task, shards });
        }
      } finally {
        await contestant.stop();
      }
    }
  }
  return done;
}

/**
 * Runs a suite in one mode with so many clusters.
 *
 * @returns per task: its results by round (contestant -> row's task -> measure -> value)
 */
export const runSuite = (run) => (run.suite.freshStart === true ? fresh(run) : standing(run));
