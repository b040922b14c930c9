/** features/members: members of any guild of the bot, from any cluster. */
import type { BanRequest, MemberDesk, MemberRequest, RolesChanged, RolesRequest } from '../discord/member-desk.ts';
import { assertId } from '../discord/requests.ts';
import type { MemberSummary } from '../discord/summaries.ts';
import type { CallOptions } from '../rpc/caller.ts';
import { call, contract } from '../rpc/contract.ts';
import type { Peer } from '../rpc/peer.ts';
import type { Address } from '../wire/address.ts';
import { Deadline, type ErrandLimits, spelledOut } from './deadline.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { type Errand, type Standpoint, Way } from './owner.ts';

/** A question for a member; `fresh` looks past the caches. */
interface FetchRequest extends MemberRequest {
  readonly fresh: boolean;
}

/** Served by every cluster. */
export const membersContract = contract('members', {
  fetch: call<FetchRequest, Outcome<MemberSummary | null>>(),
  changeRoles: call<RolesRequest, Outcome<RolesChanged>>(),
  ban: call<BanRequest, Outcome<void>>(),
  kick: call<MemberRequest, Outcome<void>>(),
});

/** How a member is fetched. */
export interface MemberFetchOptions extends ErrandLimits {
  /**
   * Asks Discord, whatever the caches hold. Without the GuildMembers intent Discord does not tell a bot of changes, so
   * what is cached may be old.
   */
  readonly force?: boolean | undefined;
}

/** Roles to give and to take. */
export interface ManageRolesOptions extends ErrandLimits {
  readonly add?: readonly string[] | undefined;
  readonly remove?: readonly string[] | undefined;
  /** For the audit log of the guild. */
  readonly reason?: string | undefined;
}

/** How a member is changed. */
export interface MemberChangeOptions extends ErrandLimits {
  /** For the audit log of the guild. */
  readonly reason?: string | undefined;
}

/** How a user is banned. */
export interface BanOptions extends ErrandLimits {
  /** For the audit log of the guild. */
  readonly reason?: string | undefined;
  /** How far back the user's messages are deleted, in seconds, up to 604 800 (a week). Default: none are. */
  readonly deleteMessageSeconds?: number | undefined;
}

const whose = (guildId: string, userId: string, reason: string | undefined): MemberRequest => ({
  guildId,
  userId,
  ...(reason === undefined ? {} : { reason }),
});

/** One thing to do at a desk, the own or another's. */
interface Doing<T> {
  readonly limits: ErrandLimits;
  readonly ask: (to: Address, within: CallOptions) => Promise<Outcome<T>>;
  readonly here: (desk: MemberDesk, signal: AbortSignal) => Promise<T>;
}

/** A text is the reason. */
const changeOf = (given: string | number | MemberChangeOptions): MemberChangeOptions =>
  typeof given === 'string' ? { reason: given } : spelledOut(given);

/**
 * `cluster.members` and `manager.members`. What changes something is done once: by the owner of the guild, or from here
 * when the owner was surely not asked; when it was asked and gave no answer, `OUTCOME_UNKNOWN` is thrown.
 */
export class Members {
  readonly #at: Standpoint;
  readonly #desk: MemberDesk | undefined;
  readonly #way: Way;

  constructor(at: Standpoint, desk?: MemberDesk) {
    this.#at = at;
    this.#desk = desk;
    this.#way = new Way(at);
  }

  /**
   * Finds a member: own cache, then the owner's, then Discord.
   *
   * @returns the member, or `null` when the user is not in the guild
   * @throws Discord's own error when the bot may not know, ShardliftError `UNKNOWN_TARGET` for ids that are none
   */
  async fetch(
    guildId: string,
    userId: string,
    options: number | MemberFetchOptions = {},
  ): Promise<MemberSummary | null> {
    const { force, ...limits } = spelledOut(options);
    const request = { guildId, userId, fresh: force === true };
    const near = request.fresh ? undefined : this.#desk?.cached(request);
    if (near !== undefined) return near;
    return this.#way.read(
      this.#errand('fetch', request, {
        limits,
        ask: (to, within) => this.#at.peer.at(membersContract, to, within).fetch(request),
        here: (desk, signal) => fetchAt(desk, request, signal),
      }),
    );
  }

  /** Gives a role. @throws Discord's own error, ShardliftError `OUTCOME_UNKNOWN` */
  async addRole(
    guildId: string,
    userId: string,
    roleId: string,
    options: string | number | MemberChangeOptions = {},
  ): Promise<void> {
    await this.manageRoles(guildId, userId, { ...changeOf(options), add: [roleId] });
  }

  /** Takes a role. @throws Discord's own error, ShardliftError `OUTCOME_UNKNOWN` */
  async removeRole(
    guildId: string,
    userId: string,
    roleId: string,
    options: string | number | MemberChangeOptions = {},
  ): Promise<void> {
    await this.manageRoles(guildId, userId, { ...changeOf(options), remove: [roleId] });
  }

  /**
   * Gives and takes several roles, one after the other; the others of the member stay as they are.
   *
   * @returns which were given and taken: all of them
   * @throws ShardliftError `ROLES_PARTLY_CHANGED` when Discord refused one after others: `details` says which were done,
   * which was refused and which were not tried, `cause` is Discord's error. When it refused the first, Discord's own error
   */
  async manageRoles(guildId: string, userId: string, options: ManageRolesOptions): Promise<RolesChanged> {
    const { add = [], remove = [], reason, ...limits } = options;
    for (const role of [...add, ...remove]) assertId('role', role);
    const request = { ...whose(guildId, userId, reason), add, remove };
    return this.#way.act(
      this.#errand('manageRoles', request, {
        limits,
        ask: (to, within) => this.#at.peer.at(membersContract, to, within).changeRoles(request),
        here: (desk, signal) => desk.changeRoles(request, signal),
      }),
    );
  }

  /** Bans a user, member or not. @throws Discord's own error, ShardliftError `OUTCOME_UNKNOWN` */
  async ban(guildId: string, userId: string, options: number | BanOptions = {}): Promise<void> {
    const { reason, deleteMessageSeconds, ...limits } = spelledOut(options);
    const purge = deleteMessageSeconds === undefined ? {} : { deleteMessageSeconds };
    const request = { ...whose(guildId, userId, reason), ...purge };
    return this.#way.act(
      this.#errand('ban', request, {
        limits,
        ask: (to, within) => this.#at.peer.at(membersContract, to, within).ban(request),
        here: (desk, signal) => desk.ban(request, signal),
      }),
    );
  }

  /** Removes a member, who may come back. @throws Discord's own error, ShardliftError `OUTCOME_UNKNOWN` */
  async kick(guildId: string, userId: string, options: string | number | MemberChangeOptions = {}): Promise<void> {
    const { reason, ...limits } = changeOf(options);
    const request = whose(guildId, userId, reason);
    return this.#way.act(
      this.#errand('kick', request, {
        limits,
        ask: (to, within) => this.#at.peer.at(membersContract, to, within).kick(request),
        here: (desk, signal) => desk.kick(request, signal),
      }),
    );
  }

  #errand<T>(name: string, { guildId, userId }: MemberRequest, { limits, ask, here }: Doing<T>): Errand<T> {
    assertId('guild', guildId);
    assertId('user', userId);
    const desk = this.#desk;
    const action = `members.${name} of ${userId} in guild ${guildId}`;
    return {
      action,
      deadline: new Deadline(action, limits),
      owner: this.#at.clusterOfGuild(guildId),
      ask,
      here: desk && ((signal) => here(desk, signal)),
    };
  }
}

const fetchAt = async (desk: MemberDesk, request: FetchRequest, signal?: AbortSignal): Promise<MemberSummary | null> =>
  (request.fresh ? undefined : desk.cached(request)) ?? (await desk.fetch(request, signal));

/** Lets others use the desk of this cluster. */
export function serveMembers(peer: Peer, desk: MemberDesk): void {
  peer.serve(membersContract, {
    fetch: (request, { signal }) => outcomeOf(() => fetchAt(desk, request, signal)),
    changeRoles: (request, { signal }) => outcomeOf(() => desk.changeRoles(request, signal)),
    ban: (request, { signal }) => outcomeOf(() => desk.ban(request, signal)),
    kick: (request, { signal }) => outcomeOf(() => desk.kick(request, signal)),
  });
}
