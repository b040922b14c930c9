/** bench/measures: the kinds of tasks: each makes a contestant work once and gives its figures, by the name of a row's task. */
import { setTimeout as pause } from 'node:timers/promises';
import { cpuUs, memoryMb } from './processes.mjs';

/** More small calls than fit beside the transfers; 8 bytes each. */
const manyCalls = 1_000_000;

/** A contestant is at rest while it uses less than this part of one core. */
export const maxRestCpu = 0.01;
/** Looked at over so many ms. */
const restMs = 250;
const longestRestWaitMs = 10_000;

/** `calls` calls: the median time of one, and the CPU of all processes per call, in us. */
async function calls(contestant, { name, ask, calls, inFlight }) {
  const before = cpuUs(contestant.pids);
  await contestant.order(0, { order: 'run', ask, calls, inFlight });
  const cpu = (cpuUs(contestant.pids) - before) / calls;
  const { p50 } = await contestant.order(0, { order: 'times' });
  return { [name]: { latency: p50, cpu } };
}

/** Small calls of cluster 0, back to back, for as long as cluster 2 makes its transfers. CPU would count both: none. */
async function beside(contestant, { name, ask, transfers, pauseMs }) {
  const small = contestant.order(0, { order: 'run', ask, calls: manyCalls, inFlight: 1 });
  const transfer = { order: 'run', ask: 'transfer', calls: transfers, inFlight: 1, pauseMs };
  // A small call that fails must not be left alone while the transfers go on.
  await Promise.race([contestant.order(2, transfer), small.then(() => new Promise(() => undefined))]);
  await contestant.order(0, { order: 'stop' });
  await small;
  const { p50, p999 } = await contestant.order(0, { order: 'times' });
  return { [`${name}, p50`]: { latency: p50 }, [`${name}, p99.9`]: { latency: p999 } };
}

/** What a start took: wall and CPU in ms. */
const start = async (contestant, { name }) => ({ [name]: contestant.start });

/** Waits until a contestant has nothing left to do; the part of a core that it uses then. */
export async function comeToRest(contestant) {
  const startedAt = performance.now();
  for (;;) {
    const before = cpuUs(contestant.pids);
    await pause(restMs);
    const used = (cpuUs(contestant.pids) - before) / 1_000 / restMs;
    if (used < maxRestCpu || performance.now() - startedAt > longestRestWaitMs) return used;
  }
}

/** Memory per shard in MB, once the start is over. */
async function memory(contestant, { shards }) {
  await comeToRest(contestant);
  const { rss, pss, private: own } = memoryMb(contestant.pids);
  return { RSS: { memory: rss / shards }, PSS: { memory: pss / shards }, private: { memory: own / shards } };
}

/** How a task is measured, by its kind. */
export const measures = { calls, beside, start, memory };
