/** differential/host: the process of one manager. Runs the scenarios of its job against it and reports what they note. */
import { join } from 'node:path';
import { ShardingManager as StockManager } from 'discord.js';
import { scenariosOf } from '../scenarios/index.ts';
import { never } from './differences.ts';
import type { Scenario } from './scenario.ts';
import { makeTools } from './tools.ts';
import { type Answer, type Job, jobVariable, type Report } from './wire.ts';
import type { World } from './world.ts';

const job = JSON.parse(process.env[jobVariable] ?? '') as Job;
delete process.env[jobVariable];
const { layout, mode, token } = job;

// The one place that knows two managers. By its name: the package is beside this file, built.
const Manager: typeof StockManager =
  layout === 'stock' ? StockManager : (await import('shardlift/compat' as string)).ShardingManager;

const report = (message: Report): void => void process.send?.(message);

const quiet = (): undefined => undefined;
const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const restarts = { firstMs: 10, maxRestarts: 3 };
const ours = { shardsPerCluster: layout, logger, restarts, killGraceMs: 500 };

function make(options: object = {}, bot = 'bot.cjs', more: Scenario['hybrid'] = {}): StockManager {
  const hybrid = layout === 'stock' ? {} : { hybrid: { ...ours, ...more } };
  return new Manager(join(job.bots, bot), { token, totalShards: 4, mode, ...hybrid, ...options } as never);
}

/** Calls to Discord, which lives in the runner's process. */
function connectWorld(): World {
  const waiting = new Map<number, (answer: Answer) => void>();
  process.on('message', (answer: Answer) => waiting.get(answer.to)?.(answer));
  let calls = 0;
  const ask = (method: keyof World, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const asks = ++calls;
      waiting.set(asks, ({ value, error }) => {
        waiting.delete(asks);
        if (error === undefined) resolve(value);
        else reject(new Error(error));
      });
      report({ asks, method, args });
    });
  return new Proxy({} as World, {
    get:
      (_, method) =>
      (...args: unknown[]) =>
        ask(method as keyof World, args),
  });
}

const discord = connectWorld();

/** A scenario may take this long, in ms: the runner ends the whole process soon after. */
const longestMs = 100_000;

/** Says how far a scenario got that never comes to its end. */
async function inTime(done: Promise<void>, last: () => string | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it never came to its end; its last note is ${last()}`)), longestMs);
  });
  await Promise.race([done, late]).finally(() => clearTimeout(timer));
}

async function run(scenario: Scenario, manager: StockManager): Promise<void> {
  report({ begins: scenario.name });
  const labels = new Map<string, number>();
  const note = (label: string, value: unknown): void => {
    const count = (labels.get(label) ?? 0) + 1;
    labels.set(label, count);
    report({ by: scenario.name, note: [count === 1 ? label : `${label} ${count}`, value] });
  };
  const tools = makeTools({ manager, mode, facts: job.facts, discord, make, layout, report: note });
  let failure: string | undefined;
  await inTime(scenario.run(tools), () => [...labels.keys()].at(-1)).catch((error: unknown) => {
    failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
  });
  report({ ends: scenario.name, ...(failure === undefined ? {} : { failure }) });
}

/** Managers write to the environment; the next scenario starts with a clean one. */
async function runAlone(scenario: Scenario, manager: StockManager): Promise<void> {
  const environment = { ...process.env };
  await run(scenario, manager);
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
}

/** Whether a scenario waits for discord.js in vain. */
const hangs = ({ hangs: said, differs = [] }: Scenario): boolean =>
  said === true || differs.some(({ stock }) => stock === never);

const listed = scenariosOf(process.env.DIFFERENTIAL);
const scenarios = job.scenarios.map((name) => listed.find((one) => one.name === name) as Scenario);
const [only] = scenarios;
if (only?.fleet === 'own') {
  await run(only, make({ totalShards: only.shards ?? 2, ...only.options }, only.bot, only.hybrid));
} else {
  const manager = make();
  await manager.spawn({ delay: 0 });
  const hanging = Promise.all(scenarios.filter(hangs).map((scenario) => run(scenario, manager)));
  for (const scenario of scenarios) if (!hangs(scenario)) await runAlone(scenario, manager);
  await hanging;
}
// The runner ends this process and all it started.
