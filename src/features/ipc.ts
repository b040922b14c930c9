/** features/ipc: named requests between clusters, and between a cluster and its manager. */
import { isShardliftError, ShardliftError } from '../errors.ts';
import { limitsOf } from '../rpc/caller.ts';
import type { Peer } from '../rpc/peer.ts';
import type { CallContext } from '../rpc/served.ts';
import type { Settled } from '../rpc/settled.ts';
import { type Address, clusterAddress, type Destination, localHost } from '../wire/address.ts';
import { family, namedMethod } from './named-method.ts';
import { type ResultEntry, ResultPromise } from './result-collection.ts';
import {
  answersOf,
  copies,
  entriesOf,
  ipcContract,
  type ShardAnswer,
  type ShardsRequest,
  shardValue,
} from './shard-requests.ts';
import { type ClusterMap, clusterOfTarget, knownCluster, type Target } from './target.ts';

/** How a request may be limited and aimed; a number is its deadline in ms. */
export interface RequestOptions {
  /** Deadline in ms, 30 000 by default; `null` waits as long as the target lives. */
  readonly timeoutMs?: number | null;
  /** Gives the request up when it fires. */
  readonly signal?: AbortSignal;
  /**
   * What happens when the target is down (starting, restarting): `'fail'` (default) rejects at once, `'wait'` waits until
   * it answers requests again, as long as the deadline allows.
   */
  readonly whenUnavailable?: 'fail' | 'wait';
  /** Only for `request`: who is asked. */
  readonly to?: Target;
}

/** The client as one of its shards sees it. */
export interface ShardView {
  readonly shard: number;
  readonly client: object;
}

/** What a node knows about the others; the manager and the clusters each bring their own. */
export interface Surroundings extends ClusterMap {
  readonly peer: Peer;
  /** Whether all shards of a cluster are ready, as far as is known here. */
  readonly isReady: (cluster: number) => boolean;
  /** Runs a handler with what it takes (client first or not), for the whole node or for one shard of it. */
  readonly run: (handler: object, data: unknown, context: CallContext, seen?: ShardView) => unknown;
  /** The views of the shards asked for, all own ones for `null`; none on a manager. */
  readonly views: (shards: readonly number[] | null) => readonly ShardView[];
}

/** In errors a request goes by the name of its handler. */
function callOptions(label: string, options: number | RequestOptions | undefined) {
  if (typeof options === 'number') return { label, timeoutMs: options };
  return { ...options, label };
}

/** Named requests: register handlers, ask others for theirs. */
export class Ipc {
  readonly #around: Surroundings;
  readonly #handlers = new Map<string, object>();

  constructor(around: Surroundings) {
    this.#around = around;
    around.peer.serve(ipcContract, {
      requestShards: (request, context) => this.#answerShards(request, context),
    });
    around.peer.answerer.openFamily(family, (name) => this.#noHandler(name));
  }

  /** Answers a name from now on. @throws ShardliftError `DUPLICATE_HANDLER`, `INVALID_OPTION` when it is no function */
  handle(name: string, handler: object): void {
    if (typeof handler !== 'function') {
      const details = { option: `handler of '${name}'`, expected: 'a function', received: `of type ${typeof handler}` };
      throw new ShardliftError('INVALID_OPTION', details);
    }
    if (this.#handlers.has(name)) throw new ShardliftError('DUPLICATE_HANDLER', { name });
    this.#handlers.set(name, handler);
    const { peer, run } = this.#around;
    peer.answerer.add([[namedMethod(name).method, (data, context) => run(handler, data, context)]]);
  }

  /** Stops answering a name. @returns whether it was answered before */
  removeHandler(name: string): boolean {
    this.#around.peer.answerer.remove(namedMethod(name).method);
    return this.#handlers.delete(name);
  }

  /** Asks one cluster: the target's owner, or the ready one with the fewest of our requests in flight, rather itself. */
  async request(name: string, data?: unknown, options?: number | RequestOptions): Promise<unknown> {
    const aim = typeof options === 'object' ? options.to : undefined;
    if (aim !== undefined) return this.requestTo(clusterOfTarget(this.#around, aim), name, data, options);
    let refusal: ShardliftError = new ShardliftError('NOT_SPAWNED', { sought: `A cluster for '${name}'` });
    const waits = typeof options === 'object' && options.whenUnavailable === 'wait';
    const now = waits ? { ...options, whenUnavailable: 'fail' as const } : options;
    const { ready, others } = this.#byLoad();
    // One that is starting is asked only when nobody else is there, and by whoever may wait only in the end.
    for (const cluster of waits ? ready : [...ready, ...others]) {
      try {
        return await this.requestTo(cluster, name, data, now);
      } catch (error) {
        // NO_ROUTE: it is down and was never asked, so the next one may be.
        if (!isShardliftError(error, 'NO_ROUTE')) throw error;
        refusal = error;
      }
    }
    const [first] = [...ready, ...others];
    if (waits && first !== undefined) return this.requestTo(first, name, data, options);
    throw refusal;
  }

  /** Asks one cluster by id. */
  requestTo(cluster: number, name: string, data?: unknown, options?: number | RequestOptions): Promise<unknown> {
    try {
      return this.#ask(clusterAddress(knownCluster(this.#around, cluster)), { name, data }, options);
    } catch (error) {
      return Promise.reject(error);
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
    return shardValue(answer, name);
  }

  /** Asks the cluster that owns a guild. */
  async requestToGuild(
    guildId: string,
    name: string,
    data?: unknown,
    options?: number | RequestOptions,
  ): Promise<unknown> {
    return this.requestTo(clusterOfTarget(this.#around, { guild: guildId }), name, data, options);
  }

  /** Asks every cluster, the own one included: one entry per cluster, in order, also for those that failed. */
  requestAll(name: string, data?: unknown, options?: number | RequestOptions): ResultPromise<unknown> {
    const everybody = this.#everybody();
    if (everybody.length === 0) return nobody(name);
    const starting = this.#starting();
    const answers = this.#ask(everybody, { name, data }, options);
    return ResultPromise.of(
      answers.then((all) => {
        const early = starting();
        return (all as readonly Settled<unknown>[]).map((one, id) => entryOf(one, id, early));
      }),
    );
  }

  /** Asks every shard by one message per cluster: one entry per shard, in shard order, also for those that failed. */
  requestAllShards(name: string, data?: unknown, options?: number | RequestOptions): ResultPromise<unknown> {
    const plan = this.#around.plan();
    if (plan.length === 0) return nobody(name);
    const starting = this.#starting();
    const everybody = this.#around.peer.atAll(ipcContract, this.#everybody(), callOptions(name, options));
    const entries = everybody
      .requestShards({ name, data, shards: null })
      .then((answers) => entriesOf(answers, { plan, name, starting: starting() }));
    return ResultPromise.of(entries);
  }

  /** Asks the manager. */
  requestManager(name: string, data?: unknown, options?: number | RequestOptions): Promise<unknown> {
    return this.#ask(localHost, { name, data }, options);
  }

  #ask(
    to: Destination,
    { name, data }: { readonly name: string; readonly data: unknown },
    options: number | RequestOptions | undefined,
  ): Promise<unknown> {
    const { method, limits } = namedMethod(name);
    const request = { to, method, input: data };
    return this.#around.peer.ask(request, options === undefined ? limits : limitsOf(callOptions(name, options)));
  }

  #askShards(
    cluster: number,
    request: ShardsRequest,
    options: number | RequestOptions | undefined,
  ): Promise<ShardAnswer[]> {
    const limits = callOptions(request.name, options);
    return this.#around.peer.at(ipcContract, clusterAddress(cluster), limits).requestShards(request);
  }

  #everybody(): Address[] {
    return this.#around.plan().map((_shards, id) => clusterAddress(id));
  }

  /**
   * The clusters that are not ready, as far as is known here: an answer of theirs may tell of half their guilds.
   *
   * @returns what gives those of now and of when it is called, with the answers: one may restart after the question
   */
  #starting(): () => ReadonlySet<number> {
    const { plan, isReady } = this.#around;
    const look = () => [...plan().keys()].filter((id) => !isReady(id));
    const asked = look();
    return () => new Set([...asked, ...look()]);
  }

  #noHandler(name: string): ShardliftError {
    const known = [...this.#handlers.keys()].sort();
    return new ShardliftError('NO_HANDLER', { name, on: this.#around.peer.self, known });
  }

  async #answerShards({ name, data, shards }: ShardsRequest, context: CallContext): Promise<ShardAnswer[]> {
    const handler = this.#handlers.get(name);
    if (handler === undefined) throw this.#noHandler(name);
    const { run, views } = this.#around;
    const seenBy = views(shards);
    const dataOf = copies(data, seenBy.length);
    return answersOf(seenBy, { run: (seen) => run(handler, dataOf(), context, seen), signal: context.signal });
  }

  /** All clusters, those with the fewest of our requests in flight first; of equals this one, which costs no hop. */
  #byLoad(): { readonly ready: number[]; readonly others: number[] } {
    const { peer, plan, isReady } = this.#around;
    const load = plan().map((_shards, id) => peer.inFlightTo(clusterAddress(id)));
    const isOwn = (id: number): number => Number(clusterAddress(id) === peer.self);
    const ids = [...load.keys()].sort((a, b) => (load[a] ?? 0) - (load[b] ?? 0) || isOwn(b) - isOwn(a));
    return { ready: ids.filter(isReady), others: ids.filter((id) => !isReady(id)) };
  }
}

/** Before the start: an empty collection would say that everybody answered. */
const nobody = (name: string): ResultPromise<unknown> =>
  ResultPromise.of(Promise.reject(new ShardliftError('NOT_SPAWNED', { sought: `A cluster for '${name}'` })));

const entryOf = (settled: Settled<unknown>, id: number, starting: ReadonlySet<number>): ResultEntry<unknown> => {
  if (!settled.ok) return { id, clusterId: id, ...settled };
  return starting.has(id) ? { id, ...settled, starting: true } : { id, ...settled };
};
