module.exports = {
  name: 'totals',
  async execute(interaction) {
    const { shard } = interaction.client;
    const results = await Promise.all([
      shard.fetchClientValues('guilds.cache.size'),
      interaction.client.shard.fetchClientValues('channels.cache.size'),
    ]);
    const [guilds, channels] = results.map((counts) => counts.reduce((sum, count) => sum + count, 0));
    return `${guilds} servers, ${channels} channels`;
  },
};
