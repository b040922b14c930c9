/** testing/truth: what is so, to compare a bot's answers with. */

import { ShardliftError } from '../errors.ts';
import type { GuildBook } from './guild-book.ts';
import { textOf, textsOf } from './json.ts';
import { shardOf } from './snowflake.ts';

/** One guild as it is. */
export interface GuildFacts {
  readonly id: string;
  readonly index: number;
  readonly name: string;
  /** The bot included. */
  readonly memberCount: number;
  readonly ownerId: string;
  readonly channelIds: readonly string[];
  readonly roleIds: readonly string[];
  readonly emojiIds: readonly string[];
  /** The first text channel. */
  readonly textChannelId: string;
  /** The user id of member n: 0 is the bot, 1 the owner; up to `memberCount - 1` while nobody left. */
  memberId(n: number): string;
  /** The role ids of a member, without @everyone; `undefined` when the user is no member. */
  rolesOf(userId: string): readonly string[] | undefined;
  /** Why a user is banned, `null` when nobody said; `undefined` when the user is not banned. */
  banReason(userId: string): string | null | undefined;
}

/** The facts about all guilds. */
export class Truth {
  readonly #guilds: GuildBook;

  constructor(guilds: GuildBook) {
    this.#guilds = guilds;
  }

  /** How many guilds there are. */
  get guildCount(): number {
    return this.#guilds.count;
  }

  /** The sum of all `member_count`s. */
  get memberCount(): number {
    return this.#guilds.memberCount();
  }

  /** Guild ids in order, of one shard when asked. */
  guildIds(of?: { readonly shard: number; readonly totalShards: number }): readonly string[] {
    const { shard, totalShards } = of ?? { shard: 0, totalShards: 1 };
    return [...this.#guilds.ofShard(shard, totalShards)].map((index) => this.#guilds.numbering.guildId(index));
  }

  /** The shard that owns a guild among so many. */
  shardOf(guildId: string, totalShards: number): number {
    return shardOf(guildId, totalShards);
  }

  /**
   * A guild, by id or index.
   *
   * @throws ShardliftError `INVALID_OPTION` when there is no such guild
   */
  guild(which: string | number): GuildFacts {
    const record = recordOf(this.#guilds, which);
    const ids = (list: readonly { readonly [name: string]: unknown }[]) => list.map(({ id }) => String(id));
    return {
      id: record.id,
      index: this.#guilds.numbering.indexOf(record.id),
      name: textOf(record.fields.name) ?? '',
      memberCount: record.memberCount,
      ownerId: record.memberId(1),
      channelIds: ids(record.channels),
      roleIds: ids(record.roles),
      emojiIds: ids(record.emojis),
      textChannelId: record.textChannelId ?? '',
      memberId: (n) => record.memberId(n),
      rolesOf: (userId) => {
        const member = record.member(userId);
        return member === undefined ? undefined : textsOf(member.roles);
      },
      banReason: (userId) => record.bans.get(userId)?.reason,
    };
  }
}

/** The guild with this id or index; throws when there is none. */
export function recordOf(guilds: GuildBook, which: string | number) {
  const record =
    typeof which === 'string' ? guilds.find(which) : which >= 0 && which < guilds.count ? guilds.at(which) : undefined;
  if (record !== undefined) return record;
  const expected = `the id of one of the ${guilds.count} guilds, or an index below ${guilds.count}`;
  throw new ShardliftError('INVALID_OPTION', { option: 'guild', expected, received: String(which) });
}
