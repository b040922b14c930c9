/** bench/command-line: what the command may be told. Pure. */
import { parseArgs } from 'node:util';
import { fewestRounds } from './goals.mjs';
import { suites } from './suites.mjs';

const modes = ['worker', 'process'];

/** Shown for anything that is not understood. */
export const usage = `npm run bench -- SUITE [options]

${Object.entries(suites)
  .map(([name, { about }]) => `  ${name.padEnd(8)}${about.replaceAll('`', '')}`)
  .join('\n')}

  --mode worker,process     default both
  --clusters 4,16,32        default: the suite's own
  --rounds N                default 7; a figure counts from ${fewestRounds} rounds on
  --contestants a,b         default all of the suite
  --json FILE               writes the rows of ratios
  --write-results           brings bench/RESULTS.md up to date; done anyway by a whole run that counts
  --no-write-results        never does

Linux only: CPU and memory are read from /proc.`;

const options = {
  mode: { type: 'string', multiple: true },
  clusters: { type: 'string', multiple: true },
  contestants: { type: 'string', multiple: true },
  rounds: { type: 'string' },
  json: { type: 'string' },
  'write-results': { type: 'boolean' },
  'no-write-results': { type: 'boolean' },
};

/** `--mode a,b --mode c` -> [a, b, c], each once. */
const listed = (values) => values && [...new Set(values.flatMap((value) => value.split(',')))];

/** Throws in words what is wrong with it. */
function assertAll(values, allowed, what) {
  const wrong = values.find((value) => !allowed(value));
  if (wrong !== undefined) throw new Error(`'${wrong}' is no ${what}`);
}

const isCount = (text) => /^[1-9]\d{0,3}$/.test(text);

/** @returns the run that was asked for @throws Error that says what is not understood */
export function readCommandLine(args) {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [name] = positionals;
  if (positionals.length !== 1 || !Object.hasOwn(suites, name)) throw new Error('one suite is needed');
  const suite = suites[name];
  const own = {
    modes: listed(values.mode) ?? modes,
    clusters: listed(values.clusters) ?? suite.clusters.map(String),
    contestants: listed(values.contestants) ?? suite.contestants.map((contestant) => contestant.name),
    rounds: values.rounds ?? '7',
  };
  assertAll(own.modes, (mode) => modes.includes(mode), 'mode');
  const { fewestClusters = 2 } = suite;
  const isEnough = (count) => isCount(count) && Number(count) >= fewestClusters;
  assertAll(own.clusters, isEnough, `number of clusters for ${name} (${fewestClusters} or more)`);
  assertAll(own.contestants, (one) => suite.contestants.some((each) => each.name === one), `contestant of ${name}`);
  assertAll([own.rounds], isCount, 'number of rounds (1 or more)');
  const rounds = Number(own.rounds);
  const isWhole = values.clusters === undefined && values.contestants === undefined && rounds >= fewestRounds;
  return {
    name,
    suite,
    rounds,
    modes: own.modes,
    json: values.json,
    clusters: own.clusters.map(Number).sort((a, b) => a - b),
    contestants: suite.contestants.filter((one) => own.contestants.includes(one.name)),
    writeResults: values['no-write-results'] !== true && (values['write-results'] ?? isWhole),
  };
}
