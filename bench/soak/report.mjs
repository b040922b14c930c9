/** bench/soak/report: what a soak showed, as text. Pure. */
import { table } from '../results.mjs';
import { slackMs } from './load.mjs';
import { totalOf } from './tally.mjs';

const about = `Every cluster and the manager ask all others without a pause, while clusters are killed (from outside, and by
\`process.exit\`) or stand still for 1 to 3 s every 2 to 5 s. Every answer is checked, and so is the order of arrival. Broken
is a wrong answer, one that arrives out of order or twice, a request that fails with a code that is not for it or is not
settled within ${slackMs} ms of its deadline, a cluster that dies by itself, a warning of Node, and whatever is left at the end.`;

const minutes = (ms) => `${Math.floor(ms / 60_000)}:${String(Math.floor((ms % 60_000) / 1_000)).padStart(2, '0')}`;
const list = (counts) =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

/** One line, while it runs. */
export function progressLine({ mode, runMs }, tally, nowMs) {
  const { settled, broken, worstMs, samples } = tally;
  const manager = samples.findLast(({ by }) => by === 'host:local');
  const memory =
    manager === undefined ? '' : `, manager ${manager.heap.toFixed(1)} MB heap, ${Math.round(manager.rss)} RSS`;
  const perSecond = Math.round((settled / Math.max(1, nowMs)) * 1_000);
  const late = `${Math.round(worstMs)} ms late at most`;
  return `soak, ${mode}: ${minutes(nowMs)} of ${minutes(runMs)}, ${settled} requests (${perSecond}/s), ${late}, ${broken} broken${memory}`;
}

function requestTable(counts) {
  const rows = Object.entries(counts).map(([kind, ends]) => {
    const { answered = 0, ...others } = ends;
    return [kind, String(totalOf(ends)), String(answered), list(others) || '-'];
  });
  return table(['requests', 'settled', 'answered', 'ended otherwise'], rows);
}

function memoryTable(rows) {
  const mb = (value) => value.toFixed(1);
  const cells = rows.map(({ by, what, median, low, high, slope, bound }) => [
    by,
    what,
    `${mb(median)} (${mb(low)} to ${mb(high)})`,
    slope === undefined ? '-' : slope.toFixed(2),
    String(bound),
  ]);
  return table(['node', 'memory', 'second half, MB', 'MB per minute', 'bound'], cells);
}

/** A section of RESULTS.md, and what the command prints at its end. */
export function sectionText({ soak, tally, memory, isJudged, machine, date }) {
  const { mode, seed, clusters } = soak;
  const { done, settled, worstMs, broken, faults } = tally;
  const dealt = done === undefined ? 'unknown' : list(done.dealt);
  const end = done === undefined ? [] : [`The manager stopped in ${Math.round(done.stopMs)} ms.`];
  const judged = isJudged ? '' : ' Too short for a verdict on memory.';
  return [
    `## soak, ${mode} mode`,
    about,
    `${machine}, ${clusters} clusters, ${minutes(soak.runMs)} minutes, seed ${seed}, ${date}.`,
    `${settled} requests, settled ${Math.round(worstMs)} ms after their deadline at the latest. Blows: ${dealt}.${judged}`,
    requestTable(tally.counts),
    ...(memory.length === 0 ? [] : [memoryTable(memory)]),
    [`${broken === 0 ? 'Nothing' : `**${broken}**`} broken.`, ...end].join(' '),
    ...(faults.length === 0 ? [] : [faults.map((fault) => `- ${fault}`).join('\n')]),
  ].join('\n\n');
}
