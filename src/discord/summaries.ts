/** discord/summaries: channels, messages, members and users as plain data, the same whichever way they came. */
import type { APIEmbed, APIMessage } from 'discord.js';

/** A channel, a thread or a direct-message channel. */
export interface ChannelSummary {
  readonly id: string;
  /** Discord's number of the kind; discord.js's `ChannelType` names it. */
  readonly type: number;
  /** `null` for direct messages. */
  readonly name: string | null;
  /** `null` for direct messages. */
  readonly guildId: string | null;
  /** The category of a channel, the channel of a thread; `null` when there is none. */
  readonly parentId: string | null;
  /** Place in the list as Discord keeps it; `null` for threads and direct messages, which have none. */
  readonly position: number | null;
  readonly topic: string | null;
  /** Only adults see it. */
  readonly nsfw: boolean;
  /** Seconds a user waits between two messages; 0 for no wait. */
  readonly rateLimitPerUser: number;
}

/** A file of a message. */
export interface AttachmentSummary {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Where it can be loaded from; Discord's links expire. */
  readonly url: string;
  readonly contentType: string | null;
  readonly description: string | null;
}

/** A message of the bot, as Discord answered when it was sent or edited. */
export interface MessageSummary {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly content: string;
  /** Epoch ms. */
  readonly createdAt: number;
  /** Epoch ms; `null` when it was never edited. */
  readonly editedAt: number | null;
  /** Discord's number of the kind; discord.js's `MessageType` names it. */
  readonly type: number;
  /** Bits; discord.js's `MessageFlags` names them. */
  readonly flags: number;
  /** In Discord's own spelling (`icon_url`). */
  readonly embeds: readonly APIEmbed[];
  /** In Discord's own spelling (`custom_id`). */
  readonly components: NonNullable<APIMessage['components']>;
  readonly attachments: readonly AttachmentSummary[];
  /** The message this one replies to. */
  readonly repliesTo: string | null;
}

/** A user. */
export interface UserSummary {
  readonly id: string;
  readonly username: string;
  /** The name shown instead of the user name; `null` for none. */
  readonly globalName: string | null;
  /** `'0'`, or four digits of the old names. */
  readonly discriminator: string;
  /** Hash of the picture, `null` for none. */
  readonly avatar: string | null;
  readonly bot: boolean;
  /** Discord itself. */
  readonly system: boolean;
}

/** A member of a guild. */
export interface MemberSummary {
  /** The user's id. */
  readonly id: string;
  readonly guildId: string;
  readonly user: UserSummary;
  /** The name in this guild only, `null` for none. */
  readonly nickname: string | null;
  /** What members see: the nickname, else the user's global name, else the user name. */
  readonly displayName: string;
  /** Hash of the picture in this guild only, `null` for none. */
  readonly avatar: string | null;
  /** Role ids in ascending order, without @everyone. */
  readonly roles: readonly string[];
  /** Epoch ms; `null` for guests. */
  readonly joinedAt: number | null;
  /** Boosts the guild since then, epoch ms; `null` for not at all. */
  readonly premiumSince: number | null;
  /** Has not passed the guild's screening yet. */
  readonly pending: boolean;
  /** Timed out until then, epoch ms, which may be past; `null` for never. */
  readonly timedOutUntil: number | null;
}
