module.exports = {
  name: 'servers',
  async execute(interaction) {
    const counts = await interaction.client.shard.fetchClientValues('guilds.cache.size');
    return `I am in ${counts.reduce((sum, count) => sum + count, 0)} servers.`;
  },
};
