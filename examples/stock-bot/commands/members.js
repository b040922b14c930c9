module.exports = {
  name: 'members',
  async execute(interaction) {
    const counts = await interaction.client.shard.broadcastEval((client) =>
      client.guilds.cache.reduce((sum, guild) => sum + guild.memberCount, 0),
    );
    return `They have ${counts.reduce((sum, count) => sum + count, 0)} members.`;
  },
};
