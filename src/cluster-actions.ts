/** cluster-actions: what is done to several clusters of a manager at once, or in turn. */
import type { Collection } from '@discordjs/collection';
import type { Cluster } from './cluster/cluster.ts';
import { ShardliftError } from './errors.ts';
import { handToAll } from './messages.ts';
import { type RespawnAllOptions, respawnInTurn } from './respawn-all.ts';
import { clusterAddress } from './wire/address.ts';

/** Messages to clusters, and rounds of restarts. */
export class ClusterActions {
  readonly #clusters: Collection<number, Cluster>;
  readonly #queued: () => readonly number[];
  readonly #stopping: AbortSignal;
  /** The rounds of restarts, one after the other. */
  #round: Promise<void> = Promise.resolve();

  /** @param of - `queued`: the clusters that are to be made yet */
  constructor(of: {
    readonly clusters: Collection<number, Cluster>;
    readonly queued: () => readonly number[];
    readonly stopping: AbortSignal;
  }) {
    const { clusters, queued, stopping } = of;
    this.#clusters = clusters;
    this.#queued = queued;
    this.#stopping = stopping;
  }

  /** @throws ShardliftError `UNKNOWN_TARGET`, `NO_ROUTE` before anything is sent; `LINK_CLOSED`, `UNSERIALISABLE` */
  async send(ids: readonly number[], message: unknown): Promise<void> {
    await sendTo(this.#find(ids), message);
  }

  /** Those that are down do not hear it. @throws ShardliftError `UNSERIALISABLE` */
  async broadcast(message: unknown, ignore: readonly number[]): Promise<void> {
    await handToAll(
      this.#clusters.filter(({ id }) => !ignore.includes(id)),
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
      if (cluster === undefined && this.#queued().includes(id)) {
        throw new ShardliftError('NO_ROUTE', { to: clusterAddress(id) });
      }
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
