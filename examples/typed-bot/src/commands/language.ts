/** commands/language: a setting that follows its user through all servers. */
import { SlashCommandBuilder } from 'discord.js';
import type { Command } from '../command.ts';
import { greetings, isLanguage } from '../languages.ts';

const choices = Object.keys(greetings).map((name) => ({ name, value: name }));

export const language: Command = {
  data: new SlashCommandBuilder()
    .setName('language')
    .setDescription('Chooses the language I greet you in')
    .addStringOption((option) =>
      option
        .setName('name')
        .setDescription('Which one')
        .setRequired(true)
        .addChoices(...choices),
    )
    .toJSON(),

  async execute({ options, user }, { languages }) {
    const name = options.getString('name', true);
    if (!isLanguage(name)) return `I speak ${Object.keys(greetings).join(', ')}.`;
    await languages.choose(user.id, name);
    return `From now on I greet you in ${name}.`;
  },
};
