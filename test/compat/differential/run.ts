/** differential/run: starts one manager in a process of its own, and brings home what its scenarios wrote down. */
import { type ChildProcess, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Trace } from './compare.ts';
import type { Lab } from './lab.ts';
import type { Layout, Mode, Scenario } from './scenario.ts';
import { type Job, jobVariable, type Question, type Report } from './wire.ts';
import { type Conditions, factsOf, openWorld, startDiscord, type World } from './world.ts';

/** A whole run of one fleet may take this long, in ms. */
const deadlineMs = 120_000;

/** Which manager runs what. */
export interface Run {
  readonly layout: Layout;
  readonly mode: Mode;
  readonly scenarios: readonly Scenario[];
}

/** One scenario's notes, and why it did not get to its end if it did not. */
export interface Outcome {
  readonly trace: Trace;
  readonly failure?: string;
}

/** Collects what a manager's process reports. */
class Notebook {
  readonly outcomes = new Map<string, Outcome>();
  readonly #open = new Map<string, [string, unknown][]>();

  take(message: Report): void {
    if ('begins' in message) this.#open.set(message.begins, []);
    else if ('note' in message) this.#open.get(message.by)?.push([...message.note]);
    else if ('ends' in message) this.#close(message.ends, message.failure);
  }

  /** The manager ended before its scenarios did. */
  broke(failure: string): void {
    for (const name of this.#open.keys()) this.#close(name, failure);
  }

  /** The manager ended in the middle of a scenario that allows for it. */
  died(how: string, left?: unknown): void {
    for (const [name, trace] of this.#open) {
      trace.push(['the manager', how]);
      if (left !== undefined) trace.push(['left', left]);
      this.#close(name);
    }
  }

  #close(name: string, failure?: string): void {
    const trace = this.#open.get(name);
    this.#open.delete(name);
    if (trace !== undefined) this.outcomes.set(name, { trace, ...(failure === undefined ? {} : { failure }) });
  }
}

async function answer(host: ChildProcess, world: World, { asks, method, args }: Question): Promise<void> {
  try {
    const call = world[method] as (...given: readonly unknown[]) => Promise<unknown>;
    const value = await call(...args);
    if (host.connected) host.send({ to: asks, value });
  } catch (error) {
    if (host.connected) host.send({ to: asks, error: String(error) });
  }
}

/** Ends a manager's process with all it started: they are a group of their own. */
function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // They are gone already.
  }
}

/** Runs scenarios against one manager. */
export async function runFleet(lab: Lab, { layout, mode, scenarios }: Run): Promise<Map<string, Outcome>> {
  const conditions: Conditions = scenarios[0]?.conditions ?? {};
  const discord = await startDiscord(conditions);
  const record = new Notebook();
  const printed: string[] = [];
  const world = openWorld(discord, printed);
  const names = scenarios.map(({ name }) => name);
  const job: Job = { layout, mode, token: discord.token, bots: lab.bots, facts: factsOf(discord), scenarios: names };
  const { VITEST: _, NODE_ENV: __, ...own } = process.env;
  const env = { ...own, ...discord.env, [jobVariable]: JSON.stringify(job) };
  // Where a user would start it: some loaders take their compiler and its settings from there.
  const cwd = dirname(lab.host);
  const host = spawn(lab.node, [lab.host], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  for (const stream of ['stdout', 'stderr'] as const) {
    const input = host[stream] as Readable;
    createInterface({ input }).on('line', (line) => void printed.push(`${stream}: ${line}`));
  }
  let words = '';
  host.stderr?.on('data', (chunk) => {
    words = `${words}${chunk}`.slice(-4_000);
  });
  const timer = setTimeout(() => endGroup(host), deadlineMs);
  const mortal = scenarios.some((scenario) => scenario.mortal);
  await new Promise<void>((resolve) => {
    host.on('message', (message: Report) => {
      if ('asks' in message) void answer(host, world, message);
      record.take(message);
      if (record.outcomes.size === scenarios.length) resolve();
    });
    host.on('exit', async (code, signal) => {
      const how = `ends with ${signal ?? `code ${code}`}`;
      if (mortal) record.died(how, await scenarios[0]?.after?.(world));
      else record.broke(`the manager ${how}: ${words}`);
      resolve();
    });
  });
  clearTimeout(timer);
  endGroup(host);
  await discord.stop();
  for (const { name } of scenarios) {
    if (!record.outcomes.has(name)) record.outcomes.set(name, { trace: [], failure: `it was never run: ${words}` });
  }
  return record.outcomes;
}
