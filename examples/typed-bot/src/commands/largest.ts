/** commands/largest: asks every cluster and takes the best of the answers. */
import { SlashCommandBuilder } from 'discord.js';
import type { Command } from '../command.ts';

export const largest: Command = {
  data: new SlashCommandBuilder().setName('largest').setDescription('Tells my largest server').toJSON(),

  async execute(_interaction, { cluster }) {
    const results = await cluster.ipc.requestAll('largestServer');
    const [first] = results
      .values()
      .flatMap((server) => server ?? [])
      .sort((a, b) => b.members - a.members);
    if (first === undefined) return 'I am in no server.';
    const unsure = results.allOk() ? '' : ` (${results.errorCount} of ${results.size} clusters gave no answer)`;
    return `${first.name} with ${first.members} members${unsure}.`;
  },
};
