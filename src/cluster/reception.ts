/** cluster/reception: where clusters report their life and queue for their identifies. */
import { identifyContract } from '../features/identify.ts';
import { lifeContract } from '../features/system.ts';
import type { IdentifyGate, IdentifyTurn } from '../identify/gate.ts';
import type { Peer } from '../rpc/peer.ts';
import type { CallContext } from '../rpc/served.ts';
import { clusterIdOf } from '../wire/address.ts';
import type { Cluster } from './cluster.ts';

/** The manager's side of what every cluster says. */
export class Reception {
  readonly #gate: IdentifyGate;
  readonly #find: (id: number) => Cluster | undefined;
  /** Turns that were given and not used yet, by shard: a shard has one connection at a time. */
  readonly #turns = new Map<number, IdentifyTurn>();

  constructor(desk: {
    readonly peer: Peer;
    readonly gate: IdentifyGate;
    readonly find: (id: number) => Cluster | undefined;
  }) {
    this.#gate = desk.gate;
    this.#find = desk.find;
    desk.peer.serve(lifeContract, {
      attached: (_input, context) => this.#sender(context)?.attached(),
      listening: (_input, context) => this.#sender(context)?.listening(),
      step: (step, context) => this.#sender(context)?.step(step),
      failure: (failure, context) => this.#sender(context)?.failure(failure),
    });
    desk.peer.serve(identifyContract, {
      wait: (request, context) => this.#wait(request, context),
      sent: ({ shard }) => {
        this.#turns.get(shard)?.sent();
        this.#turns.delete(shard);
      },
    });
  }

  /** Gives back the turns of a cluster that died before it used them. */
  forget(cluster: Cluster): void {
    for (const shard of cluster.shards) {
      this.#turns.get(shard)?.lost();
      this.#turns.delete(shard);
    }
  }

  #sender(context: CallContext): Cluster | undefined {
    const id = clusterIdOf(context.from);
    return id === undefined ? undefined : this.#find(id);
  }

  async #wait(
    request: { readonly shard: number; readonly maxConcurrency: number },
    context: CallContext,
  ): Promise<null> {
    const cluster = this.#sender(context);
    cluster?.identifyQueue('entered');
    try {
      const turn = await this.#gate.wait(request, context.signal);
      // It died on the way here: nobody else would give this turn back, and its restart would queue behind it.
      if (cluster?.child === undefined || context.signal.aborted) {
        turn.lost();
        return null;
      }
      this.#turns.get(request.shard)?.lost();
      this.#turns.set(request.shard, turn);
      return null;
    } finally {
      cluster?.identifyQueue('left');
    }
  }
}
