/** features/users: users the bot sees anywhere, and direct messages to them. */
import type { MessageInput } from '../discord/message-input.ts';
import { withNonce } from '../discord/message-nonce.ts';
import { assertId } from '../discord/requests.ts';
import type { MessageSummary, UserSummary } from '../discord/summaries.ts';
import type { DirectRequest, UserDesk } from '../discord/user-desk.ts';
import { isShardliftError, ShardliftError } from '../errors.ts';
import { call, contract } from '../rpc/contract.ts';
import type { Peer } from '../rpc/peer.ts';
import { type Address, clusterIdOf } from '../wire/address.ts';
import { Deadline, type ErrandLimits, spelledOut } from './deadline.ts';
import { isFound, lookAround } from './look-around.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { type Standpoint, Way } from './owner.ts';

/** Served by every cluster. */
export const usersContract = contract('users', {
  /** The user from the cache only. */
  cached: call<string, UserSummary | null>(),
  /** Asks Discord. */
  fetch: call<string, Outcome<UserSummary | null>>(),
  send: call<DirectRequest, Outcome<MessageSummary>>(),
});

/** How a user is fetched. */
export interface UserFetchOptions extends ErrandLimits {
  /** Asks Discord, whatever the caches hold. */
  readonly force?: boolean | undefined;
}

/** `cluster.users` and `manager.users`. Users belong to no guild, so no cluster owns them. */
export class Users {
  readonly #at: Standpoint;
  readonly #desk: UserDesk | undefined;
  readonly #way: Way;

  constructor(at: Standpoint, desk?: UserDesk) {
    this.#at = at;
    this.#desk = desk;
    this.#way = new Way(at);
  }

  /**
   * Finds a user: own cache, then that of any cluster, then Discord.
   *
   * @returns the user, or `null` when there is none
   * @throws Discord's own error, ShardliftError `UNKNOWN_TARGET` for an id that is none
   */
  async fetch(userId: string, options: number | UserFetchOptions = {}): Promise<UserSummary | null> {
    const { force = false, ...limits } = spelledOut(options);
    assertId('user', userId);
    const action = `users.fetch of ${userId}`;
    const deadline = new Deadline(action, limits);
    const near = force ? undefined : (this.#desk?.cached(userId) ?? (await this.#lookFor(userId, deadline)));
    if (near !== undefined) return near;
    const desk = this.#desk;
    return this.#way.read({
      action,
      deadline,
      owner: undefined,
      ask: (to, within) => this.#at.peer.at(usersContract, to, within).fetch(userId),
      here: desk && ((signal) => desk.fetch(userId, signal)),
    });
  }

  /**
   * Sends a direct message, once, from this cluster; the manager lets one of its clusters send it.
   *
   * @throws Discord's own error when it refuses (the user takes no messages of the bot), ShardliftError `OUTCOME_UNKNOWN`
   */
  async send(userId: string, message: MessageInput, limits: number | ErrandLimits = {}): Promise<MessageSummary> {
    assertId('user', userId);
    const action = `users.send to ${userId}`;
    const deadline = new Deadline(action, spelledOut(limits));
    const request = { userId, message: withNonce(await this.#way.readMessage(message, deadline)) };
    const desk = this.#desk;
    return this.#way.act({
      action,
      deadline,
      owner: undefined,
      ask: (to, within) => this.#at.peer.at(usersContract, to, within).send(request),
      here: desk && ((signal) => desk.send(request, signal)),
    });
  }

  /**
   * The clusters that have a user in their cache, in ascending order.
   *
   * A cluster that is down has nobody cached. @throws ShardliftError `NOT_SPAWNED`; `PARTIAL_RESULT` when one that is up gives no answer
   * within 2 s; `details.found` are those that have the user all the same
   */
  async whereCached(userId: string): Promise<number[]> {
    assertId('user', userId);
    const found = this.#desk?.cached(userId) === undefined ? [] : [this.#at.self as number];
    // With nobody there, nobody would have the user either.
    if (this.#at.plan().length === 0)
      throw new ShardliftError('NOT_SPAWNED', { sought: `A cluster that knows user ${userId}` });
    const others = this.#way.others();
    const answers = await this.#at.peer.atAll(usersContract, others, lookAround).cached(userId);
    const failures: { readonly id: number; readonly error: Error }[] = [];
    for (const [index, answer] of answers.entries()) {
      const id = clusterIdOf(others[index] as Address) as number;
      if (!answer.ok && !isDown(answer.error)) failures.push({ id, error: answer.error });
      if (answer.ok && answer.value !== null) found.push(id);
    }
    found.sort((a, b) => a - b);
    const [first] = failures;
    if (first === undefined) return found;
    const details = { failed: failures.map(({ id }) => id), of: this.#at.plan().length, message: first.error.message };
    throw new ShardliftError('PARTIAL_RESULT', { ...details, found }, { cause: first.error });
  }

  async #lookFor(userId: string, deadline: Deadline): Promise<UserSummary | undefined> {
    const limits = { ...deadline.callOptions(lookAround.timeoutMs), enough: isFound };
    const answers = await this.#at.peer.atAll(usersContract, this.#way.others(), limits).cached(userId);
    return answers.flatMap((answer) => (answer.ok ? (answer.value ?? []) : []))[0];
  }
}

const isDown = (error: Error): boolean => isShardliftError(error, 'NO_ROUTE') || isShardliftError(error, 'LINK_CLOSED');

/** Lets others use the desk of this cluster. */
export function serveUsers(peer: Peer, desk: UserDesk): void {
  peer.serve(usersContract, {
    cached: (userId) => desk.cached(userId) ?? null,
    fetch: (userId, { signal }) => outcomeOf(() => desk.fetch(userId, signal)),
    send: (request, { signal }) => outcomeOf(() => desk.send(request, signal)),
  });
}
