/** discord/answers: what Discord's REST answers, in plain words. */
import type { APIChannel, APIGuildMember, APIMessage, APIUser } from 'discord.js';
import type { ChannelSummary, MemberSummary, MessageSummary, UserSummary } from './summaries.ts';

/** Fields that only some kinds of channels have. */
interface ChannelFields {
  readonly name?: string | null;
  readonly guild_id?: string;
  readonly parent_id?: string | null;
  readonly position?: number;
  readonly topic?: string | null;
  readonly nsfw?: boolean;
  readonly rate_limit_per_user?: number | null;
}

const epochMs = (time: string | null | undefined): number | null =>
  time === null || time === undefined ? null : Date.parse(time);

/** @see https://discord.com/developers/docs/resources/channel#channel-object */
export function channelOfAnswer(answer: APIChannel): ChannelSummary {
  const fields = answer as ChannelFields;
  return {
    id: answer.id,
    type: answer.type,
    name: fields.name ?? null,
    guildId: fields.guild_id ?? null,
    parentId: fields.parent_id ?? null,
    position: fields.position ?? null,
    topic: fields.topic ?? null,
    nsfw: fields.nsfw ?? false,
    rateLimitPerUser: fields.rate_limit_per_user ?? 0,
  };
}

/** @see https://discord.com/developers/docs/resources/message#message-object */
export const messageOfAnswer = (answer: APIMessage): MessageSummary => ({
  id: answer.id,
  channelId: answer.channel_id,
  authorId: answer.author.id,
  content: answer.content,
  createdAt: Date.parse(answer.timestamp),
  editedAt: epochMs(answer.edited_timestamp),
  type: answer.type,
  flags: answer.flags ?? 0,
  embeds: answer.embeds,
  components: answer.components ?? [],
  attachments: answer.attachments.map((file) => ({
    id: file.id,
    name: file.filename,
    size: file.size,
    url: file.url,
    contentType: file.content_type ?? null,
    description: file.description ?? null,
  })),
  repliesTo: answer.message_reference?.message_id ?? null,
});

/** @see https://discord.com/developers/docs/resources/user#user-object */
export const userOfAnswer = (answer: APIUser): UserSummary => ({
  id: answer.id,
  username: answer.username,
  globalName: answer.global_name ?? null,
  discriminator: answer.discriminator,
  avatar: answer.avatar ?? null,
  bot: answer.bot ?? false,
  system: answer.system ?? false,
});

/** The roles of a member in the one order both the cache and Discord's answer are brought into. */
export const sortedIds = (ids: Iterable<string>): string[] =>
  [...ids].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));

/** @see https://discord.com/developers/docs/resources/guild#guild-member-object */
export function memberOfAnswer(answer: APIGuildMember, guildId: string): MemberSummary {
  const user = userOfAnswer(answer.user);
  const nickname = answer.nick ?? null;
  return {
    id: user.id,
    guildId,
    user,
    nickname,
    displayName: nickname ?? user.globalName ?? user.username,
    avatar: answer.avatar ?? null,
    roles: sortedIds(answer.roles),
    joinedAt: epochMs(answer.joined_at),
    premiumSince: epochMs(answer.premium_since),
    pending: answer.pending ?? false,
    timedOutUntil: epochMs(answer.communication_disabled_until),
  };
}
