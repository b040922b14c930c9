#!/usr/bin/env node
/** bench: what our calls cost beside the raw transport, discord.js and others, in one run, as ratios. */
import { appendFileSync, writeFileSync } from 'node:fs';
import * as commandLine from './command-line.mjs';
import { openControl } from './control.mjs';
import { machine, readProgram, today } from './program.mjs';
import { mediansBy, rowsOf } from './ratios.mjs';
import { sectionText } from './results.mjs';
import { writeSection } from './results-file.mjs';
import { runSuite } from './rounds.mjs';

/** One mode of the run: what every task showed, for every number of clusters. */
async function runMode(run, mode, control) {
  const { name, suite, rounds } = run;
  const blocks = [];
  const entries = run.contestants
    .map((contestant) => ({ ...contestant, library: contestant.library[mode] }))
    .filter(({ library }) => library !== undefined);
  for (const clusters of run.clusters) {
    const say = (text) => console.error(`${name}, ${mode}, ${clusters} clusters: ${text}`);
    const { shardsPerCluster = 1, guildsPerShard } = suite;
    const setup = { mode, clusters, shardsPerCluster, guildsPerShard };
    const first = clusters === run.clusters[0];
    for (const { task, results } of await runSuite({ suite, entries, setup, control, rounds, first, say })) {
      const { inFlight } = task;
      const rows = rowsOf({ suite: name, mode, clusters, inFlight, against: suite.against }, results);
      blocks.push({ clusters, inFlight, rows, medians: mediansBy(results) });
    }
  }
  return blocks;
}

const run = readProgram(commandLine);
// A file that cannot be written shows now, not after the last round.
if (run.json !== undefined) appendFileSync(run.json, '');
// Leaving closes the socket that every cluster hangs on, and the hosts' channels: nothing stays behind.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
const control = await openControl();
const rows = [];
for (const mode of run.modes) {
  const blocks = await runMode(run, mode, control);
  const text = sectionText({ ...run.suite, ...run, mode, machine, date: today(), blocks });
  console.log(`\n${text}`);
  if (run.writeResults) writeSection(run.name, mode, text);
  rows.push(...blocks.flatMap((block) => block.rows));
}
if (run.json !== undefined) writeFileSync(run.json, `${JSON.stringify(rows, null, 2)}\n`);
process.exit(0);
