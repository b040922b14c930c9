/** testing/guild-record: one guild as Discord keeps it: what was generated plus what was changed since. */

import {
  buildChannels,
  buildEmojis,
  buildRoles,
  createExtras,
  type GuildSource,
  guildFields,
  isText,
} from './guild.ts';
import { type JsonObject, objectOr, textOf, textsOf } from './json.ts';
import { botUser, guildUser, memberOf } from './user.ts';

/** Numbers below are taken by generated roles and channels (at most 250 and 500). */
const FIRST_NEW = 600;

/** A generated guild; members are made when asked for and only changed ones are kept. */
export class GuildRecord {
  readonly id: string;
  readonly fields: JsonObject;
  readonly roles: JsonObject[];
  readonly channels: JsonObject[];
  readonly emojis: JsonObject[];
  /** Who is banned, by user id. */
  readonly bans = new Map<string, { readonly user: JsonObject; readonly reason: string | null }>();
  readonly #source: GuildSource;
  readonly #bot: { readonly id: string; readonly username: string };
  readonly #changed = new Map<string, JsonObject | null>();
  /** Who came, less who left. */
  #moved = 0;
  #made = 0;
  readonly #assignable: readonly string[];

  constructor(source: GuildSource, bot: { readonly id: string; readonly username: string }) {
    this.id = source.numbering.guildId(source.index);
    this.roles = buildRoles(source);
    this.#assignable = this.roles.map(({ id }) => String(id));
    this.channels = buildChannels(source, this.roles);
    this.emojis = buildEmojis(source);
    this.#source = source;
    this.#bot = bot;
    this.fields = guildFields(source, this.textChannelId ?? null);
  }

  /** The first text channel, where a message goes when nobody says otherwise. */
  get textChannelId(): string | undefined {
    return textOf(this.channels.find(isText)?.id);
  }

  /** Members now, the bot included. */
  get memberCount(): number {
    return this.#source.spec.members + this.#moved;
  }

  /** The id of member n: 0 is the bot, 1 the owner. */
  memberId(n: number): string {
    return n === 0 ? this.#bot.id : this.#source.numbering.partId(this.#source.index, 'user', n);
  }

  /** The member with this user id; undefined when there is none. */
  member(userId: string): JsonObject | undefined {
    const changed = this.#changed.get(userId);
    if (changed !== undefined) return changed ?? undefined;
    return this.#isOwn(userId) ? this.#generate(this.#source.numbering.userNumber(userId) ?? 0) : undefined;
  }

  /** Members in order of user number, those that left missing; those that came from other guilds are last. */
  *members(): Generator<JsonObject> {
    for (let n = 0; n < this.#source.spec.members; n += 1) {
      const member = this.member(this.memberId(n));
      if (member !== undefined) yield member;
    }
    for (const [userId, member] of this.#changed) if (member !== null && !this.#isOwn(userId)) yield member;
  }

  /** Adds a user of any guild; gives the member back, undefined when there is one already. */
  addMember(user: JsonObject): JsonObject | undefined {
    const userId = String(user.id);
    if (this.member(userId) !== undefined) return undefined;
    const member = { ...memberOf(user, [], null), joined_at: new Date().toISOString() };
    this.#changed.set(userId, member);
    this.#moved += 1;
    return member;
  }

  /** Replaces fields of a member and gives the whole member back; undefined when there is none. */
  changeMember(userId: string, fields: JsonObject): JsonObject | undefined {
    const member = this.member(userId);
    if (member === undefined) return undefined;
    const next = { ...member, ...fields };
    this.#changed.set(userId, next);
    return next;
  }

  /** Removes a member; gives its user back, undefined when there is none. */
  removeMember(userId: string): JsonObject | undefined {
    const member = this.member(userId);
    if (member === undefined) return undefined;
    this.#changed.set(userId, null);
    this.#moved -= 1;
    return objectOr(member.user);
  }

  /** The user behind a ban; undefined when this user is not banned. */
  bannedUser(userId: string): JsonObject | undefined {
    return this.bans.get(userId)?.user;
  }

  /** An id for a new role or channel of this guild. */
  newId(part: 'role' | 'channel'): string {
    this.#made += 1;
    return this.#source.numbering.partId(this.#source.index, part, FIRST_NEW + this.#made);
  }

  /** Deletes a role and takes it away from everybody. */
  removeRole(roleId: string): void {
    for (const member of this.members()) {
      const roles = textsOf(member.roles);
      if (!roles.includes(roleId)) continue;
      this.changeMember(String(objectOr(member.user).id), { roles: roles.filter((id) => id !== roleId) });
    }
    this.roles.splice(
      this.roles.findIndex(({ id }) => id === roleId),
      1,
    );
  }

  /** The guild as REST shows it, with counts when they are asked for. */
  rest(withCounts: boolean): JsonObject {
    const counts = withCounts
      ? { approximate_member_count: this.memberCount, approximate_presence_count: Math.ceil(this.memberCount / 3) }
      : {};
    return { ...this.fields, roles: this.roles, emojis: this.emojis, ...counts };
  }

  /** The guild as GUILD_CREATE shows it, with this many members, the bot first. */
  create(memberLimit: number): JsonObject {
    const members: JsonObject[] = [];
    for (const member of this.members()) {
      if (members.length >= memberLimit) break;
      members.push(member);
    }
    const { roles, channels, emojis } = this;
    return { ...this.fields, roles, emojis, ...createExtras(this.memberCount), members, channels };
  }

  /** Whether it is the bot, or a user who was generated with this guild. */
  #isOwn(userId: string): boolean {
    if (userId === this.#bot.id) return true;
    const { index, numbering, spec } = this.#source;
    const n = numbering.userNumber(userId);
    return n !== undefined && n !== 0 && n < spec.members && numbering.indexOf(userId) === index;
  }

  #generate(n: number): JsonObject {
    const { index, numbering } = this.#source;
    if (n === 0) return memberOf(botUser(this.#bot), this.#roleIds([1]), null);
    const user = guildUser(numbering, index, n);
    const places = [n, n * 7].map((place) => place % this.#assignable.length);
    return memberOf(user, this.#roleIds(places), n % 5 === 0 ? `nick ${n}` : null);
  }

  /** Ids of the guild's first roles; @everyone is implied and never listed, a role counts once. */
  #roleIds(places: readonly number[]): string[] {
    const ids = places.filter((place) => place !== 0).flatMap((place) => this.#assignable[place] ?? []);
    return [...new Set(ids)];
  }
}
