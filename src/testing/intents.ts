/** testing/intents: which events a session gets to see, and what is blanked in them. */

import { GatewayIntentBits as Bits } from 'discord-api-types/v10';
import type { JsonObject } from './json.ts';

/**
 * The intent each event needs; a list means any of them, by where it happened: [in a guild, in a direct message].
 * Events that are not listed are always sent.
 *
 * @see https://discord.com/developers/docs/events/gateway#list-of-intents
 */
const needed: Readonly<Record<string, readonly [inGuild: number, inDirect: number]>> = Object.fromEntries(
  [
    [
      ['GUILD_CREATE', 'GUILD_UPDATE', 'GUILD_DELETE', 'GUILD_ROLE_CREATE', 'GUILD_ROLE_UPDATE', 'GUILD_ROLE_DELETE'],
      Bits.Guilds,
    ],
    [
      ['CHANNEL_CREATE', 'CHANNEL_UPDATE', 'CHANNEL_DELETE', 'THREAD_CREATE', 'THREAD_UPDATE', 'THREAD_DELETE'],
      Bits.Guilds,
    ],
    [['GUILD_MEMBER_ADD', 'GUILD_MEMBER_UPDATE', 'GUILD_MEMBER_REMOVE', 'THREAD_MEMBERS_UPDATE'], Bits.GuildMembers],
    [['GUILD_BAN_ADD', 'GUILD_BAN_REMOVE', 'GUILD_AUDIT_LOG_ENTRY_CREATE'], Bits.GuildModeration],
    [['GUILD_EMOJIS_UPDATE', 'GUILD_STICKERS_UPDATE'], Bits.GuildExpressions],
    [['VOICE_STATE_UPDATE'], Bits.GuildVoiceStates],
    [['PRESENCE_UPDATE'], Bits.GuildPresences],
    [['INVITE_CREATE', 'INVITE_DELETE'], Bits.GuildInvites],
    [['MESSAGE_CREATE', 'MESSAGE_UPDATE', 'MESSAGE_DELETE'], Bits.GuildMessages, Bits.DirectMessages],
    [['MESSAGE_DELETE_BULK'], Bits.GuildMessages],
    [['MESSAGE_REACTION_ADD', 'MESSAGE_REACTION_REMOVE'], Bits.GuildMessageReactions, Bits.DirectMessageReactions],
    [['TYPING_START'], Bits.GuildMessageTyping, Bits.DirectMessageTyping],
  ].flatMap(([events, inGuild, inDirect]) =>
    (events as string[]).map((event) => [event, [inGuild as number, (inDirect ?? inGuild) as number]]),
  ),
);

/** Tells whether a session with these intents is sent this event. */
export function isWanted(event: string, intents: number, inGuild: boolean): boolean {
  const bits = needed[event];
  return bits === undefined || (intents & bits[inGuild ? 0 : 1]) !== 0;
}

/**
 * Blanks what a session without the MESSAGE_CONTENT intent does not see; its own messages, those that mention it and
 * direct messages stay whole.
 *
 * @see https://discord.com/developers/docs/events/gateway#message-content-intent
 */
export function blankContent(
  event: string,
  data: JsonObject,
  reader: { readonly intents: number; readonly botId: string },
): JsonObject {
  if (event !== 'MESSAGE_CREATE' && event !== 'MESSAGE_UPDATE') return data;
  if ((reader.intents & Bits.MessageContent) !== 0 || data.guild_id === undefined) return data;
  const author = data.author;
  if (JSON.stringify([author, data.mentions]).includes(`"id":"${reader.botId}"`)) return data;
  return { ...data, content: '', embeds: [], attachments: [], components: [] };
}
