module.exports = {
  name: 'server',
  async execute(interaction) {
    const id = interaction.options.getString('id');
    const found = await interaction.client.shard.broadcastEval(
      (client, { guildId }) => {
        const guild = client.guilds.cache.get(guildId);
        return guild ? { name: guild.name, members: guild.memberCount, shard: guild.shardId } : null;
      },
      { context: { guildId: id } },
    );
    const guild = found.find((answer) => answer !== null);
    return guild ? `${guild.name}: ${guild.members} members, on shard ${guild.shard}` : 'I am not in that server.';
  },
};
