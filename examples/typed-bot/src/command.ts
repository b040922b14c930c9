/** command: what every slash command is. */
import type { ChatInputCommandInteraction, RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import type { ClusterClient } from 'shardlift';
import type { Languages } from './languages.ts';

/** What commands work with. */
export interface Bot {
  readonly cluster: ClusterClient;
  readonly languages: Languages;
}

export interface Command {
  readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  /** Gives the text of the reply. */
  execute(interaction: ChatInputCommandInteraction, bot: Bot): Promise<string>;
}
