/** features/events: news that every cluster and the manager may hear, told once. */
import { isShardliftError, ShardliftError } from '../errors.ts';
import { call, cast, contract } from '../rpc/contract.ts';
import type { Peer } from '../rpc/peer.ts';
import type { Settled } from '../rpc/settled.ts';
import { type Address, clusterAddress, clusterIdOf, localHost } from '../wire/address.ts';
import { type EventListener, Listeners } from './event-listeners.ts';

/** Who tells or hears an event: a cluster by its id, or the manager. */
export type EventNode = number | 'manager';

/** How {@link Events.broadcast} may be aimed. */
export interface BroadcastOptions {
  /** Listeners of the sender hear it too. Default `false`. */
  readonly sendSelf?: boolean;
}

/** How {@link Events.broadcastAndWait} may be aimed and limited. */
export interface BroadcastAndWaitOptions extends BroadcastOptions {
  /** How long acknowledgements are waited for, in ms, 10 000 by default; `null` waits as long as the others live. */
  readonly timeoutMs?: number | null;
  /** Gives the wait up when it fires; what was sent stays sent. */
  readonly signal?: AbortSignal;
}

/** Somebody whose acknowledgement did not come, and why. */
export interface Unacknowledged {
  readonly node: EventNode;
  readonly error: Error;
}

/** Who heard of an event; everybody asked is in exactly one of the lists. */
export interface Acknowledgements {
  /** All of their listeners are done, those that return promises included; having none counts too. */
  readonly acknowledged: readonly EventNode[];
  /** A listener there threw or rejected: `HANDLER_FAILED` with what it threw as cause. */
  readonly failed: readonly Unacknowledged[];
  /** No word came: down (`NO_ROUTE`), died meanwhile (`LINK_CLOSED`), too late (`CALL_TIMEOUT`). */
  readonly missing: readonly Unacknowledged[];
  /** Nobody failed and nobody is missing. */
  readonly allOk: boolean;
}

/** A listener that threw or rejected. */
export interface ListenerFailure {
  readonly name: string;
  /** Who told the event. */
  readonly source: EventNode;
  readonly error: unknown;
}

interface Emission {
  readonly name: string;
  readonly data?: unknown;
}

/** Served by everybody. */
export const eventsContract = contract('events', {
  emit: cast<Emission>(),
  /** Answers when every listener is done; fails with what they threw. */
  emitAndWait: call<Emission, null>({ timeoutMs: 10_000 }),
});

/** Hears of listeners that failed. */
export type ErrorHook = (failure: ListenerFailure) => unknown;

/** What events need of their node. */
export interface EventsAround {
  readonly peer: Peer;
  /** Everybody who takes part. */
  readonly members: () => readonly Address[];
  /** Whether clusters are there, or at least known; `undefined` where that is sure. */
  readonly spawned?: () => boolean;
  /** Where failures of listeners are logged. */
  readonly warn: (message: string, stack?: string) => void;
}

/** `cluster.events` and `manager.events`: tell everybody, or one; listen. */
export class Events {
  readonly #around: EventsAround;
  readonly #listeners = new Listeners();
  /** Each with a place of its own: one that was added twice is removed once. */
  readonly #onError = new Set<{ readonly hook: ErrorHook }>();

  constructor(around: EventsAround) {
    this.#around = around;
    around.peer.serve(eventsContract, {
      emit: (emission, { from }) => void this.#hear(emission, from),
      emitAndWait: (emission, { from }) => this.#hearAll(emission, from),
    });
  }

  /**
   * Tells all others: the clusters and the manager. Those that are down do not hear it, and that is no error.
   *
   * @throws ShardliftError `UNSERIALISABLE`, `FRAME_TOO_LARGE`
   */
  broadcast(name: string, data?: unknown, { sendSelf = false }: BroadcastOptions = {}): void {
    this.#tell(this.#members(sendSelf), name, data);
  }

  /**
   * Tells one cluster, or the manager.
   *
   * @throws ShardliftError `UNKNOWN_TARGET`, `NOT_SPAWNED`, `UNSERIALISABLE`, `FRAME_TOO_LARGE`
   */
  emitTo(node: EventNode, name: string, data?: unknown): void {
    const to = node === 'manager' ? localHost : clusterAddress(node);
    if (!this.#around.members().includes(to)) {
      this.#assertSpawned(name);
      throw new ShardliftError('UNKNOWN_TARGET', { target: node === 'manager' ? node : `cluster ${node}` });
    }
    this.#tell([to], name, data);
  }

  /**
   * Tells all others and waits until their listeners are done. Never rejects for what happens to one of them.
   *
   * @param options - a number is `timeoutMs`
   * @throws ShardliftError `NOT_SPAWNED`, `UNSERIALISABLE`, `CALL_ABORTED`
   */
  async broadcastAndWait(
    name: string,
    data?: unknown,
    options: number | BroadcastAndWaitOptions = {},
  ): Promise<Acknowledgements> {
    const { sendSelf = false, ...limits } = typeof options === 'number' ? { timeoutMs: options } : options;
    // With nobody there, nobody would be missing either.
    this.#assertSpawned(name);
    const members = this.#members(sendSelf);
    const asked = this.#around.peer.atAll(eventsContract, members, { ...limits, label: name });
    return acknowledgements(members, await asked.emitAndWait(emissionOf(name, data)));
  }

  /** Listens to an event from now on. @throws ShardliftError `INVALID_OPTION` when the listener is no function */
  on(name: string, listener: EventListener): this {
    this.#listeners.add(name, { listener, once: false });
    return this;
  }

  /** Listens to an event until it came once. @throws ShardliftError `INVALID_OPTION` when the listener is no function */
  once(name: string, listener: EventListener): this {
    this.#listeners.add(name, { listener, once: true });
    return this;
  }

  /** Listens no more, whether it was `on` or `once`; the newest one of a listener that was added twice. */
  off(name: string, listener: EventListener): this {
    this.#listeners.remove(name, listener);
    return this;
  }

  listenerCount(name: string): number {
    return this.#listeners.of(name).length;
  }

  /**
   * Hears of listeners of this node that throw or reject, in addition to the warning that is logged. What the hook itself
   * throws, or its promise rejects with, is logged too.
   *
   * @returns what takes the hook back
   */
  onError(hook: ErrorHook): () => void {
    const entry = { hook };
    this.#onError.add(entry);
    return () => void this.#onError.delete(entry);
  }

  #assertSpawned(name: string): void {
    if (this.#around.spawned?.() === false) throw new ShardliftError('NOT_SPAWNED', { sought: `Who hears '${name}'` });
  }

  #members(sendSelf: boolean): readonly Address[] {
    const { members, peer } = this.#around;
    return sendSelf ? members() : members().filter((address) => address !== peer.self);
  }

  /** Always as a frame for many: those may take another road than one for a single node, and order must be kept. */
  #tell(to: readonly Address[], name: string, data: unknown): void {
    if (to.length > 0) this.#around.peer.atAll(eventsContract, to).emit(emissionOf(name, data));
  }

  /** Runs the listeners in the order in which they were added. @returns the failures of each, now or later */
  #hear({ name, data }: Emission, from: Address): (undefined | Failed | Promise<Failed | undefined>)[] {
    const source = nodeOf(from);
    return this.#listeners.take(name).map((listener) => {
      try {
        const result = listener(data, source);
        if (typeof (result as PromiseLike<unknown> | null | undefined)?.then !== 'function') return undefined;
        return Promise.resolve(result).then(
          () => undefined,
          (error: unknown) => this.#failed({ name, source, error }),
        );
      } catch (error) {
        return this.#failed({ name, source, error });
      }
    });
  }

  /** Most listeners are done at once, and then their cluster acknowledges at once: a promise would cost turns of the queue. */
  #hearAll(emission: Emission, from: Address): null | Promise<null> {
    const heard = this.#hear(emission, from);
    return heard.every((failed) => failed === undefined) ? null : acknowledgeLater(heard);
  }

  /** Reports a failure; it must not keep the other listeners from hearing. */
  #failed(failure: ListenerFailure): Failed {
    const { name, source, error } = failure;
    const who = typeof source === 'number' ? `cluster ${source}` : `the ${source}`;
    this.#warn(`a listener of the event '${name}', told by ${who}, failed`, error);
    const unheard = (thrown: unknown): void => this.#warn(`the error hook for the event '${name}' failed`, thrown);
    for (const { hook } of [...this.#onError]) {
      try {
        Promise.resolve(hook(failure)).catch(unheard);
      } catch (thrown) {
        unheard(thrown);
      }
    }
    return { error };
  }

  #warn(what: string, error: unknown): void {
    const { message, stack } = error instanceof Error ? error : { message: String(error) };
    this.#around.warn(`${what}: ${message}`, stack);
  }
}

/** In an object: what was thrown may be `undefined`. */
interface Failed {
  readonly error: unknown;
}

async function acknowledgeLater(heard: readonly (undefined | Failed | Promise<Failed | undefined>)[]): Promise<null> {
  const failures = (await Promise.all(heard)).flatMap((failed) => failed ?? []);
  const [first] = failures;
  if (first === undefined) return null;
  const errors = failures.map(({ error }) => error);
  throw errors.length === 1 ? first.error : new AggregateError(errors, `${errors.length} listeners failed`);
}

const nodeOf = (address: Address): EventNode => clusterIdOf(address) ?? 'manager';

/** Without `undefined`, which plain JSON cannot carry. */
const emissionOf = (name: string, data: unknown): Emission => (data === undefined ? { name } : { name, data });

function acknowledgements(members: readonly Address[], answers: readonly Settled<null>[]): Acknowledgements {
  const acknowledged: EventNode[] = [];
  const failed: Unacknowledged[] = [];
  const missing: Unacknowledged[] = [];
  for (const [index, answer] of answers.entries()) {
    const node = nodeOf(members[index] as Address);
    if (answer.ok) acknowledged.push(node);
    else (isShardliftError(answer.error, 'HANDLER_FAILED') ? failed : missing).push({ node, error: answer.error });
  }
  return { acknowledged, failed, missing, allOk: failed.length === 0 && missing.length === 0 };
}
