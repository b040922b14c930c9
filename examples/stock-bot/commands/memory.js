module.exports = {
  name: 'memory',
  async execute(interaction) {
    const bytes = await interaction.client.shard.broadcastEval(() => process.memoryUsage().rss);
    return `${Math.round(bytes.reduce((sum, rss) => sum + rss, 0) / 1024 / 1024)} MB`;
  },
};
