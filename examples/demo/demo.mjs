#!/usr/bin/env node
/** demo: one unmodified bot, run by discord.js, by shardlift with one import swapped, and after dc-migrate. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runStage } from './bot-run.mjs';
import { prepareStages, shown, workFolder } from './stages.mjs';
import { answersTable, broken, costTable } from './table.mjs';

const usage = `npm run demo -- [options]

  --mode process|worker   what discord.js's ShardingManager is told (default process)
  --esm                   run the bot as ES modules (index.mjs, bot.mjs)
  --guilds N              guilds on the loopback Discord (default 4000)
  --shards N              shards (default 16)
  --json FILE             write what was seen
  --help`;

const { values } = parseArgs({
  options: {
    mode: { type: 'string', default: 'process' },
    esm: { type: 'boolean', default: false },
    guilds: { type: 'string', default: '4000' },
    shards: { type: 'string', default: '16' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help || !['process', 'worker'].includes(values.mode)) {
  console.error(usage);
  process.exit(values.help ? 0 : 2);
}

// Discord's window is 5 000 ms, discord.js's delay between spawns 5 500 ms: both scaled alike, for all three runs.
const scale = 0.1;
const processBound = ['users', 'memory'];
const settings = {
  guilds: Number(values.guilds),
  shards: Number(values.shards),
  shardsPerCluster: 4,
  mode: values.mode,
  maxConcurrency: 4,
  identifyWindowMs: 5_000 * scale,
  spawnDelayMs: 5_500 * scale,
  commands: (discord) => {
    const home = discord.truth.guild(0).id;
    const other = discord.truth.guild(7);
    const ask = (name, options) => ({ name, options, guild: home });
    return [
      ask('servers'),
      ask('members'),
      ask('totals'),
      ask('server', { id: other.id }),
      ask('shards'),
      ask('largest'),
      ask('peek', { id: other.id }),
      ask('announce', { channel: other.textChannelId }),
      ask('users'),
      ask('memory'),
    ];
  },
  victim: (discord) => discord.truth.guild(5).id,
};

const startedAt = performance.now();
const say = (text) => console.error(`[${((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)} s] ${text}`);

say(`copying examples/stock-bot three times into ${shown(workFolder)}`);
const stages = await prepareStages({ esm: values.esm });
const runs = [];
for (const [at, stage] of stages.entries()) {
  const title = `run ${at + 1} of ${stages.length}, ${stage.name}`;
  say(`${title} (${stage.change})`);
  runs.push(await runStage(stage, settings, (step) => say(`${title}: ${step}`)));
}

console.log(`
One bot, three times. The same settings for all: ${settings.guilds} guilds, ${settings.shards} shards, mode ${settings.mode},
max_concurrency ${settings.maxConcurrency}, identify window 5000 ms and spawn delay 5500 ms, both scaled by ${scale}.
shardlift ran clusters of ${settings.shardsPerCluster} shards (SHARDS_PER_CLUSTER=${settings.shardsPerCluster}).
${stages.map(({ name, change }) => `  ${name}: ${change}`).join('\n')}

${answersTable(runs, processBound)}

Process-bound: these measure the process itself, so several shards in one process must answer otherwise.

${costTable(runs)}
`);
const failures = broken(runs, processBound);
if (values.json) writeFileSync(values.json, `${JSON.stringify({ settings, runs, failures }, null, 2)}\n`);
for (const failure of failures) console.error(`NOT AS PROMISED: ${failure}`);
process.exit(failures.length === 0 ? 0 : 1);
