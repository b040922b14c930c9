/** cluster/reception: where clusters report their life and queue for their identifies. */
import { identifyContract } from '../features/identify.ts';
import { lifeContract, type ShardStep } from '../features/system.ts';
import type { IdentifyGate, IdentifyTurn } from '../identify/gate.ts';
import type { Peer } from '../rpc/peer.ts';
import type { CallContext } from '../rpc/served.ts';
import { clusterIdOf } from '../wire/address.ts';
import type { Cluster } from './cluster.ts';
import type { Handshake } from './handshake.ts';

/** The manager's side of what every cluster says. */
export class Reception {
  readonly #gate: IdentifyGate;
  readonly #find: (id: number) => Cluster | undefined;
  readonly #handshake: Handshake;
  /** Turns that were given and not used yet, by shard: a shard has one connection at a time. */
  readonly #turns = new Map<number, IdentifyTurn>();

  constructor(desk: {
    readonly peer: Peer;
    readonly gate: IdentifyGate;
    readonly find: (id: number) => Cluster | undefined;
    readonly handshake: Handshake;
  }) {
    this.#gate = desk.gate;
    this.#find = desk.find;
    this.#handshake = desk.handshake;
    desk.peer.serve(lifeContract, {
      attached: ({ shards }, context) => this.#attached(shards, this.#sender(context)),
      listening: ({ handlers }, context) => this.#listening(handlers, this.#sender(context)),
      step: (step, context) => this.#step(step, this.#sender(context)),
      failure: (failure, context) => this.#sender(context)?.failure(failure),
      loginAgain: (_, context) => this.#sender(context)?.loginAgain(),
    });
    desk.peer.serve(identifyContract, {
      wait: (request, context) => this.#wait(request, context),
      sent: ({ shard }) => {
        this.#turns.get(shard)?.sent();
        this.#turns.delete(shard);
      },
    });
  }

  /** A cluster died: gives back the turns that it did not use. */
  forget(cluster: Cluster): void {
    this.#handshake.forget(cluster);
    for (const shard of cluster.shards) {
      this.#turns.get(shard)?.lost();
      this.#turns.delete(shard);
    }
  }

  #attached(shards: readonly number[] | 'auto', cluster: Cluster | undefined): void {
    if (cluster === undefined) return;
    this.#handshake.attached(cluster, shards);
    cluster.attached();
  }

  #listening(handlers: readonly string[], cluster: Cluster | undefined): void {
    if (cluster === undefined) return;
    this.#handshake.loaded(cluster, handlers);
    cluster.listening();
  }

  #step(step: ShardStep, cluster: Cluster | undefined): void {
    const failure = step.step === 'ready' && cluster !== undefined ? this.#handshake.failure(cluster) : undefined;
    if (failure === undefined) cluster?.step(step);
    else cluster?.failure(failure);
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
    cluster?.identifyQueue('entered', request.shard);
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
      cluster?.identifyQueue('left', request.shard);
    }
  }
}
