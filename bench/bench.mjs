#!/usr/bin/env node
/** bench: what our calls cost beside the raw transport and beside discord.js, in one run, as ratios. */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { startDiscordJs } from './contestants/discord-js.mjs';
import { startRaw } from './contestants/raw.mjs';
import { startShardlift } from './contestants/shardlift.mjs';
import { compete, medians, ratios } from './rounds.mjs';

const usage = `npm run bench -- rpc [--mode worker|process] [--rounds N] [--json FILE]

  rpc   one request of about 100 bytes from the manager to a cluster, answered with a number`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mode: { type: 'string', multiple: true, default: ['worker', 'process'] },
    rounds: { type: 'string', default: '7' },
    json: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const known = values.mode.every((mode) => ['worker', 'process'].includes(mode)) && rounds >= 1;
if (positionals.join() !== 'rpc' || !known || process.platform !== 'linux') {
  console.error(
    process.platform === 'linux' ? usage : 'The benchmark reads /proc for CPU times and runs on Linux only.',
  );
  process.exit(2);
}

const works = [
  { inFlight: 1, calls: 4_000 },
  { inFlight: 64, calls: 16_000 },
];
const shown = ({ ratio, low, high }) => `${ratio.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
const rows = [];

for (const mode of values.mode) {
  const contestants = [await startRaw({ mode }), await startDiscordJs({ mode }), await startShardlift({ mode })];
  for (const work of works) {
    const title = `rpc, ${mode}, ${work.inFlight} in flight`;
    const results = await compete(contestants, work, {
      rounds,
      progress: (step) => console.error(`${title}: ${step}`),
    });
    console.log(`\n${title}`);
    for (const { name } of contestants) {
      const { latency, cpu } = medians(results, name);
      console.log(
        `  ${name.padEnd(12)} ${latency.toFixed(1).padStart(8)} us a call, ${cpu.toFixed(1).padStart(6)} us of CPU`,
      );
    }
    for (const { name: baseline } of contestants.slice(0, 2)) {
      const { latency, cpu } = ratios(results, 'shardlift', baseline);
      console.log(`  shardlift / ${baseline.padEnd(11)} latency ${shown(latency)}   CPU ${shown(cpu)}`);
      const { inFlight } = work;
      rows.push({
        suite: 'rpc',
        task: 'unicast',
        mode,
        clusters: 1,
        inFlight,
        contestant: 'shardlift',
        baseline,
        latency,
        cpu,
      });
    }
  }
  for (const contestant of contestants) await contestant.stop();
}

console.log(
  `\n${availableParallelism()} cores, Node ${process.version}, ${rounds} interleaved rounds: median ratio (lowest to highest)`,
);
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
process.exit(0);
