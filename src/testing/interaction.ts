/** testing/interaction: builds the slash commands that are sent to the bot. Pure. */

import { ApplicationCommandOptionType as Types } from 'discord-api-types/v10';
import { PERMISSIONS } from './guild.ts';
import type { OpenInteraction } from './interaction-desk.ts';
import { type JsonObject, objectOr } from './json.ts';

/** A value given to a slash command's option. */
export type OptionValue = string | number | boolean;

/** What the command is and who gives it. */
export interface CommandCall {
  readonly name: string;
  readonly commandId: string;
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly member: JsonObject | undefined;
  readonly user: JsonObject;
  readonly applicationId: string;
}

function optionOf([name, value]: readonly [string, OptionValue]): JsonObject {
  if (typeof value === 'boolean') return { name, value, type: Types.Boolean };
  if (typeof value === 'string') return { name, value, type: Types.String };
  return { name, value, type: Number.isInteger(value) ? Types.Integer : Types.Number };
}

/**
 * The data of INTERACTION_CREATE for a chat-input command.
 *
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
 */
export function chatInputCommand(interaction: OpenInteraction, call: CommandCall): JsonObject {
  const { guildId, channelId } = interaction;
  const inGuild = guildId !== undefined;
  return {
    id: interaction.id,
    application_id: call.applicationId,
    type: 2,
    token: interaction.token,
    version: 1,
    data: { id: call.commandId, name: call.name, type: 1, options: Object.entries(call.options).map(optionOf) },
    channel_id: channelId,
    channel: { id: channelId, type: inGuild ? 0 : 1, flags: 0, last_message_id: null },
    ...(inGuild
      ? { guild_id: guildId, guild: { id: guildId, locale: 'en-US', features: [] }, guild_locale: 'en-US' }
      : { user: call.user }),
    ...(inGuild ? { member: { ...objectOr(call.member), permissions: PERMISSIONS } } : {}),
    app_permissions: PERMISSIONS,
    locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: inGuild ? { '0': guildId } : { '1': String(call.user.id) },
    context: inGuild ? 0 : 1,
    attachment_size_limit: 10_485_760,
  };
}
