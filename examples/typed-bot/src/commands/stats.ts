/** commands/stats: how the whole bot is doing; wakes no other cluster. */
import { SlashCommandBuilder } from 'discord.js';
import type { Command } from '../command.ts';

export const stats: Command = {
  data: new SlashCommandBuilder().setName('stats').setDescription('Tells how I am doing').toJSON(),

  async execute(_interaction, { cluster }) {
    const { clusters, missing, guilds, complete } = await cluster.stats();
    const lines = clusters.map((one) => {
      const shards = one.shards.map(({ id }) => id).join(', ');
      return `Cluster ${one.id} (${one.status}, shards ${shards}): ${one.guilds} servers`;
    });
    const absent = missing.map(({ id, reason }) => `Cluster ${id} is missing: ${reason}`);
    // While a cluster is missing or starting, its servers are not all in the sum.
    const servers = complete ? `${guilds} servers` : `At least ${guilds} servers`;
    return [`${servers} in ${clusters.length} clusters`, ...lines, ...absent].join('\n');
  },
};
