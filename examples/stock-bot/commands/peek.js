const { ShardClientUtil } = require('discord.js');

module.exports = {
  name: 'peek',
  async execute(interaction) {
    const id = interaction.options.getString('id');
    const { shard } = interaction.client;
    const owner = ShardClientUtil.shardIdForGuildId(id, shard.count);
    const name = await interaction.client.shard.broadcastEval((client, { id }) => client.guilds.cache.get(id)?.name, {
      shard: owner,
      context: { id },
    });
    return `Shard ${owner} says: ${name}`;
  },
};
