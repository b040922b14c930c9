/** handler-context: runs the handlers of a cluster with what each takes, made anew for every request. */
import type { Client } from 'discord.js';
import type { ClusterClient } from './client.ts';
import type { ShardView } from './features/ipc.ts';
import { takesClientFirst } from './handlers.ts';
import type { HandlerContext } from './register.ts';
import type { CallContext } from './rpc/served.ts';

/**
 * The context of one request. A class, because a getter written into an object literal gives every such object a shape of
 * its own, and the engine keeps them all.
 */
class RequestContext implements HandlerContext {
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

/** One request for a handler of a cluster. */
export interface HandlerRun {
  readonly handler: object;
  readonly data: unknown;
  readonly call: CallContext;
  /** The shard it is run for; the whole client without it. */
  readonly seen?: ShardView | undefined;
}

/** Runs a handler of a cluster's with what it takes. */
export function runInCluster(cluster: ClusterClient, { handler, data, call, seen }: HandlerRun): unknown {
  const client = (seen?.client ?? cluster.client) as Client<true>;
  const context = new RequestContext(cluster, client, call);
  if (seen !== undefined) Object.assign(context, { shardId: seen.shard });
  const run = handler as (...args: unknown[]) => unknown;
  return takesClientFirst(handler) ? run(client, data, context) : run(data, context);
}
