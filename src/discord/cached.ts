/** discord/cached: what a client has in its caches, in plain words. Nothing here asks Discord. */
import type { Channel, Client, GuildMember, User } from 'discord.js';
import { sortedIds } from './answers.ts';
import type { ChannelSummary, MemberSummary, UserSummary } from './summaries.ts';

/** Fields that only some kinds of channels have. */
interface ChannelFields {
  readonly name?: string | null;
  readonly guildId?: string;
  readonly parentId?: string | null;
  readonly rawPosition?: number;
  readonly topic?: string | null;
  readonly nsfw?: boolean;
  readonly rateLimitPerUser?: number | null;
}

function channelInPlainWords(channel: Channel): ChannelSummary {
  const fields = channel as ChannelFields;
  return {
    id: channel.id,
    type: channel.type,
    name: fields.name ?? null,
    guildId: fields.guildId ?? null,
    parentId: fields.parentId ?? null,
    position: fields.rawPosition ?? null,
    topic: fields.topic ?? null,
    nsfw: fields.nsfw ?? false,
    rateLimitPerUser: fields.rateLimitPerUser ?? 0,
  };
}

const userInPlainWords = (user: User): UserSummary => ({
  id: user.id,
  username: user.username,
  globalName: user.globalName,
  discriminator: user.discriminator,
  avatar: user.avatar,
  bot: user.bot,
  system: user.system,
});

const memberInPlainWords = (member: GuildMember): MemberSummary => ({
  id: member.id,
  guildId: member.guild.id,
  user: userInPlainWords(member.user),
  nickname: member.nickname,
  displayName: member.nickname ?? member.user.globalName ?? member.user.username,
  avatar: member.avatar,
  roles: sortedIds([...member.roles.cache.keys()].filter((id) => id !== member.guild.id)),
  joinedAt: member.joinedTimestamp,
  premiumSince: member.premiumSinceTimestamp,
  pending: member.pending,
  timedOutUntil: member.communicationDisabledUntilTimestamp,
});

/** Looks for a channel; a partial one counts as not known. */
export function cachedChannel(client: Client, channelId: string): ChannelSummary | undefined {
  const channel = client.channels.cache.get(channelId);
  return channel === undefined || channel.partial ? undefined : channelInPlainWords(channel);
}

/** Looks for a user; a partial one, of whom no more than the id came, counts as not known. */
export function cachedUser(client: Client, userId: string): UserSummary | undefined {
  const user = client.users.cache.get(userId);
  return user === undefined || user.partial ? undefined : userInPlainWords(user);
}

/** Looks for a member; one without its user or its day of joining counts as not known. */
export function cachedMember(client: Client, guildId: string, userId: string): MemberSummary | undefined {
  const member = client.guilds.cache.get(guildId)?.members.cache.get(userId);
  return member === undefined || member.partial || member.user.partial ? undefined : memberInPlainWords(member);
}
