/** commands/server-info: any server of the bot, wherever it lives. */
import { SlashCommandBuilder } from 'discord.js';
import type { Command } from '../command.ts';

export const serverInfo: Command = {
  data: new SlashCommandBuilder()
    .setName('server-info')
    .setDescription('Tells about a server I am in')
    .addStringOption((option) => option.setName('id').setDescription('Its id; this server without one'))
    .toJSON(),

  async execute(interaction, { cluster }) {
    const id = interaction.options.getString('id') ?? interaction.guildId;
    if (id === null || !/^\d{17,20}$/.test(id)) return 'That is not the id of a server.';
    const guild = await cluster.guilds.fetch(id);
    if (guild === null) return 'I am not in that server.';
    const channels = await cluster.ipc.requestToGuild(id, 'channelCount', { guildId: id });
    return `${guild.name}: ${guild.memberCount} members, ${channels} channels, on shard ${guild.shardId}.`;
  },
};
