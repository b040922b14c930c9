/** commands/hello: greets a user in the language they chose, from what is remembered. */
import { SlashCommandBuilder } from 'discord.js';
import type { Command } from '../command.ts';
import { greetings } from '../languages.ts';

export const hello: Command = {
  data: new SlashCommandBuilder().setName('hello').setDescription('Greets you').toJSON(),

  async execute({ user }, { languages }) {
    return `${greetings[await languages.of(user.id)]}, ${user.displayName}!`;
  },
};
