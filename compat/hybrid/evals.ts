/** hybrid/evals: has the evaluations of a manager and of its bots done by the clusters they are meant for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { EvalCaller, type EvalOutcome, type Node, outcomeValue, shardIdOfGuild } from '../../src/extend.ts';
import { ShardliftError } from '../../src/index.ts';
import type { Aim, Order } from './contract.ts';

/** A cluster, as far as evaluations go. */
export interface EvalCluster {
  readonly id: number;
  readonly shardList: readonly number[];
  /** Settles when the bot answers requests, or has died before; `undefined` when there is nothing to wait for. */
  readonly attaching: Promise<void> | undefined;
}

/** The clusters of a manager. */
export interface EvalFleet {
  readonly node: Node;
  readonly clusters: () => readonly EvalCluster[];
  readonly totalShards: () => number;
}

/** How long a call waits for a cluster that is starting, in ms, when it says nothing else. */
const startingMs = 30_000;

/** The values of a call. @throws the first failure */
export const valuesOf = (outcomes: readonly EvalOutcome[]): unknown[] => outcomes.map(outcomeValue);

/** Evaluations over the clusters of one manager. */
export class HybridEvals {
  readonly #fleet: EvalFleet;
  readonly #caller: EvalCaller;

  constructor(fleet: EvalFleet) {
    this.#fleet = fleet;
    this.#caller = new EvalCaller(fleet.node.peer);
  }

  /**
   * Has work done, once per cluster on its whole client; one outcome per cluster, in the order of the clusters.
   *
   * @throws ShardliftError `NOT_SPAWNED` before a cluster was made, `UNKNOWN_TARGET`, `CALL_TIMEOUT`, and what the way to a
   * cluster says of one that is down or dies (`NO_ROUTE`, `LINK_CLOSED`)
   */
  async outcomes(order: Order): Promise<readonly EvalOutcome[]> {
    const clusters = this.#aimedAt(order.aim);
    return (await Promise.all(clusters.map((cluster) => this.#ask(cluster, order)))).flat();
  }

  #aimedAt(aim: Aim): readonly EvalCluster[] {
    const all = this.#fleet.clusters();
    if (all.length === 0) throw new ShardliftError('NOT_SPAWNED', { sought: 'A cluster' });
    const shard = aim.guildId === undefined ? aim.shard : shardIdOfGuild(aim.guildId, this.#fleet.totalShards());
    if (shard !== undefined) {
      const owner = all.find(({ shardList }) => shardList.includes(shard));
      // discord-hybrid-sharding asks all clusters then, which is what nobody means who names one.
      if (owner === undefined) throw new ShardliftError('UNKNOWN_TARGET', { target: `shard ${shard}` });
      return [owner];
    }
    if (aim.cluster === undefined) return all;
    const ids = [aim.cluster].flat();
    const stranger = ids.find((one) => all.every(({ id }) => id !== one));
    if (stranger !== undefined) throw new ShardliftError('UNKNOWN_TARGET', { target: `cluster ${stranger}` });
    if (ids.length === 0) throw new ShardliftError('UNKNOWN_TARGET', { target: 'cluster of an empty list' });
    // In the order of the clusters, each once, whatever the list says.
    return all.filter(({ id }) => ids.includes(id));
  }

  async #ask({ id, shardList, attaching }: EvalCluster, { work, aim, call }: Order): Promise<readonly EvalOutcome[]> {
    const { timeout } = aim;
    const end = new AbortController();
    const { signal } = end;
    // Accepted loss: the abort's own error, once the call has ended.
    const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined);
    const asked = async (): Promise<readonly EvalOutcome[]> => {
      if (attaching !== undefined) await Promise.race([attaching, pause(startingMs)]);
      return this.#caller.run(id, { work, scope: 'cluster', shards: shardList });
    };
    try {
      if (timeout === undefined) return await asked();
      const details = { method: call, to: `cluster:${id}`, timeoutMs: timeout };
      const late = pause(timeout).then(() => {
        throw new ShardliftError('CALL_TIMEOUT', details);
      });
      // Accepted loss: that it is late when the other has won. The race below hears it otherwise.
      late.catch(() => undefined);
      return await Promise.race([asked(), late]);
    } finally {
      end.abort();
    }
  }
}
