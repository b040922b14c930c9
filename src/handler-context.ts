/** handler-context: what a handler learns beside its data, made anew for every request. */
import type { Client } from 'discord.js';
import type { ClusterClient } from './client.ts';
import type { HandlerContext } from './register.ts';
import type { CallContext } from './rpc/served.ts';

/**
 * The context of one request. A class, because a getter written into an object literal gives every such object a shape of
 * its own, and the engine keeps them all.
 */
export class RequestContext implements HandlerContext {
  readonly cluster: ClusterClient;
  readonly client: Client<true>;
  readonly from: string;
  declare readonly shardId?: number;
  readonly #call: CallContext;

  constructor(cluster: ClusterClient, client: Client<true>, call: CallContext) {
    this.cluster = cluster;
    this.client = client;
    this.from = call.from;
    this.#call = call;
  }

  /** Asked for only by the handlers that look at it: most never do, and a signal is not cheap to make. */
  get signal(): AbortSignal {
    return this.#call.signal;
  }
}
