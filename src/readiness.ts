/** readiness: which clusters are ready. The manager knows, and tells each of them at every change. */
import type { Cluster } from './cluster/cluster.ts';
import { readinessContract } from './features/readiness.ts';
import type { Peer } from './rpc/peer.ts';
import { clusterAddress } from './wire/address.ts';

/**
 * The manager's side. Clusters are told beforehand, so that a request to nobody in particular needs no question before
 * it. All ids each time, and on the line that keeps its order: nobody has to be told twice.
 */
export class Readiness {
  readonly #peer: Peer;
  readonly #ready = new Set<number>();
  /** Those that listen; to others it would be mail for nobody. They are told when they come. */
  readonly #told = new Set<number>();

  constructor(peer: Peer) {
    this.#peer = peer;
  }

  /** Whether all shards of a cluster are ready. */
  isReady(id: number): boolean {
    return this.#ready.has(id);
  }

  /** Follows the life of a cluster. */
  watch(cluster: Cluster): void {
    const { id } = cluster;
    cluster.on('attached', () => {
      this.#told.add(id);
      this.#tell([id]);
    });
    cluster.on('stateChange', (state) => {
      if (state !== 'ready' && state !== 'starting') this.#told.delete(id);
      if (state === 'ready') this.#ready.add(id);
      else if (!this.#ready.delete(id)) return;
      this.#tell([...this.#told]);
    });
  }

  #tell(ids: readonly number[]): void {
    if (ids.length > 0) this.#peer.atAll(readinessContract, ids.map(clusterAddress)).set([...this.#ready]);
  }
}

/** A cluster's side: what the manager said last. Of itself a cluster knows more, and earlier. */
export function hearReadiness(peer: Peer, own: { readonly id: number; readonly ready: boolean }) {
  let others: readonly number[] = [];
  peer.serve(readinessContract, {
    set: (ready) => {
      others = ready;
    },
  });
  return (id: number): boolean => (id === own.id ? own.ready : others.includes(id));
}
