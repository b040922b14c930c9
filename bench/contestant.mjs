/** bench/contestant: one contestant as the bench sees it: a host process with its clusters. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cpuUs, isAlive, processTree } from './processes.mjs';

const hostFile = fileURLToPath(new URL('./host.mjs', import.meta.url));

/** Longest time for all clusters to come up, and for all processes to go, in ms. */
const longestStartMs = 180_000;
const longestEndMs = 5_000;

let started = 0;

/** What comes first: the value, the host's end, or too long a time. */
async function orFailure(what, host, promise) {
  const given = new AbortController();
  const failure = async () => {
    const ended = once(host, 'exit', { signal: given.signal }).then(() => 'ended');
    const late = pause(longestStartMs, `took more than ${longestStartMs} ms`, { signal: given.signal });
    throw new Error(`the host of ${what} ${await Promise.race([ended, late])}`);
  };
  try {
    return await Promise.race([promise, failure()]);
  } finally {
    given.abort();
  }
}

/** Ends a host and everything it started; returns when nothing of it is left. */
async function end(host, drivers) {
  const pids = processTree(host.pid);
  if (host.connected) host.disconnect();
  for (const driver of drivers.values()) driver.close();
  const endedAt = performance.now();
  while (pids.some(isAlive) && performance.now() - endedAt < longestEndMs) await pause(10);
  for (const pid of pids.filter(isAlive)) process.kill(pid, 'SIGKILL');
}

/**
 * Starts a contestant.
 *
 * @returns `pids` of all its processes, `asks` (what its cluster 0 can ask), `order(cluster, order)`, what its `start`
 * took (from a loaded manager to the first message of every cluster), `stop()`
 */
export async function startContestant(
  { name, library, mode, clusters, shardsPerCluster = 1, guildsPerShard, drivers: count },
  control,
) {
  const key = String(started++);
  const hellos = control.expect(key, count);
  const guilds = guildsPerShard === undefined ? {} : { BENCH_GUILDS: String(guildsPerShard) };
  const env = { ...process.env, ...guilds, BENCH_SOCKET: control.path, BENCH_KEY: key, BENCH_LIBRARY: library };
  const args = [library, JSON.stringify({ mode, clusters, shardsPerCluster })];
  const host = fork(hostFile, args, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  try {
    await orFailure(name, host, once(host, 'message'));
    const before = cpuUs([host.pid]);
    host.send('start');
    const [{ tookMs }] = await orFailure(name, host, once(host, 'message'));
    const pids = processTree(host.pid);
    const start = { latency: tookMs, cpu: (cpuUs(pids) - before) / 1_000 };
    const drivers = await orFailure(name, host, hellos);
    const order = (cluster, order) => drivers.get(cluster).order(order);
    return { name, pids, asks: drivers.get(0).asks, order, start, stop: () => end(host, drivers) };
  } catch (error) {
    host.kill('SIGKILL');
    throw error;
  }
}
