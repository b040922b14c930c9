/** bench/soak/chaos: what befalls the clusters, in the same order for the same seed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { between, oneOf, randomOf } from './random.mjs';

/** Between two blows, in ms. */
const shortestPauseMs = 2_000;
const longestPauseMs = 5_000;
/** How long a cluster stands still, in ms. */
const shortestStandMs = 1_000;
const longestStandMs = 3_000;

/** What can befall a cluster; a thread cannot be stopped from outside. */
export const blows = { process: ['kill', 'exit', 'block', 'stop'], worker: ['terminate', 'exit', 'block'] };

const isDeadly = (blow) => blow !== 'block' && blow !== 'stop';

/** Clusters that no blow kills, so that their memory can be followed: those with the lowest ids. */
export const sparedOf = (clusters) => Math.max(1, Math.floor(clusters / 3));

/** The blows to come, without end: `{ afterMs, blow, cluster, forMs }`. Pure. */
export function* plannedBlows({ seed, mode, clusters }) {
  const random = randomOf(seed);
  for (;;) {
    const afterMs = between(random, shortestPauseMs, longestPauseMs);
    const blow = oneOf(random, blows[mode]);
    const cluster = between(random, isDeadly(blow) ? sparedOf(clusters) : 0, clusters - 1);
    yield { afterMs, blow, cluster, forMs: between(random, shortestStandMs, longestStandMs) };
  }
}

/** Deals the blows. */
export class Chaos {
  #manager;
  #dealt = {};
  #doomed = new Set();
  #stopped = new Map();
  #over = new AbortController();

  constructor(manager) {
    this.#manager = manager;
  }

  /** How often each blow was dealt; `missed` for a cluster that was down. */
  get dealt() {
    return this.#dealt;
  }

  /** A cluster died. @returns whether that was our doing */
  explains(id) {
    return this.#doomed.delete(id);
  }

  async run(plan) {
    for (const { afterMs, ...blow } of plan) {
      // The abort's own error is what ends the wait.
      await sleep(afterMs, undefined, { signal: this.#over.signal }).catch(() => undefined);
      if (this.#over.signal.aborted) return;
      this.#deal(blow);
    }
  }

  /** Deals no more; who stands still goes on. */
  end() {
    this.#over.abort();
    for (const [child, timer] of this.#stopped) {
      clearTimeout(timer);
      child.kill('SIGCONT');
    }
  }

  #deal({ blow, cluster: id, forMs }) {
    const cluster = this.#manager.clusters.get(id);
    const { child } = cluster;
    const isUp = child !== undefined;
    const name = isUp ? blow : 'missed';
    this.#dealt[name] = (this.#dealt[name] ?? 0) + 1;
    if (!isUp) return;
    if (isDeadly(blow)) this.#doomed.add(id);
    if (blow === 'kill') child.kill('SIGKILL');
    else if (blow === 'terminate') void child.terminate();
    else if (blow === 'stop') this.#stop(child, forMs);
    else this.#order(cluster, { order: blow, forMs });
  }

  #order(cluster, order) {
    // It may die on the way: then there is nothing left to be told.
    cluster.send({ soak: order }).catch(() => undefined);
  }

  #stop(child, forMs) {
    clearTimeout(this.#stopped.get(child));
    child.kill('SIGSTOP');
    const goOn = () => {
      this.#stopped.delete(child);
      child.kill('SIGCONT');
    };
    this.#stopped.set(child, setTimeout(goOn, forMs));
  }
}
