module.exports = {
  name: 'announce',
  async execute(interaction) {
    const channelId = interaction.options.getString('channel');
    const sent = await interaction.client.shard.broadcastEval(
      async (client, { channelId, text }) => {
        const channel = client.channels.cache.get(channelId);
        if (!channel) return false;
        await channel.send(text);
        return true;
      },
      { context: { channelId, text: 'Maintenance at noon.' } },
    );
    return `Sent ${sent.filter(Boolean).length} time(s).`;
  },
};
