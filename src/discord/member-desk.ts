/** discord/member-desk: what a client does with the members of a guild. */
import type { APIGuildMember, Client } from 'discord.js';
import { messageOf, ShardliftError } from '../errors.ts';
import { memberOfAnswer } from './answers.ts';
import { cachedMember } from './cached.ts';
import { because, limitedBy, nullWhenUnknown } from './requests.ts';
import type { MemberSummary } from './summaries.ts';

/** One member. */
export interface MemberRequest {
  readonly guildId: string;
  readonly userId: string;
  /** For the audit log of the guild. */
  readonly reason?: string;
}

/** Roles to give and to take. */
export interface RolesRequest extends MemberRequest {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** A ban. */
export interface BanRequest extends MemberRequest {
  /** How far back the member's messages are deleted, in seconds, up to 604 800. */
  readonly deleteMessageSeconds?: number;
}

/** Which roles were given and taken. */
export interface RolesChanged {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const routeOf = ({ guildId, userId }: MemberRequest) => `/guilds/${guildId}/members/${userId}` as const;

/** Works on members with the REST client and the caches of one client. */
export class MemberDesk {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** A member of the cache. */
  cached({ guildId, userId }: MemberRequest): MemberSummary | undefined {
    return cachedMember(this.#client, guildId, userId);
  }

  /** Asks Discord for a member; `null` when there is none. */
  fetch(request: MemberRequest, signal?: AbortSignal): Promise<MemberSummary | null> {
    const answer = this.#client.rest.get(routeOf(request), limitedBy(signal));
    return nullWhenUnknown(answer.then((member) => memberOfAnswer(member as APIGuildMember, request.guildId)));
  }

  /**
   * Gives roles, then takes roles, one after the other: Discord has no request for several that leaves roles alone which
   * somebody else gives at the same time.
   *
   * @throws ShardliftError `ROLES_PARTLY_CHANGED` when some were changed before Discord refused one; its cause is
   * Discord's error. When the first is refused, Discord's error itself.
   */
  async changeRoles(request: RolesRequest, signal?: AbortSignal): Promise<RolesChanged> {
    const steps = [
      ...request.add.map((role) => ({ verb: 'put', list: 'added', role }) as const),
      ...request.remove.map((role) => ({ verb: 'delete', list: 'removed', role }) as const),
    ];
    const done = { added: [] as string[], removed: [] as string[] };
    for (const [index, { verb, list, role }] of steps.entries()) {
      try {
        const options = { ...because(request.reason), ...limitedBy(signal) };
        await this.#client.rest[verb](`${routeOf(request)}/roles/${role}`, options);
      } catch (cause) {
        if (index === 0) throw cause;
        const untried = steps.slice(index + 1).map((step) => step.role);
        const message = messageOf(cause);
        throw new ShardliftError('ROLES_PARTLY_CHANGED', { ...done, refused: role, untried, message }, { cause });
      }
      done[list].push(role);
    }
    return done;
  }

  /** Bans a user, member or not. */
  async ban({ guildId, userId, reason, deleteMessageSeconds }: BanRequest, signal?: AbortSignal): Promise<void> {
    const body = deleteMessageSeconds === undefined ? {} : { delete_message_seconds: deleteMessageSeconds };
    const request = { body, ...because(reason), ...limitedBy(signal) };
    await this.#client.rest.put(`/guilds/${guildId}/bans/${userId}`, request);
  }

  /** Removes a member, who may come back. */
  async kick(request: MemberRequest, signal?: AbortSignal): Promise<void> {
    await this.#client.rest.delete(routeOf(request), { ...because(request.reason), ...limitedBy(signal) });
  }
}
