/** bench/soak/command-line: what the soak may be told. Pure but for the seed that nobody gave. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

/** A soak of so many minutes counts: the newest one stands in RESULTS.md, and its memory is judged. */
export const wholeMinutes = 10;

/** Shown for anything that is not understood. */
export const usage = `npm run soak -- [options]

  --mode process      or worker
  --minutes ${wholeMinutes}        what runs for ${wholeMinutes} or more is written to bench/RESULTS.md
  --clusters 6        3 or more
  --seed N            deals the same blows again, in the same order; default: another one each time
  --json FILE         writes what came of it

Linux only: processes are read from /proc.`;

const options = {
  mode: { type: 'string', default: 'process' },
  minutes: { type: 'string', default: String(wholeMinutes) },
  clusters: { type: 'string', default: '6' },
  seed: { type: 'string' },
  json: { type: 'string' },
};

const largestSeed = 2 ** 32 - 1;
const fewestClusters = 3;

function numberOf(text, what, { low, high, whole }) {
  const value = Number(text);
  if (text.trim() !== '' && value >= low && value <= high && (!whole || Number.isInteger(value))) return value;
  throw new Error(`'${text}' is no ${what} (from ${low} to ${high})`);
}

/** @returns the soak that was asked for @throws Error that says what is not understood */
export function readCommandLine(args) {
  const { values } = parseArgs({ args, options });
  const { mode, json } = values;
  if (mode !== 'process' && mode !== 'worker') throw new Error(`'${mode}' is no mode`);
  const minutes = numberOf(values.minutes, 'number of minutes', { low: 0.1, high: 1_440 });
  const clusters = numberOf(values.clusters, 'number of clusters', { low: fewestClusters, high: 32, whole: true });
  const seed = numberOf(values.seed ?? String(randomInt(largestSeed)), 'seed', {
    low: 0,
    high: largestSeed,
    whole: true,
  });
  return { mode, minutes, runMs: minutes * 60_000, clusters, seed, json, isWhole: minutes >= wholeMinutes };
}
