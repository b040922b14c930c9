/** scenarios/environments: what a bot finds around itself. */
import { gives, shared } from '../differential/differences.ts';
import { asks, evaluates, type Scenario } from '../differential/scenario.ts';

const facts = (text: string) => (m: Parameters<Parameters<typeof asks>[1]>[0]) => evaluates(m, text);

/** Environment, arguments and flags as the bot sees them. */
export const environments: readonly Scenario[] = [
  asks(
    'the variables of sharding in the environment',
    facts('() => [process.env.SHARDING_MANAGER, process.env.SHARDING_MANAGER_MODE]'),
  ),
  asks(
    'the number of shards in the environment',
    facts('() => (process.env.SHARD_COUNT ?? require("node:worker_threads").workerData.SHARD_COUNT) == 4'),
  ),
  asks(
    'the shards in the environment',
    facts('() => String(process.env.SHARDS ?? require("node:worker_threads").workerData.SHARDS)'),
    {
      differs: shared('SHARDS lists the shards of a process that has several', {
        2: gives(['[0,1]', '[0,1]', '[2,3]', '[2,3]']),
        4: gives(Array(4).fill('[0,1,2,3]')),
      }),
    },
  ),
  asks('the token in the environment', facts('() => process.env.DISCORD_TOKEN.length > 10')),
  asks('the arguments', facts('() => process.argv.slice(2)')),
  asks('the flags of Node', facts('() => process.execArgv')),
  asks('NODE_OPTIONS', facts('() => process.env.NODE_OPTIONS')),
  asks('the bot file is the main one', facts('() => require("node:path").basename(process.argv[1] ?? "")')),
  asks("the working directory is the manager's", async (m) =>
    ((await evaluates(m, '() => process.cwd()')) as string[]).map((d) => d === process.cwd()),
  ),
  asks('a thread is a thread and a process a process', facts('() => require("node:worker_threads").isMainThread')),
  asks('the options of the client', facts('(c) => [c.options.shardCount, c.options.shards]')),
];
