/** testing/guild-control: what people do in a guild. */

import type { APIMessage } from 'discord-api-types/v10';
import { ShardliftError } from '../errors.ts';
import type { GuildRecord } from './guild-record.ts';
import { type JsonObject, objectOr } from './json.ts';
import { publishMessage } from './routes/channel.ts';
import { userById } from './routes/user.ts';
import type { World } from './world.ts';

/** A message somebody writes: by default the owner, in the first text channel. */
export interface GuildMessage {
  readonly content?: string;
  /** User id of a member of the guild. */
  readonly author?: string;
  /** Channel id in the guild. */
  readonly channel?: string;
}

/** Acts in one guild. */
export class GuildControl {
  readonly id: string;
  readonly #guild: GuildRecord;
  readonly #world: World;

  constructor(guild: GuildRecord, world: World) {
    this.id = guild.id;
    this.#guild = guild;
    this.#world = world;
  }

  /**
   * Writes a message: MESSAGE_CREATE to the shard that owns the guild (kept for it while it resumes).
   *
   * @throws ShardliftError `INVALID_OPTION` when author or channel are not of this guild
   */
  message({
    content = '',
    author = this.#guild.memberId(1),
    channel = this.#guild.textChannelId,
  }: GuildMessage = {}): APIMessage {
    const known = this.#guild.channels.some(({ id }) => id === channel);
    if (channel === undefined || !known) throw this.#not('channel', channel);
    const message = this.#world.messages.create({
      channelId: channel,
      guildId: this.id,
      author: this.#user(author),
      body: { content },
    });
    publishMessage(this.#world, 'MESSAGE_CREATE', message, this.id);
    return structuredClone(message) as unknown as APIMessage;
  }

  /** Reports the guild as down (GUILD_DELETE with `unavailable`). */
  makeUnavailable(): number {
    return this.#world.publish('GUILD_DELETE', { id: this.id, unavailable: true }, { guild: this.id });
  }

  /**
   * Lets a user of another guild join this one, too: GUILD_MEMBER_ADD to the shard that owns it.
   *
   * @throws ShardliftError `INVALID_OPTION` when there is no such user, or they are a member already
   */
  addMember(userId: string): void {
    const user = userById(this.#world, userId);
    const member = user && this.#guild.addMember(user);
    if (member === undefined) {
      const expected = `the id of a user who is no member of guild ${this.id} yet`;
      throw new ShardliftError('INVALID_OPTION', { option: 'user', expected, received: userId });
    }
    this.#world.guilds.changed(this.id);
    this.#world.publish('GUILD_MEMBER_ADD', { guild_id: this.id, ...member }, { guild: this.id });
  }

  /** Removes a member, as when somebody leaves. */
  removeMember(userId: string): void {
    const user = this.#user(userId);
    this.#guild.removeMember(userId);
    this.#world.guilds.changed(this.id);
    this.#world.publish('GUILD_MEMBER_REMOVE', { guild_id: this.id, user }, { guild: this.id });
  }

  #user(userId: string): JsonObject {
    const member = this.#guild.member(userId);
    if (member === undefined) throw this.#not('member', userId);
    return objectOr(member.user);
  }

  #not(what: string, received: string | undefined): ShardliftError<'INVALID_OPTION'> {
    const expected = `the id of a ${what} of guild ${this.id}`;
    return new ShardliftError('INVALID_OPTION', { option: what, expected, received: String(received) });
  }
}
