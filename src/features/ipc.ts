/** features/ipc: named requests between clusters, and between a cluster and its manager. */
import { type ErrorCode, isShardliftError, ShardliftError } from '../errors.ts';
import { call, contract } from '../rpc/contract.ts';
import type { CallContext, Peer } from '../rpc/peer.ts';
import { type Address, clusterAddress, localHost } from '../wire/address.ts';
import { type Fault, fromFault, toFault } from '../wire/fault.ts';
import { type ResultEntry, ResultPromise } from './result-collection.ts';

/** Where a request may be aimed. */
export type Target = { readonly cluster: number } | { readonly shard: number } | { readonly guild: string };

/** How a request may be limited and aimed; a number is its deadline in ms. */
export interface RequestOptions {
  /** Deadline in ms, 30 000 by default; `null` waits as long as the target lives. */
  readonly timeoutMs?: number | null;
  /** Gives the request up when it fires. */
  readonly signal?: AbortSignal;
  /** Only for `request`: who is asked. */
  readonly to?: Target;
}

/** The answer of one shard. */
export type ShardAnswer =
  | { readonly shard: number; readonly ok: true; readonly value: unknown }
  | { readonly shard: number; readonly ok: false; readonly fault: Fault };

interface NamedRequest {
  readonly name: string;
  readonly data: unknown;
}

/** Served by clusters and by the manager. */
export const ipcContract = contract('ipc', {
  request: call<NamedRequest, unknown>(),
  /** Runs the handler once per shard, against that shard's view of the client. */
  requestShards: call<NamedRequest & { readonly shards: readonly number[] | null }, ShardAnswer[]>(),
});

/** The client as one of its shards sees it. */
export interface ShardView {
  readonly shard: number;
  readonly client: object;
}

/** What a node knows about the others; the manager and the clusters each bring their own. */
export interface Surroundings {
  readonly peer: Peer;
  /** The shards of every cluster, by cluster id. */
  readonly plan: () => readonly (readonly number[])[];
  /** Finds the cluster of a shard. @throws ShardliftError `UNKNOWN_TARGET` */
  readonly clusterOfShard: (shard: number) => number;
  readonly shardOfGuild: (guildId: string) => number;
  /** Runs a handler with what it takes (client first or not), for the whole node or for one shard of it. */
  readonly run: (handler: object, data: unknown, context: CallContext, seen?: ShardView) => unknown;
  /** The views of the shards asked for, all own ones for `null`; none on a manager. */
  readonly views: (shards: readonly number[] | null) => readonly ShardView[];
}

const limitsOf = (options: number | RequestOptions | undefined): RequestOptions =>
  typeof options === 'number' ? { timeoutMs: options } : (options ?? {});

/** In errors a request goes by the name of its handler. */
const callOptions = (label: string, { timeoutMs, signal }: RequestOptions) => ({
  label,
  ...(timeoutMs === undefined ? {} : { timeoutMs }),
  ...(signal === undefined ? {} : { signal }),
});

/** Named requests: register handlers, ask others for theirs. */
export class Ipc {
  readonly #around: Surroundings;
  readonly #handlers = new Map<string, object>();
  readonly #inFlight = new Map<number, number>();

  constructor(around: Surroundings) {
    this.#around = around;
    around.peer.serve(ipcContract, {
      request: ({ name, data }, context) => around.run(this.#handler(name), data, context),
      requestShards: (request, context) => this.#answerShards(request, context),
    });
  }

  /** Answers a name from now on. @throws ShardliftError `DUPLICATE_HANDLER`, `INVALID_OPTION` when it is no function */
  handle(name: string, handler: object): void {
    if (typeof handler !== 'function') {
      const details = { option: `handler of '${name}'`, expected: 'a function', received: `of type ${typeof handler}` };
      throw new ShardliftError('INVALID_OPTION', details);
    }
    if (this.#handlers.has(name)) throw new ShardliftError('DUPLICATE_HANDLER', { name });
    this.#handlers.set(name, handler);
  }

  /** Stops answering a name. @returns whether it was answered before */
  removeHandler(name: string): boolean {
    return this.#handlers.delete(name);
  }

  /** Asks one cluster: the target's owner, or the connected one with the fewest of our requests in flight. */
  async request(name: string, data?: unknown, options?: number | RequestOptions): Promise<unknown> {
    const limits = limitsOf(options);
    if (limits.to !== undefined) return this.requestTo(this.#resolve(limits.to), name, data, limits);
    let refusal: ShardliftError = new ShardliftError('UNKNOWN_TARGET', { target: 'cluster yet' });
    for (const cluster of this.#byLoad()) {
      try {
        return await this.requestTo(cluster, name, data, limits);
      } catch (error) {
        // NO_ROUTE: it is down and was never asked, so the next one may be.
        if (!isShardliftError(error, 'NO_ROUTE')) throw error;
        refusal = error;
      }
    }
    throw refusal;
  }

  /** Asks one cluster by id. */
  async requestTo(cluster: number, name: string, data?: unknown, options?: number | RequestOptions): Promise<unknown> {
    this.#assertCluster(cluster);
    this.#inFlight.set(cluster, (this.#inFlight.get(cluster) ?? 0) + 1);
    try {
      return await this.#ask(clusterAddress(cluster), { name, data }, options);
    } finally {
      this.#inFlight.set(cluster, (this.#inFlight.get(cluster) ?? 1) - 1);
    }
  }

  /** Asks the owner of a shard; the handler sees that shard's view of the client. */
  async requestToShard(
    shard: number,
    name: string,
    data?: unknown,
    options?: number | RequestOptions,
  ): Promise<unknown> {
    const cluster = this.#around.clusterOfShard(shard);
    const [answer] = await this.#askShards(cluster, { name, data, shards: [shard] }, options);
    if (answer === undefined) throw new ShardliftError('UNKNOWN_TARGET', { target: `shard ${shard}` });
    if (answer.ok) return answer.value;
    throw failureOf(answer, name);
  }

  /** Asks the cluster that owns a guild. */
  async requestToGuild(
    guildId: string,
    name: string,
    data?: unknown,
    options?: number | RequestOptions,
  ): Promise<unknown> {
    return this.requestTo(this.#resolve({ guild: guildId }), name, data, options);
  }

  /** Asks every cluster, the own one included: one entry per cluster, in order, also for those that failed. */
  requestAll(name: string, data?: unknown, options?: number | RequestOptions): ResultPromise<unknown> {
    const asked = this.#around.plan().map(async (_shards, id): Promise<ResultEntry<unknown>> => {
      try {
        return { id, ok: true, value: await this.#ask(clusterAddress(id), { name, data }, options) };
      } catch (error) {
        return { id, ok: false, error: error as Error };
      }
    });
    return ResultPromise.of(Promise.all(asked));
  }

  /** Asks every shard by one message per cluster: one entry per shard, in shard order, also for those that failed. */
  requestAllShards(name: string, data?: unknown, options?: number | RequestOptions): ResultPromise<unknown> {
    const asked = this.#around.plan().map(async (shards, id): Promise<ResultEntry<unknown>[]> => {
      try {
        const answers = await this.#askShards(id, { name, data, shards: null }, options);
        return answers.map((answer) =>
          answer.ok
            ? { id: answer.shard, ok: true, value: answer.value }
            : { id: answer.shard, ok: false, error: failureOf(answer, name) },
        );
      } catch (error) {
        return shards.map((shard) => ({ id: shard, ok: false, error: error as Error }));
      }
    });
    return ResultPromise.of(Promise.all(asked).then((all) => all.flat().sort((a, b) => a.id - b.id)));
  }

  /** Asks the manager. */
  requestManager(name: string, data?: unknown, options?: number | RequestOptions): Promise<unknown> {
    return this.#ask(localHost, { name, data }, options);
  }

  #ask(to: Address, request: NamedRequest, options: number | RequestOptions | undefined): Promise<unknown> {
    return this.#around.peer.at(ipcContract, to, callOptions(request.name, limitsOf(options))).request(request);
  }

  #askShards(
    cluster: number,
    request: NamedRequest & { readonly shards: readonly number[] | null },
    options: number | RequestOptions | undefined,
  ): Promise<ShardAnswer[]> {
    const limits = callOptions(request.name, limitsOf(options));
    return this.#around.peer.at(ipcContract, clusterAddress(cluster), limits).requestShards(request);
  }

  #handler(name: string): object {
    const handler = this.#handlers.get(name);
    if (handler !== undefined) return handler;
    throw new ShardliftError('NO_HANDLER', {
      name,
      on: this.#around.peer.self,
      known: [...this.#handlers.keys()].sort(),
    });
  }

  async #answerShards(
    { name, data, shards }: NamedRequest & { readonly shards: readonly number[] | null },
    context: CallContext,
  ): Promise<ShardAnswer[]> {
    const handler = this.#handler(name);
    const answers: ShardAnswer[] = [];
    // One after the other, in shard order: a handler that changes shared state must not run beside itself.
    for (const seen of this.#around.views(shards)) {
      const { shard } = seen;
      try {
        answers.push({ shard, ok: true, value: await this.#around.run(handler, data, context, seen) });
      } catch (error) {
        answers.push({ shard, ok: false, fault: toFault(error) });
      }
    }
    return answers;
  }

  #resolve(target: Target): number {
    if ('cluster' in target) return target.cluster;
    const shard = 'shard' in target ? target.shard : this.#around.shardOfGuild(target.guild);
    return this.#around.clusterOfShard(shard);
  }

  /** All clusters, those with the fewest of our requests in flight first. */
  #byLoad(): number[] {
    const ids = this.#around.plan().map((_shards, id) => id);
    return ids.sort((a, b) => (this.#inFlight.get(a) ?? 0) - (this.#inFlight.get(b) ?? 0));
  }

  #assertCluster(cluster: number): void {
    if (this.#around.plan()[cluster] !== undefined) return;
    throw new ShardliftError('UNKNOWN_TARGET', { target: `cluster ${cluster}` });
  }
}

function failureOf(answer: Extract<ShardAnswer, { ok: false }>, name: string): Error {
  const cause = fromFault(answer.fault);
  const own: ErrorCode[] = ['NO_HANDLER'];
  if (own.includes(answer.fault.code as ErrorCode)) return cause;
  return new ShardliftError(
    'HANDLER_FAILED',
    { method: name, on: `shard ${answer.shard}`, message: cause.message },
    { cause },
  );
}
