/** commands/work: a cooldown that holds in all clusters, and a count that none of them loses. */
import { SlashCommandBuilder } from 'discord.js';
import type { Command } from '../command.ts';

const restMs = 60_000;
const wage = 10;

export const work: Command = {
  data: new SlashCommandBuilder().setName('work').setDescription('Earns coins, once a minute').toJSON(),

  async execute({ user }, { cluster: { store } }) {
    const rested = await store.setIfAbsent(`worked:${user.id}`, true, { ttlMs: restMs });
    if (!rested) {
      const leftMs = (await store.ttl(`worked:${user.id}`)) ?? 0;
      return `Rest for ${Math.ceil(leftMs / 1_000)} more seconds.`;
    }
    const coins = await store.namespace<number>('coins').increment(user.id, wage);
    return `You earned ${wage} coins and have ${coins}.`;
  },
};
