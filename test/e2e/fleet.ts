/** test/e2e/fleet: the built manager with real bots on a loopback Discord, all gone at the end of the block. */
import type { ChildProcess } from 'node:child_process';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClusterManagerOptions, Mode } from '../../src/index.ts';
import { createDiscord, type DiscordOptions, type LoopbackDiscord } from '../../src/testing/index.ts';

/** The package as users get it; `npx tsdown` has to have run. */
const built = new URL('../../dist/index.mjs', import.meta.url).href;
export const { ClusterManager, isShardliftError } = (await import(built)) as typeof import('../../src/index.ts');

type Manager = InstanceType<typeof ClusterManager>;

export const bots = [
  ['process', 'bot.cjs'],
  ['process', 'bot.mjs'],
  ['worker', 'bot.cjs'],
  ['worker', 'bot.mjs'],
] as const satisfies readonly (readonly [Mode, string])[];

/** The path of a fixture of the core; an absolute path stays as it is. */
export const fixture = (name: string): string =>
  isAbsolute(name) ? name : fileURLToPath(new URL(`../fixtures/core/${name}`, import.meta.url));

/** A manager that is not spawned yet, its Discord, and all that it logged. */
export interface Fleet extends AsyncDisposable {
  readonly discord: LoopbackDiscord;
  readonly manager: Manager;
  readonly logged: string[];
  /** Pids of every process it started so far. */
  readonly pids: Set<number>;
}

export interface FleetRequest {
  readonly bot: string;
  readonly discord?: DiscordOptions;
  readonly options?: ClusterManagerOptions;
  /** More for the environment of the bots. */
  readonly env?: Readonly<Record<string, string>>;
}

const realFetch = globalThis.fetch;

/** What `discord.env` and a preload do for a process of its own, done for a manager inside the test. */
function enter(discord: LoopbackDiscord): () => void {
  const before = { ...process.env };
  Object.assign(process.env, discord.env);
  globalThis.fetch = (input, init) =>
    realFetch(String(input).replace('https://discord.com/api', discord.rest.url), init);
  return () => {
    globalThis.fetch = realFetch;
    for (const name of Object.keys(discord.env)) delete process.env[name];
    Object.assign(process.env, before);
  };
}

/** Starts a Discord and makes a manager for it: 12 guilds, 4 shards in 2 clusters unless told otherwise. */
export async function createFleet({ bot, discord: world, options, env = {} }: FleetRequest): Promise<Fleet> {
  const discord = await createDiscord({
    guilds: 12,
    time: { identifyWindow: 100 },
    strict: true,
    ...world,
    gateway: { shards: 4, maxConcurrency: 16, ...world?.gateway },
  });
  const leave = enter(discord);
  const logged: string[] = [];
  const pids = new Set<number>();
  const log = (message: string): void => void logged.push(message);
  const manager = new ClusterManager(fixture(bot), {
    shardsPerCluster: 2,
    silent: true,
    killGraceMs: 2_000,
    logger: { debug: log, info: log, warn: log, error: log },
    ...options,
  });
  manager.on('clusterCreate', (cluster) => {
    Object.assign(cluster.launch.env, env);
    cluster.on('spawn', (child) => {
      const { pid } = child as ChildProcess;
      if (pid !== undefined) pids.add(pid);
    });
  });
  return {
    discord,
    manager,
    logged,
    pids,
    async [Symbol.asyncDispose]() {
      await manager.stop();
      leave();
      await discord.stop();
    },
  };
}

/** Whether a process exists. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // ESRCH: there is none. That is the answer, not a failure.
    return false;
  }
}

/** Waits until something holds. */
export async function until(
  condition: () => boolean,
  { what, timeoutMs = 20_000 }: { what: string; timeoutMs?: number },
) {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** What a promise rejects with. */
export const failureOf = (promise: Promise<unknown>): Promise<Error & { code?: string; details?: unknown }> =>
  promise.then(
    (value) => {
      throw new Error(`it resolved with ${JSON.stringify(value)}`);
    },
    (error: unknown) => error as Error,
  );
