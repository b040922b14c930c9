module.exports = {
  name: 'largest',
  async execute(interaction) {
    const lists = await interaction.client.shard.broadcastEval((client) =>
      client.guilds.cache
        .map((guild) => ({ id: guild.id, name: guild.name, members: guild.memberCount }))
        .sort((a, b) => b.members - a.members || a.id.localeCompare(b.id))
        .slice(0, 5),
    );
    const top = lists
      .flat()
      .sort((a, b) => b.members - a.members || a.id.localeCompare(b.id))
      .slice(0, 5);
    return top.map((guild) => `${guild.name} (${guild.members})`).join(', ');
  },
};
