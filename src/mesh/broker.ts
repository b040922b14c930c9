/** mesh/broker: the manager's part: brings two clusters together, once for each line. */
import type { Peer } from '../rpc/peer.ts';
import { clusterAddress, clusterIdOf } from '../wire/address.ts';
import { brokerContract, meshContract } from './contract.ts';

/** How two clusters are joined: both were handed their end, or the first has to knock at the other's door. */
export type Joined = { readonly by: 'ports' } | { readonly by: 'door'; readonly door: string } | undefined;

/** What the broker needs of the manager. */
export interface BrokerSetup {
  readonly peer: Peer;
  /** Joins two clusters that are both up; `undefined` when there is no way to. */
  readonly join: (wanting: number, wanted: number) => Joined;
}

/** What is known of a pair of clusters. */
interface Pair {
  readonly ids: readonly [number, number];
  /** Lines that were brokered for it. */
  brokered: number;
  /** The number of the newest. */
  line: number;
  /** It can have none. */
  refused: boolean;
  /** Who asked for the line that is being prepared. */
  asker: number | undefined;
}

const keyOf = (a: number, b: number): string => (a < b ? `${a}-${b}` : `${b}-${a}`);

/** Joins clusters that want to talk to each other without the manager. */
export class Broker {
  readonly #peer: Peer;
  readonly #join: BrokerSetup['join'];
  readonly #pairs = new Map<string, Pair>();
  /** Clusters that listen. */
  readonly #available = new Set<number>();
  /** Who asked for a cluster while it was not there. */
  readonly #wanting = new Map<number, Set<number>>();
  /** Lines so far, of all pairs: a word about a line of two that are gone is told by its number. */
  #lines = 0;

  constructor({ peer, join }: BrokerSetup) {
    this.#peer = peer;
    this.#join = join;
    peer.serve(brokerContract, {
      want: ({ cluster, taken }, { from }) => {
        const asker = clusterIdOf(from);
        if (asker !== undefined && asker !== cluster) this.#want(asker, { wanted: cluster, taken });
      },
      expecting: ({ cluster }, { from }) => {
        const wanted = clusterIdOf(from);
        if (wanted !== undefined) this.#expected(cluster, wanted);
      },
      failed: ({ cluster, line }, { from }) => {
        const asker = clusterIdOf(from);
        if (asker !== undefined) this.#failed(asker, { wanted: cluster, line });
      },
    });
  }

  /** A cluster listens from now on. */
  available(id: number): void {
    this.#available.add(id);
    const wanting = this.#wanting.get(id) ?? [];
    this.#wanting.delete(id);
    for (const asker of wanting) this.#to(asker).available({ cluster: id });
  }

  /** A cluster ended: those that were joined with it learn why. */
  ended(id: number, reason: string): void {
    this.#available.delete(id);
    for (const [key, { ids }] of [...this.#pairs]) {
      if (!ids.includes(id)) continue;
      this.#pairs.delete(key);
      this.#to(ids[0] === id ? ids[1] : ids[0]).ended({ cluster: id, reason });
    }
    for (const wanting of this.#wanting.values()) wanting.delete(id);
  }

  #want(asker: number, { wanted, taken }: { readonly wanted: number; readonly taken: number }): void {
    const known = this.#pairs.get(keyOf(asker, wanted));
    // Both wanted it at once: the line that this wish asks for is on its way already.
    if (known !== undefined && known.brokered > taken) return;
    // Both wanted it at once: who wants a line keeps back what it says, also to one that does not listen yet.
    if (known?.asker === wanted) {
      this.#open(known, wanted, asker);
      return;
    }
    if (!this.#available.has(wanted)) {
      this.#wanting.set(wanted, (this.#wanting.get(wanted) ?? new Set()).add(asker));
      this.#to(asker).absent({ cluster: wanted });
      return;
    }
    const pair = known ?? this.#newPair(asker, wanted);
    if (pair.refused) this.#to(asker).refused({ cluster: wanted });
    else {
      pair.asker = asker;
      this.#to(wanted).expect({ cluster: asker });
    }
  }

  #newPair(asker: number, wanted: number): Pair {
    const pair: Pair = { ids: [asker, wanted], brokered: 0, line: 0, refused: false, asker: undefined };
    this.#pairs.set(keyOf(asker, wanted), pair);
    return pair;
  }

  #expected(asker: number, wanted: number): void {
    const pair = this.#pairs.get(keyOf(asker, wanted));
    if (pair?.asker === asker) this.#open(pair, asker, wanted);
  }

  /** Both sides are holding their frames by now. */
  #open(pair: Pair, asker: number, wanted: number): void {
    pair.asker = undefined;
    const joined = this.#join(asker, wanted);
    if (joined === undefined) {
      this.#refuse(pair, asker, wanted);
      return;
    }
    pair.brokered += 1;
    this.#lines += 1;
    pair.line = this.#lines;
    if (joined.by === 'door') this.#to(asker).visit({ cluster: wanted, door: joined.door, line: pair.line });
  }

  #failed(asker: number, { wanted, line }: { readonly wanted: number; readonly line: number }): void {
    const pair = this.#pairs.get(keyOf(asker, wanted));
    if (pair?.line === line) this.#refuse(pair, asker, wanted);
  }

  #refuse(pair: Pair, asker: number, wanted: number): void {
    pair.refused = true;
    this.#to(asker).refused({ cluster: wanted });
    this.#to(wanted).refused({ cluster: asker });
  }

  #to(id: number) {
    return this.#peer.at(meshContract, clusterAddress(id));
  }
}
