/** features/eval-caller: the asking side of features/eval. A function's text is sent to a cluster once, afterwards its id. */
import { createHash } from 'node:crypto';
import type { Peer } from '../rpc/peer.ts';
import { clusterAddress } from '../wire/address.ts';
import { Unread } from '../wire/body.ts';
import { rememberedFunctions } from './compiled-functions.ts';
import { type EvalRequest, evalContract, type FunctionWork, type KnownCall } from './eval.ts';
import { type EvalOutcomes, outcomesOf } from './eval-answer.ts';
import { RecentMap } from './recent-map.ts';

/** Longer texts are sent whole each time, in UTF-16 units: remembering some hundred of them would cost more than it saves. */
const maxRemembered = 65_536;

/** A function as its caller remembers it. */
interface Known {
  readonly id: string;
  /** Clusters that were sent the text. They may have forgotten it since, or restarted. */
  readonly clusters: Set<number>;
}

/** An id of the text itself: callers that send the same function share what a cluster compiled of it. */
const idOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** Has work done in clusters. */
export class EvalCaller {
  readonly #peer: Peer;
  readonly #known = new RecentMap<string, Known>(rememberedFunctions);

  constructor(peer: Peer) {
    this.#peer = peer;
  }

  /**
   * Has work done in a cluster: one outcome per shard asked for. Rejects with what the road or the cluster says.
   *
   * Chained by hand, as in compat/bot-evals: an async function costs a call that is cached a good part of what it takes.
   */
  run(cluster: number, request: EvalRequest): Promise<EvalOutcomes> {
    const { work } = request;
    if (work.kind !== 'function' || work.text.length > maxRemembered) return this.#runWhole(cluster, request);
    const { id, clusters } = this.#knownOf(work.text);
    if (clusters.has(cluster)) {
      const answer = this.#peer.at(evalContract, clusterAddress(cluster)).known(knownCall(request, work, id));
      // Else it restarted, or has forgotten the function over others: nothing ran, so the whole of it may be sent.
      return answer.then(
        (packed) => outcomesOf(packed) ?? this.#runWhole(cluster, { ...request, work: { ...work, id } }),
      );
    }
    // Noted before the answer is here: on a line that keeps the order, what follows comes after the text.
    clusters.add(cluster);
    return this.#runWhole(cluster, { ...request, work: { ...work, id } });
  }

  async #runWhole(cluster: number, request: EvalRequest): Promise<EvalOutcomes> {
    return outcomesOf(await this.#peer.at(evalContract, clusterAddress(cluster)).run(request)) ?? [];
  }

  #knownOf(text: string): Known {
    let known = this.#known.get(text);
    if (known === undefined) {
      known = { id: idOf(text), clusters: new Set() };
      this.#known.set(text, known);
    }
    return known;
  }
}

/** The call as JSON text: the context is that already, and would be escaped as a text inside of another. */
function knownCall({ scope, shards }: EvalRequest, { context }: FunctionWork, id: string): KnownCall {
  const on = shards.length === 1 ? shards[0] : `[${shards.join()}]`;
  const rest = context === undefined ? '' : `,"context":${context}`;
  const body = new Unread({ format: 'json', data: `{"id":"${id}","scope":"${scope}","shards":${on}${rest}}` });
  // What arrives of it is a KnownCall.
  return body as unknown as KnownCall;
}
