/** cluster-actions: what is done to several clusters of a manager at once, or in turn. */
import type { Collection } from '@discordjs/collection';
import type { Cluster } from './cluster/cluster.ts';
import { ShardliftError } from './errors.ts';
import { type RespawnAllOptions, respawnInTurn } from './respawn-all.ts';

/** Messages to clusters, and rounds of restarts. */
export class ClusterActions {
  readonly #clusters: Collection<number, Cluster>;
  readonly #stopping: AbortSignal;
  /** The rounds of restarts, one after the other. */
  #round: Promise<void> = Promise.resolve();

  constructor({ clusters, stopping }: { clusters: Collection<number, Cluster>; stopping: AbortSignal }) {
    this.#clusters = clusters;
    this.#stopping = stopping;
  }

  /** @throws ShardliftError `UNKNOWN_TARGET` before anything is sent; `LINK_CLOSED` when one is down */
  async send(ids: readonly number[], message: unknown): Promise<void> {
    await sendTo(this.#find(ids), message);
  }

  /** @throws ShardliftError `LINK_CLOSED` when one is down */
  async broadcast(message: unknown, ignore: readonly number[]): Promise<void> {
    await sendTo(
      [...this.#clusters.values()].filter(({ id }) => !ignore.includes(id)),
      message,
    );
  }

  /** @throws what {@link Cluster.respawn} throws for the first that does not come up */
  async respawnAll(options: RespawnAllOptions & { readonly timeoutMs: number }): Promise<void> {
    const { only = [...this.#clusters.keys()], except = [] } = options;
    const clusters = this.#find(only.filter((id) => !except.includes(id)));
    const round = this.#round.then(() => respawnInTurn(clusters, options, this.#stopping));
    // Its caller hears of a failure; the next round starts all the same.
    this.#round = round.catch(() => undefined);
    await round;
  }

  #find(ids: readonly number[]): Cluster[] {
    return ids.map((id) => {
      const cluster = this.#clusters.get(id);
      if (cluster === undefined) throw new ShardliftError('UNKNOWN_TARGET', { target: `cluster ${id}` });
      return cluster;
    });
  }
}

/** Sends to all of them, also when one is down; then the first failure counts. */
async function sendTo(clusters: readonly Cluster[], message: unknown): Promise<void> {
  const sent = await Promise.allSettled(clusters.map((cluster) => cluster.send(message)));
  const failed = sent.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
